using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Renames organizational units.</summary>
/// <remarks>
/// Its id, its accounts and its policies stay as they are; every path through it is another one. One that somebody else renames meanwhile keeps
/// their name, and is reported. Move-GuardrailOrganizationalUnit takes one to another parent.
/// </remarks>
/// <example>
/// <title>One organizational unit</title>
/// <code>Rename-GuardrailOrganizationalUnit -OrganizationalUnit /Workloads/Prod -NewName Production</code>
/// </example>
[Cmdlet(VerbsCommon.Rename, "GuardrailOrganizationalUnit", SupportsShouldProcess = true)]
[OutputType(typeof(ChangeResult), typeof(Plan))]
public sealed class RenameGuardrailOrganizationalUnitCommand : ChangingCmdlet
{
    /// <summary>The organizational unit: its path, name, id or ARN, or an organizational unit object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public OrganizationalUnitIdentity OrganizationalUnit { get; set; } = null!;

    /// <summary>Its new name, not a path: 1 to 128 characters, unlike that of any other in the same place.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateLength(1, 128)]
    public string NewName { get; set; } = "";

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
        try
        {
            var unit = organization.ResolveUnit(OrganizationalUnit);
            if (unit.Name == NewName) return;
            if (unit.Id == organization.Root.Id)
            {
                Report(Errors.RefusedInput.Record("The root of an organization cannot be renamed.", unit));
                return;
            }
            await ProposeAsync(OrganizationalUnitChanges.Rename(unit, NewName), $"organizational unit {unit.Id} '{unit.Path}'", $"Rename to {NewName}");
        }
        catch (Exception e) when (e is IdentityNotFoundException or AmbiguousIdentityException)
        {
            Report(Errors.Describe(e, OrganizationalUnit));
        }
    }
}
