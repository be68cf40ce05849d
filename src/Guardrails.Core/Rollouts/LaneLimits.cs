using System.Text.Json;

namespace Guardrails;

/// <summary>How many changes of a lane may run at once: the services' concurrency limits, from <c>module/data/quotas.json</c>.</summary>
/// <remarks>A lane is <c>name</c> or <c>name:place</c>; the limit is the name's and holds for each place by itself. A lane without a limit has none.</remarks>
internal sealed class LaneLimits
{
    private readonly IReadOnlyDictionary<string, int> _limits;

    internal LaneLimits(IReadOnlyDictionary<string, int> limits) => _limits = limits;

    public int Of(string lane)
    {
        var colon = lane.IndexOf(':', StringComparison.Ordinal);
        return _limits.TryGetValue(colon < 0 ? lane : lane[..colon], out var limit) ? limit : int.MaxValue;
    }

    /// <summary>Reads the section <c>lanes</c> of the quota data; a value of the user's own file replaces the module's.</summary>
    /// <exception cref="JsonException">A file is not JSON, or not of that shape.</exception>
    public static LaneLimits Read(params IEnumerable<Stream> files)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var data = JsonDocument.Parse(file);
            if (!data.RootElement.TryGetProperty("lanes", out var lanes)) continue;
            foreach (var lane in lanes.EnumerateObject().Where(lane => lane.Value.ValueKind == JsonValueKind.Object))
                limits[lane.Name] = lane.Value.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var limit) && limit > 0
                    ? limit
                    : throw new JsonException($"lanes.{lane.Name}.value is not a whole number above 0.");
        }
        return new LaneLimits(limits);
    }
}
