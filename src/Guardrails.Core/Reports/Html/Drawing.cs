using System.Globalization;

namespace Guardrails;

/// <summary>
/// What drawings have in common. Across the page they are measured in percent and down the page in pixels, so that one drawing fits every
/// width while its letters keep their size.
/// </summary>
internal static class Drawing
{
    /// <summary>Opens a drawing with its title and its message for who cannot see it.</summary>
    public static void Open(MarkupWriter html, ReportChart chart, int height)
    {
        var (title, message) = (chart.Id + "-title", chart.Id + "-message");
        html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("aria-labelledby", $"{title} {message}"), ("height", Number(height))).Line();
        html.Element("title", chart.Title, ("id", title)).Element("desc", chart.Description, ("id", message)).Line();
    }

    /// <summary>A surface of 1,000 by height units over the whole drawing, for what cannot be measured in percent; strokes keep their width.</summary>
    public static void OpenSurface(MarkupWriter html, int height) =>
        html.Open("svg", ("viewBox", $"0 0 1000 {Number(height)}"), ("preserveAspectRatio", "none"), ("width", "100%"), ("height", Number(height)));

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Percent(double value) => Number(value) + "%";

    /// <summary>At most so many characters, an ellipsis in place of the rest; never half a character.</summary>
    public static string Short(string text, int most)
    {
        var parts = StringInfo.ParseCombiningCharacters(text);
        return parts.Length <= most ? text : text[..parts[most - 1]].TrimEnd() + "…";
    }

    /// <summary>A figure beside an axis: 1.2k, 35M.</summary>
    public static string Tick(double value)
    {
        var size = Math.Abs(value);
        return size switch
        {
            >= 999_500_000 => Scaled(value / 1e9) + "bn",
            >= 999_500 => Scaled(value / 1e6) + "M",
            >= 1_000 => Scaled(value / 1e3) + "k",
            _ => value.ToString("0.##", CultureInfo.InvariantCulture),
        };
    }

    private static string Scaled(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
