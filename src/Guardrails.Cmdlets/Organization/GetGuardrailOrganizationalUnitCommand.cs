using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets organizational units by name, path, id or ARN.</summary>
/// <remarks>
/// <para>Without parameters it gets every organizational unit. The root of the organization is returned when it is asked for, as /.</para>
/// <para>The organization is read once for each connection and kept; <see cref="Refresh"/> reads it again.</para>
/// </remarks>
/// <example>
/// <title>Every organizational unit</title>
/// <code>Get-GuardrailOrganizationalUnit</code>
/// </example>
/// <example>
/// <title>One and all below it</title>
/// <code>Get-GuardrailOrganizationalUnit /Workloads -Recurse</code>
/// </example>
/// <example>
/// <title>Those directly below one</title>
/// <code>Get-GuardrailOrganizationalUnit /Workloads/*</code>
/// </example>
/// <seealso cref="GetGuardrailOrganizationCommand"/>
/// <seealso cref="GetGuardrailAccountCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailOrganizationalUnit")]
[OutputType(typeof(OrganizationalUnit))]
public sealed class GetGuardrailOrganizationalUnitCommand : ConnectedCmdlet
{
    private readonly List<OrganizationalUnitIdentity> _units = [];
    private bool _nothingCame = true;

    /// <summary>Organizational units by name, path, id or ARN. Names and paths may hold wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public OrganizationalUnitIdentity[]? OrganizationalUnit { get; set; }

    /// <summary>Also the organizational units below those.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _nothingCame = false;
        _units.AddRange(OrganizationalUnit ?? []);
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        // An empty pipeline asks for nothing, not for everything.
        if (_nothingCame) return;
        var organization = await ReadOrganizationAsync(OrganizationDetail.None, Refresh, scope);
        foreach (var unit in _units.Count == 0 ? organization.OrganizationalUnits : Find(organization)) Emit(unit);
    }

    private IEnumerable<OrganizationalUnit> Find(Organization organization)
    {
        foreach (var identity in _units)
            foreach (var missing in organization.FindUnits(identity).Count == 0 ? organization.NotFound(identity) : []) Report(Errors.Describe(missing));
        var found = _units.SelectMany(organization.FindUnits);
        return (Recurse ? found.SelectMany(organization.UnitAndBelow) : found).DistinctBy(unit => unit.Id);
    }
}
