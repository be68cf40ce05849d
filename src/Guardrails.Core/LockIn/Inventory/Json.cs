using System.Text.Json;

namespace Guardrails;

/// <summary>Steps into JSON whose shape is not certain: what is not there, or is something else, is nothing.</summary>
internal static class Json
{
    public static string? Text(JsonElement mapping, string name) =>
        Member(mapping, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static JsonElement Member(JsonElement mapping, string name) =>
        mapping.ValueKind == JsonValueKind.Object && mapping.TryGetProperty(name, out var value) ? value : default;

    public static IEnumerable<JsonElement> Items(JsonElement mapping, string name) =>
        Member(mapping, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    public static IEnumerable<JsonProperty> Members(JsonElement mapping, string name) =>
        Member(mapping, name) is { ValueKind: JsonValueKind.Object } inner ? inner.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    public static IEnumerable<string> Texts(JsonElement mapping, string name) =>
        Items(mapping, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);
}
