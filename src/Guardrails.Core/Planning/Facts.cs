namespace Guardrails;

/// <summary>Named facts of a change, in the order of their names, so that the same facts always read the same.</summary>
internal static class Facts
{
    private const string TagPrefix = "tag:";

    public static IReadOnlyDictionary<string, string> None { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Of(params (string Name, string? Value)[] facts) => With(None, facts);

    /// <summary>The facts and these; a null value is left out.</summary>
    public static IReadOnlyDictionary<string, string> With(this IReadOnlyDictionary<string, string> facts, params (string Name, string? Value)[] more)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts) all[name] = value;
        foreach (var (name, value) in more) if (value is not null) all[name] = value;
        return all;
    }

    public static IReadOnlyDictionary<string, string> WithTags(this IReadOnlyDictionary<string, string> facts, IReadOnlyDictionary<string, string> tags) =>
        facts.With([.. tags.Select(tag => (TagPrefix + tag.Key, (string?)tag.Value))]);

    public static IReadOnlyDictionary<string, string> Tags(this IReadOnlyDictionary<string, string> facts)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
            if (name.StartsWith(TagPrefix, StringComparison.Ordinal)) tags[name[TagPrefix.Length..]] = value;
        return tags;
    }
}
