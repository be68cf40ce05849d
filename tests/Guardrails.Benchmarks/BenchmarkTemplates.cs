using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Guardrails.Formats;
using Guardrails.Formats.Tests;

namespace Guardrails.Benchmarks;

/// <summary>The public templates of the shared data, each in JSON and in YAML; generated ones of the same shape where they are absent.</summary>
internal static class BenchmarkTemplates
{
    private const int Generated = 80;

    /// <summary>As many templates as asked for in either format, every logical id rewritten in each copy.</summary>
    public static (byte[][] Json, byte[][] Yaml) Make(int count)
    {
        var texts = BenchmarkData.Shared("templates").Select(File.ReadAllText).ToList();
        if (texts.Count == 0) texts = [.. Enumerable.Range(0, Generated).Select(Generate)];
        var json = texts.ConvertAll(text => IsJson(text) ? text : TemplateRenditions.ToJson(text));
        var yaml = texts.ConvertAll(text => IsJson(text) ? TemplateRenditions.ToYaml(text) : text);
        return (Multiply(json, count), Multiply(yaml, count));
    }

    private static bool IsJson(string text) => text.TrimStart().StartsWith('{');

    private static byte[][] Multiply(List<string> templates, int count)
    {
        var ids = templates.ConvertAll(Ids);
        var copies = new byte[count][];
        Parallel.For(0, count, i =>
        {
            var (template, copy) = (templates[i % templates.Count], i / templates.Count);
            copies[i] = Encoding.UTF8.GetBytes(ids[i % templates.Count]?.Replace(template, $"$0C{copy}") ?? $"{template}\n");
        });
        return copies;
    }

    /// <summary>Finds the template's logical ids wherever they stand, but not in types, which end in such words; null where it has none.</summary>
    private static Regex? Ids(string template)
    {
        var ids = TemplateFile.Read(Encoding.UTF8.GetBytes(template), "template", new TemplateFacts([])).Resources.Select(one => Regex.Escape(one.LocalId)).ToList();
        return ids.Count == 0 ? null : new Regex($@"(?<!::)\b(?:{string.Join('|', ids)})\b", RegexOptions.CultureInvariant);
    }

    /// <summary>Ten functions with their roles, tables and alarms, in a network of their own.</summary>
    private static string Generate(int seed)
    {
        var resources = new JsonObject { ["Network"] = Resource("AWS::EC2::VPC", new JsonObject { ["CidrBlock"] = $"10.{seed}.0.0/16" }) };
        for (var i = 0; i < 10; i++)
        {
            resources[$"Role{i}"] = Resource("AWS::IAM::Role", new JsonObject
            {
                ["AssumeRolePolicyDocument"] = JsonNode.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["lambda.amazonaws.com"]},"Action":["sts:AssumeRole"]}]}"""),
                ["ManagedPolicyArns"] = new JsonArray(Function("Fn::Sub", "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")),
            });
            resources[$"Table{i}"] = Resource("AWS::DynamoDB::Table", new JsonObject
            {
                ["TableName"] = $"orders-{seed}-{i}",
                ["KeySchema"] = JsonNode.Parse("""[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]"""),
                ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "Workload", ["Value"] = $"shop{seed}" }),
            });
            resources[$"Handler{i}"] = Resource("AWS::Lambda::Function", new JsonObject
            {
                ["Role"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray($"Role{i}", "Arn") },
                ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["TABLE"] = Function("Ref", $"Table{i}"), ["STAGE"] = Function("Ref", "Stage"), ["NETWORK"] = Function("Fn::Sub", "${Network}/${AWS::Region}") } },
                ["Timeout"] = 30,
            });
        }
        return new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Parameters"] = new JsonObject { ["Stage"] = new JsonObject { ["Type"] = "String", ["Default"] = "test" } },
            ["Resources"] = resources,
            ["Outputs"] = new JsonObject { ["Network"] = new JsonObject { ["Value"] = Function("Ref", "Network"), ["Export"] = new JsonObject { ["Name"] = $"network-{seed}" } } },
        }.ToJsonString(new() { WriteIndented = true });
    }

    private static JsonObject Resource(string type, JsonObject properties) => new() { ["Type"] = type, ["Properties"] = properties };

    private static JsonObject Function(string name, string argument) => new() { [name] = argument };
}
