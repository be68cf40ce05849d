namespace Guardrails;

/// <summary>Sums couplings up for a drawing.</summary>
internal static class GraphSummary
{
    public const string Outside = "(outside)";

    /// <param name="members">The resources.</param>
    /// <param name="nodeOf">The name and the title of a resource's node.</param>
    public static LockInGraph Of(MeasuredInventory inventory, IReadOnlyList<int> members, Func<int, bool> isMember, Func<int, (string Name, string Title)> nodeOf)
    {
        var nodes = new Dictionary<string, (string Title, int Count)>(StringComparer.Ordinal);
        var edges = new Dictionary<(string Source, string Target, EdgeClass Class), int>();
        foreach (var member in members)
        {
            var (name, title) = nodeOf(member);
            nodes[name] = (title, nodes.GetValueOrDefault(name).Count + 1);
            for (var edge = inventory.FirstEdge[member]; edge < inventory.FirstEdge[member + 1]; edge++)
            {
                var other = inventory.EdgeTarget[edge];
                var target = other >= 0 && isMember(other) ? nodeOf(other).Name : Outside;
                if (target == Outside) nodes.TryAdd(Outside, ("Outside", 0));
                var key = (name, target, inventory.EdgeClasses[edge]);
                edges[key] = edges.GetValueOrDefault(key) + 1;
            }
        }
        return new()
        {
            Nodes = [.. nodes.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => new LockInGraphNode(node.Key, node.Value.Title, node.Value.Count))],
            Edges = [.. edges.OrderBy(edge => edge.Key.Source, StringComparer.Ordinal).ThenBy(edge => edge.Key.Target, StringComparer.Ordinal).ThenBy(edge => edge.Key.Class)
                .Select(edge => new LockInGraphEdge(edge.Key.Source, edge.Key.Target, edge.Key.Class, edge.Value))],
        };
    }
}
