namespace Guardrails;

/// <summary>Named facts of a change, in the order of their names, so that the same facts always read the same.</summary>
internal static class Facts
{
    private const string TagPrefix = "tag:";

    /// <summary>Sorted arrays: a plan of 10,000 accounts holds 40,000 of these.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = new SortedList<string, string>(0, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Of(params (string Name, string? Value)[] facts) => With(None, facts);

    /// <summary>The facts and these; a null value is left out.</summary>
    public static IReadOnlyDictionary<string, string> With(this IReadOnlyDictionary<string, string> facts, params (string Name, string? Value)[] more)
    {
        var all = Copy(facts, more.Count(fact => fact.Value is not null));
        foreach (var (name, value) in more) if (value is not null) all[name] = value;
        return all;
    }

    public static IReadOnlyDictionary<string, string> WithTags(this IReadOnlyDictionary<string, string> facts, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0) return facts;
        var all = Copy(facts, tags.Count);
        foreach (var (key, value) in tags) all[TagPrefix + key] = value;
        return all;
    }

    public static IReadOnlyDictionary<string, string> Tags(this IReadOnlyDictionary<string, string> facts)
    {
        var tags = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
            if (name.StartsWith(TagPrefix, StringComparison.Ordinal)) tags[name[TagPrefix.Length..]] = value;
        return tags;
    }

    private static SortedList<string, string> Copy(IReadOnlyDictionary<string, string> facts, int more)
    {
        var all = new SortedList<string, string>(facts.Count + more, StringComparer.Ordinal);
        foreach (var (name, value) in facts) all[name] = value;
        return all;
    }
}
