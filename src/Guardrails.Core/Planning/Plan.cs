namespace Guardrails;

/// <summary>Changes with their order. The graph is validated whole when the plan is made: nothing runs of a plan that cannot be finished.</summary>
public sealed class Plan
{
    private Plan(IReadOnlyList<Change> changes) => Changes = changes;

    /// <summary>The changes, each after those it depends on, and otherwise in the order in which they were given.</summary>
    public IReadOnlyList<Change> Changes { get; }

    /// <summary>Makes a plan.</summary>
    /// <exception cref="PlanException">Two changes have one id, a dependency is missing, or changes wait for each other: all of it at once.</exception>
    internal static Plan Of(IEnumerable<Change> changes)
    {
        var given = changes.ToList();
        var byId = new Dictionary<string, Change>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var change in given)
            if (!byId.TryAdd(change.Id, change)) faults.Add($"two changes are '{change.Id}'");
        foreach (var change in given)
            foreach (var id in change.DependsOn.Where(id => !byId.ContainsKey(id))) faults.Add($"'{change.Id}' depends on '{id}', which is not in the plan");
        if (faults.Count > 0) throw new PlanException(faults);

        var ordered = Order(given, byId);
        if (ordered.Count == given.Count) return new Plan(ordered);
        var circle = given.Except(ordered).Select(change => change.Id);
        throw new PlanException([$"these changes wait for each other: {string.Join(", ", circle)}"]);
    }

    private static List<Change> Order(List<Change> changes, Dictionary<string, Change> byId)
    {
        var waiting = changes.ToDictionary(change => change.Id, change => change.DependsOn.Distinct().Count(), StringComparer.Ordinal);
        var dependents = changes.SelectMany(change => change.DependsOn.Distinct().Select(id => (id, change.Id))).ToLookup(edge => edge.id, edge => edge.Id);
        var position = changes.Select((change, index) => (change.Id, index)).ToDictionary(at => at.Id, at => at.index, StringComparer.Ordinal);
        var ready = new PriorityQueue<Change, int>(changes.Where(change => waiting[change.Id] == 0).Select(change => (change, position[change.Id])));
        var ordered = new List<Change>(changes.Count);
        while (ready.TryDequeue(out var change, out _))
        {
            ordered.Add(change);
            foreach (var id in dependents[change.Id])
                if (--waiting[id] == 0) ready.Enqueue(byId[id], position[id]);
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
