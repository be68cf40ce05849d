using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Members of an input that was validated against the model: what is required is there, and of the right type.</summary>
internal static class Inputs
{
    public static string Text(this JsonObject input, string name) => input[name]!.GetValue<string>();

    public static string? TextOrNull(this JsonObject input, string name) => input[name]?.GetValue<string>();

    public static int? NumberOrNull(this JsonObject input, string name) => input[name]?.GetValue<int>();

    public static IEnumerable<string> Texts(this JsonObject input, string name) =>
        input[name] is JsonArray values ? values.Select(value => value!.GetValue<string>()) : [];

    /// <summary>A time as the JSON protocol has it: seconds since 1970, with milliseconds as decimals.</summary>
    public static JsonNode Timestamp(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000m)!;

    public static JsonArray Array(this IEnumerable<JsonNode> nodes) => [.. nodes];
}
