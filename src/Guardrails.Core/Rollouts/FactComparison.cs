namespace Guardrails;

/// <summary>
/// What of a change is still to be made, by the object as it is now. A fact that is as it is to be is settled; one that is as it was is open;
/// any other was changed by somebody else meanwhile, and theirs is never overwritten.
/// </summary>
/// <param name="Open">Names of the facts that are still to be changed.</param>
/// <param name="MovedOn">What somebody else has changed: <c>tag:Owner was 'a' and is 'b'</c>.</param>
internal sealed record FactComparison(IReadOnlyList<string> Open, IReadOnlyList<string> MovedOn)
{
    public const string Reason = "MovedOn";

    /// <param name="but">Names of facts that say where the object is, and not how.</param>
    public static FactComparison Of(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, IReadOnlyDictionary<string, string> now, params string[] but)
    {
        var open = new List<string>();
        var movedOn = new List<string>();
        foreach (var name in before.Keys.Union(after.Keys).Except(but).Order(StringComparer.Ordinal))
        {
            var live = now.GetValueOrDefault(name);
            if (live == after.GetValueOrDefault(name)) continue;
            if (live == before.GetValueOrDefault(name)) open.Add(name);
            else movedOn.Add($"{name} was {Text(before.GetValueOrDefault(name))} and is {Text(live)}");
        }
        return new FactComparison(open, movedOn);
    }

    /// <summary>How a change ends whose object is no longer as it was when the change was planned.</summary>
    public static ChangeOutcome Conflict(string? resourceId, IEnumerable<string> movedOn) => new(
        ChangeStatus.Conflict, resourceId, $"It was changed by somebody else since: {string.Join("; ", movedOn)}. It was left as it is.", Reason,
        "Look at it, then run the command again: it plans from what is there.");

    public static string Text(string? value) => value is null ? "(nothing)" : $"'{DisplayText.Visible(value)}'";
}
