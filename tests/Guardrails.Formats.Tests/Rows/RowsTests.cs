using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>JSON and YAML as rows.</summary>
public sealed class RowsTests
{
    [Theory]
    [InlineData("a.json", """[{"Name":"shop","Email":"s@x"},{"Name":"play","Email":"p@x"}]""")]
    [InlineData("a.json", "\uFEFF{ \"version\": 1, \"accounts\": [ // two of them\n {\"Name\":\"shop\",\"Email\":\"s@x\",},\n {\"Name\":\"play\",\"Email\":\"p@x\"},\n ] }\n")]
    [InlineData("a.yaml", "- Name: shop\n  Email: s@x\n- Name: play\n  Email: p@x\n")]
    [InlineData("a.yaml", "\uFEFF---\r\n# two of them\r\naccounts:\r\n- { Name: shop, Email: s@x }\r\n-\r\n  Name: 'play'\r\n  Email: \"p@x\"\r\n...\r\n")]
    [InlineData("a.yaml", "accounts:\n  - Name: shop\n    Email: s@x\n  - Name: play\n    Email: p@x\nversion: 1\n")]
    [InlineData("a.yaml", """[{"Name":"shop","Email":"s@x"},{"Name":"play","Email":"p@x"}]""")]
    public void Lists_of_mappings_are_rows(string file, string text)
    {
        var read = Parse(text, file);
        Assert.Empty(read.Findings);
        Assert.Equal(["Name=shop|Email=s@x", "Name=play|Email=p@x"], read.Rows.Select(Show));
    }

    [Theory]
    [InlineData("a.json", """[{"Tags":{"CostCenter":2100,"Big":1.50e10},"Contacts":{"Billing":{"Name":"Jo"}},"Regions":["eu-central-2","ap-east-1"],"On":true,"Off":null,"None":[]}]""")]
    [InlineData("a.yaml", "- Tags: { CostCenter: 2100, Big: 1.50e10 }\n  Contacts:\n    Billing:\n      Name: Jo\n  Regions:\n  - eu-central-2\n  - ap-east-1\n  On: true\n  Off: ~\n  None: []\n")]
    public void Mappings_and_lists_in_a_row_become_fields_of_text(string file, string text)
    {
        var read = Parse(text, file);
        Assert.Empty(read.Findings);
        Assert.Equal("Tag:CostCenter=2100|Tag:Big=1.50e10|Contact:Billing:Name=Jo|Regions=eu-central-2;ap-east-1|On=true|Off=|None=", Show(Assert.Single(read.Rows)));
    }

    [Theory]
    [InlineData("a.json", "[{\"Name\": \"shop\",\n  \"Contacts\": {\"Billing\": {\n    \"Name\": \"Jo\"}},\n  \"Regions\": [\"a\"]}]", "1,11 3,13 4,14")]
    [InlineData("a.yaml", "- Name: shop\n  Contacts:\n    Billing:\n      Name: Jo\n  Regions: [a]\n", "1,9 4,13 5,12")]
    public void Each_field_knows_where_its_text_begins(string file, string text, string places)
    {
        var row = Assert.Single(Parse(text, file).Rows);
        Assert.Equal(places, string.Join(' ', row.Places.Select(place => $"{place.Line},{place.Column}")));
        Assert.Equal(row.Places[1], row.PlaceOf("contact:billing:name"));
        Assert.Null(row.PlaceOf("Email"));
    }

    [Fact]
    public void Yaml_text_is_taken_as_it_is_written() =>
        Assert.Equal("A=0123|B=no|C=null|D=2026-11-24|E=one two|F=a\nb\n", Show(Assert.Single(Parse("- A: 0123\n  B: no\n  C: 'null'\n  D: 2026-11-24\n  E: one\n    two\n  F: |\n    a\n    b\n", "a.yaml").Rows)));

    [Theory]
    [InlineData("a.json", "[\n  {\"Name\": \"a\"},\n  \"b\",\n  {\"Name\": \"c\", \"name\": \"d\"},\n  {\"Name\": {\"x\": {\"y\": {\"z\": 1}}}},\n  {\"Name\": [[1]]},\n  {\"Name\": [\"x;y\"]},\n  {\"\": 1},\n  {\"Name\": \"z\"}\n]", "3,3 4,17 5,24 6,13 7,13 8,4")]
    [InlineData("a.yaml", "- Name: a\n- b\n- Name: c\n  name: d\n- Name: { x: { y: { z: 1 } } }\n- Name: [[1]]\n- Name: ['x;y']\n- '': 1\n- Name: z\n", "2,3 4,3 5,19 6,10 7,10 8,3")]
    [InlineData("a.yaml", "- Name: a\n- Name: &x c\n- Name: *x\n- ? [k]\n  : v\n- <<: *x\n- *x\n- Name: z\n", "3,9 4,5 6,7 7,3", "a z c")]
    public void What_is_wrong_in_an_item_is_told_with_its_place_and_costs_that_item_only(string file, string text, string places, string rows = "a z")
    {
        var read = Parse(text, file);
        Assert.Equal(places, string.Join(' ', read.Findings.Select(finding => $"{finding.Line},{finding.Column}")));
        Assert.Equal(rows.Split(' ').Order(), read.Rows.Select(row => row["Name"]).Order());
    }

    [Theory]
    [InlineData("a.json", "[\n  {\"Name\": \"a\"},\n  {\"Name\": \"b},\n  {\"Name\": \"c\"},\n  {\"Name\": \"d\"}\n]\n", 3)]
    [InlineData("a.json", "{\"accounts\": [\n  {\"Name\": \"a\"},\n  {\"Name\": b},\n  {\"Name\": \"c\"},\n  {\"Name\": \"d\"}\n]}\n", 3)]
    [InlineData("a.json", "[\n  {\n    \"Name\": \"a\"\n  },\n  {\n    \"Name\": \"b\" \"Email\"\n  },\n  {\n    \"Name\": \"c\"\n  },\n  {\n    \"Name\": \"d\"\n  }\n]\n", 6)]
    [InlineData("a.json", "[\n  {\"Name\": \"a\"},\n  {\"Name\": \"b\", {},\n  {\"Name\": \"c\"},\n  {\"Name\": \"d\"}\n]\n", 3)]
    [InlineData("a.yaml", "- Name: a\n- Name: \"b\n- Name: c\n- Name: d\n", 2)]
    [InlineData("a.yaml", "accounts:\n  - Name: a\n  - Name: b: c\n  - Name: c\n  - Name: d\n", 3)]
    [InlineData("a.yaml", "- Name: a\n- Name: b\n\tEmail: x\n- Name: c\n- Name: d\n", 3)]
    [InlineData("a.yaml", "- Name: a\n- { Name: b\n- Name: c\n- Name: d\n", 3)]
    [InlineData("a.yaml", "- Name: a\n- Name: b\n  Email x\n- Name: c\n- Name: d\n", 3)]
    public void A_mistake_in_the_text_costs_its_own_item(string file, string text, int line)
    {
        var read = Parse(text, file);
        Assert.Equal(["a", "c", "d"], read.Rows.Select(row => row["Name"]));
        Assert.InRange(Assert.Single(read.Findings).Line!.Value, 2, line);
        Assert.NotNull(read.Findings[0].Column);
        // The lines of the items after it are still those of the file.
        Assert.Equal(text.Split('\n').Index().First(at => at.Item.Contains('d', StringComparison.Ordinal) && at.Item.Contains("Name", StringComparison.Ordinal)).Index + 1 - (line == 6 ? 1 : 0), read.Rows[^1].Line);
    }

    [Theory]
    [InlineData("a.json", "[{\"Name\": \"a\"}\n{\"Name\": \"b\"}]", 2, "not JSON")]
    [InlineData("a.json", "[{\"Name\": \"a\"}, {\"Name\": \"b}]", 1, "What follows it is not read")]
    [InlineData("a.json", "{", 1, "not JSON")]
    [InlineData("a.json", "[{\"Name\": \"a\"}] x", 1, "not JSON")]
    [InlineData("a.json", "[{\"Name\": \"\\ud800\"}]", 1, "not Unicode")]
    [InlineData("a.yaml", "[{Name: a}, {Name: b", 1, "not YAML")]
    [InlineData("a.yaml", "- Name: a\n---\n- Name: b\n", 2, "second document")]
    [InlineData("a.json", "7", 1, "must hold a list")]
    [InlineData("a.yaml", "just text", 1, "must hold a list")]
    [InlineData("a.json", "{\"Name\":\"a\"}", 1, "no list")]
    [InlineData("a.json", "{\"a\":[],\n\"b\":[]}", 2, "second list")]
    [InlineData("a.json", "", null, "empty")]
    [InlineData("a.yaml", "# nothing\n", null, "empty")]
    public void What_is_wrong_with_the_whole_is_told(string file, string text, int? line, string message)
    {
        var finding = Assert.Single(Parse(text, file).Findings);
        Assert.Equal(line, finding.Line);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", '[', ']')]
    [InlineData("a.json", '{', '}')]
    [InlineData("a.yaml", '[', ']')]
    [InlineData("a.yaml", '{', '}')]
    [InlineData("a.yaml", '-', ' ')]
    [InlineData("a.yaml", '?', ' ')]
    public void Deep_nesting_is_a_finding(string file, char open, char close)
    {
        const int depth = 30_000;
        var text = new StringBuilder("- [x, ");
        if (file == "a.json") text.Clear().Append('[');
        if (open is '-' or '?')
        {
            text.Clear();
            for (var i = 0; i < depth; i++) text.Append(open).Append(' ');
        }
        else text.Append(open, depth).Append(close, depth).Append(']');
        Assert.NotEmpty(Parse(text.ToString(), file).Findings);
    }

    [Fact]
    public void Aliases_do_not_grow()
    {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 60; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        Assert.NotEmpty(Parse(text.ToString(), "a.yaml").Findings);
    }

    [Fact]
    public void Files_are_read_by_their_ending_and_refused_when_they_are_something_else_or_too_big()
    {
        var folder = Directory.CreateTempSubdirectory("guardrails-rows-");
        try
        {
            string Write(string name, string text, Encoding? encoding = null)
            {
                var file = Path.Combine(folder.FullName, name);
                File.WriteAllText(file, text, encoding ?? Encoding.UTF8);
                return file;
            }
            string[] files = [Write("a.csv", "Name\nshop\n"), Write("a.JSON", "[{\"Name\":\"shop\"}]"), Write("a.yaml", "- Name: shop\n", Encoding.Unicode), Write("a.yml", "- Name: shop\n")];
            Assert.All(files, file => Assert.Equal("shop", Assert.Single(RowFiles.Read(file).Rows)["Name"]));
            Assert.Contains("not UTF-8", Assert.Single(RowFiles.Read(Write("b.yaml", "- Name: straße\n- Name: shop\n", Encoding.Latin1)).Findings).Message, StringComparison.Ordinal);
            Assert.Contains(".xlsx", Assert.Single(RowFiles.Read(Write("a.xlsx", "PK")).Findings).Message, StringComparison.Ordinal);
            using (var big = File.Create(Path.Combine(folder.FullName, "big.json"))) big.SetLength(RowFiles.LargestFile + 1);
            Assert.Contains("MB", Assert.Single(RowFiles.Read(Path.Combine(folder.FullName, "big.json")).Findings).Message, StringComparison.Ordinal);
            Assert.Throws<FileNotFoundException>(() => RowFiles.Read(Path.Combine(folder.FullName, "none.json")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Whatever_is_written_is_read_again_also_as_yaml() =>
        Gen.Char["ab,:;\"'\\ é#{}[]&*|-?\u20ac"].Array[0, 8].Select(c => new string(c)).Array[1, 6].Sample(values =>
        {
            var text = "[" + string.Join(",\n", values.Select(value => $"{{\"A\": \"{JsonEncodedText.Encode(value)}\", \"Tags\": {{\"k\": \"{JsonEncodedText.Encode(value)}\"}}}}")) + "]";
            foreach (var file in new[] { "a.json", "a.yaml" })
            {
                var read = Parse(text, file);
                Assert.Empty(read.Findings);
                Assert.Equal(values, read.Rows.Select(row => row["A"]));
                Assert.Equal(values, read.Rows.Select(row => row["Tag:k"]));
                Assert.Equal(Enumerable.Range(1, values.Length), read.Rows.Select(row => row.Line));
            }
        }, iter: 500);

    [Theory]
    [InlineData("a.json", "[\n  {\"Name\": \"r0\", \"Tags\": {\"a\": 1}},\n  {\"Name\": \"r1\", \"Tags\": {\"a\": 1}},\n  {\"Name\": \"r2\", \"Tags\": {\"a\": 1}},\n  {\"Name\": \"r3\", \"Tags\": {\"a\": 1}}\n]\n")]
    [InlineData("a.yaml", "accounts:\n  - Name: r0\n    Tags: {a: 1}\n  - Name: r1\n    Tags: {a: 1}\n  - Name: r2\n    Tags: {a: 1}\n  - Name: r3\n    Tags: {a: 1}\n")]
    public void Wherever_a_character_is_put_in_at_most_the_items_beside_it_are_lost_and_that_is_told(string file, string text) =>
        Gen.Select(Gen.Int[0, text.Length], Gen.Char["[]{}:,\"'x-&*!|>%@\\\n\t "]).Sample((at, character) =>
        {
            var read = Parse(text.Insert(at, character.ToString()), file);
            var names = read.Rows.Select(row => row["Name"]).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            Assert.All(read.Rows, row => Assert.InRange(row.Line, 1, text.Count(c => c == '\n') + 2));
            if (names.Count < 4) Assert.NotEmpty(read.Findings);
            // The head of the file is not an item: with it the list itself is lost.
            if (at > text.IndexOf("r0", StringComparison.Ordinal)) Assert.True(names.Count >= 2, $"{names.Count} rows");
        }, iter: 1_000);

    [Fact]
    public void No_text_makes_it_throw_or_hang() =>
        Gen.Char["a-:,\"'[]{}?&*!|>%@#\\/~0 \n\t\r\u0085\u0000\uD800"].Array[0, 60].Select(c => new string(c)).Sample(text =>
        {
            foreach (var file in new[] { "a.json", "a.yaml" })
            {
                var read = Parse(text, file);
                Assert.All(read.Findings, finding => Assert.True(finding.Line is null or >= 1 && finding.Column is null or >= 1, finding.ToString()));
            }
        }, iter: 5_000);

    private static string Show(DocumentRow row) => string.Join('|', row.Fields.Select(field => $"{field.Key}={field.Value}"));

    private static DocumentRows Parse(string text, string file) => file.EndsWith(".json", StringComparison.Ordinal) ? JsonRows.Parse(text, file) : YamlRows.Parse(text, file);
}
