namespace Guardrails;

/// <summary>Bars below their labels: so long names have the whole width, on a telephone too.</summary>
internal static class BarsDrawing
{
    private const int RowHeight = 38;
    private const int BarHeight = 13;
    private const int LabelLength = 40;
    private const int WideLabelLength = 110;

    public static void Write(MarkupWriter html, ReportBars chart)
    {
        var origin = (double)chart.Base;
        var ends = chart.Bars.SelectMany(bar => new[] { bar.Value, bar.Low ?? bar.Value, bar.High ?? bar.Value }).Select(value => (double)value).Append(origin).ToList();
        var (least, most) = (ends.Min(), ends.Max());
        var span = most > least ? most - least : 1;
        double Place(decimal value) => 0.5 + ((double)value - least) / span * 99;
        Drawing.Open(html, chart, chart.Bars.Count * RowHeight + 6);
        for (var i = 0; i < chart.Bars.Count; i++)
        {
            var bar = chart.Bars[i];
            var top = i * RowHeight;
            Label(html, bar.Label, top + 14);
            html.Element("text", bar.Figure, ("x", "100%"), ("y", Drawing.Number(top + 14)), ("class", "end soft"));
            var (from, to) = chart.Base == 0 && least >= 0 ? (Place(0), Place(bar.Value)) : (Place(bar.Low ?? bar.Value), Place(bar.High ?? bar.Value));
            html.Empty("rect", ("x", Drawing.Percent(from)), ("y", Drawing.Number(top + 19)), ("width", Drawing.Percent(Math.Max(to - from, 0.2))), ("height", Drawing.Number(BarHeight)), ("rx", "2"), ("class", "bar"));
            if (chart.Base == 0 && bar is { Low: { } low, High: { } high }) Range(html, Place(low), Place(high), top + 19 + BarHeight / 2.0);
            html.Line();
        }
        if (chart.Base != 0) html.Empty("line", ("x1", Drawing.Percent(Place(chart.Base))), ("x2", Drawing.Percent(Place(chart.Base))), ("y1", "0"), ("y2", "100%"), ("class", "range")).Line();
        html.Close().Line();
    }

    /// <summary>What is too long for a telephone is shortened there alone.</summary>
    private static void Label(MarkupWriter html, string label, int y)
    {
        var (narrow, wide) = (Drawing.Short(label, LabelLength), Drawing.Short(label, WideLabelLength));
        if (narrow == wide)
        {
            html.Element("text", narrow, ("x", "0"), ("y", Drawing.Number(y)));
            return;
        }
        html.Element("text", narrow, ("x", "0"), ("y", Drawing.Number(y)), ("class", "narrow"));
        html.Element("text", wide, ("x", "0"), ("y", Drawing.Number(y)), ("class", "wide"));
    }

    private static void Range(MarkupWriter html, double low, double high, double y)
    {
        html.Empty("line", ("x1", Drawing.Percent(low)), ("x2", Drawing.Percent(high)), ("y1", Drawing.Number(y)), ("y2", Drawing.Number(y)), ("class", "range"));
        foreach (var end in new[] { low, high })
            html.Empty("line", ("x1", Drawing.Percent(end)), ("x2", Drawing.Percent(end)), ("y1", Drawing.Number(y - 4)), ("y2", Drawing.Number(y + 4)), ("class", "range"));
    }
}
