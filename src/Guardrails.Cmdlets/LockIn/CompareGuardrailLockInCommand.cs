using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Compares two lock-in assessments or two designs: what got better, what got worse, and why, term by term.</summary>
/// <remarks>
/// <para>Takes two files of Export-GuardrailLockIn, two sets of assessments, or the resources of two designs, which it measures in the same way. Of each
/// group that is on both sides it tells what differs in effort, time, money, decision and confidence; the changes of the terms add up to
/// that of the mean. Where settings or data were others, that comes first: a part of the rest may come from it.</para>
/// </remarks>
/// <example>
/// <title>Two saved results</title>
/// <code>Compare-GuardrailLockIn ./january.json ./june.json</code>
/// </example>
/// <example>
/// <title>Two designs of one workload</title>
/// <code>Compare-GuardrailLockIn -ReferenceObject $functions -DifferenceObject $containers -Target OpenSource</code>
/// </example>
/// <seealso cref="MeasureGuardrailLockInCommand"/>
[Cmdlet(VerbsData.Compare, "GuardrailLockIn", DefaultParameterSetName = PathSet)]
[OutputType(typeof(LockInDifference))]
public sealed class CompareGuardrailLockInCommand : GuardrailCmdlet
{
    private const string PathSet = "Path";
    private const string ObjectSet = "Object";

    /// <summary>The file of before.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string ReferencePath { get; set; } = "";

    /// <summary>The file of after.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string DifferencePath { get; set; } = "";

    /// <summary>Assessments, or the resources of a design, of before.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet)]
    [AllowEmptyCollection]
    public object? ReferenceObject { get; set; }

    /// <summary>Assessments, or the resources of a design, of after.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet)]
    [AllowEmptyCollection]
    public object? DifferenceObject { get; set; }

    /// <summary>Where the workload would go, for resources that are measured. OpenSource where nothing is given.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public LockInTarget Target { get; set; }

    /// <summary>What resources that are measured are grouped by. The whole alone where nothing is given: two designs have other groups, as a rule.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public LockInGrouping GroupBy { get; set; }

    /// <summary>The user's own files of constants and profiles, for resources that are measured.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] ProfilePath { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            var (before, after) = ParameterSetName == PathSet ? (Load(ReferencePath), Load(DifferencePath)) : (Measured(ReferenceObject), Measured(DifferenceObject));
            foreach (var difference in LockInComparison.Compare(before, after)) WriteObject(difference);
        }
        catch (Exception e) when (e is LockInFormatException or LockInDataException or IOException or UnauthorizedAccessException)
        {
            Fail(Errors.Describe(e));
        }
    }

    private IReadOnlyList<LockInAssessment> Load(string path) => LockInFile.Load(ExistingFile(path));

    private IReadOnlyList<LockInAssessment> Measured(object? given)
    {
        var input = new LockInInput();
        if (input.Add(given) is { } error) Fail(error);
        if (input.Assessments.Count > 0)
        {
            if (input.Resources.Count > 0) Fail(Errors.NotAnInventoryResource.Record("One side holds both resources and assessments: give one of them.", given));
            return input.Assessments;
        }
        var request = new LockInRequest { Target = Target, GroupBy = GroupBy, Date = DateOnly.FromDateTime(DateTime.UtcNow) };
        return LockInMeasurement.Of(input.Resources, input.Gaps, LockInData.Facts([.. ProfilePath.Select(ExistingFile)]), request);
    }
}
