using Guardrails.Formats;
using Xunit;

namespace Guardrails.Tests;

/// <summary>What the reports' own writer makes is read by the reader that the module uses for files of others.</summary>
public sealed class CsvReportTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        string[] texts = ["plain", "a,b", "say \"hi\"", "two\r\nlines", "semi;colon", "tab\tin", "é 日本語 🏦", "trailing,", "\"", ",", "'quoted'"];
        var table = Table([.. texts.Select((text, i) => new ReportCell[] { text, (decimal?)(i - 1.50m), true })]);
        var read = CsvRecords.Parse(CsvReport.Write(table), "report.csv");
        Assert.Empty(read.Findings);
        Assert.Equal(texts, read.Rows.Select(row => row.Fields[0].Value));
        Assert.Equal("-1.5", read.Rows[0].Fields[1].Value);
        Assert.Equal(["Name", "Days", "Shared"], read.Rows[0].Fields.Select(value => value.Key));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("＝1+1")]
    public void Text_is_no_formula(string text)
    {
        var line = CsvReport.Write(Table([[text, (decimal?)-3m, ReportCell.Empty]])).Split("\r\n", 2)[1];
        Assert.Matches("^\"?'", line);
        // A negative number is a number.
        Assert.EndsWith(",-3,\r\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_known_is_nothing_and_nought_is_nought() =>
        Assert.Equal("Name,Days,Shared\r\n,0,\r\n", CsvReport.Write(Table([[ReportCell.Empty, 0, (bool?)null]])));

    private static ReportTable Table(IReadOnlyList<IReadOnlyList<ReportCell>> rows) => new()
    {
        Format = "test/1",
        Title = "Test",
        Columns = [new("Name", "Name"), new("Days", "Days", true), new("Shared", "Shared")],
        Rows = rows,
    };
}
