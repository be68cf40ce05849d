using System.Text.Json;

namespace Guardrails;

/// <summary>
/// Reads a Terraform state file of format 4, which Terraform writes since 0.12 and OpenTofu too. Resources count by instance, data sources
/// not at all, and of an object that is only left over from a replacement nothing is said.
/// </summary>
/// <remarks>Source: the structures stateV4, resourceStateV4 and instanceObjectStateV4 in Terraform's internal/states/statefile/version4.go (November 2026).</remarks>
internal static class TerraformState
{
    private const int Version = 4;

    /// <param name="file">The name that the result carries.</param>
    public static InventoryFile Read(JsonElement root, string file, string digest, InventoryReading reading)
    {
        var version = root.TryGetProperty("version", out var number) && number.TryGetInt32(out var value) ? value : 0;
        if (version != Version)
            return Made([], new InventoryGap { Kind = InventoryGapKind.FailedCollector, File = file, Message = $"{file} is a Terraform state of format {version}; format {Version} is read. terraform state pull with Terraform 0.12 or later writes it." });
        var instances = new List<TerraformInstance>();
        foreach (var resource in Json.Items(root, "resources"))
        {
            if (Json.Text(resource, "mode") == "managed") instances.AddRange(Instances(resource, reading));
        }
        return Made(TerraformGraph.Sightings(instances, reading, isClosure: true));

        InventoryFile Made(IReadOnlyList<ResourceSighting> sightings, params IReadOnlyList<InventoryGap> gaps) => new()
        {
            File = file,
            Kind = InventorySourceKind.TerraformState,
            ContentDigest = digest,
            AccountId = TerraformGraph.AccountOf(sightings),
            Resources = sightings,
            Gaps = gaps,
        };
    }

    private static IEnumerable<TerraformInstance> Instances(JsonElement resource, InventoryReading reading)
    {
        if (Json.Text(resource, "type") is not { } type || Json.Text(resource, "name") is not { } name) yield break;
        foreach (var instance in Json.Items(resource, "instances"))
        {
            if (instance.ValueKind != JsonValueKind.Object || Json.Text(instance, "deposed") is { Length: > 0 }) continue;
            var sensitive = SensitiveAttributes(instance);
            var attributes = instance.TryGetProperty("attributes", out var values) ? values : default;
            yield return new TerraformInstance
            {
                Module = Json.Text(resource, "module") ?? "",
                Type = type,
                Name = name,
                Index = instance.TryGetProperty("index_key", out var key) ? TerraformInstance.IndexOf(key) : "",
                Provider = Json.Text(resource, "provider") ?? "",
                Values = TerraformValues.Read(attributes, type, reading, sensitive.Contains, isComplete: true),
                Dependencies = [.. Json.Texts(instance, "dependencies").Where(address => !IsData(address)).Distinct(StringComparer.Ordinal)],
            };
        }
    }

    private static bool IsData(string address) =>
        address.StartsWith("data.", StringComparison.Ordinal) || address.Contains(".data.", StringComparison.Ordinal) && address.StartsWith("module.", StringComparison.Ordinal);

    /// <summary>The names of the attributes of which something is marked as sensitive: each path begins with one.</summary>
    private static HashSet<string> SensitiveAttributes(JsonElement instance)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Json.Items(instance, "sensitive_attributes"))
        {
            if (path.ValueKind == JsonValueKind.Array && path.GetArrayLength() > 0 && path[0].ValueKind == JsonValueKind.Object && Json.Text(path[0], "value") is { } name) names.Add(name);
        }
        return names;
    }
}
