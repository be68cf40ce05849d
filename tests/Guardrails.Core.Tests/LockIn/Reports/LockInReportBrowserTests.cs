using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Guardrails.Tests;

/// <summary>What only a browser can tell: no error, nothing wider than the page, and text that can be read in light and in dark.</summary>
public sealed class LockInReportBrowserTests
{
    private static readonly int[] Widths = [400, 1400];

    [Theory]
    [InlineData(false, "rgb(255,255,255)")]
    [InlineData(true, "rgb(16,21,28)")]
    public async Task The_report_fits_a_telephone_and_a_desk_and_can_be_read(bool isDark, string background)
    {
        Browser.SkipWhereThereIsNone();
        var measured = await MeasureAsync(isDark,
        [
            ("usual", Report(SampleAssessments.Portfolio(14))),
            ("hostile", Report(SampleAssessments.Portfolio(SampleAssessments.Hostile.Length, SampleAssessments.Hostile))),
            ("plan", HtmlReport.Write(ReportDocument.Of(ExitPlan.Of(LockInReportPart.InOrder(SampleAssessments.Portfolio(3))), "Exit plan"))),
        ]);
        Assert.Equal(6, measured.Count);
        foreach (var one in measured)
        {
            Assert.Equal((one.Name, one.Width, background), (one.Name, one.Width, one.Background));
            Assert.True(one.ScrollWidth <= one.ClientWidth, $"{one} is wider than its page.");
            Assert.True(one.Outside == 0, $"{one}: something lies outside the page.");
            Assert.True(one.Texts > 50, $"{one}: hardly any text was seen.");
            Assert.True(one.Contrast >= 4.5, $"{one}: text of too little contrast.");
        }
    }

    [Fact]
    public async Task The_measure_sees_what_is_too_wide_and_what_cannot_be_read()
    {
        Browser.SkipWhereThereIsNone();
        var page = HtmlReport.Write(new ReportDocument { Title = "t", Subtitle = "s", Sections = [] });
        var wide = page.Replace("</body>", "<div style=\"width:2000px;color:#999;background:#fff\">grey</div></body>", StringComparison.Ordinal);
        var measured = await MeasureAsync(false, [("wide", wide)]);
        Assert.All(measured, one => Assert.True(one.ScrollWidth > one.ClientWidth && one.Outside > 0 && one.Contrast < 4.5, one.ToString()));
    }

    private static async Task<IReadOnlyList<Measured>> MeasureAsync(bool isDark, IReadOnlyList<(string Name, string Document)> documents)
    {
        var file = Path.Combine(Path.GetTempPath(), $"guardrails-report-{Guid.NewGuid():n}.html");
        try
        {
            await File.WriteAllTextAsync(file, Browser.MeasuringPage(documents, Widths), TestContext.Current.CancellationToken);
            var (page, log) = await Browser.LoadAsync(file, isDark);
            var said = log.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal)).ToList();
            // Our own line shows that the console is seen at all.
            Assert.Single(said, line => line.Contains("guardrails-probe", StringComparison.Ordinal));
            Assert.All(said, line => Assert.Contains("guardrails-probe", line, StringComparison.Ordinal));
            var text = WebUtility.HtmlDecode(Regex.Match(page, "<pre id=\"measured\">(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value);
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Measured.Of)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Report(IReadOnlyList<LockInAssessment> assessments) => HtmlReport.Write(LockInReport.Of(LockInReportPart.InOrder(assessments), SampleAssessments.Sensitivities(assessments[0].Effort.Mean), null));

    private sealed record Measured(string Name, int Width, int ClientWidth, int ScrollWidth, int Outside, string Background, int Texts, double Contrast, string Where)
    {
        public static Measured Of(string line)
        {
            var parts = line.Split('|');
            int Number(int i) => int.Parse(parts[i], CultureInfo.InvariantCulture);
            return new(parts[0], Number(1), Number(2), Number(3), Number(4) + Number(5), parts[6], Number(7), double.Parse(parts[8], CultureInfo.InvariantCulture), parts[9]);
        }
    }
}
