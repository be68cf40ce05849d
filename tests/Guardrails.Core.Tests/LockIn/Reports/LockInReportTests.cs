using System.Xml.Linq;
using Xunit;

namespace Guardrails.Tests;

public sealed class LockInReportTests
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(24)]
    [InlineData(1500)]
    public void The_document_is_well_formed_and_loads_nothing(int groups)
    {
        var document = Parse(groups == 0 ? [] : SampleAssessments.Portfolio(groups));
        Assert.Equal("html", document.Root!.Name.LocalName);
        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "embed" or "form" or "base");
        var policy = document.Descendants(Html + "meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(document.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName is "src" or "style");
        Assert.All(document.Descendants(Html + "a"), link => Assert.True(((string)link.Attribute("href")!)[0] == '#' || ((string)link.Attribute("href")!).StartsWith("https://", StringComparison.Ordinal)));
        Assert.DoesNotContain("url(", document.Descendants(Html + "style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", document.Descendants(Html + "style").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_and_every_reference_has_its_target()
    {
        var document = Parse([.. SampleAssessments.Portfolio(20), .. SampleAssessments.Portfolio(20, target: LockInTarget.Azure)]);
        var ids = document.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var references = document.Descendants().Attributes("aria-labelledby").SelectMany(reference => reference.Value.Split(' '))
            .Concat(document.Descendants(Html + "a").Select(link => (string)link.Attribute("href")!).Where(href => href[0] == '#').Select(href => href[1..]));
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Fact]
    public void Every_drawing_has_a_title_a_message_and_its_figures_as_a_table()
    {
        var document = Parse(SampleAssessments.Portfolio(20));
        var drawings = document.Descendants(Html + "figure").ToList();
        Assert.Equal(5, drawings.Count);
        foreach (var figure in drawings)
        {
            var svg = figure.Elements(Svg + "svg").Single();
            Assert.Equal("img", (string?)svg.Attribute("role"));
            Assert.False(string.IsNullOrWhiteSpace(svg.Element(Svg + "title")!.Value));
            Assert.True(svg.Element(Svg + "desc")!.Value.Length > 20);
            Assert.NotEmpty(figure.Descendants(Html + "tbody").Single().Elements());
        }
    }

    [Fact]
    public void Points_without_a_benefit_lie_above_each_other_where_they_would_cover_each_other()
    {
        var portfolio = SampleAssessments.Portfolio(8);
        var one = portfolio.First(group => !group.IsTotal);
        var circles = Parse([.. portfolio.Select(group => group.IsTotal ? group : group with { Benefit = null, Money = one.Money })]).Descendants(Html + "section").Single(section => (string?)section.Attribute("id") == "quadrant").Descendants(Svg + "circle").ToList();
        Assert.Equal((8, 1, 8), (circles.Count, circles.Select(circle => circle.Attribute("cx")!.Value).Distinct().Count(), circles.Select(circle => circle.Attribute("cy")!.Value).Distinct().Count()));
    }

    [Fact]
    public void A_long_label_of_a_bar_is_shortened_on_a_telephone_only()
    {
        var whole = new string('x', 60);
        var html = HtmlReport.Write(new ReportDocument { Title = "t", Subtitle = "s", Sections = [new("a", "A", [new ReportBars { Id = "b", Title = "B", Description = "d", Legend = "", Bars = [new(whole, 1, null, null, "1"), new("short", 1, null, null, "1")], Table = new ReportGrid { Caption = "c", Columns = [new("x")], Rows = [["y"]] } }])] });
        var texts = XDocument.Parse(html).Descendants(Svg + "text").Select(text => ((string?)text.Attribute("class"), text.Value)).ToList();
        Assert.Equal([("narrow", new string('x', 39) + "…"), ("wide", whole)], texts.Where(text => text.Value.StartsWith('x')));
        Assert.Contains((null, "short"), texts);
    }

    [Fact]
    public void A_window_of_critical_functions_and_a_group_without_constants_are_of_the_same_measurement()
    {
        InventoryResource[] all =
        [
            LockInSamples.Resource("a", "AWS::SQS::Queue").With(workload: "pay"), LockInSamples.Resource("b", "AWS::SQS::Queue").With(workload: "blog"), LockInSamples.Resource("c", "AWS::S3::BucketPolicy").With(workload: "glue"),
        ];
        IReadOnlyList<LockInAssessment> Measure(int? window, params string[] critical) =>
            LockInSamples.MeasureAll(all, [], LockInSamples.Facts(), LockInSamples.Request(LockInGrouping.Workload) with { ExitWindowDays = window, CriticalFunctions = critical });
        var part = Assert.Single(LockInReportPart.Of(LockInReportPart.InOrder(Measure(90, "pay"))));
        Assert.Equal(("Organization", 3, 90), (part.Whole!.Name, part.Groups.Count, part.Settings.ExitWindowDays));
        Assert.Contains(LockInSummary.Facts(part), fact => fact is { Label: "Exit window", Value: "90 days, for 1 of 3 groups" });
        Assert.Contains(LockInSummary.Facts(part), fact => fact is { Label: "Oldest constant", Value: "2026-11-01" });
        // Two measurements stay two.
        Assert.Equal([90, 180], LockInReportPart.Of(LockInReportPart.InOrder([.. Measure(180), .. Measure(90)])).Select(one => one.Settings.ExitWindowDays!.Value));
    }

    [Fact]
    public void Headings_go_down_by_one_and_tables_have_headings_of_columns_and_rows()
    {
        var document = Parse(SampleAssessments.Portfolio(6));
        Assert.Single(document.Descendants(Html + "h1"));
        var levels = document.Descendants().Where(element => element.Name.LocalName is "h1" or "h2" or "h3").Select(heading => heading.Name.LocalName[1] - '0').ToList();
        for (var i = 1; i < levels.Count; i++) Assert.True(levels[i] <= levels[i - 1] + 1);
        foreach (var table in document.Descendants(Html + "table"))
        {
            Assert.NotEmpty(table.Element(Html + "caption")!.Value);
            Assert.All(table.Element(Html + "thead")!.Descendants(Html + "th"), heading => Assert.Equal("col", (string?)heading.Attribute("scope")));
        }
    }

    [Fact]
    public void Markup_in_names_stays_text_and_directions_are_not_turned()
    {
        var assessments = SampleAssessments.Portfolio(SampleAssessments.Hostile.Length, SampleAssessments.Hostile);
        var text = HtmlReport.Write(LockInReport.Of(LockInReportPart.InOrder(assessments), [], "<b>\u202Etitle"));
        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', text);
        Assert.DoesNotContain('\0', text);
        var shown = XDocument.Parse(text).Descendants(Html + "bdi").Select(name => name.Value).ToList();
        foreach (var name in SampleAssessments.Hostile.Where(name => name.All(one => one >= ' ' && one != '\u202E') && !name.Any(char.IsSurrogate) && name != " "))
            Assert.Contains(name, shown);
        Assert.Contains("(blank)", shown);
        Assert.Contains("🏦 bank", shown);
        Assert.Contains("<b>\uFFFDtitle", shown);
    }

    [Fact]
    public void The_order_of_the_input_changes_no_byte_and_one_given_twice_is_one()
    {
        var assessments = SampleAssessments.Portfolio(20).ToList();
        var first = Write(assessments);
        Assert.Equal(first, Write([.. Enumerable.Reverse(assessments)]));
        Assert.Equal(first, Write([.. assessments, .. assessments.Take(3)]));
        // The same name twice, with different content.
        var twins = new[] { assessments[3], assessments[3] with { Benefit = 7 }, assessments[5] };
        Assert.Equal(Write(twins), Write([.. Enumerable.Reverse(twins)]));
    }

    [Fact]
    public void What_is_not_known_is_said_near_the_top()
    {
        var document = Parse(SampleAssessments.Portfolio(6));
        var sections = document.Descendants(Html + "section").Select(section => (string)section.Attribute("id")!).ToList();
        Assert.Equal(["summary", "confidence"], sections.Take(2));
        var confidence = document.Descendants(Html + "section").ElementAt(1).Value;
        Assert.Contains("The volume of 1 of 3 stores is not known", confidence, StringComparison.Ordinal);
        Assert.Contains("AWS::Exotic::Thing", confidence, StringComparison.Ordinal);
        Assert.Contains("≥", document.Descendants(Html + "section").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_without_a_benefit_lies_apart_and_not_at_nought()
    {
        var assessments = SampleAssessments.Portfolio(5).Skip(1).Select((one, i) => one with { Benefit = i == 0 ? null : 1000 * i }).ToList();
        var chart = LockInReport.Of(LockInReportPart.InOrder(assessments), [], null).Sections.SelectMany(section => section.Blocks).OfType<ReportQuadrant>().Single();
        Assert.Single(chart.Points, point => point.Y is null);
        Assert.Contains(chart.Table.Rows, row => row[3] == "not stated");
        var section = Parse(assessments).Descendants(Html + "section").Single(one => (string?)one.Attribute("id") == "quadrant");
        Assert.Contains("Benefit not stated", section.Value, StringComparison.Ordinal);
        Assert.Contains("unknown is not nought", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_benefit_there_is_no_field_and_without_couplings_no_graph()
    {
        var assessments = SampleAssessments.Portfolio(5).Select(one => one with { Benefit = null, Graph = one.Graph! with { Edges = [] } }).ToList();
        var document = Parse(assessments);
        Assert.Equal(["kinds-chart-title", "terms-chart-title", "groups-chart-title"], document.Descendants(Svg + "title").Select(title => (string)title.Attribute("id")!).Where(id => id != "quadrant-chart-title"));
        Assert.Contains("each can move by itself", document.Root!.Value, StringComparison.Ordinal);
        var field = document.Descendants(Svg + "svg").Single(svg => svg.Elements(Svg + "title").Any(title => (string?)title.Attribute("id") == "quadrant-chart-title"));
        Assert.DoesNotContain("worth much", field.Value, StringComparison.Ordinal);
        Assert.Equal(5, field.Descendants(Svg + "circle").Count());
    }

    [Fact]
    public void Where_nothing_was_measured_there_is_no_figure()
    {
        var one = SampleAssessments.Portfolio(1)[1];
        var empty = one with
        {
            IsTotal = true,
            Counts = one.Counts with { Resources = 0 },
            Terms = [],
            Types = [],
            Graph = null,
            Band = null,
            Effort = new() { P10 = 0, P50 = 0, P90 = 0, MeanHundredths = 0, OwnHundredths = 0, SharedHundredths = 0 },
        };
        var summary = Parse([empty]).Descendants(Html + "section").First();
        Assert.Contains("Nothing was measured", summary.Value, StringComparison.Ordinal);
        Assert.Empty(summary.Descendants(Html + "li"));
    }

    [Fact]
    public void Without_the_whole_nothing_is_summed_up()
    {
        var summary = Parse(SampleAssessments.Portfolio(6).Skip(1)).Descendants(Html + "section").First().Value;
        Assert.Contains("Nothing is summed up", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_groups_make_a_bounded_document_that_says_what_is_left_out()
    {
        var assessments = SampleAssessments.Portfolio(10_000);
        var text = Write(assessments);
        Assert.True(text.Length < 1_500_000);
        var document = XDocument.Parse(text);
        var decisions = document.Descendants(Html + "section").Single(section => (string?)section.Attribute("id") == "decisions");
        Assert.Equal(ReportGrid.MostRows + 1, decisions.Descendants(Html + "tbody").Single().Elements().Count());
        Assert.Contains("and 9,000 more", decisions.Value, StringComparison.Ordinal);
        Assert.Equal(20, document.Descendants(Svg + "g").Count(point => ((string?)point.Attribute("class"))?.StartsWith("point", StringComparison.Ordinal) == true));
        Assert.Contains("9,982 more nodes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_terms_of_the_explanation_are_listed_to_the_hundredth()
    {
        var whole = SampleAssessments.Portfolio(4)[0];
        var table = Parse([whole]).Descendants(Html + "section").Single(section => (string?)section.Attribute("id") == "explanation").Descendants(Html + "table").First();
        var days = table.Element(Html + "tbody")!.Elements().Select(row => decimal.Parse(row.Elements().ElementAt(2).Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(whole.Terms.Count, days.Count);
        Assert.Equal(whole.Effort.Mean, days.Sum());
    }

    [Fact]
    public void Sensitivity_is_drawn_around_the_mean_the_largest_swing_first()
    {
        var assessments = SampleAssessments.Portfolio(4);
        var given = SampleAssessments.Sensitivities(assessments[0].Effort.Mean);
        var ordered = LockInReportPart.InOrder(assessments);
        var text = HtmlReport.Write(LockInReport.Of(ordered, given, null));
        Assert.Equal(text, HtmlReport.Write(LockInReport.Of(ordered, [.. given.Reverse()], null)));
        var chart = LockInReport.Of(ordered, given, null).Sections.Single(section => section.Id == "sensitivity").Blocks.OfType<ReportBars>().Single();
        Assert.Equal(assessments[0].Effort.Mean, chart.Base);
        Assert.Equal(["each.redesign", "skills.functions", "edge.identity"], chart.Bars.Select(bar => bar.Label));
        Assert.Contains("checkout: Accept to Avoid", text, StringComparison.Ordinal);
        Assert.DoesNotContain(LockInReport.Of(ordered, [], null).Sections, section => section.Id == "sensitivity");
        Assert.Equal(3, LockInSensitivityView.Table(given).Rows.Count);
    }

    private static XDocument Parse(IEnumerable<LockInAssessment> assessments) => XDocument.Parse(Write(assessments));

    private static string Write(IEnumerable<LockInAssessment> assessments) => HtmlReport.Write(LockInReport.Of(LockInReportPart.InOrder(assessments), [], null));
}
