// Projects a public API model onto the compact form that the client generator and the sandbox read:
//   dotnet run compact.cs -- SOURCE-MODEL OUT PREFIX OPERATION…        (the format is described in README.md beside this file)
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

if (args.Length < 4)
{
    Console.Error.WriteLine("usage: dotnet run compact.cs -- SOURCE-MODEL OUT PREFIX OPERATION…");
    return 2;
}

try
{
    var source = JsonNode.Parse(File.ReadAllText(args[0]))!.AsObject();
    File.WriteAllText(args[1], new Projection(source, args[2]).Run(args[3..]));
    return 0;
}
catch (Exception e) when (e is IOException or JsonException or InvalidDataException)
{
    Console.Error.WriteLine($"{args[0]}: {e.Message}");
    return 1;
}

/// <summary>One run: the operations named, the shapes that they reach, nothing else.</summary>
internal sealed class Projection(JsonObject source, string prefix)
{
    private static readonly string[] Scalars = ["string", "int", "long", "bool", "double", "float", "blob", "epoch", "iso", "document"];

    // The paginators of these packages hand out whole responses only, and some operations that could be paged have no paginator.
    private static readonly HashSet<string> ResponsesOnly = ["Organizations", "ServiceCatalog"];
    private static readonly HashSet<string> NotPaged = ["ListRecordHistory", "ScanProvisionedProducts"];

    // One endpoint and one signing region per partition (botocore, endpoint-rule-set-1.json of Organizations, August 2026).
    private static readonly Dictionary<string, Dictionary<string, string>> OneRegionPerPartition = new()
    {
        ["Organizations"] = new()
        {
            ["aws"] = "us-east-1",
            ["aws-cn"] = "cn-northwest-1",
            ["aws-us-gov"] = "us-gov-west-1",
            ["aws-iso"] = "us-iso-east-1",
            ["aws-iso-b"] = "us-isob-east-1",
            ["aws-iso-f"] = "us-isof-south-1",
        },
        // endpoint-rule-set-1.json of Account: the other partitions have one in each region.
        ["Account"] = new()
        {
            ["aws"] = "us-east-1",
            ["aws-cn"] = "cn-northwest-1",
        },
    };

    // Partitions whose plain endpoint is the FIPS endpoint (same source).
    private static readonly Dictionary<string, string> PlainFips = new()
    {
        ["Organizations"] = "aws-us-gov",
        ["Config Service"] = "aws-us-gov",
        ["SSO"] = "aws-us-gov",
        ["SSO OIDC"] = "aws-us-gov",
        ["SSO Admin"] = "aws-us-gov",
        ["identitystore"] = "aws-us-gov",
    };

    private readonly JsonObject _source = source["shapes"]!.AsObject();
    private readonly SortedDictionary<string, JsonNode> _shapes = new(StringComparer.Ordinal);
    private readonly string _protocol = source["metadata"]!["protocol"]!.GetValue<string>();

    public string Run(string[] operations)
    {
        var lines = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var errors = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in operations)
        {
            var operation = source["operations"]![name]?.AsObject() ?? throw new InvalidDataException($"no operation {name}");
            Structure(operation["input"]?["shape"]?.GetValue<string>(), name + "Request");
            Structure(operation["output"]?["shape"]?.GetValue<string>(), name + "Response");
            foreach (var error in operation["errors"]?.AsArray() ?? [])
                errors.Add(error!["shape"]!.GetValue<string>());
            lines[name] = Operation(name, operation);
        }

        var exceptions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var codes = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var error in errors)
        {
            exceptions[error] = Members(_source[error]!.AsObject());
            if (_source[error]!["error"]?["code"]?.GetValue<string>() is { } code && code != error)
                codes[error] = code;
        }

        var text = new StringBuilder("{\n");
        foreach (var (key, value) in Header())
            text.Append($" {Text(key)}: {Line(value)},\n");
        Section(text, "operations", lines).Append(",\n");
        Section(text, "exceptions", exceptions).Append(",\n");
        if (codes.Count > 0)
            Section(text, "codes", codes).Append(",\n");
        return Section(text, "shapes", _shapes).Append("\n}\n").ToString();
    }

    private Dictionary<string, JsonNode> Header()
    {
        var metadata = source["metadata"]!.AsObject();
        var id = metadata["serviceId"]!.GetValue<string>();
        var header = new Dictionary<string, JsonNode>
        {
            ["prefix"] = prefix,
            ["serviceId"] = id,
            ["endpoint"] = metadata["endpointPrefix"]!.DeepClone(),
            ["signing"] = (metadata["signingName"] ?? metadata["endpointPrefix"])!.DeepClone(),
            ["version"] = metadata["apiVersion"]!.DeepClone(),
            ["protocol"] = _protocol,
        };
        if (metadata["targetPrefix"] is { } target)
            header["target"] = target.DeepClone();
        if (metadata["jsonVersion"] is { } version)
            header["jsonVersion"] = version.DeepClone();
        if (metadata["xmlNamespace"] is { } xml)
            header["xmlNamespace"] = xml.DeepClone();
        if (OneRegionPerPartition.TryGetValue(id, out var regions))
            header["global"] = new JsonObject(regions.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value)));
        if (PlainFips.TryGetValue(id, out var partition))
            header["plainFips"] = partition;
        return header;
    }

    private JsonObject Operation(string name, JsonObject operation)
    {
        var line = new JsonObject();
        var http = $"{operation["http"]!["method"]} {operation["http"]!["requestUri"]}";
        if (http != "POST /")
            line["http"] = http;
        var auth = operation["auth"] as JsonArray;
        if (operation["authtype"]?.GetValue<string>() == "none" || auth?.Any(a => a!.GetValue<string>() == "smithy.api#noAuth") == true)
            line["auth"] = "none";
        var paged = prefix != "ServiceCatalog" || !NotPaged.Contains(name);
        if (paged && source["pagination"]?[name] is JsonObject page && page["input_token"] is JsonValue token)
        {
            // A result key with a path ("ResultSet.Rows") names no single list member of the response: whole responses only.
            var key = page["result_key"] is JsonValue v && !ResponsesOnly.Contains(prefix) && !v.ToString().Contains('.') ? " " + v : "";
            line["page"] = $"{token} {page["output_token"]}{key}";
        }

        return line;
    }

    private void Structure(string? shape, string name)
    {
        if (_shapes.ContainsKey(name))
            return;
        _shapes[name] = new JsonObject(); // before its members: structures may hold themselves
        if (shape is not null)
            _shapes[name] = Members(_source[shape]!.AsObject());
    }

    private JsonObject Members(JsonObject structure)
    {
        var required = (structure["required"] as JsonArray)?.Select(r => r!.GetValue<string>()).ToHashSet() ?? [];
        var exception = structure["exception"] is not null;
        var members = new JsonObject();
        foreach (var (name, node) in structure["members"]!.AsObject().OrderBy(m => m.Key.ToLowerInvariant(), StringComparer.Ordinal))
        {
            if (exception && name.Equals("message", StringComparison.OrdinalIgnoreCase))
                continue; // every exception has it
            var reference = node!.AsObject();
            var wire = reference["locationName"]?.GetValue<string>() ?? name;
            var line = new StringBuilder(Type(reference));
            if (required.Contains(name))
                line.Append(" !");
            line.Append(reference["location"]?.GetValue<string>() switch
            {
                null => "", "uri" => " @uri", "querystring" => " @query", "header" => " @header",
                var other => throw new InvalidDataException($"member {name}: location {other} is not known here"),
            });
            if (reference["idempotencyToken"] is not null || _source[reference["shape"]!.GetValue<string>()]!["idempotencyToken"] is not null)
                line.Append(" @token");
            if (wire != name)
                line.Append(" =").Append(wire);
            members[name] = line.ToString();
        }

        return members;
    }

    private string Type(JsonObject reference)
    {
        var name = reference["shape"]!.GetValue<string>();
        var shape = _source[name]!.AsObject();
        if (shape["document"] is not null)
            return "document";
        var type = shape["type"]!.GetValue<string>();
        if (type == "structure")
        {
            Structure(name, name);
            return name;
        }

        if (shape["enum"] is JsonArray values)
        {
            _shapes[name] = values.DeepClone();
            return name;
        }

        var line = type switch
        {
            "string" or "long" or "double" or "float" or "blob" => type,
            "integer" => "int",
            "boolean" => "bool",
            "timestamp" => Timestamp(reference, shape),
            "list" => $"[{Type(shape["member"]!.AsObject())}]",
            "map" => $"{{{Type(shape["value"]!.AsObject())}}}",
            _ => throw new InvalidDataException($"shape {name}: type {type} is not known here"),
        };
        var constraint = Constraint(shape);
        if (constraint.Length == 0)
            return line;
        if (Scalars.Contains(name))
            throw new InvalidDataException($"shape {name} is constrained and has the name of a base type");
        _shapes[name] = line + constraint;
        return name;
    }

    private string Timestamp(JsonObject reference, JsonObject shape)
    {
        var format = (reference["timestampFormat"] ?? shape["timestampFormat"])?.GetValue<string>();
        return format == "iso8601" || (format is null && _protocol == "query") ? "iso" : "epoch";
    }

    private static string Constraint(JsonObject shape)
    {
        var range = shape["min"] is null && shape["max"] is null ? "" : $" {shape["min"]}..{shape["max"]}";
        return shape["pattern"] is { } pattern ? $"{range} /{pattern}/" : range;
    }

    private static StringBuilder Section(StringBuilder text, string name, SortedDictionary<string, JsonNode> lines)
    {
        text.Append($" {Text(name)}: {{");
        text.AppendJoin(",", lines.Select(l => $"\n  {Text(l.Key)}: {Line(l.Value)}"));
        return text.Append("\n }");
    }

    /// <summary>One node in one line, with a blank after each comma and colon.</summary>
    private static string Line(JsonNode node) => node switch
    {
        JsonObject o => "{" + string.Join(", ", o.Select(m => $"{Text(m.Key)}: {Line(m.Value!)}")) + "}",
        JsonArray a => "[" + string.Join(", ", a.Select(e => Line(e!))) + "]",
        _ => Text(node.GetValue<string>()),
    };

    private static string Text(string value) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";
}
