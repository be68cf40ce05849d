using System.Text.Json;

namespace Guardrails;

/// <summary>What the lint judges by and AWS's reference of actions does not have. From <c>module/data/policies/lint.json</c>.</summary>
internal sealed class LintFacts
{
    private LintFacts()
    {
    }

    /// <summary>Condition keys and their types beyond those of the actions' data.</summary>
    public required IReadOnlyDictionary<string, string> ConditionKeys { get; init; }

    /// <summary>Global condition keys that hold several values in one request.</summary>
    public required IReadOnlySet<string> Multivalued { get; init; }

    /// <summary>Global condition keys that are missing from some requests, and from which.</summary>
    public required IReadOnlyDictionary<string, string> NotAlwaysSent { get; init; }

    /// <summary>Keys by which a deny exempts somebody, as patterns.</summary>
    public required IReadOnlyList<string> ExemptionKeys { get; init; }

    /// <summary>Services whose calls go to one region wherever the caller is, and that region.</summary>
    public required IReadOnlyDictionary<string, string> GlobalServices { get; init; }

    /// <summary>Account ids that AWS's documentation uses in examples.</summary>
    public required IReadOnlySet<string> ExampleAccounts { get; init; }

    /// <summary>Reads the data.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of that shape.</exception>
    public static LintFacts Read(Stream data)
    {
        using var json = JsonDocument.Parse(data);
        try
        {
            var root = json.RootElement;
            return new()
            {
                ConditionKeys = Map(root, "conditionKeys"),
                Multivalued = List(root, "multivalued").ToHashSet(StringComparer.OrdinalIgnoreCase),
                NotAlwaysSent = Map(root, "notAlwaysSent"),
                ExemptionKeys = [.. List(root, "exemptionKeys").Select(key => key.Replace("${TagKey}", "*", StringComparison.Ordinal))],
                GlobalServices = Map(root, "globalServices"),
                ExampleAccounts = List(root, "exampleAccounts").ToHashSet(StringComparer.Ordinal),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new JsonException("The lint's data is not of the expected shape: " + e.Message, e);
        }
    }

    private static Dictionary<string, string> Map(JsonElement root, string name) =>
        root.GetProperty(name).EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> List(JsonElement root, string name) => root.GetProperty(name).EnumerateArray().Select(one => one.GetString()!);
}
