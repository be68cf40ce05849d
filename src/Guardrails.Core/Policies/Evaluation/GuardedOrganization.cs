namespace Guardrails;

/// <summary>An account's place in the organization, and the chains that bind it.</summary>
/// <param name="OrganizationPath">As condition keys have it: <c>o-…/r-…/ou-…/ou-…/</c>.</param>
/// <param name="Levels">What holds it and itself, from the root down: the places of the chains' levels.</param>
internal sealed record PlacedAccount(string Id, string OrganizationId, string OrganizationPath, bool IsManagement, IReadOnlyList<PolicyLevel> Levels)
{
    /// <summary>The service control policies on its levels; null where that policy type is not enabled.</summary>
    public PolicyChain? ServiceControls { get; init; }

    /// <summary>The resource control policies on its levels; null where that policy type is not enabled.</summary>
    public PolicyChain? ResourceControls { get; init; }
}

/// <summary>Where policies are attached: the root, an organizational unit or an account.</summary>
public sealed record PolicyLevel(string Id, string Path)
{
    /// <summary>The path.</summary>
    public override string ToString() => Path;
}

/// <summary>The organization as requests meet it: each account with its compiled chains.</summary>
internal sealed class GuardedOrganization
{
    private readonly Dictionary<string, PlacedAccount> _accounts;

    public GuardedOrganization(IEnumerable<PlacedAccount> accounts, ResourcePolicyScope scope, KeyTable keys)
    {
        _accounts = accounts.ToDictionary(account => account.Id, StringComparer.Ordinal);
        Scope = scope;
        Keys = keys;
        var bound = _accounts.Values.Where(account => !account.IsManagement).ToList();
        ServiceControls = [.. bound.Select(account => account.ServiceControls).OfType<PolicyChain>().Distinct()];
        ResourceControls = [.. bound.Select(account => account.ResourceControls).OfType<PolicyChain>().Distinct()];
        var anywhere = ResourceControls.SelectMany(chain => chain.Levels).SelectMany(level => level).DistinctBy(policy => policy.Id);
        AnyResourceControl = new PolicyChain([[.. anywhere]], mustAllow: false);
    }

    public IReadOnlyCollection<PlacedAccount> Accounts => _accounts.Values;

    public ResourcePolicyScope Scope { get; }

    public KeyTable Keys { get; }

    /// <summary>The different chains of service control policies: for a principal whose account is not known.</summary>
    public IReadOnlyList<PolicyChain> ServiceControls { get; }

    /// <summary>The different chains of resource control policies.</summary>
    public IReadOnlyList<PolicyChain> ResourceControls { get; }

    /// <summary>Every resource control policy that binds any account: for a resource whose account is not known.</summary>
    public PolicyChain AnyResourceControl { get; }

    public PlacedAccount? Find(string? accountId) => accountId is null ? null : _accounts.GetValueOrDefault(accountId);
}
