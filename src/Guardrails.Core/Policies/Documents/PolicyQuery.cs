namespace Guardrails;

/// <summary>Which policies of an organization are wanted. An empty list asks for all.</summary>
internal sealed record PolicyQuery
{
    /// <summary>Names with wildcards, ids or ARNs; a name's case of letters does not matter.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Types as AWS names them.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The policies in the organization's order.</summary>
    /// <param name="notFound">What was asked for without wildcards and is not there.</param>
    public IReadOnlyList<OrganizationPolicy> Run(Organization organization, out IReadOnlyList<IdentityNotFoundException> notFound)
    {
        var wanted = organization.Policies.Where(policy => Types.Count == 0 || Types.Contains(policy.Type)).ToList();
        var missing = new List<IdentityNotFoundException>();
        notFound = missing;
        if (Policies.Count == 0) return wanted;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var identity in Policies)
        {
            var meant = wanted.Where(policy => Means(identity, policy)).Select(policy => policy.Id).ToList();
            if (meant.Count == 0 && !TextPattern.Parse(identity).HasWildcards) missing.Add(new("policy", identity, Near(wanted, identity)));
            found.UnionWith(meant);
        }
        return [.. wanted.Where(policy => found.Contains(policy.Id))];
    }

    /// <summary>Where each of the policies binds that target: those on the target itself, and before them those on what holds it, from the root down.</summary>
    public static IEnumerable<PolicyAttachment> On(Organization organization, string targetId, string path, IReadOnlyList<OrganizationPolicy> policies)
    {
        var wanted = policies.Select(policy => policy.Id).ToHashSet(StringComparer.Ordinal);
        var levels = organization.Ancestors(targetId).Select(unit => (unit.Id, unit.Path)).Append((Id: targetId, Path: path));
        return
            from level in levels
            from policy in organization.PoliciesOn(level.Id)
            where wanted.Contains(policy.Id)
            select new PolicyAttachment { Target = path, TargetId = targetId, AttachedTo = level.Path, AttachedToId = level.Id, Policy = policy };
    }

    private static bool Means(string identity, OrganizationPolicy policy) =>
        policy.Id == identity || policy.Arn == identity || policy.Name.Equals(identity, StringComparison.OrdinalIgnoreCase) || TextPattern.Parse(identity).Matches(policy.Name);

    private static List<string> Near(List<OrganizationPolicy> policies, string identity) =>
    [
        .. policies.Select(policy => (policy.Name, Distance: NearNames.Distance(identity, policy.Name))).Where(near => near.Distance <= NearNames.Limit(identity))
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal).Take(3).Select(near => near.Name),
    ];
}
