using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Writes a plan to a file, for others to review and to run later.</summary>
/// <remarks>
/// The file is JSON, one change after the other, so that version control shows what changed. It holds no secret, but names, email addresses and
/// tags. Import-GuardrailPlan reads it, and Invoke-GuardrailPlan runs it; what has moved on in the organization by then is refused.
/// </remarks>
/// <example>
/// <title>Plan, review, run</title>
/// <code>New-GuardrailAccount -Path ./accounts.csv -CreateOrganizationalUnit -AsPlan | Export-GuardrailPlan -Path ./accounts.plan.json
/// Import-GuardrailPlan -Path ./accounts.plan.json
/// Import-GuardrailPlan -Path ./accounts.plan.json | Invoke-GuardrailPlan</code>
/// </example>
/// <seealso cref="ImportGuardrailPlanCommand"/>
/// <seealso cref="InvokeGuardrailPlanCommand"/>
[Cmdlet(VerbsData.Export, "GuardrailPlan", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGuardrailPlanCommand : GuardrailCmdlet
{
    private bool _written;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The plan, from a cmdlet with -AsPlan. A file holds one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Plan Plan { get; set; } = null!;

    /// <summary>Overwrite the file if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_written) Fail(Errors.PlanFileTaken.Record($"'{Path}' holds one plan already, and a second one was given.", Path));
        _written = true;
        var file = NewFile(Path, Force);
        if (!ShouldProcess(file, $"Write a plan: {Plan}")) return;
        try
        {
            PlanFile.Save(Plan, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(Errors.Describe(e, file));
        }
        WriteObject(WrittenFile(file));
    }
}
