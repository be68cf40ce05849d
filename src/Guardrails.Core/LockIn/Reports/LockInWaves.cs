namespace Guardrails;

/// <summary>In which order the nodes of a coupling graph can move: what is used before what uses it, what uses each other together.</summary>
internal sealed class LockInWaves
{
    private const int NamesShown = 5;

    private readonly Dictionary<string, int> _waves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<LockInGraphNode>> _circles = new(StringComparer.Ordinal);

    public LockInWaves(LockInGraph? graph)
    {
        var nodes = graph?.Nodes.Where(node => node.Name != GraphSummary.Outside).OrderBy(node => node.Name, StringComparer.Ordinal).ToList() ?? [];
        if (nodes.Count == 0) return;
        var number = nodes.Select((node, i) => (node.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var uses = new List<int>[nodes.Count];
        for (var i = 0; i < uses.Length; i++) uses[i] = [];
        foreach (var edge in graph!.Edges)
        {
            if (edge.Source != edge.Target && number.TryGetValue(edge.Source, out var source) && number.TryGetValue(edge.Target, out var target)) uses[source].Add(target);
        }
        var first = new int[nodes.Count + 1];
        for (var i = 0; i < nodes.Count; i++) first[i + 1] = first[i] + uses[i].Count;
        var order = CouplingOrder.Of(first, [.. uses.SelectMany(targets => targets)]);
        Number(nodes, order);
    }

    /// <summary>The wave of a node, from 1; null where the graph does not have it.</summary>
    public int? Of(string name) => _waves.TryGetValue(name, out var wave) ? wave : null;

    /// <summary>True where it uses what uses it.</summary>
    public bool IsInCircle(string name) => _circles.ContainsKey(name);

    /// <summary>The titles of the others in its circle, a few of many; null where it is in none.</summary>
    public string? MovesWith(string name)
    {
        if (!_circles.TryGetValue(name, out var circle)) return null;
        var others = circle.Where(node => node.Name != name).Take(NamesShown).Select(node => node.Title);
        var more = circle.Count - 1 - NamesShown;
        return string.Join(", ", others) + (more > 0 ? $" and {LockInWords.Whole(more)} more" : "");
    }

    private void Number(List<LockInGraphNode> nodes, CouplingOrder order)
    {
        var waves = new int[order.Count];
        for (var component = 0; component < order.Count; component++)
        {
            var after = 0;
            for (var edge = order.FirstEdge[component]; edge < order.FirstEdge[component + 1]; edge++) after = Math.Max(after, waves[order.Edges[edge]]);
            waves[component] = after + 1;
        }
        for (var i = 0; i < nodes.Count; i++) _waves[nodes[i].Name] = waves[order.Component[i]];
        foreach (var circle in nodes.Select((node, i) => (node, component: order.Component[i])).GroupBy(pair => pair.component).Where(circle => circle.Count() > 1))
        {
            var members = circle.Select(pair => pair.node).ToList();
            foreach (var node in members) _circles[node.Name] = members;
        }
    }
}
