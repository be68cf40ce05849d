namespace Guardrails;

/// <summary>
/// The order in which resources can move: what is used before what uses it, and what uses each other in a circle together. Tarjan's strongly
/// connected components (Tarjan, "Depth-first search and linear graph algorithms", 1972) with a stack of its own: an inventory may be one long chain.
/// </summary>
internal sealed class CouplingOrder
{
    private CouplingOrder(int[] component, int count, int[] sizes, int[] firstEdge, int[] edges) => (Component, Count, Sizes, FirstEdge, Edges) = (component, count, sizes, firstEdge, edges);

    /// <summary>The number of each node's component. A component only uses components of smaller numbers.</summary>
    public int[] Component { get; }

    public int Count { get; }

    /// <summary>Nodes by component.</summary>
    public int[] Sizes { get; }

    /// <summary>The number of each component's first edge; one more at the end.</summary>
    public int[] FirstEdge { get; }

    /// <summary>The components that components use, without themselves; one may be there more than once.</summary>
    public int[] Edges { get; }

    /// <param name="firstEdge">The number of each node's first edge; one more at the end.</param>
    /// <param name="edgeTarget">The node that an edge leads to.</param>
    public static CouplingOrder Of(int[] firstEdge, int[] edgeTarget)
    {
        var component = Components(firstEdge, edgeTarget, out var count);
        var sizes = new int[count];
        foreach (var one in component) sizes[one]++;
        var first = new int[count + 1];
        var nodes = component.Length;
        for (var node = 0; node < nodes; node++)
            for (var edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
                if (component[edgeTarget[edge]] != component[node]) first[component[node] + 1]++;
        for (var i = 0; i < count; i++) first[i + 1] += first[i];
        var edges = new int[first[count]];
        var next = first.AsSpan(0, count).ToArray();
        for (var node = 0; node < nodes; node++)
            for (var edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
                if (component[edgeTarget[edge]] != component[node]) edges[next[component[node]]++] = component[edgeTarget[edge]];
        return new(component, count, sizes, first, edges);
    }

    private static int[] Components(int[] firstEdge, int[] edgeTarget, out int count)
    {
        var nodes = firstEdge.Length - 1;
        var component = new int[nodes];
        var seen = new int[nodes];
        var low = new int[nodes];
        var next = new int[nodes];
        var path = new Stack<int>();
        var open = new Stack<int>();
        var time = 0;
        count = 0;
        Array.Fill(component, -1);
        for (var root = 0; root < nodes; root++)
        {
            if (seen[root] != 0) continue;
            Enter(root);
            while (path.TryPeek(out var node))
            {
                if (next[node] < firstEdge[node + 1])
                {
                    var target = edgeTarget[next[node]++];
                    if (seen[target] == 0) Enter(target);
                    else if (component[target] < 0) low[node] = Math.Min(low[node], seen[target]);
                    continue;
                }
                path.Pop();
                if (path.TryPeek(out var user)) low[user] = Math.Min(low[user], low[node]);
                if (low[node] != seen[node]) continue;
                int member;
                do component[member = open.Pop()] = count;
                while (member != node);
                count++;
            }
        }
        return component;

        void Enter(int node)
        {
            seen[node] = low[node] = ++time;
            next[node] = firstEdge[node];
            path.Push(node);
            open.Push(node);
        }
    }
}
