using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>AWS's Regions, from <c>module/data/regions.json</c>.</summary>
internal static class Regions
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, bool>> ByPartition = Load();

    /// <summary>By name, in order: true for those that every account has, false for those that an account must enable first.</summary>
    public static IReadOnlyDictionary<string, bool> Of(string partition) =>
        ByPartition.GetValueOrDefault(partition) ?? new SortedDictionary<string, bool>(StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyDictionary<string, bool>> Load()
    {
        using var stream = typeof(Regions).Assembly.GetManifestResourceStream("regions.json")
            ?? throw new InvalidOperationException("regions.json is not embedded in the sandbox.");
        using var data = JsonDocument.Parse(stream);
        var partitions = new Dictionary<string, IReadOnlyDictionary<string, bool>>(StringComparer.Ordinal);
        foreach (var partition in data.RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object))
        {
            var regions = new SortedDictionary<string, bool>(StringComparer.Ordinal);
            foreach (var region in partition.Value.GetProperty("enabledByDefault").EnumerateArray()) regions[region.GetString()!] = true;
            foreach (var region in partition.Value.GetProperty("optIn").EnumerateArray()) regions[region.GetString()!] = false;
            partitions[partition.Name] = regions;
        }
        return partitions;
    }
}
