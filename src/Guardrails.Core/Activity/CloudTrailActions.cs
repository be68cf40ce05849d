using System.Text.Json;
using System.Text.RegularExpressions;

namespace Guardrails;

/// <summary>Which IAM actions a call in CloudTrail needs, where that is not its own name. From <c>module/data/policies/cloudtrail-actions.json</c>.</summary>
internal sealed partial class CloudTrailActions
{
    private const string Suffix = ".amazonaws.com";

    private readonly Dictionary<string, string> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string[]> _calls = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _roles = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _verbServices = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Beginning, string Verb)> _verbs = [];
    private readonly HashSet<string> _notActions = new(StringComparer.OrdinalIgnoreCase);

    private CloudTrailActions()
    {
    }

    /// <summary>Reads the data.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of that shape.</exception>
    public static CloudTrailActions Read(Stream data)
    {
        using var json = JsonDocument.Parse(data);
        var read = new CloudTrailActions();
        try
        {
            var root = json.RootElement;
            foreach (var one in root.GetProperty("services").EnumerateObject()) read._services.Add(one.Name, one.Value.GetString()!);
            foreach (var one in root.GetProperty("calls").EnumerateObject()) read._calls.Add(one.Name, Texts(one.Value));
            foreach (var one in Without(root.GetProperty("passRole"), "note")) read._roles.Add(one.Name, one.Value.GetString()!);
            var verbs = root.GetProperty("verbs");
            read._verbServices.UnionWith(Texts(verbs.GetProperty("services")));
            foreach (var verb in Without(verbs, "note", "services"))
            {
                foreach (var beginning in Texts(verb.Value)) read._verbs.Add((beginning, verb.Name));
            }
            read._notActions.UnionWith(Texts(root.GetProperty("notActions").GetProperty("calls")));
            return read;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new JsonException("The data of CloudTrail's calls is not of the expected shape: " + e.Message, e);
        }
    }

    /// <summary>Service and name of a call, without what CloudTrail adds to them.</summary>
    public (string Service, string Name) Call(string eventSource, string eventName)
    {
        var source = eventSource.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? eventSource[..^Suffix.Length] : eventSource;
        if (!_services.TryGetValue(source, out var service)) service = source;
        return (service, VersionSuffix().Replace(eventName, ""));
    }

    /// <summary>The actions that the call needs; empty where no policy can deny it.</summary>
    public IReadOnlyList<string> ActionsOf((string Service, string Name) call)
    {
        var name = $"{call.Service}:{call.Name}";
        if (_notActions.Contains(name)) return [];
        if (_calls.TryGetValue(name, out var known)) return known;
        if (!_verbServices.Contains(call.Service)) return [name];
        var verb = _verbs.Find(verb => call.Name.StartsWith(verb.Beginning, StringComparison.OrdinalIgnoreCase)).Verb;
        return verb is null ? [name] : [$"{call.Service}:{verb}"];
    }

    /// <summary>The request parameter with a role that the call passes on, which needs iam:PassRole; null where it passes none.</summary>
    public string? PassedRoleOf((string Service, string Name) call) => _roles.GetValueOrDefault($"{call.Service}:{call.Name}");

    private static string[] Texts(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? [json.GetString()!] : [.. json.EnumerateArray().Select(one => one.GetString()!)];

    private static IEnumerable<JsonProperty> Without(JsonElement json, params string[] names) => json.EnumerateObject().Where(one => !names.Contains(one.Name));

    [GeneratedRegex(@"\d{4}_?\d{2}_?\d{2}(v\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionSuffix();
}
