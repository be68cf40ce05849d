using System.Text.Json;

namespace Guardrails;

/// <summary>What AWS takes of a policy type.</summary>
/// <param name="Characters">How long a document may be, white space included.</param>
/// <param name="AttachedPerTarget">How many may be attached directly to one root, organizational unit or account.</param>
/// <param name="AttachedMinimum">How many must stay attached to each.</param>
/// <param name="Verified">False where AWS's documentation does not say it, and the values are an estimate.</param>
internal sealed record PolicyTypeLimits(int Characters, int AttachedPerTarget, int AttachedMinimum, bool Verified);

/// <summary>The limits of each policy type, from <c>module/data/quotas.json</c>.</summary>
internal sealed class PolicyLimits
{
    private readonly IReadOnlyDictionary<string, PolicyTypeLimits> _limits;

    private PolicyLimits(IReadOnlyDictionary<string, PolicyTypeLimits> limits) => _limits = limits;

    /// <summary>No limit known.</summary>
    public static PolicyLimits None { get; } = new(new Dictionary<string, PolicyTypeLimits>());

    /// <summary>The limits of a type as AWS names it; null for a type without.</summary>
    public PolicyTypeLimits? Of(string type) => _limits.GetValueOrDefault(type);

    /// <summary>Reads the section <c>policyTypes</c> of the quota data; a type in the user's own file replaces the module's.</summary>
    /// <exception cref="JsonException">A file is not JSON, or not of that shape.</exception>
    public static PolicyLimits Read(params IEnumerable<Stream> files)
    {
        var limits = new Dictionary<string, PolicyTypeLimits>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var data = JsonDocument.Parse(file);
            if (!data.RootElement.TryGetProperty("policyTypes", out var types)) continue;
            foreach (var type in types.EnumerateObject().Where(type => type.Value.ValueKind == JsonValueKind.Object))
            {
                limits[type.Name] = new(
                    Number(type, "characters"), Number(type, "attachedPerTarget"), Number(type, "attachedMinimum"),
                    !type.Value.TryGetProperty("verified", out var verified) || verified.ValueKind != JsonValueKind.False);
            }
        }
        return new PolicyLimits(limits);
    }

    private static int Number(JsonProperty type, string name) =>
        type.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
            ? number
            : throw new JsonException($"policyTypes.{type.Name}.{name} is not a whole number.");
}
