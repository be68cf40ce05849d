namespace Guardrails;

/// <summary>
/// Finds what a user means. For reading, every match counts; a name or path in exactly the given case of letters wins over others,
/// and a pattern that matches nothing is tried as a plain name, since AWS allows wildcards in names. For writing there must be one.
/// </summary>
internal static class OrganizationSearch
{
    private sealed record Look<T>(string Word, IReadOnlyList<T> All, Func<string, T?> ById, Func<T, Names> Names) where T : class;

    private readonly record struct Names(string Id, string Arn, string Name, string Path);

    /// <summary>Every account that is meant, in the organization's order; empty where there is none.</summary>
    public static IReadOnlyList<Account> FindAccounts(this Organization organization, AccountIdentity identity) =>
        Find(Accounts(organization), identity.Value);

    /// <summary>Every organizational unit that is meant, the root included, in the organization's order; empty where there is none.</summary>
    public static IReadOnlyList<OrganizationalUnit> FindUnits(this Organization organization, OrganizationalUnitIdentity identity) =>
        Find(Units(organization), identity.Value);

    /// <summary>The one account that is meant, for a change to it.</summary>
    /// <exception cref="AmbiguousIdentityException">Several accounts may be meant.</exception>
    /// <exception cref="IdentityNotFoundException">There is none.</exception>
    public static Account ResolveAccount(this Organization organization, AccountIdentity identity) =>
        Resolve(Accounts(organization), identity.Value);

    /// <summary>The one organizational unit that is meant, for a change to it or in it.</summary>
    /// <exception cref="AmbiguousIdentityException">Several organizational units may be meant.</exception>
    /// <exception cref="IdentityNotFoundException">There is none.</exception>
    public static OrganizationalUnit ResolveUnit(this Organization organization, OrganizationalUnitIdentity identity) =>
        Resolve(Units(organization), identity.Value);

    /// <summary>That no account is meant: what a reading cmdlet says of an identity that it did not find. Nothing for a pattern with wildcards.</summary>
    public static IEnumerable<IdentityNotFoundException> NotFound(this Organization organization, AccountIdentity identity) =>
        NotFound(Accounts(organization), identity.Value);

    /// <summary>That no organizational unit is meant; nothing for a pattern with wildcards.</summary>
    public static IEnumerable<IdentityNotFoundException> NotFound(this Organization organization, OrganizationalUnitIdentity identity) =>
        NotFound(Units(organization), identity.Value);

    /// <summary>The unit and all units in it at any depth, parents before what they hold.</summary>
    public static IEnumerable<OrganizationalUnit> UnitAndBelow(this Organization organization, OrganizationalUnit unit)
    {
        var open = new Stack<OrganizationalUnit>([unit]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in organization.UnitsIn(next.Id).Reverse()) open.Push(child);
        }
    }

    private static Look<Account> Accounts(Organization organization) => new(
        "account", organization.Accounts, organization.AccountById, one => new Names(one.Id, one.Arn, one.Name, one.Path));

    private static Look<OrganizationalUnit> Units(Organization organization) => new(
        "organizational unit", [organization.Root, .. organization.OrganizationalUnits], organization.UnitById,
        one => new Names(one.Id, one.Arn, one.Name, one.Path));

    private static List<T> Find<T>(Look<T> look, string value) where T : class
    {
        if (Exact(look, value) is { } exact) return [exact];
        var pattern = PathPattern.Parse(value);
        if (!pattern.HasWildcards)
        {
            var literal = Literal(look, value, pattern);
            return literal.Count > 0 ? literal : Matching(look, pattern);
        }
        var matching = Matching(look, pattern);
        return matching.Count > 0 ? matching : Literal(look, value, pattern);
    }

    private static T Resolve<T>(Look<T> look, string value) where T : class
    {
        if (Exact(look, value) is { } exact) return exact;
        var pattern = PathPattern.Parse(value);
        var found = Literal(look, value, pattern);
        if (found.Count == 0) found = Matching(look, pattern);
        if (found.Count == 1) return found[0];
        if (found.Count == 0) throw new IdentityNotFoundException(look.Word, value, Near(look, value));
        throw new AmbiguousIdentityException(look.Word, value, [.. found.Select(look.Names).Select(names => new IdentityCandidate(names.Id, names.Path))]);
    }

    private static IEnumerable<IdentityNotFoundException> NotFound<T>(Look<T> look, string value) where T : class =>
        PathPattern.Parse(value).HasWildcards ? [] : [new IdentityNotFoundException(look.Word, value, Near(look, value))];

    /// <summary>By id, by ARN, or by the path of something that could not be placed below the root.</summary>
    private static T? Exact<T>(Look<T> look, string value) where T : class
    {
        if (look.ById(value) is { } known) return known;
        if (value.StartsWith("arn:", StringComparison.Ordinal))
        {
            return look.All.FirstOrDefault(one => look.Names(one).Arn == value);
        }
        if (value.StartsWith('/') || !value.Contains('/', StringComparison.Ordinal)) return null;
        var unplaced = look.All.Where(one => look.Names(one).Path == value).Take(2).ToList();
        return unplaced.Count == 1 ? unplaced[0] : null;
    }

    /// <summary>The name or path exactly as given, where wildcards are part of names.</summary>
    private static List<T> Literal<T>(Look<T> look, string value, PathPattern pattern) where T : class
    {
        if (pattern.IsName)
        {
            var name = OrganizationPath.Unescape(value);
            return [.. look.All.Where(one => look.Names(one).Name == name)];
        }
        var path = OrganizationPath.Canonical(value);
        return [.. look.All.Where(one => look.Names(one).Path == path)];
    }

    private static List<T> Matching<T>(Look<T> look, PathPattern pattern) where T : class =>
        [.. look.All.Where(one => look.Names(one) is var names && pattern.Matches(names.Name, names.Path))];

    private static List<string> Near<T>(Look<T> look, string value) where T : class
    {
        var name = OrganizationPath.Name(value.TrimEnd('/'));
        return [.. look.All.Select(look.Names)
            .Select(names => (names.Path, Distance: NearNames.Distance(name, names.Name)))
            .Where(near => near.Distance <= NearNames.Limit(name))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Path, StringComparer.Ordinal)
            .Take(3)
            .Select(near => near.Path)];
    }
}
