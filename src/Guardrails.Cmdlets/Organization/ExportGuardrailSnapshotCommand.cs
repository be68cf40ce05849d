using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Writes the organization to a file, to compare with later or to rehearse on.</summary>
/// <remarks>
/// <para>The organization is read anew. The file is JSON, sorted, so that the same organization gives the same bytes and version control shows
/// what changed. It holds no secret, but names, email addresses and policies.</para>
/// <para>Tags, policy documents and services cost a call for each object. They are in it unless <see cref="Detail"/> asks for less.</para>
/// </remarks>
/// <example>
/// <title>Take a snapshot</title>
/// <code>Export-GuardrailSnapshot -Path ./today.json</code>
/// </example>
/// <example>
/// <title>Only the tree, quickly</title>
/// <code>Export-GuardrailSnapshot -Path ./tree.json -Detail None -Force</code>
/// <para>Leaves out what costs a call for each object, and overwrites the file.</para>
/// </example>
/// <seealso cref="CompareGuardrailSnapshotCommand"/>
/// <seealso cref="NewGuardrailSandboxCommand"/>
[Cmdlet(VerbsData.Export, "GuardrailSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGuardrailSnapshotCommand : ConnectedCmdlet
{
    private string _path = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What to read beyond the tree, the accounts and the policies. Without it Tags, PolicyContent and Services.</summary>
    [Parameter]
    public OrganizationDetail Detail { get; set; } = OrganizationDetail.Tags | OrganizationDetail.PolicyContent | OrganizationDetail.Services;

    /// <summary>Overwrite the file if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _path = NewFile(Path, Force);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        if (!await ShouldProcessAsync(_path, "Write a snapshot of the organization")) return;
        var organization = await ReadOrganizationAsync(Detail, refresh: true, scope);
        OrganizationSnapshot.Save(organization, _path);
        Emit(await AskAsync(() => WrittenFile(_path)));
    }
}
