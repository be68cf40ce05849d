using System.Text;

namespace Guardrails;

/// <summary>Points in a field of four, numbered; those without a vertical value in a band of their own below it.</summary>
internal static class QuadrantDrawing
{
    private const int Top = 26;
    private const int Height = 360;
    private const int Radius = 11;
    private const double Left = 5;
    private const double Right = 95;

    // The width at which names beside the points are placed; they are shown from 800 pixels on.
    private const double NominalWidth = 1000;
    private const double LetterWidth = 7;

    // Nearer than this, on a telephone, a number could not be read.
    private const double NarrowWidth = 360;
    private const double Closest = 16;
    private static readonly double[] Shifts = [0, 16, -16, 32, -32, 48, -48];

    // The band is as high as its points need to lie beside and above each other, up to a point.
    private const int RowHeight = Radius * 2 + 1;
    private const int MostRows = 8;
    private const int BandLabel = 35;

    private const int NameLength = 22;

    public static void Write(MarkupWriter html, ReportQuadrant chart)
    {
        var placed = chart.Points.Where(point => point.Y is not null).ToList();
        var x = Scale.Of(chart.Points.Select(point => (double)point.X));
        var y = Scale.Of(placed.Select(point => (double)point.Y!.Value));
        var apart = placed.Count < chart.Points.Count;
        // A field without a point in it would only look like a result.
        var bottom = placed.Count > 0 ? Top + Height : 0;
        var rows = Rows(chart, x);
        var band = BandLabel + (rows.Values.DefaultIfEmpty(0).Max() + 1) * RowHeight;
        Drawing.Open(html, chart, bottom + (apart ? band + 10 : 0) + 44 + 40);
        if (placed.Count > 0) Field(html, chart, x, y);
        if (chart.Slope is { } slope && placed.Count > 0) Limit(html, (double)slope, x, y);
        if (apart)
        {
            html.Empty("rect", ("x", "0"), ("y", Drawing.Number(bottom + 10)), ("width", "100%"), ("height", Drawing.Number(band)), ("fill", "none"), ("class", "limit"));
            html.Element("text", chart.WithoutY, ("x", "6"), ("y", Drawing.Number(bottom + 26)), ("class", "soft")).Line();
        }
        var below = bottom + (apart ? band + 10 : 0);
        Across(html, chart, x, below);
        Points(html, chart, x, y, i => bottom + 10 + band - Radius - 6 - rows[i] * RowHeight);
        Shades(html, chart, below + 52);
        html.Close().Line();
    }

    private static double At(double share) => Left + share * (Right - Left);

    private static double Down(double share) => Top + Height - 18 - share * (Height - 40);

    private static void Field(MarkupWriter html, ReportQuadrant chart, Scale x, Scale y)
    {
        html.Element("text", chart.Y.Label, ("x", "0"), ("y", "13"), ("class", "soft"));
        html.Empty("rect", ("x", "0"), ("y", Drawing.Number(Top)), ("width", "100%"), ("height", Drawing.Number(Height)), ("fill", "none"), ("class", "axis")).Line();
        foreach (var tick in y.Ticks)
        {
            var down = Down(y.Share(tick));
            html.Empty("line", ("x1", "0"), ("x2", "100%"), ("y1", Drawing.Number(down)), ("y2", Drawing.Number(down)), ("class", tick == 0 ? "axis" : "grid"));
            html.Element("text", Drawing.Tick(tick), ("x", "6"), ("y", Drawing.Number(down - 3)), ("class", "soft")).Line();
        }
        var (middle, half) = (At(0.5), Down(0.5));
        html.Empty("line", ("x1", Drawing.Percent(middle)), ("x2", Drawing.Percent(middle)), ("y1", Drawing.Number(Top)), ("y2", Drawing.Number(Top + Height)), ("class", "axis"));
        html.Empty("line", ("x1", "0"), ("x2", "100%"), ("y1", Drawing.Number(half)), ("y2", Drawing.Number(half)), ("class", "axis")).Line();
        for (var i = 0; i < chart.Corners.Count; i++)
        {
            var (across, style) = i % 2 == 0 ? (middle - 0.8, "end soft") : (99.2, "end soft");
            var down = i < 2 ? Top + 16 : half + 16;
            html.Element("text", chart.Corners[i].First, ("x", Drawing.Percent(across)), ("y", Drawing.Number(down)), ("class", style));
            html.Element("text", chart.Corners[i].Second, ("x", Drawing.Percent(across)), ("y", Drawing.Number(down + 15)), ("class", style)).Line();
        }
    }

    private static void Across(MarkupWriter html, ReportQuadrant chart, Scale x, int below)
    {
        foreach (var tick in x.Ticks)
        {
            var across = Drawing.Percent(At(x.Share(tick)));
            html.Empty("line", ("x1", across), ("x2", across), ("y1", Drawing.Number(below)), ("y2", Drawing.Number(below + 5)), ("class", "axis"));
            html.Element("text", Drawing.Tick(tick), ("x", across), ("y", Drawing.Number(below + 18)), ("class", "mid soft")).Line();
        }
        html.Element("text", chart.X.Label + " →", ("x", "100%"), ("y", Drawing.Number(below + 36)), ("class", "end soft")).Line();
    }

    private static void Points(MarkupWriter html, ReportQuadrant chart, Scale x, Scale y, Func<int, double> apart)
    {
        var spots = Spots(chart, x, y, apart);
        var taken = spots.Select(spot => Box(spot.Across, spot.Down, Radius * 2, Radius * 2)).ToList();
        // The most important is drawn last, on top of the others.
        for (var i = chart.Points.Count - 1; i >= 0; i--)
        {
            var point = chart.Points[i];
            var style = $"point {(point.Shade is { } shade ? $"s{ReportStyle.Shade(shade)}" : "sx")}{(point.IsAtLeast ? " least" : "")}";
            html.Open("g", ("class", style));
            html.Empty("circle", ("cx", Drawing.Percent(spots[i].Across)), ("cy", Drawing.Number(spots[i].Down)), ("r", Drawing.Number(Radius)));
            html.Element("text", (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), ("x", Drawing.Percent(spots[i].Across)), ("y", Drawing.Number(spots[i].Down + 4)), ("class", "id"));
            html.Close().Line();
        }
        for (var i = 0; i < chart.Points.Count; i++)
        {
            var name = Drawing.Short(chart.Points[i].Label, NameLength);
            var width = name.Length * LetterWidth;
            var toLeft = spots[i].Across / 100 * NominalWidth + Radius + 5 + width > NominalWidth;
            var middle = spots[i].Across + (toLeft ? -1 : 1) * (Radius + 5 + width / 2) / NominalWidth * 100;
            var box = Box(middle, spots[i].Down, width, 14);
            if (taken.Any(other => Overlap(box, other))) continue;
            taken.Add(box);
            html.Element("text", name, ("x", Drawing.Percent(spots[i].Across)), ("dx", toLeft ? "-16" : "16"), ("y", Drawing.Number(spots[i].Down + 4)), ("class", toLeft ? "wide end halo" : "wide halo")).Line();
        }
    }

    /// <summary>Where the points lie. One that would cover another is moved up or down a little, as on a telephone they would lie.</summary>
    private static List<(double Across, double Down)> Spots(ReportQuadrant chart, Scale x, Scale y, Func<int, double> apart)
    {
        var spots = new List<(double Across, double Down)>();
        for (var i = 0; i < chart.Points.Count; i++)
        {
            var across = At(x.Share((double)chart.Points[i].X));
            if (chart.Points[i].Y is not { } value)
            {
                spots.Add((across, apart(i)));
                continue;
            }
            var down = Down(y.Share((double)value));
            var shift = Shifts.Where(shift => down + shift is > Top + Radius and < Top + Height - Radius)
                .FirstOrDefault(shift => !spots.Any(other => Math.Abs(other.Across - across) / 100 * NarrowWidth < Closest && Math.Abs(other.Down - down - shift) < Closest));
            spots.Add((across, down + shift));
        }
        return spots;
    }

    /// <summary>The rows, from below, in which the points without a vertical value lie so that each number can be read on a telephone too.</summary>
    private static Dictionary<int, int> Rows(ReportQuadrant chart, Scale x)
    {
        var rows = new Dictionary<int, int>();
        var taken = Enumerable.Range(0, MostRows).Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < chart.Points.Count; i++)
        {
            if (chart.Points[i].Y is not null) continue;
            var across = At(x.Share((double)chart.Points[i].X)) / 100 * NarrowWidth;
            var row = Math.Max(0, Array.FindIndex(taken, others => others.TrueForAll(other => Math.Abs(other - across) >= RowHeight)));
            taken[row].Add(across);
            rows.Add(i, row);
        }
        return rows;
    }

    private static (double Left, double Top, double Right, double Bottom) Box(double across, double down, double width, double height)
    {
        var center = across / 100 * NominalWidth;
        return (center - width / 2, down - height / 2, center + width / 2, down + height / 2);
    }

    private static bool Overlap((double Left, double Top, double Right, double Bottom) one, (double Left, double Top, double Right, double Bottom) other) =>
        one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;

    /// <summary>The line y = slope · x, as a curve: on one scale by magnitude and one that is not, it is none.</summary>
    private static void Limit(MarkupWriter html, double slope, Scale x, Scale y)
    {
        var path = new StringBuilder();
        for (var i = 0; i <= 60; i++)
        {
            var across = i / 60.0;
            var share = y.Share(slope * x.Value(across));
            if (share is < -0.04 or > 1.05 || double.IsNaN(share)) continue;
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Drawing.Number(At(across) * 10)).Append(' ').Append(Drawing.Number(Down(share)));
        }
        if (path.Length == 0) return;
        Drawing.OpenSurface(html, Top + Height);
        html.Empty("path", ("d", path.ToString()), ("class", "limit"), ("vector-effect", "non-scaling-stroke"));
        html.Close().Line();
    }

    private static void Shades(MarkupWriter html, ReportQuadrant chart, int top)
    {
        if (chart.Points.All(point => point.Shade is null)) return;
        html.Element("text", chart.ShadeLabel, ("x", "0"), ("y", Drawing.Number(top + 10)), ("class", "soft"));
        for (var i = 0; i < ReportStyle.Shades; i++)
        {
            var across = Drawing.Percent(i * 20.0);
            html.Open("g", ("class", $"s{i}"));
            html.Empty("rect", ("x", across), ("y", Drawing.Number(top + 16)), ("width", "19.4%"), ("height", "17"));
            html.Element("text", $"{i * 100 / ReportStyle.Shades}–{(i + 1) * 100 / ReportStyle.Shades} %", ("x", across), ("dx", "4"), ("y", Drawing.Number(top + 29)), ("font-size", "11"));
            html.Close();
        }
        if (chart.Points.Any(point => point.Shade is null))
        {
            html.Element("text", "unfilled: not given", ("x", "100%"), ("y", Drawing.Number(top + 10)), ("class", "end soft"));
        }
        html.Line();
    }
}
