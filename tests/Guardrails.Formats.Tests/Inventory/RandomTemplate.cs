using System.Text.Json.Nodes;

namespace Guardrails.Formats.Tests;

/// <summary>Random templates with all that the reader looks at.</summary>
internal static class RandomTemplate
{
    private static readonly string[] Types = ["AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::Serverless::Function", "AWS::Serverless::Api", "Custom::X", "AWS::CloudFormation::Stack", "AWS::Nothing::Known", "AWS::RDS::DBInstance", "AWS::Serverless::Connector"];
    private static readonly string[] Texts = ["a", "", "null", "~", "true", "12", "x: y", "- z", "a\nb\n", "é \"q\" 'r'", "Image", "#c", "!Ref A", "*a", "R1"];

    public static JsonObject Make(Random random)
    {
        var resources = new JsonObject();
        for (var i = random.Next(1, 7); i > 0; i--) resources[$"R{i}"] = Resource(random);
        if (random.Next(3) == 0)
            resources["Fn::ForEach::L"] = new JsonArray("N", random.Next(2) == 0 ? new JsonArray("p", "q-1") : new JsonObject { ["Ref"] = "Names" }, new JsonObject { ["L${N}"] = Resource(random), ["M&{N}"] = Resource(random) });
        var template = new JsonObject
        {
            ["Parameters"] = new JsonObject { ["P"] = new JsonObject { ["Type"] = "String" }, ["Names"] = new JsonObject { ["Type"] = "CommaDelimitedList", ["Default"] = "x,y" } },
            ["Resources"] = resources,
            ["Outputs"] = new JsonObject { ["O"] = new JsonObject { ["Value"] = Value(random, 2), ["Export"] = new JsonObject { ["Name"] = Value(random, 1) } } },
        };
        if (random.Next(2) == 0) template["Transform"] = random.Next(2) == 0 ? "Mine" : "AWS::Serverless-2016-10-31";
        if (random.Next(2) == 0) template["Globals"] = new JsonObject { ["Function"] = Properties(random), ["Api"] = Properties(random) };
        return template;
    }

    /// <summary>The same with the keys of every mapping in another order.</summary>
    public static JsonNode? Shuffle(JsonNode? node, Random random)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(item => Shuffle(item, random))]);
        if (node is not JsonObject mapping) return node?.DeepClone();
        var keys = mapping.Select(one => one.Key).ToArray();
        random.Shuffle(keys);
        var shuffled = new JsonObject();
        foreach (var key in keys) shuffled[key] = Shuffle(mapping[key], random);
        return shuffled;
    }

    private static JsonObject Resource(Random random)
    {
        var resource = new JsonObject { ["Type"] = Types[random.Next(Types.Length)], ["Properties"] = Properties(random) };
        if (random.Next(3) == 0) resource["DependsOn"] = random.Next(2) == 0 ? Id(random) : new JsonArray(Id(random), Id(random));
        if (random.Next(3) == 0) resource["Connectors"] = new JsonObject { ["C"] = new JsonObject { ["Properties"] = new JsonObject { ["Destination"] = new JsonObject { ["Id"] = Id(random) } } } };
        if (random.Next(3) == 0) resource["Metadata"] = Value(random, 2);
        if (random.Next(4) == 0) resource["Condition"] = "C";
        return resource;
    }

    private static JsonObject Properties(Random random)
    {
        var properties = new JsonObject();
        foreach (var name in (string[])["BucketName", "FunctionName", "PackageType", "Engine", "AllocatedStorage", "Role", "Other", "Type"])
        {
            if (random.Next(3) == 0) properties[name] = Value(random, 3);
        }
        if (random.Next(3) == 0) properties["Tags"] = random.Next(2) == 0 ? new JsonObject { ["Workload"] = Value(random, 1), ["T"] = Value(random, 1) } : new JsonArray(Tag(random, "workload"), Tag(random, "T"), Value(random, 1));
        if (random.Next(3) == 0) properties["Events"] = new JsonObject { ["E"] = new JsonObject { ["Type"] = random.Next(2) == 0 ? "Api" : "HttpApi", ["Properties"] = new JsonObject { [random.Next(2) == 0 ? "RestApiId" : "Path"] = Value(random, 1) } } };
        if (random.Next(3) == 0) properties["Source"] = new JsonObject { ["Id"] = Id(random) };
        if (random.Next(3) == 0) properties["Destination"] = new JsonArray(new JsonObject { ["Id"] = Id(random), ["X"] = Value(random, 1) });
        return properties;
    }

    private static JsonObject Tag(Random random, string key) => new() { ["Key"] = key, ["Value"] = Value(random, 1) };

    private static string Id(Random random) => random.Next(8) switch { 0 => "P", 1 => "Lp", 2 => "Mq1", 3 => "R1Role", _ => $"R{random.Next(1, 7)}" };

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 0 ? 13 : 3) switch
    {
        0 => null,
        1 or 2 => Texts[random.Next(Texts.Length)],
        3 => new JsonObject { ["Ref"] = random.Next(5) == 0 ? "AWS::Region" : Id(random) },
        4 => new JsonObject { ["Fn::GetAtt"] = new JsonArray(Id(random), "Arn") },
        5 => new JsonObject { ["Fn::Sub"] = $"a ${{{Id(random)}}} ${{!x}} ${{{Id(random)}.Arn}} ${{N}}" },
        6 => new JsonObject { ["Fn::Sub"] = new JsonArray($"${{v}}${{{Id(random)}}}", new JsonObject { ["v"] = Value(random, depth - 1), ["R2"] = "x" }) },
        7 => new JsonObject { ["Fn::ImportValue"] = random.Next(2) == 0 ? "net" : new JsonObject { ["Fn::Sub"] = "${P}-net" } },
        8 => new JsonObject { ["Fn::If"] = new JsonArray("C", Value(random, depth - 1), Value(random, depth - 1)) },
        9 => new JsonObject { ["Fn::Join"] = new JsonArray("", new JsonArray(Value(random, depth - 1), Value(random, depth - 1))) },
        10 => new JsonArray(Value(random, depth - 1), Value(random, depth - 1)),
        11 => new JsonObject { ["x"] = Value(random, depth - 1), ["Y"] = Value(random, depth - 1) },
        _ => new JsonObject { ["Fn::Base64"] = Value(random, depth - 1) },
    };
}
