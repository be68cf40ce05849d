using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>Texts as they come: damaged, hostile, in other encodings, with anchors, in any order.</summary>
public sealed class TemplateTextTests
{
    private const string Sample = """
        AWSTemplateFormatVersion: "2010-09-09"
        Transform: [AWS::LanguageExtensions]
        Parameters: { Names: { Type: CommaDelimitedList, Default: "a,b" }, Size: { Type: Number } }
        Globals: { Function: { Environment: { Variables: { T: !Ref Table } } } }
        Resources:
          'Fn::ForEach::L': [N, !Ref Names, { 'Topic${N}': { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub "t-${N}" } } }]
          F:
            Type: AWS::Serverless::Function
            Connectors: { C: { Properties: { Destination: { Id: Table } } } }
            Properties: { FunctionName: f, Events: { E: { Type: Api } }, Tags: { Workload: "shop é" }, P: !Sub ["${x}", { x: !GetAtt Table.Arn }] }
          Table:
            Type: AWS::DynamoDB::Table
            DependsOn: [F]
            Properties:
              TableName: &n orders
              Q: *n
              I: !ImportValue net
        Outputs: { O: { Value: !GetAtt Table.Arn, Export: { Name: table } } }
        """;

    [Fact]
    public void A_text_cut_anywhere_gives_what_stands_before_and_a_gap()
    {
        foreach (var text in (string[])[Sample, TemplateRenditions.ToJson(Sample.Replace("*n", "orders", StringComparison.Ordinal))])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = Templates.Read(text).Resources.Select(one => one.LocalId).ToHashSet();
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = TemplateFile.Read(bytes.AsSpan(0, length), "cut", Templates.Facts);
                Assert.True(cut.Gaps.Count > 0 || text == Sample || length >= text.TrimEnd().Length - 1, $"{length}");
                if (text != Sample) Assert.Subset(whole, cut.Resources.Select(one => one.LocalId).Where(id => !id.Contains('$', StringComparison.Ordinal)).ToHashSet());
            }
        }
    }

    [Fact]
    public void Any_byte_may_be_another_one()
    {
        var yaml = Encoding.UTF8.GetBytes(Sample);
        var json = Encoding.UTF8.GetBytes(TemplateRenditions.ToJson(Sample.Replace("*n", "orders", StringComparison.Ordinal)));
        Gen.Select(Gen.Bool, Gen.Int[0, 100_000], Gen.Byte, Gen.Int[0, 100_000], Gen.Byte).Sample((isYaml, at, value, at2, value2) =>
        {
            var bytes = ((byte[])(isYaml ? yaml : json).Clone());
            bytes[at % bytes.Length] = value;
            bytes[at2 % bytes.Length] = value2;
            Assert.NotNull(TemplateFile.Read(bytes, "changed", Templates.Facts));
        }, iter: 3_000);
    }

    [Theory]
    [InlineData("{\n  \"Resources\": {\n    \"A\": { \"Type\": \"T\" },\n    \"B\": { \"Type\": T }\n  }\n}", "line 4, column 20")]
    [InlineData("Resources:\n  A: { Type: T }\n  B: { Type: 'T\n", "line 3, column 14")]
    [InlineData("{\"Resources\":{\"A\":{\"Type\":\"T\"},\n \"é\\ud800\":1}}", "line 2, column 2")]
    public void Damage_is_said_with_its_place_and_what_was_read_stands(string text, string place)
    {
        var file = Templates.Read(text, "a.txt");
        Assert.Equal(["A T"], Templates.Types(file));
        var gap = Assert.Single(file.Gaps);
        Assert.Equal(InventoryGapKind.FailedCollector, gap.Kind);
        Assert.Contains("a.txt, " + place, gap.Message, StringComparison.Ordinal);
        Assert.Contains("The 1 resources before it are counted", gap.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("{\"Ref\":", "}")]
    [InlineData("{\"Fn::Sub\":[", "]}")]
    [InlineData("{\"Fn::ForEach::L\":[\"a\",[\"b\"],{\"c\":", "}]}")]
    public void Nesting_has_an_end(string open, string close)
    {
        foreach (var depth in (int[])[100, 100_000])
        {
            var deep = new StringBuilder().Insert(0, open, depth).Append("\"x\"").Insert(0, "{\"Resources\":{\"A\":{\"Type\":\"T\"},\"B\":{\"Type\":\"T\",\"Properties\":{\"P\":");
            for (var i = 0; i < depth; i++) deep.Append(close);
            foreach (var text in (string[])[$"{deep}}}}}}}}}", $"# YAML\n{deep}}}}}}}}}"])
            {
                var file = Templates.Read(text);
                Assert.Equal("A", file.Resources[0].LocalId);
                if (depth > 1_000) Assert.Contains(file.Gaps, gap => gap.Kind == InventoryGapKind.FailedCollector);
            }
        }
    }

    [Fact]
    public void A_large_file_is_refused_and_many_resources_are_read()
    {
        var many = new StringBuilder("{\"Resources\":{");
        for (var i = 0; i < 50_000; i++) many.Append("\"R").Append(i).Append("\":{\"Type\":\"T\",\"DependsOn\":\"R0\"},");
        Assert.Equal(50_000, Templates.Read(many.Append("}}").ToString()).Resources.Count);
        Assert.Equal(InventoryGapKind.FailedCollector, Assert.Single(Templates.Read(new string(' ', 33 * 1024 * 1024)).Gaps).Kind);
    }

    [Fact]
    public void Byte_order_marks_and_line_ends_change_nothing()
    {
        var expected = Templates.Show(Templates.Read(Sample, "a"));
        foreach (var text in (string[])[Sample, Sample.Replace("\n", "\r\n", StringComparison.Ordinal)])
        {
            foreach (var encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode])
                Assert.Equal(expected, Templates.Show(TemplateFile.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], "a", Templates.Facts)));
        }
    }

    [Fact]
    public void Aliases_and_merges_read_as_what_stands_at_the_anchor()
    {
        var file = Templates.Read("""
            Metadata:
              role: &role { Role: !GetAtt Role.Arn, Env: { T: !Ref Table } }
            Resources:
              Role: &r { Type: AWS::IAM::Role }
              Table: { Type: T }
              Bucket: { Type: B }
              A: { Type: X, Properties: { <<: *role, Other: 1 } }
              B: { Type: X, Properties: { Role: !Ref Bucket, <<: [*role] } }
              C: { Type: X, Properties: { List: [*role, &b !Ref Bucket], More: *b } }
              D: *r
              E: { <<: *r, Type: Y }
            """);
        Assert.Equal(["A X", "B X", "Bucket B", "C X", "D AWS::IAM::Role", "E Y", "Role AWS::IAM::Role", "Table T"], Templates.Types(file));
        Assert.Equal(["A→Role", "A→Table", "B→Bucket", "B→Table", "C→Bucket", "C→Role", "C→Table"], Templates.References(file));
        Assert.Empty(file.Gaps);
    }

    [Theory]
    [InlineData("Resources: { A: { Type: T, Properties: { P: *nothing } } }")]
    [InlineData("Resources: { A: { Type: T, Properties: &a { P: *a } } }")]
    [InlineData("Resources: { A: { Type: T, Properties: { <<: *nothing } } }")]
    public void An_alias_that_leads_nowhere_is_damage(string text) => Assert.Contains("not before it", Assert.Single(Templates.Read(text).Gaps).Message, StringComparison.Ordinal);

    [Fact]
    public void Aliases_that_would_grow_without_end_are_damage()
    {
        var bomb = new StringBuilder("Metadata:\n  a0: &a0 [x, x]\n");
        for (var i = 1; i < 40; i++) bomb.Append("  a").Append(i).Append(": &a").Append(i).Append(" [*a").Append(i - 1).Append(", *a").Append(i - 1).Append("]\n");
        Assert.Equal(["A"], Templates.Read(bomb + "Resources: { A: { Type: T } }\n").Resources.Select(one => one.LocalId));
        var used = Templates.Read(bomb + "Resources: { A: { Type: T }, B: { Type: T, Properties: { P: *a39 } } }\n");
        Assert.Equal(["A"], used.Resources.Select(one => one.LocalId));
        Assert.Contains("unfold", Assert.Single(used.Gaps).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_document_and_a_second_resource_of_one_name_are_gaps()
    {
        Assert.Contains("second document", Assert.Single(Templates.Read("Resources: { A: { Type: T } }\n---\nResources: { B: { Type: T } }\n").Gaps).Message, StringComparison.Ordinal);
        var twice = Templates.Read("""{"Resources":{"A":{"Type":"T"},"A":{"Type":"U"}}}""");
        Assert.Equal(["A T"], Templates.Types(twice));
        Assert.Single(twice.Gaps);
    }

    [Fact]
    public void The_order_of_keys_and_the_format_change_nothing() =>
        Gen.Select(Gen.Int, Gen.Int).Sample((seed, shuffle) =>
        {
            var template = RandomTemplate.Make(new Random(seed));
            var expected = Templates.Show(Templates.Read(template.ToJsonString()));
            var shuffled = RandomTemplate.Shuffle(template, new Random(shuffle))!;
            Assert.Equal(expected, Templates.Show(Templates.Read(shuffled.ToJsonString())));
            Assert.Equal(expected, Templates.Show(Templates.Read(TemplateRenditions.ToYaml(shuffled))));
        }, iter: 400);

    [Fact]
    public void No_value_of_a_property_leaves_the_reader()
    {
        const string secret = "s3cr3tvalue";
        var files = new List<string> { TemplateRenditions.ToJson(Sample.Replace("*n", "orders", StringComparison.Ordinal)), RandomTemplate.Make(new Random(5)).ToJsonString() };
        files.AddRange(SharedFiles());
        var planted = 0;
        foreach (var text in files)
        {
            var template = JsonNode.Parse(text)!;
            if (template["Resources"] is not JsonObject resources) continue;
            foreach (var (_, resource) in resources)
            {
                if (resource is JsonObject properties) planted += Plant(properties["Properties"], secret, Named(properties["Type"]));
                if (resource is JsonObject attributes) planted += Plant(attributes["Metadata"], secret, []);
            }
            foreach (var (name, section) in template.AsObject()) planted += name is "Metadata" or "Mappings" or "Conditions" or "Description" ? Plant(section, secret, []) : 0;
            Assert.DoesNotContain(secret, Templates.Show(Templates.Read(template.ToJsonString())), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, Templates.Show(Templates.Read(TemplateRenditions.ToYaml(template))), StringComparison.Ordinal);
        }
        Assert.InRange(planted, 20, int.MaxValue);
    }

    [Fact]
    public void What_is_said_of_damage_holds_no_value()
    {
        const string secret = "s3cr3tvalue";
        string[] signs = ["*", "&", "!", "!!", "!a!", "%", "@", "`", "'", "\"", "[", "{", "]", "}", ":", "? ", "|", ">", "#", ",", "\\", "\"\\q", "\t", "\u0001", "tr", "nu", "fa", "-", "1", "- ", "\n", "<<: *", "? [", "!<"];
        var told = 0;
        foreach (var sign in signs)
        {
            foreach (var end in (string[])["", "\"", "'", "]", "}", "!", " x", ": x", "\n---\n"])
            {
                string[] texts =
                [
                    $"Resources:\n  A: {{ Type: T }}\n  B:\n    Type: T\n    Properties:\n      P: {sign}{secret}{end}\n      Q: {secret}\n",
                    $"Resources:\n  A: {{ Type: T }}\n  B: {{ Type: T, Properties: {{ P: {sign}{secret}{end}, Q: {secret} }} }}\n",
                    $"{{\"Resources\":{{\"A\":{{\"Type\":\"T\"}},\"B\":{{\"Type\":\"T\",\"Properties\":{{\"P\":{sign}{secret}{end},\"Q\":\"{secret}\"}}}}}}}}",
                    $"{{\"Resources\":{{\"A\":{{\"Type\":\"T\"}},\"B\":{{\"Type\":\"T\",\"Properties\":{{\"P\":\"{sign}{secret}{end}\",\"Q\":\"{secret}\"}}}}}}}}",
                ];
                foreach (var text in texts)
                {
                    var file = Templates.Read(text);
                    told += file.Gaps.Count;
                    Assert.DoesNotContain(secret, Templates.Show(file), StringComparison.Ordinal);
                }
            }
        }
        Assert.True(told > 300);
    }

    private static IEnumerable<string> SharedFiles()
    {
        if (SharedTemplates.Find() is not { } folder) return [];
        return Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText);
    }

    /// <summary>The property that is the resource's name: that one may leave.</summary>
    private static string?[] Named(JsonNode? type) => type is JsonValue ? [LockInFiles.Types().Of(type.ToString())?.NameProperty] : [];

    /// <summary>Puts the secret at the end of every text but names, references, and the tag that names the workload.</summary>
    private static int Plant(JsonNode? node, string secret, string?[] named)
    {
        var planted = 0;
        switch (node)
        {
            case JsonObject mapping:
                if (mapping["Key"]?.ToString() is "Workload") return 0;
                foreach (var (key, value) in mapping.ToList())
                {
                    if (key is "Ref" or "Fn::GetAtt" or "Fn::ImportValue" or "Workload" or "Fn::ForEach" or "Id" || named.Contains(key)) continue;
                    if (value is JsonValue)
                    {
                        mapping[key] = value + secret;
                        planted++;
                    }
                    else
                    {
                        planted += Plant(value, secret, []);
                    }
                }
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is JsonValue value)
                    {
                        list[i] = value + secret;
                        planted++;
                    }
                    else
                    {
                        planted += Plant(list[i], secret, []);
                    }
                }
                break;
        }
        return planted;
    }
}
