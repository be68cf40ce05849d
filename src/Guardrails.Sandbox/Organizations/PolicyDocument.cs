using System.Text.Json;
using System.Text.RegularExpressions;

namespace Guardrails.Sandbox;

/// <summary>What AWS refuses as a document of a type of policy. Where AWS's own rule is not published, the sandbox takes the document.</summary>
/// <remarks>
/// Sources: AWS Organizations user guide, "SCP syntax" and "RCP syntax"; AWS Security Blog, full IAM language in SCPs (September 2025);
/// IAM user guide, "Grammar of the IAM JSON policy language".
/// </remarks>
internal static partial class PolicyDocument
{
    private static readonly HashSet<string> TopLevel = new(StringComparer.Ordinal) { "Version", "Id", "Statement" };

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    };

    /// <summary>Without IfExists and the set operators, which go with every operator but Null.</summary>
    private static readonly HashSet<string> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike",
    };

    /// <summary>Why AWS would refuse the document; null: it would not.</summary>
    public static string? Problem(string type, string content)
    {
        try
        {
            using var json = JsonDocument.Parse(content, new() { AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind != JsonValueKind.Object) return "it must be a JSON object.";
            return PolicyType.IsAuthorization(type) ? Authorization(json.RootElement, type) : ManagementPolicy.Problem(type, json.RootElement);
        }
        catch (JsonException error)
        {
            return "it is not valid JSON: " + error.Message;
        }
    }

    private static string? Authorization(JsonElement policy, string type)
    {
        var isRcp = type == PolicyType.ResourceControl;
        foreach (var element in policy.EnumerateObject())
            if (!TopLevel.Contains(element.Name)) return $"unknown element '{element.Name}'.";
        if (Version(policy, isRcp) is { } problem) return problem;
        if (!policy.TryGetProperty("Statement", out var statements)) return "the element Statement is missing.";
        if (statements.ValueKind == JsonValueKind.Object) return Statement(statements, isRcp, []);
        if (statements.ValueKind != JsonValueKind.Array || statements.GetArrayLength() == 0) return "Statement must be one statement or a list of them.";
        var sids = new HashSet<string>(StringComparer.Ordinal);
        return statements.EnumerateArray().Select(statement => Statement(statement, isRcp, sids)).FirstOrDefault(found => found is not null);
    }

    private static string? Version(JsonElement policy, bool isRcp)
    {
        if (!policy.TryGetProperty("Version", out var version)) return isRcp ? "the element Version is missing; it must be 2012-10-17." : null;
        var text = version.ValueKind == JsonValueKind.String ? version.GetString() : null;
        if (text == "2012-10-17" || (text == "2008-10-17" && !isRcp)) return null;
        return "Version must be 2012-10-17.";
    }

    private static string? Statement(JsonElement statement, bool isRcp, HashSet<string> sids)
    {
        if (statement.ValueKind != JsonValueKind.Object) return "a statement must be an object.";
        foreach (var element in statement.EnumerateObject())
            if (!Elements.Contains(element.Name)) return $"unknown element '{element.Name}' in a statement.";
        return Sid(statement, sids) ?? Effect(statement, isRcp) ?? Principal(statement, isRcp) ?? Action(statement, isRcp)
            ?? Resource(statement) ?? Condition(statement);
    }

    private static string? Sid(JsonElement statement, HashSet<string> sids)
    {
        if (!statement.TryGetProperty("Sid", out var sid)) return null;
        if (sid.ValueKind != JsonValueKind.String || !SidPattern().IsMatch(sid.GetString()!)) return "a Sid may hold letters and digits only.";
        return sid.GetString()!.Length == 0 || sids.Add(sid.GetString()!) ? null : $"the Sid '{sid.GetString()}' is there twice.";
    }

    private static string? Effect(JsonElement statement, bool isRcp)
    {
        var effect = statement.TryGetProperty("Effect", out var element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        if (isRcp) return effect == "Deny" ? null : "the Effect of a resource control policy must be Deny.";
        return effect is "Allow" or "Deny" ? null : "Effect must be Allow or Deny.";
    }

    private static string? Principal(JsonElement statement, bool isRcp)
    {
        if (statement.TryGetProperty("NotPrincipal", out _)) return "NotPrincipal is not supported.";
        var has = statement.TryGetProperty("Principal", out var principal);
        if (!isRcp) return has ? "Principal is not supported in a service control policy." : null;
        return has && principal.ValueKind == JsonValueKind.String && principal.GetString() == "*"
            ? null
            : "Principal must be \"*\" in a resource control policy.";
    }

    private static string? Action(JsonElement statement, bool isRcp)
    {
        var hasAction = statement.TryGetProperty("Action", out var actions);
        var hasNotAction = statement.TryGetProperty("NotAction", out var notActions);
        if (isRcp && hasNotAction) return "NotAction is not supported in a resource control policy.";
        if (hasAction == hasNotAction) return "a statement must have one of Action and NotAction.";
        var values = Strings(hasAction ? actions : notActions);
        if (values is null || values.Count == 0) return "Action must be a text or a list of texts, and not empty.";
        if (isRcp && values.Contains("*")) return "the Action \"*\" is not supported in a resource control policy that you write: name the service.";
        var wrong = values.Find(value => value != "*" && !ActionPattern().IsMatch(value));
        return wrong is null ? null : $"the action '{wrong}' must be \"*\" or begin with a service: service:action.";
    }

    private static string? Resource(JsonElement statement)
    {
        var hasResource = statement.TryGetProperty("Resource", out var resources);
        var hasNotResource = statement.TryGetProperty("NotResource", out var notResources);
        if (hasResource == hasNotResource) return "a statement must have one of Resource and NotResource.";
        var values = Strings(hasResource ? resources : notResources);
        if (values is null || values.Count == 0) return "Resource must be a text or a list of texts, and not empty.";
        var wrong = values.Find(value => value != "*" && !(value.StartsWith("arn:", StringComparison.Ordinal) && value.Count(c => c == ':') >= 5));
        return wrong is null ? null : $"the resource '{wrong}' must be \"*\" or an ARN.";
    }

    private static string? Condition(JsonElement statement)
    {
        if (!statement.TryGetProperty("Condition", out var condition)) return null;
        if (condition.ValueKind != JsonValueKind.Object) return "Condition must be an object.";
        foreach (var entry in condition.EnumerateObject())
        {
            if (!IsOperator(entry.Name)) return $"unknown condition operator '{entry.Name}'.";
            if (entry.Value.ValueKind != JsonValueKind.Object) return $"the condition operator '{entry.Name}' must hold an object of keys.";
            foreach (var key in entry.Value.EnumerateObject())
                if (!IsConditionValue(key.Value)) return $"the condition key '{key.Name}' must have a value or a list of values.";
        }
        return null;
    }

    private static bool IsOperator(string name)
    {
        if (name.Equals("Null", StringComparison.OrdinalIgnoreCase)) return true;
        var bare = name.AsSpan();
        foreach (var prefix in (string[])["ForAllValues:", "ForAnyValue:"])
            if (bare.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) bare = bare[prefix.Length..];
        if (bare.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase)) bare = bare[..^"IfExists".Length];
        return Operators.Contains(bare.ToString());
    }

    private static bool IsConditionValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null)),
        JsonValueKind.Object or JsonValueKind.Null => false,
        _ => true,
    };

    /// <summary>A text or a list of texts; null: something else.</summary>
    private static List<string>? Strings(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return [value.GetString()!];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return null;
        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    [GeneratedRegex("^[A-Za-z0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SidPattern();

    [GeneratedRegex(@"^[A-Za-z0-9-]+:[^:\s]+$", RegexOptions.CultureInvariant)]
    private static partial Regex ActionPattern();
}
