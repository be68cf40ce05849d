using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Reads a plan from a file, shows it like a diff, and gives it to Invoke-GuardrailPlan.</summary>
/// <remarks>
/// The file is checked whole: its form, that it is not of a newer version, and that its changes hold together. Whether the organization is still
/// as it was when the plan was made is checked when the plan is run.
/// </remarks>
/// <example>
/// <title>Review a plan</title>
/// <code>Import-GuardrailPlan -Path ./accounts.plan.json</code>
/// </example>
/// <example>
/// <title>What of it cannot be taken back?</title>
/// <code>(Import-GuardrailPlan -Path ./accounts.plan.json).Irreversible</code>
/// </example>
/// <seealso cref="ExportGuardrailPlanCommand"/>
/// <seealso cref="InvokeGuardrailPlanCommand"/>
[Cmdlet(VerbsData.Import, "GuardrailPlan")]
[OutputType(typeof(Plan))]
public sealed class ImportGuardrailPlanCommand : GuardrailCmdlet
{
    /// <summary>The file that Export-GuardrailPlan wrote.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var file = ExistingFile(Path);
        try
        {
            WriteObject(PlanFile.Load(file));
        }
        catch (Exception e) when (e is PlanFormatException or IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.Describe(e, file));
        }
    }
}
