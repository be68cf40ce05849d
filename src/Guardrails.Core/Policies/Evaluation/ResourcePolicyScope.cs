namespace Guardrails;

/// <summary>What resource control policies reach: data, because AWS adds services.</summary>
/// <param name="services">Service prefixes, in any case.</param>
/// <param name="exemptActions">Actions of these services that they don't reach.</param>
internal sealed class ResourcePolicyScope(IEnumerable<string> services, IEnumerable<string> exemptActions)
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _services =
        services.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HashSet<string> _exemptActions = exemptActions.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>As AWS has it: the services of the catalog that take them. Of their actions only kms:RetireGrant is exempt.</summary>
    /// <remarks>Source: AWS Organizations user guide, "Resource control policies (RCPs)", resources and entities not restricted (August 2026).</remarks>
    public static ResourcePolicyScope Of(ActionCatalog catalog) => new(catalog.Services.Where(catalog.TakesResourceControlPolicies), ["kms:RetireGrant"]);

    public bool Reaches(AccessRequest request) => _services.Contains(request.Service) && !_exemptActions.Contains(request.Action);
}
