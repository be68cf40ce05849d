namespace Guardrails;

/// <summary>What resource control policies reach: data, because AWS adds services.</summary>
/// <param name="services">Service prefixes, in any case.</param>
/// <param name="exemptActions">Actions of these services that they don't reach.</param>
internal sealed class ResourcePolicyScope(IEnumerable<string> services, IEnumerable<string> exemptActions)
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _services =
        services.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HashSet<string> _exemptActions = exemptActions.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool Reaches(AccessRequest request) => _services.Contains(request.Service) && !_exemptActions.Contains(request.Action);
}
