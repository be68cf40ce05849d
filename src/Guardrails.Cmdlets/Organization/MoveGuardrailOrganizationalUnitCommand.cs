using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Moves organizational units, with all that is in them, to another parent.</summary>
/// <remarks>
/// <para>AWS has no call for that. So the organizational unit and those in it are made at the new place with their names, tags and policies, then their
/// accounts are moved, and the old ones are deleted as soon as they are empty, all in one rollout. No account is moved before the policies that are
/// attached to what held it are attached to what will; what it inherits from further up is that of the new place, at once.</para>
/// <para>The new ones have ids of their own: whatever names the old id (a condition on aws:PrincipalOrgPaths, a stack set's target, a delegation)
/// is to be changed by you, and what Control Tower governs is to be moved with Control Tower. Refused with the reason are a place where one of that
/// name is already, and one from which FullAWSAccess was taken off, because AWS attaches it to every new one.</para>
/// <para>What somebody else puts into the old one meanwhile stays there, and it is not deleted. Undo proposes the way back, and does not take it.</para>
/// </remarks>
/// <example>
/// <title>What would be done</title>
/// <code>Move-GuardrailOrganizationalUnit -OrganizationalUnit /Workloads/Prod -Parent /Regulated -AsPlan</code>
/// </example>
/// <example>
/// <title>To the top</title>
/// <code>Move-GuardrailOrganizationalUnit -OrganizationalUnit /Workloads/Prod -Parent /</code>
/// </example>
[Cmdlet(VerbsCommon.Move, "GuardrailOrganizationalUnit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChangeResult), typeof(Plan))]
public sealed class MoveGuardrailOrganizationalUnitCommand : ChangingCmdlet
{
    /// <summary>The organizational unit: its path, name, id or ARN, or an organizational unit object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public OrganizationalUnitIdentity OrganizationalUnit { get; set; } = null!;

    /// <summary>The organizational unit that is to hold it: its path, name, id or ARN; / is the root.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public OrganizationalUnitIdentity Parent { get; set; } = null!;

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationalUnitMove.Needs, refresh: false, scope);
        try
        {
            var unit = organization.ResolveUnit(OrganizationalUnit);
            var parent = organization.ResolveUnit(Parent);
            if (unit.ParentId == parent.Id) return;
            if (OrganizationalUnitMove.Refusal(organization, unit, parent) is { } refusal)
            {
                Report(Errors.RefusedInput.Record(refusal, unit));
                return;
            }
            var units = OrganizationalUnitMove.WithThoseIn(organization, unit).ToList();
            var accounts = units.Sum(one => organization.AccountsIn(one.Id).Count());
            await ProposeAsync(OrganizationalUnitMove.Changes(organization, unit, parent),
                $"organizational unit {unit.Id} '{unit.Path}', {units.Count} with those in it, {accounts} accounts", $"Move to {parent.Path}: make anew there, with other ids, and delete here");
        }
        catch (Exception e) when (e is IdentityNotFoundException or AmbiguousIdentityException)
        {
            Report(Errors.Describe(e, OrganizationalUnit));
        }
    }
}
