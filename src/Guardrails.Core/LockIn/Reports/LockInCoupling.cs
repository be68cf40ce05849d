namespace Guardrails;

/// <summary>The coupling graph, as far as a drawing can show it.</summary>
internal static class LockInCoupling
{
    private const int MostNodes = 18;
    private const int MostEdges = 200;

    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part, string prefix)
    {
        if (part.Whole?.Graph is not { Nodes.Count: > 1 } graph) return [];
        var between = graph.Edges.Where(edge => edge.Source != edge.Target).ToList();
        if (between.Count == 0)
            return [new ReportParagraph($"No {(part.Groups.Count > 0 ? "group" : "family of services")} uses another, as far as the sources show it: each can move by itself."), new ReportDetails("Couplings within them, by class", [Classes(graph)])];
        var weight = graph.Nodes.ToDictionary(node => node.Name, _ => 0L, StringComparer.Ordinal);
        foreach (var edge in between)
        {
            if (weight.ContainsKey(edge.Source)) weight[edge.Source] += edge.Count;
            if (weight.ContainsKey(edge.Target)) weight[edge.Target] += edge.Count;
        }
        var shown = graph.Nodes.OrderByDescending(node => weight[node.Name]).ThenByDescending(node => node.Count).ThenBy(node => node.Name, StringComparer.Ordinal).Take(MostNodes).ToList();
        var names = shown.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var links = between.Where(edge => names.Contains(edge.Source) && names.Contains(edge.Target)).GroupBy(edge => (edge.Source, edge.Target))
            .Select(edges => new ReportLink(edges.Key.Source, edges.Key.Target, edges.Sum(edge => edge.Count))).OrderBy(link => link.From, StringComparer.Ordinal).ThenBy(link => link.To, StringComparer.Ordinal).ToList();
        var waves = new LockInWaves(graph);
        var rest = graph.Nodes.Count - shown.Count;
        var circles = shown.Count(node => waves.IsInCircle(node.Name));
        return
        [
            new ReportGraph
            {
                Id = prefix + "coupling-chart",
                Title = part.Groups.Count > 0 ? "Couplings between groups" : "Couplings between families of services",
                Description = $"{LockInWords.Count(shown.Count, "node", "nodes")}{(rest > 0 ? $" of {LockInWords.Whole(graph.Nodes.Count)}" : "")}, {LockInWords.Whole(between.Sum(edge => (long)edge.Count))} couplings between them. The most coupled: {string.Join(", ", shown.Take(3).Select(node => node.Title))}."
                    + (circles > 0 ? $" {LockInWords.Whole(circles)} of them are in circles and can only move together." : ""),
                Legend = "Lines lead down from the user to what it uses; a dashed line leads up or along its row. The thicker, the more couplings. What lies lower can move first."
                    + (rest > 0 ? $" And {LockInWords.Whole(rest)} more nodes that have fewer couplings." : ""),
                Nodes = [.. shown.Select(node => new ReportNode(node.Name, node.Title, waves.Of(node.Name) ?? 0, node.Count))],
                Links = links,
                Table = new ReportGrid
                {
                    Caption = "The nodes by number",
                    Columns = [new("No.", ReportGridKind.Number), new("Node", ReportGridKind.Name), new("Resources", ReportGridKind.Number), new("Moves in wave", ReportGridKind.Number), new("Uses"), new("In a circle with")],
                    Rows = [.. shown.Select((node, i) => new[] { LockInWords.Whole(i + 1), node.Title, LockInWords.Whole(node.Count), waves.Of(node.Name) is { } wave ? LockInWords.Whole(wave) : "", Uses(links, shown, node.Name), waves.MovesWith(node.Name) ?? "" })],
                    Rest = rest > 0 ? $"and {LockInWords.Whole(rest)} more nodes." : null,
                },
            },
            new ReportDetails("Couplings by class", [Classes(graph)]),
        ];
    }

    private static string Uses(List<ReportLink> links, List<LockInGraphNode> shown, string name)
    {
        var used = links.Where(link => link.From == name).OrderByDescending(link => link.Weight).ThenBy(link => link.To, StringComparer.Ordinal).ToList();
        return string.Join(", ", used.Select(link => $"{shown.FindIndex(node => node.Name == link.To) + 1} ({LockInWords.Whole(link.Weight)})"));
    }

    private static ReportGrid Classes(LockInGraph graph)
    {
        var titles = graph.Nodes.ToDictionary(node => node.Name, node => node.Title, StringComparer.Ordinal);
        var edges = graph.Edges.OrderByDescending(edge => edge.Count).ThenBy(edge => edge.Source, StringComparer.Ordinal).ThenBy(edge => edge.Target, StringComparer.Ordinal).ThenBy(edge => edge.Class).ToList();
        var rest = edges.Skip(MostEdges).ToList();
        return new ReportGrid
        {
            Caption = "Who uses whom, and how",
            Columns = [new("User", ReportGridKind.Name), new("Uses"), new("Class"), new("Couplings", ReportGridKind.Number)],
            Rows = [.. edges.Take(MostEdges).Select(edge => new[] { titles.GetValueOrDefault(edge.Source, edge.Source), titles.GetValueOrDefault(edge.Target, edge.Target), edge.Class.ToString().ToLowerInvariant(), LockInWords.Whole(edge.Count) })],
            Rest = rest.Count > 0 ? $"and {LockInWords.Whole(rest.Count)} more lines with {LockInWords.Whole(rest.Sum(edge => (long)edge.Count))} couplings." : null,
        };
    }
}
