using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Checks that a change adds no more to the effort of leaving than it may: a gate for a build.</summary>
/// <remarks>
/// <para>It measures the resources in the same way as the baseline was measured, to each of its targets, and compares the means, which are exact sums. More
/// than the budget is an error that names the resources that are new or use more than before, what adds most first. Each is named with what would be saved if
/// only it were not there: these do not add up, as the first resource of a kind brings what all of it share.</para>
/// <para>Where the module's constants or profiles are not those of the baseline, the result says so (DataChanged): measure the baseline again then.</para>
/// </remarks>
/// <example>
/// <title>In a build: an error when a change adds more than ten person-days</title>
/// <code>$inventory | Test-GuardrailLockIn -Baseline ./baseline.json -Budget 10 -ErrorAction Stop</code>
/// </example>
/// <example>
/// <title>As a question</title>
/// <code>if (-not ($inventory | Test-GuardrailLockIn -Baseline ./baseline.json -Budget 5 -Quiet)) { 'ask the architects' }</code>
/// </example>
/// <seealso cref="MeasureGuardrailLockInCommand"/>
/// <seealso cref="ExportGuardrailLockInCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "GuardrailLockIn")]
[OutputType(typeof(LockInBudgetResult), typeof(bool))]
public sealed class TestGuardrailLockInCommand : GuardrailCmdlet
{
    private readonly LockInInput _input = new();

    /// <summary>Resources, or what Measure-GuardrailLockIn made of them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The file of before, from Export-GuardrailLockIn.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Baseline { get; set; } = "";

    /// <summary>How many person-days the mean may become more. 0 for none.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateRange(0.0, 1e9)]
    public double Budget { get; set; }

    /// <summary>The user's own files of constants and profiles. Give the same as for the baseline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProfilePath { get; set; } = [];

    /// <summary>One answer instead of results and errors: true where the budget is kept to every target.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_input.Add(InputObject) is { } error) Fail(error);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            var path = ExistingFile(Baseline);
            var wholes = LockInFile.Load(path).Where(one => one.IsTotal).ToList();
            if (wholes.Count == 0) Fail(Errors.LockInFileUnreadable.Record($"'{path}' has no assessment of a whole.", path));
            var results = wholes.Select(whole => LockInBudget.Check(whole, Now(whole), (decimal)Budget)).ToList();
            if (Quiet)
            {
                WriteObject(results.TrueForAll(result => result.Passed));
                return;
            }
            foreach (var result in results)
            {
                WriteObject(result);
                if (!result.Passed) WriteError(Errors.LockInBudgetExceeded.Record(result.Message, result));
            }
        }
        catch (Exception e) when (e is LockInFormatException or LockInDataException or IOException or UnauthorizedAccessException)
        {
            Fail(Errors.Describe(e));
        }
    }

    private LockInAssessment Now(LockInAssessment before)
    {
        if (_input.Assessments.Count > 0)
        {
            if (_input.Assessments.Find(one => one.IsTotal && one.Settings.Target == before.Settings.Target) is { } measured) return measured;
            Fail(Errors.LockInRequestInvalid.Record($"The baseline is to {before.Settings.Target}, and no assessment of a whole to it was given.", before.Settings.Target));
        }
        var settings = before.Settings;
        var request = new LockInRequest { Target = settings.Target, Date = settings.AssessedOn, Currency = settings.Currency, HorizonYears = settings.HorizonYears, Seed = settings.Seed, Draws = settings.Draws };
        return LockInMeasurement.Of(_input.Resources, _input.Gaps, LockInData.Facts([.. ProfilePath.Select(ExistingFile)]), request)[0];
    }
}
