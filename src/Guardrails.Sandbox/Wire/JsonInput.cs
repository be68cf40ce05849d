using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>
/// Reads a JSON body by its model: wrong types are refused, unknown members and nulls are dropped as AWS does, of members given twice the last counts.
/// Numbers come out as int, long or double, times as double.
/// </summary>
internal static class JsonInput
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <exception cref="AwsError">SerializationException.</exception>
    public static JsonObject Read(StructureShape shape, ReadOnlyMemory<byte> body)
    {
        // AWS takes no body for an operation without required members.
        if (body.Length == 0) return [];
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return (JsonObject)Any(shape, document.RootElement, "");
        }
        catch (JsonException e)
        {
            throw Refused($"The body is not JSON: {e.Message}");
        }
    }

    private static AwsError Refused(string message) => new("SerializationException", message);

    private static JsonNode Any(Shape shape, JsonElement value, string path) => shape switch
    {
        StructureShape structure when value.ValueKind == JsonValueKind.Object => Structure(structure, value, path),
        MapShape map when value.ValueKind == JsonValueKind.Object => Map(map, value, path),
        ListShape list when value.ValueKind == JsonValueKind.Array => List(list, value, path),
        StringShape or EnumShape or BlobShape when value.ValueKind == JsonValueKind.String => Text(value, path),
        NumberShape { Bits: 32 } when value.ValueKind == JsonValueKind.Number => JsonValue.Create((int)Whole(value, int.MaxValue, path)),
        NumberShape { Bits: 64 } when value.ValueKind == JsonValueKind.Number => JsonValue.Create((long)Whole(value, 1L << 53, path)),
        NumberShape when value.ValueKind == JsonValueKind.Number => JsonValue.Create(value.GetDouble()),
        TimeShape when value.ValueKind == JsonValueKind.Number => JsonValue.Create(value.GetDouble()),
        BooleanShape when value.ValueKind is JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
        DocumentShape => JsonNode.Parse(value.GetRawText())!,
        _ => throw Refused($"{(path.Length == 0 ? "The body" : path)} has the wrong type: {value.ValueKind}, expected {Expected(shape)}."),
    };

    private static JsonObject Structure(StructureShape shape, JsonElement value, string path)
    {
        var result = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            if (!shape.Members.TryGetValue(Name(property, path), out var member)) continue;
            if (property.Value.ValueKind == JsonValueKind.Null) result.Remove(member.WireName);
            else result[member.WireName] = Any(member.Shape, property.Value, path.Length == 0 ? member.WireName : $"{path}.{member.WireName}");
        }
        return result;
    }

    private static JsonObject Map(MapShape shape, JsonElement value, string path)
    {
        var result = new JsonObject();
        foreach (var property in value.EnumerateObject()) result[Name(property, path)] = Any(shape.Value, property.Value, $"{path}[{property.Name}]");
        return result;
    }

    private static JsonArray List(ListShape shape, JsonElement value, string path)
    {
        var result = new JsonArray();
        foreach (var item in value.EnumerateArray()) result.Add(Any(shape.Item, item, $"{path}[{result.Count}]"));
        return result;
    }

    private static JsonValue Text(JsonElement value, string path)
    {
        try
        {
            return JsonValue.Create(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8, or half of a surrogate pair in an escape: found only when the text is decoded.
            throw Refused($"{path} is not valid Unicode.");
        }
    }

    private static string Name(JsonProperty property, string path)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Refused($"A member's name in {(path.Length == 0 ? "the body" : path)} is not valid Unicode.");
        }
    }

    private static double Whole(JsonElement value, double maximum, string path)
    {
        var number = value.GetDouble();
        if (number != Math.Floor(number) || Math.Abs(number) > maximum) throw Refused($"{path} is not a whole number, or too large for one.");
        return number;
    }

    private static string Expected(Shape shape) => shape switch
    {
        StructureShape or MapShape => "an object",
        ListShape => "a list",
        NumberShape or TimeShape => "a number",
        BooleanShape => "a boolean",
        _ => "a string",
    };
}
