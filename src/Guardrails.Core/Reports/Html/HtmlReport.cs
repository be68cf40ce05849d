using System.Globalization;

namespace Guardrails;

/// <summary>
/// Writes a document as HTML: one file, without a script, that loads nothing; a content security policy holds it to that. The markup is also
/// well-formed XML.
/// </summary>
internal static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    public static string Write(ReportDocument document)
    {
        var html = new MarkupWriter();
        html.Own("<!DOCTYPE html>\n").Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")).Line();
        html.Open("head").Line();
        html.Empty("meta", ("charset", "utf-8")).Line();
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)).Line();
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        html.Empty("meta", ("name", "referrer"), ("content", "no-referrer")).Line();
        html.Element("title", document.Title).Line();
        html.Open("style").Own("\n" + ReportStyle.Sheet()).Close().Line();
        html.Close().Line().Open("body").Line();
        Head(html, document);
        Contents(html, document);
        html.Open("main").Line();
        foreach (var section in document.Sections)
        {
            html.Open("section", ("id", section.Id), ("aria-labelledby", section.Id + "-title")).Line();
            html.Element("h2", section.Title, ("id", section.Id + "-title")).Line();
            foreach (var block in section.Blocks) Block(html, block);
            html.Close().Line();
        }
        html.Close().Line();
        if (document.Footer is not null) html.Open("footer").Element("p", document.Footer).Close().Line();
        html.Close().Line().Close().Line();
        return html.ToString();
    }

    private static void Head(MarkupWriter html, ReportDocument document)
    {
        html.Open("header").Line();
        html.Open("h1").Element("bdi", document.Title).Close().Line();
        html.Open("p", ("class", "sub")).Element("bdi", document.Subtitle).Close().Line();
        if (document.Facts.Count > 0)
        {
            html.Open("dl", ("class", "facts")).Line();
            foreach (var fact in document.Facts) html.Open("div").Element("dt", fact.Label).Open("dd").Element("bdi", fact.Value).Close().Close().Line();
            html.Close().Line();
        }
        html.Close().Line();
    }

    private static void Contents(MarkupWriter html, ReportDocument document)
    {
        if (document.Sections.Count < 3) return;
        html.Open("nav", ("aria-label", "Contents")).Open("ul").Line();
        foreach (var section in document.Sections) html.Open("li").Element("a", section.Title, ("href", "#" + section.Id)).Close().Line();
        html.Close().Close().Line();
    }

    private static void Block(MarkupWriter html, ReportBlock block)
    {
        switch (block)
        {
            case ReportParagraph paragraph:
                html.Open("p", ("class", Class(paragraph.Tone))).Element("bdi", paragraph.Text).Close().Line();
                break;
            case ReportList list:
                html.Open("ul").Line();
                foreach (var item in list.Items) html.Open("li").Element("bdi", item).Close().Line();
                html.Close().Line();
                break;
            case ReportTiles tiles:
                Tiles(html, tiles);
                break;
            case ReportDetails details:
                html.Open("details").Open("summary").Element("bdi", details.Summary).Close().Line();
                foreach (var inner in details.Blocks) Block(html, inner);
                html.Close().Line();
                break;
            case ReportGrid grid:
                Grid(html, grid);
                break;
            case ReportChart chart:
                Chart(html, chart);
                break;
            default:
                throw new InvalidOperationException($"There is no way to write a {block.GetType().Name}.");
        }
    }

    private static string? Class(ReportTone tone) => tone switch
    {
        ReportTone.Lead => "lead",
        ReportTone.Note => "note",
        ReportTone.Warning => "warn",
        _ => null,
    };

    private static void Tiles(MarkupWriter html, ReportTiles tiles)
    {
        html.Open("ul", ("class", "tiles")).Line();
        foreach (var tile in tiles.Tiles)
        {
            html.Open("li").Element("span", tile.Label, ("class", "label")).Text(" ").Element("span", tile.Figure, ("class", "figure")).Text(" ")
                .Element("span", tile.Note, ("class", "hint")).Close().Line();
        }
        html.Close().Line();
    }

    private static void Grid(MarkupWriter html, ReportGrid grid)
    {
        // A region that scrolls must be reachable by keyboard.
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", grid.Caption)).Open("table").Line();
        html.Element("caption", grid.Caption).Line().Open("thead").Open("tr");
        foreach (var column in grid.Columns) html.Element("th", column.Title, ("scope", "col"), ("class", column.Kind == ReportGridKind.Number ? "num" : null));
        html.Close().Close().Line().Open("tbody").Line();
        foreach (var row in grid.Rows)
        {
            html.Open("tr");
            for (var i = 0; i < grid.Columns.Count; i++) Cell(html, grid.Columns[i].Kind, row[i]);
            html.Close().Line();
        }
        if (grid.Rest is not null) html.Open("tr").Element("td", grid.Rest, ("colspan", grid.Columns.Count.ToString(CultureInfo.InvariantCulture))).Close().Line();
        html.Close().Close().Close().Line();
    }

    private static void Cell(MarkupWriter html, ReportGridKind kind, string text)
    {
        switch (kind)
        {
            case ReportGridKind.Name:
                html.Open("th", ("scope", "row")).Element("bdi", text).Close();
                break;
            case ReportGridKind.Number or ReportGridKind.Short:
                html.Element("td", text, ("class", kind == ReportGridKind.Number ? "num" : "short"));
                break;
            case ReportGridKind.Source when IsWebAddress(text):
                html.Open("td", ("class", "source")).Element("a", text, ("href", text), ("rel", "noreferrer noopener")).Close();
                break;
            default:
                html.Open("td", ("class", kind == ReportGridKind.Source ? "source" : "text")).Element("bdi", text).Close();
                break;
        }
    }

    private static bool IsWebAddress(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0;

    private static void Chart(MarkupWriter html, ReportChart chart)
    {
        html.Open("figure").Line().Element("figcaption", chart.Title).Line();
        switch (chart)
        {
            case ReportBars bars:
                BarsDrawing.Write(html, bars);
                break;
            case ReportQuadrant quadrant:
                QuadrantDrawing.Write(html, quadrant);
                break;
            case ReportGraph graph:
                GraphDrawing.Write(html, graph);
                break;
        }
        if (chart.Legend is not null) html.Element("p", chart.Legend, ("class", "note")).Line();
        // Numbers in a drawing mean nothing without the names beside them.
        if (chart is ReportBars) html.Open("details").Element("summary", "The same as a table").Line();
        Grid(html, chart.Table);
        if (chart is ReportBars) html.Close();
        html.Close().Line();
    }
}
