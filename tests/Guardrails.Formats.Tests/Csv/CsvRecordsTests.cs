using System.Globalization;
using System.Text;
using CsCheck;
using Xunit;

namespace Guardrails.Formats.Tests;

public sealed class CsvRecordsTests
{
    [Theory]
    [InlineData("Name,Email\nshop,s@x\nplay,p@x\n")]
    [InlineData("Name,Email\r\nshop,s@x\r\nplay,p@x")]
    [InlineData("Name,Email\rshop,s@x\rplay,p@x\r")]
    [InlineData("\uFEFFName;Email\nshop;s@x\nplay;p@x\n")]
    [InlineData("Name\tEmail\nshop\ts@x\nplay\tp@x\n")]
    [InlineData("sep=;\r\nName;Email\r\nshop;s@x\r\nplay;p@x\r\n")]
    [InlineData("Name , Email\nshop , s@x\n \"play\" , \"p@x\" \n")]
    [InlineData("\n\nName,Email,,\n\nshop,s@x,,\n,,,\n   \nplay,p@x,,\n\n")]
    [InlineData("\"Name\",\"Email\"\n\"shop\",\"s@x\"\n\"play\",\"p@x\"\n")]
    public void Reads_what_people_and_spreadsheets_write(string text)
    {
        var read = CsvRecords.Parse(text, "a.csv");
        Assert.Empty(read.Findings);
        Assert.Equal(["Name=shop|Email=s@x", "Name=play|Email=p@x"], read.Rows.Select(row => string.Join('|', row.Fields.Select(field => $"{field.Key}={field.Value}"))));
    }

    [Fact]
    public void Lines_are_those_of_the_file_also_after_line_breaks_in_quotes_and_empty_lines()
    {
        var read = CsvRecords.Parse("Name,Tags\r\n\r\n\"a\r\nb\",x\r\n\r\nc,\"y, \"\"z\"\"\"\r\n", "a.csv");
        Assert.Empty(read.Findings);
        Assert.Equal([3, 6], read.Rows.Select(row => row.Line));
        Assert.Equal("a\r\nb", read.Rows[0]["name"]);
        Assert.Equal("y, \"z\"", read.Rows[1]["TAGS"]);
        Assert.Null(read.Rows[1]["Nothing"]);
    }

    [Fact]
    public void Rows_with_too_few_or_too_many_fields_are_findings_and_leave_the_others_alone()
    {
        var read = CsvRecords.Parse("A,B\n1,2\n3\n4,5,6\n7,8\n", "a.csv");
        Assert.Equal(["1", "7"], read.Rows.Select(row => row["A"]));
        Assert.Equal(["a.csv(3): The row has 1 field instead of 2.", "a.csv(4): The row has 3 fields instead of 2."], read.Findings.Select(finding => finding.ToString()));
    }

    [Theory]
    [InlineData("A,B\n1,2\n\"3,4\n5,6\n7,8\n")]
    [InlineData("A,B\n1,2\n3,x\"4\n5,6\n7,8\n")]
    [InlineData("A,B\n1,2\n3,\"4\n5,6\n7,\"8\"\n")]
    [InlineData("A,B\n1,2\n3,\"4\"x\n5,6\n7,8\n")]
    public void A_stray_quote_costs_its_own_line_only(string text)
    {
        var read = CsvRecords.Parse(text, "a.csv");
        Assert.Equal([(2, "1"), (4, "5"), (5, "7")], read.Rows.Select(row => (row.Line, row["A"]!)));
        Assert.Equal(3, Assert.Single(read.Findings).Line);
        Assert.Contains("quote", read.Findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,Tags\nshop,a=1;b=2;c=3\nplay,a=1;b=2;c=4\n", "a=1;b=2;c=3")]
    [InlineData("Name;Tags\nshop;a,b=1,2,3\nplay;x,y,z=1\n", "a,b=1,2,3")]
    [InlineData("Name,Tags\nshop,a=1;b=2\n", "a=1;b=2")]
    [InlineData("Name,Tags\nshop,a=1;b=2;c=3;d=4;e=5\nplay,\nx,f=6;g=7;h=8\n", "a=1;b=2;c=3;d=4;e=5")]
    public void Other_separators_within_the_rows_do_not_mislead(string text, string tags) => Assert.Equal(tags, CsvRecords.Parse(text, "a.csv").Rows[0]["Tags"]);

    [Fact]
    public void Columns_with_the_same_name_are_reported_and_the_first_counts()
    {
        var read = CsvRecords.Parse("Name,Email,name\na,b,c\n", "a.csv");
        Assert.Equal("a", Assert.Single(read.Rows)["Name"]);
        Assert.Equal("a.csv(1): There is more than one column 'name'; the first one is used.", Assert.Single(read.Findings).ToString());
    }

    [Fact]
    public void The_place_of_a_stray_quote_is_told() =>
        Assert.StartsWith("a.csv(3,5): There is a quote", Assert.Single(CsvRecords.Parse("A,B\n1,2\né3,x\"4\n5,6\n", "a.csv").Findings).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Text_in_a_column_without_a_name_is_reported()
    {
        var read = CsvRecords.Parse("Name,,Email\na,,b\nc,lost,d\n", "a.csv");
        Assert.Equal(2, read.Rows.Count);
        Assert.Equal(3, Assert.Single(read.Findings).Line);
        Assert.Contains("lost", read.Findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n \r\n")]
    public void An_empty_file_is_one_finding(string text) => Assert.Null(Assert.Single(CsvRecords.Parse(text, "a.csv").Findings).Line);

    [Fact]
    public void Files_in_utf_16_are_read_and_in_other_encodings_reported_by_row()
    {
        var folder = Directory.CreateTempSubdirectory("guardrails-csv-");
        try
        {
            var file = Path.Combine(folder.FullName, "a.csv");
            File.WriteAllText(file, "Name,Email\nstraße,s@x\n", Encoding.Unicode);
            Assert.Equal("straße", Assert.Single(CsvRecords.Read(file).Rows)["Name"]);
            File.WriteAllBytes(file, Encoding.Latin1.GetBytes("Name,Email\nstraße,s@x\nshop,s@x\n"));
            var read = CsvRecords.Read(file);
            Assert.Equal("shop", Assert.Single(read.Rows)["Name"]);
            Assert.Contains("UTF-8", Assert.Single(read.Findings).Message, StringComparison.Ordinal);
            Assert.Throws<FileNotFoundException>(() => CsvRecords.Read(file + "x"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Whatever_is_written_quoted_is_read_again() =>
        Gen.Select(Gen.Char["ab,;\t\"\r\n é"].Array[0, 8].Select(c => new string(c)), Gen.Char[",;\t"]).Array[1, 6].Sample(rows =>
        {
            var separator = rows[0].Item2;
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"A{separator}B\r\n");
            foreach (var (value, _) in rows) text.Append(CultureInfo.InvariantCulture, $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{separator}x\r\n");
            var read = CsvRecords.Parse(text.ToString(), "a.csv");
            Assert.Empty(read.Findings);
            Assert.Equal(rows.Select(row => row.Item1), read.Rows.Select(row => row["A"]));
        }, iter: 2_000);

    [Fact]
    public void No_text_makes_it_throw_or_hang() =>
        Gen.Char["a,;\"\r\n "].Array[0, 40].Select(c => new string(c)).Sample(text =>
        {
            var read = CsvRecords.Parse(text, "a.csv");
            var lines = text.Count(c => c is '\r' or '\n') + 1;
            Assert.All(read.Rows, row => Assert.InRange(row.Line, 1, lines));
        }, iter: 5_000);
}
