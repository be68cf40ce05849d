using System.Globalization;

namespace Guardrails;

/// <summary>
/// Nodes in rows: what is used lies below what uses it, so that lines lead down. Within a row nodes lie near what they are joined with
/// (barycentre heuristic of Sugiyama, Tagawa and Toda, 1981), ties by number; so the same graph gives the same drawing.
/// </summary>
internal static class GraphDrawing
{
    private const int MostInRow = 6;
    private const int RowHeight = 92;
    private const int Radius = 15;
    private const int NameLength = 20;
    private const int Sweeps = 6;

    public static void Write(MarkupWriter html, ReportGraph chart)
    {
        var rows = Rows(chart);
        var height = rows.Count * RowHeight;
        var places = new Dictionary<string, (double Across, double Down, int Row)>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
            for (var i = 0; i < rows[row].Count; i++)
                places[rows[row][i].Name] = ((i + 0.5) / rows[row].Count * 100, row * RowHeight + 30, row);
        Drawing.Open(html, chart, height);
        Drawing.OpenSurface(html, height);
        var heaviest = Math.Max(1, chart.Links.Select(link => link.Weight).DefaultIfEmpty(1).Max());
        foreach (var link in chart.Links.Where(link => link.From != link.To)) Line(html, places[link.From], places[link.To], link.Weight, heaviest);
        html.Close().Line();
        foreach (var link in chart.Links.Where(link => link.From != link.To)) Head(html, places[link.From], places[link.To]);
        html.Line();
        for (var i = 0; i < chart.Nodes.Count; i++)
        {
            var (across, down, _) = places[chart.Nodes[i].Name];
            html.Open("g", ("class", "node"));
            html.Empty("circle", ("cx", Drawing.Percent(across)), ("cy", Drawing.Number(down)), ("r", Drawing.Number(Radius)));
            html.Element("text", (i + 1).ToString(CultureInfo.InvariantCulture), ("x", Drawing.Percent(across)), ("y", Drawing.Number(down + 4)), ("class", "id"));
            var toLeft = across > 85;
            html.Element("text", Drawing.Short(chart.Nodes[i].Label, NameLength), ("x", Drawing.Percent(across)), ("dx", toLeft ? "-20" : "20"), ("y", Drawing.Number(down + 4)), ("class", toLeft ? "wide end halo" : "wide halo"));
            html.Close().Line();
        }
        html.Close().Line();
    }

    /// <summary>The highest layer first; a layer that is too long for a row takes several.</summary>
    private static List<List<ReportNode>> Rows(ReportGraph chart)
    {
        var rows = chart.Nodes.GroupBy(node => node.Layer).OrderByDescending(layer => layer.Key).SelectMany(layer => layer.Chunk(MostInRow)).Select(row => row.ToList()).ToList();
        var neighbours = chart.Nodes.ToDictionary(node => node.Name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var link in chart.Links.Where(link => link.From != link.To))
        {
            neighbours[link.From].Add(link.To);
            neighbours[link.To].Add(link.From);
        }
        var number = chart.Nodes.Select((node, i) => (node.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var place = rows.SelectMany(row => row.Select((node, i) => (node.Name, Place: (i + 0.5) / row.Count))).ToDictionary(pair => pair.Name, pair => pair.Place, StringComparer.Ordinal);
            rows = [.. rows.Select(row => row.OrderBy(node => neighbours[node.Name].Count == 0 ? place[node.Name] : neighbours[node.Name].Average(name => place[name])).ThenBy(node => number[node.Name]).ToList())];
        }
        return rows;
    }

    private static void Line(MarkupWriter html, (double Across, double Down, int Row) from, (double Across, double Down, int Row) to, int weight, int heaviest)
    {
        var (start, end, bend) = Ends(from, to);
        var path = $"M{Drawing.Number(from.Across * 10)} {Drawing.Number(start)} C{Drawing.Number(from.Across * 10)} {Drawing.Number(start + bend)} {Drawing.Number(to.Across * 10)} {Drawing.Number(end - (from.Row == to.Row ? -bend : bend))} {Drawing.Number(to.Across * 10)} {Drawing.Number(end)}";
        var width = 1 + 2.2 * Math.Sqrt(weight / (double)heaviest);
        html.Empty("path", ("d", path), ("class", to.Row > from.Row ? "edge" : "edge back"), ("stroke-width", Drawing.Number(width)), ("vector-effect", "non-scaling-stroke"));
    }

    private static void Head(MarkupWriter html, (double Across, double Down, int Row) from, (double Across, double Down, int Row) to)
    {
        // A line that leads down ends on top of its node; one that leads up, or along the row, ends below it.
        var end = to.Row > from.Row ? to.Down - Radius : to.Down + Radius;
        var tip = to.Row > from.Row ? "M-4 -8L4 -8L0 0z" : "M-4 8L4 8L0 0z";
        html.Open("svg", ("x", Drawing.Percent(to.Across)), ("y", Drawing.Number(end)), ("width", "1"), ("height", "1")).Empty("path", ("d", tip), ("class", "head")).Close();
    }

    private static (double Start, double End, double Bend) Ends((double Across, double Down, int Row) from, (double Across, double Down, int Row) to)
    {
        if (to.Row > from.Row) return (from.Down + Radius, to.Down - Radius - 6, (to.Down - from.Down) * 0.45);
        if (to.Row < from.Row) return (from.Down - Radius, to.Down + Radius + 6, (to.Down - from.Down) * 0.45);
        return (from.Down + Radius, to.Down + Radius + 6, 42);
    }
}
