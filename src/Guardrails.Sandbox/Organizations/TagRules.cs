using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>What AWS says of tags that come with a call.</summary>
/// <remarks>Source: AWS Organizations API reference, InvalidInputException and ConstraintViolationException (2026).</remarks>
internal static class TagRules
{
    /// <summary>The tags of an input, each of them checked: one bad tag fails the whole call.</summary>
    /// <param name="present">What is there already and stays.</param>
    public static IReadOnlyDictionary<string, string> Read(JsonObject input, SandboxQuotas quotas, IReadOnlyDictionary<string, string>? present = null)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["Tags"] is not JsonArray given) return tags;
        foreach (var tag in given.Cast<JsonObject>())
        {
            var key = tag.Text("Key");
            RefuseSystemTag(key);
            if (!tags.TryAdd(key, tag.TextOrNull("Value") ?? ""))
                throw Errors.Input("DUPLICATE_TAG_KEY", $"Tag keys must be unique among the tags attached to the same entity: '{key}' is there twice.");
        }
        if (tags.Keys.Concat(present?.Keys ?? []).Distinct(StringComparer.Ordinal).Count() > quotas.TagsPerResource)
            throw Errors.Constraint("MAX_TAG_LIMIT_EXCEEDED", $"You have exceeded the number of tags allowed on this resource ({quotas.TagsPerResource}).");
        return tags;
    }

    /// <summary>The prefix <c>aws:</c> is AWS's own, in any case.</summary>
    public static void RefuseSystemTag(string key)
    {
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            throw Errors.Input(
                "INVALID_SYSTEM_TAGS_PARAMETER",
                $"You specified a tag key that is a system tag: '{key}'. You can't add, edit or delete system tag keys.");
    }

    public static void Set(this Entity entity, IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (key, value) in tags) entity.Tags[key] = value;
    }
}
