namespace Guardrails;

/// <summary>The couplings within a group, by its members' places.</summary>
internal sealed class GroupGraph
{
    private GroupGraph(CouplingOrder order) => Order = order;

    public CouplingOrder Order { get; }

    /// <param name="members">The group's resources, ascending.</param>
    /// <param name="place">Room for a number for each resource of the inventory.</param>
    public static GroupGraph Of(MeasuredInventory inventory, IReadOnlyList<int> members, Func<int, bool> isMember, int[] place)
    {
        for (var i = 0; i < members.Count; i++) place[members[i]] = i;
        var first = new int[members.Count + 1];
        var targets = new List<int>();
        for (var i = 0; i < members.Count; i++)
        {
            first[i] = targets.Count;
            for (var edge = inventory.FirstEdge[members[i]]; edge < inventory.FirstEdge[members[i] + 1]; edge++)
                if (inventory.EdgeTarget[edge] >= 0 && isMember(inventory.EdgeTarget[edge])) targets.Add(place[inventory.EdgeTarget[edge]]);
        }
        first[^1] = targets.Count;
        return new(CouplingOrder.Of(first, [.. targets]));
    }
}

/// <summary>What people call a resource.</summary>
internal static class ResourceNames
{
    public static string Of(InventoryResource resource) => resource.LogicalId ?? resource.PhysicalId ?? resource.Arn ?? resource.Key;

    /// <summary>What a later measurement recognises it by. The key of a resource that is known by its logical id only has the path of its file in it, as it was given.</summary>
    public static string Identity(InventoryResource resource) =>
        resource.IsMatched || resource.LogicalId is null ? resource.Key : string.Join('|', resource.AccountId, resource.Region, resource.Stack, resource.LogicalId, resource.Type);
}
