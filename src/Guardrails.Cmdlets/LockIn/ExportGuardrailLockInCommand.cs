using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Writes lock-in assessments to a file, to compare with later or as the baseline of a build.</summary>
/// <remarks>
/// <para>The file is JSON, the whole first and the groups by name: the same assessments give the same bytes, and version control shows what changed. It holds
/// names of resources and figures, no values of their attributes.</para>
/// </remarks>
/// <example>
/// <title>Keep a baseline</title>
/// <code>$inventory | Measure-GuardrailLockIn -Date 2026-11-25 | Export-GuardrailLockIn -Path ./baseline.json -Force</code>
/// </example>
/// <seealso cref="MeasureGuardrailLockInCommand"/>
/// <seealso cref="TestGuardrailLockInCommand"/>
[Cmdlet(VerbsData.Export, "GuardrailLockIn", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGuardrailLockInCommand : GuardrailCmdlet
{
    private readonly LockInInput _input = new();
    private string _path = "";

    /// <summary>The assessments: the output of Measure-GuardrailLockIn.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Overwrite the file if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _path = NewFile(Path, Force);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var error = _input.Add(InputObject);
        if (error is null && _input.Resources.Count + _input.Gaps.Count > 0) error = Errors.NotAnInventoryResource.Record("A resource is no assessment: measure it first.", InputObject);
        if (error is not null) Fail(error);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess(_path, "Write lock-in assessments")) return;
        try
        {
            LockInFile.Save(_input.Assessments, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(Errors.Describe(e, _path));
        }
        WriteObject(WrittenFile(_path));
    }
}
