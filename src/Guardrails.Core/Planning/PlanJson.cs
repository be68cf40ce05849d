using System.Text.Json;

namespace Guardrails;

/// <summary>Plans and changes as JSON. The same plan gives the same bytes.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartObject();
        WriteChanges(json, plan);
        json.WriteEndObject();
    }

    public static void WriteChanges(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartArray("changes");
        foreach (var change in plan.Changes) Write(json, change);
        json.WriteEndArray();
    }

    /// <exception cref="JsonException">It is not a plan.</exception>
    /// <exception cref="PlanException">Its graph does not hold together.</exception>
    public static Plan Read(JsonElement plan)
    {
        if (plan.ValueKind != JsonValueKind.Object || !plan.TryGetProperty("changes", out var changes) || changes.ValueKind != JsonValueKind.Array)
            throw new JsonException("A plan has an array 'changes'.");
        return Plan.Of(changes.EnumerateArray().Select(ReadChange).ToList());
    }

    public static void WriteFacts(Utf8JsonWriter json, IReadOnlyDictionary<string, string> facts)
    {
        json.WriteStartObject();
        foreach (var (name, value) in facts) json.WriteString(name, value);
        json.WriteEndObject();
    }

    public static IReadOnlyDictionary<string, string> ReadFacts(JsonElement facts) =>
        Facts.None.With([.. facts.EnumerateObject().Select(fact => (fact.Name, fact.Value.GetString()))]);

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("kind", change.Kind);
        json.WriteString("action", change.Action);
        json.WriteString("address", change.Address);
        if (change.ResourceId is not null) json.WriteString("resourceId", change.ResourceId);
        if (change.Fingerprint.Count > 0)
        {
            json.WritePropertyName("fingerprint");
            WriteFacts(json, change.Fingerprint);
        }
        json.WritePropertyName("before");
        WriteFacts(json, change.Before);
        json.WritePropertyName("after");
        WriteFacts(json, change.After);
        json.WriteStartArray("dependsOn");
        foreach (var id in change.DependsOn) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteString("lane", change.Lane);
        json.WriteString("risk", change.Risk.ToString());
        json.WriteString("reversibility", change.Reversibility.ToString());
        json.WriteEndObject();
    }

    private static Change ReadChange(JsonElement change) => new()
    {
        Kind = Text(change, "kind"),
        Action = Text(change, "action"),
        Address = Text(change, "address"),
        ResourceId = change.TryGetProperty("resourceId", out var id) ? id.GetString() : null,
        Fingerprint = change.TryGetProperty("fingerprint", out var seen) ? ReadFacts(seen) : Facts.None,
        Before = ReadFacts(Member(change, "before")),
        After = ReadFacts(Member(change, "after")),
        DependsOn = [.. Member(change, "dependsOn").EnumerateArray().Select(on => on.GetString() ?? "")],
        Lane = Text(change, "lane"),
        Risk = Value<ChangeRisk>(change, "risk"),
        Reversibility = Value<Reversibility>(change, "reversibility"),
    };

    private static JsonElement Member(JsonElement change, string name) =>
        change.TryGetProperty(name, out var value) ? value : throw new JsonException($"A change has no '{name}'.");

    private static string Text(JsonElement change, string name) => Member(change, name).GetString() ?? throw new JsonException($"A change's '{name}' is null.");

    private static T Value<T>(JsonElement change, string name) where T : struct, Enum =>
        Enum.TryParse<T>(Text(change, name), out var value) && Enum.IsDefined(value) ? value : throw new JsonException($"'{Text(change, name)}' is not a {name} of a change.");
}
