namespace Guardrails;

/// <summary>
/// The mark on what this module made. What does not carry it, and of which no journal tells (<see cref="MadeAccounts"/>), is never changed
/// because a name or an email matches.
/// </summary>
internal static class Ownership
{
    public const string TagKey = "guardrails:managed-by";
    private const string TagValue = "guardrails";

    public static IReadOnlyDictionary<string, string> Tags { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal) { [TagKey] = TagValue };

    /// <summary>The mark as facts of a change.</summary>
    public static IReadOnlyDictionary<string, string> TagFacts { get; } = Facts.None.WithTags(Tags);

    public static bool IsOurs(IReadOnlyDictionary<string, string> tags) => tags.ContainsKey(TagKey);
}
