namespace Guardrails;

/// <summary>Changes with their order. The graph is validated whole when the plan is made: nothing runs of a plan that cannot be finished.</summary>
public sealed record Plan
{
    private Plan(IReadOnlyList<Change> changes) => Changes = changes;

    /// <summary>The changes, each after those it depends on, and otherwise in the order in which they were given.</summary>
    public IReadOnlyList<Change> Changes { get; }

    /// <summary>The cmdlet that planned it.</summary>
    public string Command { get; init; } = "";

    /// <summary>The organization it was made for, and is for only.</summary>
    public string OrganizationId { get; init; } = "";

    /// <summary>When it was made, by the cloud's clock.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>The plan like a diff: what is new with +, what goes with -, what changes with ~ and before → after; with risk, and whether it can be taken back.</summary>
    public IEnumerable<PlanLine> Lines => Changes.SelectMany(PlanLine.Of);

    /// <summary>What cannot be taken back once it is done.</summary>
    public IEnumerable<Change> Irreversible => Changes.Where(change => change.Reversibility == Reversibility.Irreversible);

    /// <summary>How many changes of which actions.</summary>
    public override string ToString() => Changes.Count == 0 ? "no changes" : string.Join(", ", Changes.GroupBy(change => $"{change.Action} {change.Kind}", StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} × {DisplayText.Visible(group.Key)}"));

    /// <summary>Makes a plan.</summary>
    /// <exception cref="PlanException">Two changes have one id, a dependency is missing, or changes wait for each other: all of it at once.</exception>
    internal static Plan Of(IEnumerable<Change> changes)
    {
        var given = changes as List<Change> ?? [.. changes];
        var position = new Dictionary<string, int>(given.Count, StringComparer.Ordinal);
        var faults = new List<string>();
        // Planners mostly give parents before children: then one pass over the changes is all that is needed.
        var ordered = true;
        for (var i = 0; i < given.Count; i++)
        {
            var depends = given[i].DependsOn;
            for (var j = 0; ordered && j < depends.Count; j++) ordered = position.ContainsKey(depends[j]);
            if (!position.TryAdd(given[i].Id, i)) faults.Add($"two changes are '{given[i].Id}'");
        }
        if (ordered && faults.Count == 0) return new Plan(given);

        foreach (var change in given)
            foreach (var id in change.DependsOn)
                if (!position.ContainsKey(id)) faults.Add($"'{change.Id}' depends on '{id}', which is not in the plan");
        if (faults.Count > 0) throw new PlanException(faults);
        var sorted = Order(given, position);
        if (sorted.Count == given.Count) return new Plan(sorted);
        var circle = given.Select(change => change.Id).Except(sorted.Select(change => change.Id), StringComparer.Ordinal);
        throw new PlanException([$"these changes wait for each other: {string.Join(", ", circle)}"]);
    }

    private static List<Change> Order(List<Change> changes, Dictionary<string, int> position)
    {
        // A dependency that is named twice counts twice on both sides.
        var waiting = new int[changes.Count];
        var dependents = new List<int>?[changes.Count];
        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < changes.Count; i++)
        {
            waiting[i] = changes[i].DependsOn.Count;
            if (waiting[i] == 0) ready.Enqueue(i, i);
            foreach (var id in changes[i].DependsOn) (dependents[position[id]] ??= []).Add(i);
        }
        var ordered = new List<Change>(changes.Count);
        while (ready.TryDequeue(out var at, out _))
        {
            ordered.Add(changes[at]);
            foreach (var next in dependents[at] ?? [])
                if (--waiting[next] == 0) ready.Enqueue(next, next);
        }
        return ordered;
    }
}

/// <summary>A plan whose graph does not hold together. A defect of the planner that made it or of an edited file, never of the cloud.</summary>
public sealed class PlanException : Exception
{
    internal PlanException(IReadOnlyList<string> faults) : base("The plan cannot be run: " + string.Join("; ", faults) + ".") => Faults = faults;

    /// <summary>Everything that is wrong with it.</summary>
    public IReadOnlyList<string> Faults { get; }
}
