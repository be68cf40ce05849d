namespace Guardrails;

/// <summary>A line of a plan shown like a diff. <see cref="Text"/> alone, printed line by line, is the whole.</summary>
/// <param name="Sign"><c>+</c> for what is new, <c>-</c> for what goes, <c>~</c> for what changes.</param>
/// <param name="Text">The line.</param>
/// <param name="Change">The change that it tells of.</param>
public sealed record PlanLine(char Sign, string Text, Change Change)
{
    /// <summary>The text.</summary>
    public override string ToString() => Text;

    /// <summary>A change's own line, then one for each of its facts that alters.</summary>
    internal static IEnumerable<PlanLine> Of(Change change)
    {
        var facts = change.Before.Keys.Union(change.After.Keys).Order(StringComparer.Ordinal)
            .Select(name => Fact(change, name, change.Before.GetValueOrDefault(name), change.After.GetValueOrDefault(name))).OfType<PlanLine>().ToList();
        var signs = facts.Select(fact => fact.Sign).Distinct().ToList();
        var sign = signs is [var one] ? one : '~';
        var id = change.ResourceId is null ? "" : $" ({change.ResourceId})";
        var risk = $"{change.Risk.ToString().ToLowerInvariant()} risk, {change.Reversibility.ToString().ToLowerInvariant()}";
        return facts.Prepend(new PlanLine(sign, DisplayText.Visible($"{sign} {change.Action} {change.Address}{id}, {risk}"), change));
    }

    private static PlanLine? Fact(Change change, string name, string? before, string? after)
    {
        if (before == after) return null;
        var (sign, value) = (before, after) switch
        {
            (null, _) => ('+', after),
            (_, null) => ('-', before),
            _ => ('~', $"{before} → {after}"),
        };
        return new PlanLine(sign, DisplayText.Visible($"    {sign} {name}: {value}"), change);
    }
}
