using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>What an enforced tag policy says of tags on the organization's own entities.</summary>
/// <remarks>
/// Source: AWS Organizations user guide, "Tag policy syntax", and the resource types that support enforcement (2026). The entities belong to
/// the management account, so its effective policy counts.
/// </remarks>
internal static class TagPolicy
{
    /// <param name="kind">As the policy names it: account, ou, policy or root.</param>
    /// <exception cref="AwsError">A tag is not compliant.</exception>
    public static void Enforce(OrganizationState state, string kind, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0 || !state.EnabledPolicyTypes.Contains("TAG_POLICY")) return;
        if (!state.TryFind<AccountEntity>(state.ManagementAccountId, out var management)) return;
        if (EffectivePolicyOperations.Effective(state, management, "TAG_POLICY")?["tags"] is not JsonObject rules) return;
        foreach (var (key, value) in tags)
        {
            var rule = rules.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (rule.Value is not JsonObject settings || !IsEnforced(settings, kind)) continue;
            var spelling = settings["tag_key"]?.GetValue<string>() ?? rule.Key;
            if (key != spelling || !IsAllowed(settings, value))
                throw Errors.Constraint("TAG_POLICY_VIOLATION", $"The tag '{key}' does not comply with the tag policy requirements for this account.");
        }
    }

    /// <summary>The name of an entity's kind in a tag policy.</summary>
    public static string Kind(Entity entity) => entity switch
    {
        AccountEntity => "account",
        UnitEntity => "ou",
        PolicyEntity => "policy",
        _ => "root",
    };

    private static bool IsEnforced(JsonObject settings, string kind)
    {
        string[] names = [$"organizations:{kind}", "organizations:*", "organizations:ALL_SUPPORTED"];
        return settings["enforced_for"] is JsonArray types && types.Any(type => names.Contains(type!.GetValue<string>()));
    }

    /// <summary>No list of values: every value is good. A value may hold a wildcard.</summary>
    private static bool IsAllowed(JsonObject settings, string value) => settings["tag_value"] is not JsonArray values
        || values.Any(allowed => FileSystemName.MatchesSimpleExpression(allowed!.GetValue<string>(), value, ignoreCase: false));
}
