namespace Guardrails;

/// <summary>
/// Compares a plan with the organization as it is when the plan is run: what has moved on since the plan was made is not touched. What a plan's
/// file says of an object is believed only where the organization says the same.
/// </summary>
internal static class PlanCheck
{
    /// <summary>Changes that are refused, by their id, with what differs.</summary>
    /// <param name="history">What was done of the plan already: what its own changes have altered has not moved on. Null for a plan that is new.</param>
    public static IReadOnlyDictionary<string, ChangeOutcome> Refusals(Plan plan, Organization now, RolloutHistory? history = null)
    {
        var touched = plan.Changes.Where(change => history is not null && IsTouched(change, history)).ToLookup(change => change.ResourceId ?? "", StringComparer.Ordinal);
        var refused = new Dictionary<string, ChangeOutcome>(StringComparer.Ordinal);
        foreach (var change in plan.Changes)
        {
            // One that may have happened is looked for by its own kind.
            if (history is not null && IsTouched(change, history)) continue;
            HashSet<string> altered = [.. touched[change.ResourceId ?? ""].SelectMany(AlteredBy)];
            // The opposites of an undo have no fingerprint: they compare with what was left behind, each by its own kind.
            var objectNow = history is not null && change.Fingerprint.Count == 0 ? [] : ObjectDifferences(change, now, altered);
            var differences = objectNow.Concat(PlaceDifferences(change, now)).ToList();
            if (differences.Count > 0) refused[change.Id] = FactComparison.Conflict(change.ResourceId, differences);
        }
        return refused;
    }

    /// <summary>True where something of the plan was made from a live object, so that it is worth reading the organization before it is run.</summary>
    public static bool IsNeeded(Plan plan) => plan.Changes.Any(change => change.ResourceId is not null || change.After.ContainsKey("parentId"));

    private static bool IsTouched(Change change, RolloutHistory history) =>
        history.Ended.GetValueOrDefault(change.Id)?.Status is ChangeStatus.Done or ChangeStatus.Unchanged || history.CallsOf(change.Id).Any(call => call.MayHaveHappened);

    // The facts of a fingerprint that a change of this plan alters itself.
    private static IEnumerable<string> AlteredBy(Change change) => change.Action switch
    {
        AccountNameChanges.RenameAction => ["name", "path"],
        AccountChanges.MoveAction => ["parentId", "path"],
        AccountChanges.CloseAction => ["state"],
        _ => [],
    };

    private static List<string> ObjectDifferences(Change change, Organization now, HashSet<string> altered)
    {
        if (change.ResourceId is not { } id) return [];
        var live = Fingerprint.Of(change, now);
        if (live.Count == 0) return [$"{DisplayText.Visible(id)} is not in the organization"];
        var differences = live.Keys.Union(change.Fingerprint.Keys).Except(altered).Order(StringComparer.Ordinal)
            .Select(name => Difference(name, change.Fingerprint.GetValueOrDefault(name), live.GetValueOrDefault(name))).OfType<string>().ToList();
        if (differences.Count > 0) return differences;

        // The fingerprint is right; what a person reads in the plan must be too.
        var shown = change.Address[(change.Address.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!altered.Contains("path") && shown != live["path"] && !shown.StartsWith(live["path"] + " ", StringComparison.Ordinal))
            differences.Add($"the plan calls it '{DisplayText.Visible(shown)}' and {id} is '{DisplayText.Visible(live["path"])}'");
        if (change.Before.TryGetValue("parentId", out var from) && !altered.Contains("parentId") && Difference("parentId", from, live["parentId"]) is { } moved) differences.Add(moved);
        return differences;
    }

    private static IEnumerable<string> PlaceDifferences(Change change, Organization now)
    {
        if (change.After.TryGetValue("parentId", out var to) && (change.After.GetValueOrDefault("organizationalUnit") ?? change.After.GetValueOrDefault("parent")) is { } path)
        {
            if (now.UnitById(to) is not { } unit) yield return $"organizational unit {DisplayText.Visible(to)} '{DisplayText.Visible(path)}' is not in the organization";
            else if (Difference($"the path of {unit.Id}", path, unit.Path) is { } renamed) yield return renamed;
        }
    }

    private static string? Difference(string name, string? planned, string? live) =>
        planned == live ? null : $"{DisplayText.Visible(name)} was {FactComparison.Text(planned)} and is {FactComparison.Text(live)}";
}
