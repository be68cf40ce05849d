namespace Guardrails;

/// <summary>The types that data knows, how their ARNs are read, and what Terraform calls them.</summary>
internal sealed class ResourceTypeCatalog
{
    private readonly Dictionary<string, ResourceTypeFacts> _types;
    private readonly Dictionary<string, string> _ofTerraform;
    private readonly Dictionary<string, ResourceArnPattern> _patterns = new(StringComparer.Ordinal);
    private readonly ILookup<string, (string Type, ResourceArnPattern Pattern)> _ofService;

    /// <param name="types">Each type once.</param>
    /// <param name="ofTerraform">The CloudFormation type of a Terraform type.</param>
    /// <exception cref="FormatException">An ARN's pattern is none; the message says why.</exception>
    public ResourceTypeCatalog(IEnumerable<ResourceTypeFacts> types, IEnumerable<KeyValuePair<string, string>> ofTerraform)
    {
        _types = types.ToDictionary(facts => facts.Type, StringComparer.Ordinal);
        _ofTerraform = new(ofTerraform, StringComparer.Ordinal);
        foreach (var facts in _types.Values)
        {
            if (facts.Arn is not null) _patterns.Add(facts.Type, ResourceArnPattern.Parse(facts.Arn));
        }
        // What is the same as another type is found as that one.
        _ofService = _patterns.Where(one => _types[one.Key].SameAs is null).OrderBy(one => one.Key, StringComparer.Ordinal).ToLookup(one => one.Value.Service, one => (one.Key, one.Value), StringComparer.Ordinal);
    }

    public IEnumerable<ResourceTypeFacts> Types => _types.Values;

    /// <summary>What is known of a type; null where nothing is.</summary>
    public ResourceTypeFacts? Of(string type) => _types.GetValueOrDefault(type);

    /// <summary>The CloudFormation type of a Terraform type; the Terraform type itself where it has none.</summary>
    public string OfTerraform(string terraformType) => _ofTerraform.GetValueOrDefault(terraformType, terraformType);

    /// <summary>The type as which every source can show the resource.</summary>
    public string Canonical(string type) => Of(type)?.SameAs ?? type;

    /// <summary>The form of the ARNs of a type; null where none is known.</summary>
    public ResourceArnPattern? PatternOf(string type) => _patterns.GetValueOrDefault(type);

    /// <summary>
    /// The type of the resource with that ARN: of those whose ARNs have this form the one that says most of it. Where several say the same
    /// (databases of RDS, Neptune and DocumentDB) the bill's name decides, else the ARN's service is the type's; null where neither tells.
    /// </summary>
    /// <param name="billName">The product code or the resource type in a bill; null outside bills.</param>
    public string? OfArn(Arn arn, string? billName)
    {
        var found = _ofService[arn.Service].Where(one => one.Pattern.IdOf(arn) is not null).ToList();
        if (found.Count == 0) return null;
        var most = found.Max(one => one.Pattern.Literals);
        var types = found.Where(one => one.Pattern.Literals == most).Select(one => one.Type).ToList();
        if (types.Count == 1) return types[0];
        var named = types.Where(type => IsNamed(_types[type], billName)).ToList();
        if (named.Count == 0) named = types.Where(type => type.Contains($"::{arn.Service}::", StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count == 1 ? named[0] : null;
    }

    /// <summary>The type of a resource that a bill shows by a bare id; null where the id and the names say nothing certain.</summary>
    /// <param name="billNames">What the bill calls it: product code, resource type.</param>
    public string? OfBareId(string id, IEnumerable<string?> billNames)
    {
        foreach (var facts in _types.Values)
        {
            if (facts.IdPrefix is { } prefix && id.StartsWith(prefix, StringComparison.Ordinal) && IsHexadecimal(id.AsSpan(prefix.Length))) return facts.Type;
        }
        foreach (var name in billNames)
        {
            var named = _types.Values.Where(facts => facts.IdPrefix is null && IsNamed(facts, name)).Take(2).ToList();
            if (named.Count == 1) return named[0].Type;
        }
        return null;
    }

    private static bool IsNamed(ResourceTypeFacts facts, string? name) => name is not null && facts.BillNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    // Ids of 8 digits are the old ones, those of 17 the new.
    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        if (text.Length is not (8 or 17)) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c)) return false;
        }
        return true;
    }
}
