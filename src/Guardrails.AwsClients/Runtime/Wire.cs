using System.Globalization;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Documents;
using Amazon.Runtime.Documents.Internal.Transform;

namespace Guardrails.AwsClients.Runtime;

/// <summary>Values between .NET and the wire. Every failure to read is a JsonException that names the structure and the member.</summary>
internal static class Wire
{
    /// <summary>Reads the members of a JSON object into a shape; a null is the same as no member.</summary>
    public static void Fill(IShape shape, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException($"{shape.GetType().Name}: an object was expected, not {json.ValueKind}.");
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            try
            {
                shape.Read(member.Name, member.Value);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException)
            {
                throw new JsonException($"{shape.GetType().Name}.{member.Name}: {e.Message}", e);
            }
        }
    }

    public static T ReadStructure<T>(JsonElement json)
        where T : IShape, new()
    {
        var shape = new T();
        Fill(shape, json);
        return shape;
    }

    /// <summary>Text; a number or a boolean as it is written, which is what the official clients do.</summary>
    public static string? ReadText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        var kind => throw new FormatException($"A text was expected, not {kind}."),
    };

    public static int? ReadInt(string header) =>
        int.TryParse(header, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A list without its nulls: no list of these services has gaps, and nobody looks for them.</summary>
    public static List<T> ReadList<T>(JsonElement json, Func<JsonElement, T> read)
    {
        var list = new List<T>(json.GetArrayLength());
        foreach (var element in json.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Null)
                list.Add(read(element));
        }

        return list;
    }

    public static Dictionary<string, T> ReadMap<T>(JsonElement json, Func<JsonElement, T> read)
    {
        var map = new Dictionary<string, T>();
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                map[member.Name] = read(member.Value);
        }

        return map;
    }

    /// <summary>A point in time, UTC: seconds since 1970, or ISO 8601.</summary>
    public static DateTime ReadTime(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? DateTime.UnixEpoch.AddSeconds(json.GetDouble())
        : DateTime.Parse(json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public static MemoryStream ReadBlob(JsonElement json) => new(json.GetBytesFromBase64());

    public static Document ReadDocument(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => new(true),
        JsonValueKind.False => new(false),
        JsonValueKind.String => new(json.GetString()!),
        JsonValueKind.Number => json.TryGetInt32(out var small) ? new(small) : json.TryGetInt64(out var large) ? new(large) : new(json.GetDouble()),
        JsonValueKind.Array => new(json.EnumerateArray().Select(ReadDocument).ToList()),
        JsonValueKind.Object => new(ReadMap(json, ReadDocument)),
        _ => default,
    };

    /// <summary>Whether a collection is sent. An empty one is, unless the SDK is told to make collections by itself.</summary>
    public static bool IsSet(System.Collections.ICollection? collection) =>
        collection is not null && (collection.Count > 0 || !AWSConfigs.InitializeCollections);

    public static void WriteStructure(Utf8JsonWriter w, IShape? shape)
    {
        if (shape is null)
        {
            w.WriteNullValue();
            return;
        }

        w.WriteStartObject();
        shape.Write(w);
        w.WriteEndObject();
    }

    public static void WriteList<T>(Utf8JsonWriter w, List<T> list, Action<Utf8JsonWriter, T> write)
    {
        w.WriteStartArray();
        foreach (var element in list)
            write(w, element);
        w.WriteEndArray();
    }

    public static void WriteMap<T>(Utf8JsonWriter w, Dictionary<string, T> map, Action<Utf8JsonWriter, T> write)
    {
        w.WriteStartObject();
        foreach (var (key, value) in map)
        {
            w.WritePropertyName(key);
            write(w, value);
        }

        w.WriteEndObject();
    }

    /// <summary>Seconds since 1970, to the millisecond.</summary>
    public static void WriteEpochTime(Utf8JsonWriter w, DateTime time) =>
        w.WriteNumberValue(decimal.Round((decimal)(time.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, 3));

    public static void WriteDocument(Utf8JsonWriter w, Document document) => DocumentMarshaller.Instance.Write(w, document);

    /// <summary>Text of a value in path, query or header.</summary>
    public static string? Text(string? value) => value;

    /// <inheritdoc cref="Text(string?)"/>
    public static string? Text(ConstantClass? value) => value?.Value;

    /// <inheritdoc cref="Text(string?)"/>
    public static string? Text(bool? value) => value is null ? null : value.Value ? "true" : "false";

    /// <inheritdoc cref="Text(string?)"/>
    public static string? Text(DateTime? value) => value?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Text(string?)"/>
    public static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
