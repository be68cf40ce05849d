using System.Text;
using System.Text.Json.Nodes;

namespace Guardrails.Benchmarks;

/// <summary>The public policies of the shared data; generated ones of the same shape where they are absent.</summary>
internal static class BenchmarkPolicies
{
    public const string FullAccess = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private static readonly string[] Services = ["glacier", "macie2", "backup", "eks", "bedrock", "sns", "cloudhsm", "route53", "sso", "ram", "dax", "ecr", "sqs", "appconfig"];

    /// <summary>All documents of the shared data, those that cannot be evaluated too; as many generated ones where they are absent.</summary>
    public static List<(byte[] Content, string Type)> Documents()
    {
        var documents = new List<(byte[] Content, string Type)>();
        foreach (var (name, type) in new[] { ("scp", PolicyTypes.ServiceControlPolicy), ("rcp", PolicyTypes.ResourceControlPolicy) })
        {
            var files = BenchmarkData.Shared("policies", name).Select(File.ReadAllBytes).ToList();
            if (files.Count == 0) files = [.. Load(name, name == "scp" ? 57 : 23).Select(Encoding.UTF8.GetBytes)];
            documents.AddRange(files.Select(content => (content, type)));
        }
        return documents;
    }

    /// <summary>That many documents that can be evaluated; fewer are used more than once.</summary>
    public static IReadOnlyList<string> Load(string folder, int count)
    {
        var type = folder == "scp" ? PolicyTypes.ServiceControlPolicy : PolicyTypes.ResourceControlPolicy;
        var usable = BenchmarkData.Shared("policies", folder).Select(File.ReadAllText).Where(text => PolicyReader.Read(text, type).IsEvaluable).ToList();
        if (usable.Count == 0) usable = [.. Enumerable.Range(0, count).Select(i => Generate(i, folder))];
        return [.. Enumerable.Range(0, count).Select(i => usable[i % usable.Count])];
    }

    /// <summary>The document with as many more statements as asked for each of its own, on actions that no request asks for; some of them of services that are asked for.</summary>
    public static string Crowd(string document, int others, int seed)
    {
        if (others == 0) return document;
        var policy = JsonNode.Parse(document)!;
        var statements = policy["Statement"] is JsonArray array ? array : new JsonArray(policy["Statement"]!.DeepClone());
        var own = statements.Count;
        for (var i = 0; i < own * (others - 1); i++)
        {
            var statement = statements[i % own]!.DeepClone().AsObject();
            statement.Remove("NotAction");
            statement.Remove("Sid");
            var service = i % 3 == 0 ? (string[])["ec2", "s3", "iam", "ssm", "kms"] : Services;
            statement["Action"] = new JsonArray(
                $"{service[(seed + i) % service.Length]}:Another{seed}x{i}", $"{service[(seed + i) % service.Length]}:Elsewhere{i % 20}*", $"{service[(seed + i + 1) % service.Length]}:Further{i}");
            statements.Add(statement);
        }
        policy["Statement"] = statements.Parent is null ? statements : statements.DeepClone();
        return policy.ToJsonString();
    }

    private static string Generate(int i, string folder)
    {
        var principal = folder == "rcp" ? "\"Principal\":\"*\"," : "";
        var service = folder == "rcp" ? "s3" : Services[i % Services.Length];
        return $$"""
            {"Version":"2012-10-17","Statement":[{"Sid":"Deny{{i}}","Effect":"Deny",{{principal}}"Action":["{{service}}:Delete*","{{service}}:Put{{i}}","ec2:Delete{{i}}*"],"Resource":"*",
            "Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/admin-{{i}}","arn:aws:iam::*:role/break-glass"] },"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"] } } }]}
            """;
    }
}
