namespace Guardrails;

/// <summary>Which accounts are wanted. Within a list one match is enough, but for tags, of which all must match; an empty list asks for nothing.</summary>
internal sealed record AccountQuery
{
    public IReadOnlyList<AccountIdentity> Accounts { get; init; } = [];
    public IReadOnlyList<OrganizationalUnitIdentity> OrganizationalUnits { get; init; } = [];

    /// <summary>Also what is in the organizational units below those.</summary>
    public bool Recurse { get; init; }

    /// <summary><c>Key</c> or <c>Key=Value</c>, both with wildcards; a backtick before an equals sign that is part of the key.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<AccountState> States { get; init; } = [];

    /// <summary>What must have been read for it.</summary>
    public OrganizationDetail Detail => Tags.Count > 0 ? OrganizationDetail.Tags : OrganizationDetail.None;

    /// <exception cref="InvalidOperationException">Tags are asked for and were not read.</exception>
    public AccountQueryResult Run(Organization organization)
    {
        if (!organization.Detail.HasFlag(Detail)) throw new InvalidOperationException("Accounts can't be selected by tag: the tags were not read.");
        var notFound = new List<IdentityNotFoundException>();
        var named = Accounts.Count == 0 ? null : Named(organization, notFound);
        var within = OrganizationalUnits.Count == 0 ? null : Within(organization, notFound);
        var tags = Tags.Select(TagPattern.Parse).ToList();
        var accounts = organization.Accounts.Where(account =>
            (named is null || named.Contains(account.Id))
            && (within is null || within.Contains(account.ParentId))
            && (States.Count == 0 || States.Contains(account.State))
            && tags.TrueForAll(tag => tag.Matches(account.Tags)));
        return new AccountQueryResult([.. accounts], notFound);
    }

    private HashSet<string> Named(Organization organization, List<IdentityNotFoundException> notFound)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var identity in Accounts)
        {
            var found = organization.FindAccounts(identity);
            ids.UnionWith(found.Select(account => account.Id));
            if (found.Count == 0) notFound.AddRange(organization.NotFound(identity));
        }
        return ids;
    }

    private HashSet<string> Within(Organization organization, List<IdentityNotFoundException> notFound)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var identity in OrganizationalUnits)
        {
            var found = organization.FindUnits(identity);
            ids.UnionWith(found.SelectMany(unit => Recurse ? organization.UnitAndBelow(unit) : [unit]).Select(unit => unit.Id));
            if (found.Count == 0) notFound.AddRange(organization.NotFound(identity));
        }
        return ids;
    }
}

/// <param name="Accounts">In the organization's order.</param>
/// <param name="NotFound">What was asked for without wildcards and is not there.</param>
internal sealed record AccountQueryResult(IReadOnlyList<Account> Accounts, IReadOnlyList<IdentityNotFoundException> NotFound);

/// <summary>A tag that is asked for: key, and value where it counts.</summary>
internal sealed class TagPattern
{
    private readonly TextPattern _key;
    private readonly TextPattern? _value;

    private TagPattern(TextPattern key, TextPattern? value) => (_key, _value) = (key, value);

    /// <summary><c>Key</c> or <c>Key=Value</c>; the first equals sign without a backtick before it divides them.</summary>
    public static TagPattern Parse(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '`') i++;
            else if (pattern[i] == '=') return new TagPattern(TextPattern.Parse(pattern[..i]), TextPattern.Parse(pattern[(i + 1)..]));
        }
        return new TagPattern(TextPattern.Parse(pattern), null);
    }

    public bool Matches(IReadOnlyDictionary<string, string>? tags) =>
        tags is not null && tags.Any(tag => _key.Matches(tag.Key) && (_value is null || _value.Matches(tag.Value)));
}
