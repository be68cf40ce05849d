namespace Guardrails;

/// <summary>
/// What a resource is recognised by in every source. It is a function of one sighting alone, so that what is one resource in two sources
/// stays one whatever else is read with them.
/// </summary>
internal static class ResourceIdentity
{
    /// <summary>
    /// The key: type, account, Region and id, the same whether they stand in an ARN, in columns or in a URL. Null where the sighting does
    /// not say enough: it has neither ARN nor physical id, or the id is unique only within an account or Region that is not known.
    /// </summary>
    /// <param name="sighting">With the account and Region of its file where it says none itself.</param>
    public static string? Of(ResourceSighting sighting, ResourceTypeCatalog types)
    {
        var type = types.Canonical(sighting.Type);
        var pattern = types.PatternOf(type);
        var own = OwnArn(sighting, pattern);
        if (own is { } arn) return KeyOfArn(type, pattern, arn);
        if (sighting.PhysicalId is not { Length: > 0 } id) return null;
        var (account, region) = (sighting.AccountId ?? AccountOf(sighting.Arn), sighting.Region ?? "");
        if (pattern is null) return account is null ? null : Key(type, account, region, Short(id));
        if (pattern.HasAccount && account is null || pattern.HasRegion && region.Length == 0) return null;
        return Key(type, pattern.HasAccount ? account! : "", pattern.HasRegion ? region : "", pattern.Trim(Short(id)));
    }

    /// <summary>The account that the resource's own ARN says; null where it has none or says none.</summary>
    public static string? AccountOf(ResourceSighting sighting, ResourceTypeCatalog types) =>
        OwnArn(sighting, types.PatternOf(types.Canonical(sighting.Type))) is { Account.Length: > 0 } arn ? arn.Account : null;

    /// <summary>The Region that the resource's own ARN says; null where it has none or says none.</summary>
    public static string? RegionOf(ResourceSighting sighting, ResourceTypeCatalog types) =>
        OwnArn(sighting, types.PatternOf(types.Canonical(sighting.Type))) is { Region.Length: > 0 } arn ? arn.Region : null;

    /// <summary>
    /// Some resources of Terraform carry the ARN of what they belong to (the target of an event rule, the topic of a policy), so an ARN is
    /// taken for the resource's own only where it has the form of its type's ARNs or where the physical id is in it.
    /// </summary>
    private static Arn? OwnArn(ResourceSighting sighting, ResourceArnPattern? pattern)
    {
        var arn = Arn.Parse(sighting.Arn);
        var id = sighting.PhysicalId;
        if (arn is null) return Arn.Parse(id) is { } inId && (pattern is null || pattern.IdOf(inId) is not null) ? inId : null;
        if (pattern is not null) return pattern.IdOf(arn.Value) is not null || id is null ? arn : null;
        return id is null || id == sighting.Arn || EndsWith(arn.Value.Resource, id) ? arn : null;
    }

    private static string KeyOfArn(string type, ResourceArnPattern? pattern, Arn arn)
    {
        var id = pattern?.IdOf(arn) is { } own ? pattern.Trim(own) : AfterFirst(arn.Resource);
        return Key(type, arn.Account, arn.Region, id);
    }

    private static string Key(string type, string account, string region, string id) => $"{type}/{account}/{region}/{id}";

    private static bool EndsWith(string resource, string id) =>
        resource.EndsWith(id, StringComparison.Ordinal) && (resource.Length == id.Length || resource[^(id.Length + 1)] is '/' or ':');

    private static string AfterFirst(string resource)
    {
        var at = resource.IndexOfAny(['/', ':']);
        return at < 0 || at == resource.Length - 1 ? resource : resource[(at + 1)..];
    }

    // The physical id of a queue is its URL, which ends with its name.
    private static string Short(string id) =>
        id.StartsWith("https://", StringComparison.Ordinal) ? id[(id.LastIndexOf('/') + 1)..] : id;

    private static string? AccountOf(string? arn) => Arn.Parse(arn) is { Account.Length: > 0 } parsed ? parsed.Account : null;
}
