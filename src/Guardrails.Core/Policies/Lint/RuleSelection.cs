namespace Guardrails;

/// <summary>Which rules run: those whose id fits an included pattern (all where none is given) and no excluded one.</summary>
/// <remarks>Patterns are ids, or have the wildcards <c>*</c> and <c>?</c>, in any case of letters: <c>GR-SCP-*</c>.</remarks>
internal sealed class RuleSelection(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
{
    /// <summary>Every rule.</summary>
    public static RuleSelection All { get; } = new([], []);

    /// <summary>True when findings of that rule are wanted.</summary>
    public bool Takes(string id) => (include.Count == 0 || include.Any(pattern => Wildcard.Matches(pattern, id))) && !exclude.Any(pattern => Wildcard.Matches(pattern, id));

    /// <summary>The patterns that fit no rule: probably misspelt.</summary>
    public IEnumerable<string> Unused(IEnumerable<string> ids)
    {
        var known = ids.ToList();
        return include.Concat(exclude).Where(pattern => !known.Exists(id => Wildcard.Matches(pattern, id)));
    }
}
