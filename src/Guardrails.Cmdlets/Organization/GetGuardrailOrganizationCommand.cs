using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets the organization: its tree, accounts, policies and what they are attached to.</summary>
/// <remarks>
/// <para>Shown, it is a tree of organizational units and accounts. As an object it holds all of them in Accounts, OrganizationalUnits and
/// Policies, and the drawn lines in Tree.</para>
/// <para>It is read with few calls, once for each connection, and kept; <see cref="Refresh"/> reads it again. Tags, the documents of
/// policies, delegated administrators and trusted services cost a call for each object, and are read only when asked for.</para>
/// </remarks>
/// <example>
/// <title>Show the tree</title>
/// <code>Get-GuardrailOrganization</code>
/// </example>
/// <example>
/// <title>Which policies are attached where?</title>
/// <code>(Get-GuardrailOrganization).Policies | ForEach-Object { '{0}: {1}' -f $_.Name, ($_.Targets -join ', ') }</code>
/// </example>
/// <example>
/// <title>Read everything anew</title>
/// <code>Get-GuardrailOrganization -Detail Tags, PolicyContent, Services -Refresh -Verbose</code>
/// <para>Reads the tags and policy documents too, and shows each call.</para>
/// </example>
/// <seealso cref="GetGuardrailAccountCommand"/>
/// <seealso cref="GetGuardrailOrganizationalUnitCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailOrganization")]
[OutputType(typeof(Organization))]
public sealed class GetGuardrailOrganizationCommand : ConnectedCmdlet
{
    /// <summary>What to read beyond the tree, the accounts and the policies: Tags, PolicyContent, Services.</summary>
    [Parameter]
    public OrganizationDetail Detail { get; set; }

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope) => Emit(await ReadOrganizationAsync(Detail, Refresh, scope));
}
