namespace Guardrails;

/// <summary>The resources that are measured, by number in the order of their keys, with their couplings.</summary>
internal sealed class MeasuredInventory
{
    /// <summary>The number of classes of couplings.</summary>
    public static readonly int Classes = Enum.GetValues<EdgeClass>().Length;

    private MeasuredInventory(InventoryResource[] resources, MeasuredType[] types, int[] type, int[] firstEdge, int[] edgeTarget, EdgeClass[] edgeClass) =>
        (Resources, Types, Type, FirstEdge, EdgeTarget, EdgeClasses) = (resources, types, type, firstEdge, edgeTarget, edgeClass);

    public InventoryResource[] Resources { get; }

    public MeasuredType[] Types { get; }

    /// <summary>The number of each resource's type.</summary>
    public int[] Type { get; }

    /// <summary>The number of each resource's first coupling; those of a resource follow each other. One more at the end.</summary>
    public int[] FirstEdge { get; }

    /// <summary>The resource that a coupling leads to; -1 where that is not measured.</summary>
    public int[] EdgeTarget { get; }

    public EdgeClass[] EdgeClasses { get; }

    public static MeasuredInventory Of(IEnumerable<InventoryResource> given, LockInFacts facts, LockInTarget target, ConstantTable constants)
    {
        InventoryResource[] resources =
        [.. given.GroupBy(resource => resource.Key, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal).Select(Once)];
        var types = MeasuredTypes.Of(resources, facts, target, constants, out var type);
        var numbers = new Dictionary<string, int>(resources.Length, StringComparer.Ordinal);
        for (var i = 0; i < resources.Length; i++) numbers.Add(resources[i].Key, i);
        var first = new int[resources.Length + 1];
        var targets = new List<int>();
        var classes = new List<EdgeClass>();
        for (var i = 0; i < resources.Length; i++)
        {
            first[i] = targets.Count;
            foreach (var reference in resources[i].References.OrderBy(reference => reference.Class).ThenBy(reference => reference.Target, StringComparer.Ordinal).DistinctBy(reference => reference.Target, StringComparer.Ordinal))
            {
                if (reference.Target == resources[i].Key) continue;
                targets.Add(numbers.GetValueOrDefault(reference.Target, -1));
                classes.Add(reference.Class);
            }
        }
        first[^1] = targets.Count;
        return new(resources, types, type, first, [.. targets], [.. classes]);
    }

    /// <summary>The known volume of what a resource keeps, in megabytes; null where it keeps nothing or the volume is not known.</summary>
    public long? Megabytes(int resource) =>
        Types[Type[resource]].IsStore && Resources[resource].DataGigabytes is { } size && double.IsFinite(size) && size >= 0 ? (long)Math.Min(Math.Round(size * 1000), 1e15) : null;

    // One that was given twice counts once: that which shows most, so that it doesn't matter which came first.
    private static InventoryResource Once(IEnumerable<InventoryResource> same)
    {
        var all = same.ToList();
        if (all.Count == 1) return all[0];
        return all.OrderByDescending(one => one.References.Count).ThenByDescending(one => one.DataGigabytes).ThenByDescending(one => one.MonthlyCost)
            .ThenBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Variant, StringComparer.Ordinal).First();
    }
}
