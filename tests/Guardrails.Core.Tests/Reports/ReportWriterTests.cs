using System.Xml.Linq;
using CsCheck;
using Xunit;

namespace Guardrails.Tests;

public sealed class ReportWriterTests
{
    [Fact]
    public void Any_text_is_text_in_the_document() =>
        Gen.String.Sample(text =>
        {
            var document = new ReportDocument
            {
                Title = text,
                Subtitle = text,
                Facts = [new(text, text)],
                Footer = text,
                Sections =
                [
                    new("one", text,
                    [
                        new ReportParagraph(text), new ReportList([text]), new ReportTiles([new(text, text, text)]), new ReportDetails(text, [Grid(text)]),
                        new ReportBars { Id = "bars", Title = text, Description = text, Legend = text, Table = Grid(text), Bars = [new(text, 1, 0.5m, 2, text), new(text, 0, null, null, text)] },
                        new ReportQuadrant
                        {
                            Id = "field", Title = text, Description = text, Table = Grid(text), X = new(text), Y = new(text), Corners = [(text, text), (text, text), (text, text), (text, text)], WithoutY = text, ShadeLabel = text,
                            Points = [new(text, 1, 2, 0.5m, false), new(text, 0, null, null, true)],
                        },
                        new ReportGraph { Id = "graph", Title = text, Description = text, Table = Grid(text), Nodes = [new("a", text, 2, 1), new("b", text, 1, 1)], Links = [new("a", "b", 1), new("b", "a", 2), new("a", "a", 1)] },
                    ]),
                ],
            };
            var parsed = XDocument.Parse(HtmlReport.Write(document));
            // One element more, or one fewer, would be an element from the text.
            return parsed.Descendants().Count() == XDocument.Parse(HtmlReport.Write(document with { Title = "x" })).Descendants().Count() && parsed.Descendants().All(element => element.Name.LocalName != text);
        });

    [Theory]
    [InlineData("https://example.com/a?b=c", true)]
    [InlineData("http://example.com", false)]
    [InlineData("https://example.com and more", false)]
    [InlineData("https://user:secret@example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://", false)]
    public void Only_a_source_that_is_a_web_address_is_a_link(string source, bool isLink)
    {
        ReportDocument Of(ReportGridKind kind) => new() { Title = "t", Subtitle = "s", Sections = [new("one", "One", [new ReportGrid { Caption = "c", Columns = [new("Source", kind)], Rows = [[source]] }])] };
        Assert.Equal(isLink, HtmlReport.Write(Of(ReportGridKind.Source)).Contains("<a ", StringComparison.Ordinal));
        Assert.DoesNotContain("<a ", HtmlReport.Write(Of(ReportGridKind.Name)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_open_is_noticed() => Assert.Throws<InvalidOperationException>(() => new MarkupWriter().Open("p").ToString());

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, 0, 3)]
    [InlineData(new double[] { -5, 10 }, -5, 10)]
    [InlineData(new double[] { 0 }, 0, 1)]
    [InlineData(new double[] { 3, 100_000 }, 1, 100_000)]
    public void A_scale_holds_its_values_and_ends_at_round_ones(double[] values, double first, double last)
    {
        var scale = Scale.Of(values);
        Assert.Equal((first, last), (Math.Round(scale.Ticks[0], 6), Math.Round(scale.Ticks[^1], 6)));
        Assert.All(values, value => Assert.InRange(scale.Share(value), 0, 1));
        Assert.All(values, value => Assert.Equal(value, scale.Value(scale.Share(value)), 6));
    }

    [Fact]
    public void Text_is_shortened_between_characters() => Assert.Equal("a👩‍🚀…", Drawing.Short("a👩‍🚀bcdef", 3));

    private static ReportGrid Grid(string text) => new() { Caption = text, Rest = text, Columns = [new(text, ReportGridKind.Name), new(text, ReportGridKind.Source), new(text, ReportGridKind.Number)], Rows = [[text, text, text]] };
}
