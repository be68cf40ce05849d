using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Guardrails;

/// <summary>Whether AWS's reference has an action.</summary>
internal enum ActionKnowledge
{
    /// <summary>The service is not in the data.</summary>
    UnknownService,

    /// <summary>The service is, the action is not; for a pattern: no action of the service fits it.</summary>
    Unknown,

    /// <summary>A former edition of the reference had it.</summary>
    Former,

    /// <summary>The reference has it, or at least one action that fits the pattern.</summary>
    Known,
}

/// <summary>What AWS's service authorization reference knows: services, their actions and condition keys. From <c>module/data/policies/actions.json</c>.</summary>
/// <remarks>Names and prefixes are compared in any case of letters, as AWS does. A service's actions are taken apart when they are first asked for.</remarks>
internal sealed class ActionCatalog
{
    private const int LongestSuggestible = 100;

    private readonly Dictionary<string, Entry> _services;
    private readonly Dictionary<string, string> _keys;
    private readonly Dictionary<string, List<(string Pattern, string Type)>> _keyPatterns;
    private readonly HashSet<string> _keyPrefixes;
    private readonly ConcurrentDictionary<string, Names> _names = new(StringComparer.OrdinalIgnoreCase);

    private ActionCatalog(DateOnly asOf, Dictionary<string, Entry> services, IReadOnlyList<(string Key, string Type)> keys)
    {
        AsOf = asOf;
        _services = services;
        _keys = new(keys.Count, StringComparer.OrdinalIgnoreCase);
        _keyPatterns = new(StringComparer.OrdinalIgnoreCase);
        _keyPrefixes = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, type) in keys)
        {
            var prefix = Prefix(key);
            _keyPrefixes.Add(prefix);
            if (!key.Contains("${", StringComparison.Ordinal)) _keys.TryAdd(key, type);
            else if (_keyPatterns.TryGetValue(prefix, out var patterns)) patterns.Add((AsWildcard(key), type));
            else _keyPatterns.Add(prefix, [(AsWildcard(key), type)]);
        }
    }

    /// <summary>The day of the reference that the data was made from.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The prefixes of all services, in no order.</summary>
    public IReadOnlyCollection<string> Services => _services.Keys;

    /// <summary>The service's actions, sorted, in AWS's case of letters; empty for a service that is not known.</summary>
    public IReadOnlyList<string> ActionsOf(string service) => NamesOf(service)?.Actions ?? [];

    /// <summary>True for a service whose resources can be bound by resource control policies.</summary>
    public bool TakesResourceControlPolicies(string service) => _services.TryGetValue(service, out var entry) && entry.TakesRcps;

    /// <summary>Whether an action, or for a pattern with wildcards at least one that fits it, is known.</summary>
    /// <param name="service">The prefix, without wildcards.</param>
    public ActionKnowledge Find(string service, string action)
    {
        if (NamesOf(service) is not { } names) return ActionKnowledge.UnknownService;
        if (!Wildcard.IsIn(action))
            return names.Current.Contains(action) ? ActionKnowledge.Known : names.Former.Contains(action) ? ActionKnowledge.Former : ActionKnowledge.Unknown;
        // A pattern with more letters than the longest name fits none; this also bounds the work for a hostile one.
        if (action.Length - action.AsSpan().Count('*') > names.Longest) return ActionKnowledge.Unknown;
        var pattern = Simplify(action);
        if (names.Current.Any(name => Wildcard.Matches(pattern, name))) return ActionKnowledge.Known;
        return names.Former.Any(name => Wildcard.Matches(pattern, name)) ? ActionKnowledge.Former : ActionKnowledge.Unknown;
    }

    /// <summary>The type of a condition key's values, such as <c>String</c> or <c>ArrayOfString</c>; null for a key that is not known.</summary>
    public string? TypeOfKey(string key)
    {
        if (_keys.TryGetValue(key, out var type)) return type;
        return _keyPatterns.TryGetValue(Prefix(key), out var patterns) ? patterns.Find(one => Wildcard.Matches(one.Pattern, key)).Type : null;
    }

    /// <summary>True when some condition key has that prefix, or a service: the data then should know the key.</summary>
    public bool KnowsKeysOf(string prefix) => _keyPrefixes.Contains(prefix) || _services.ContainsKey(prefix);

    /// <summary>The known name that comes nearest; null where none is near.</summary>
    public string? NearestAction(string service, string action)
    {
        if (action.Length > LongestSuggestible || Wildcard.IsIn(action)) return null;
        var nearest = ActionsOf(service).MinBy(name => NearNames.Distance(name, action));
        return nearest is not null && NearNames.Distance(nearest, action) <= NearNames.Limit(action) ? nearest : null;
    }

    /// <summary>What stands before the first colon; all of it where there is none.</summary>
    public static string Prefix(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? name : name[..colon];
    }

    /// <summary>Reads the data.</summary>
    /// <param name="more">Condition keys that the data does not have, with their types.</param>
    /// <exception cref="JsonException">It is not JSON, or not of that shape.</exception>
    public static ActionCatalog Read(Stream data, IEnumerable<KeyValuePair<string, string>> more)
    {
        using var json = JsonDocument.Parse(data);
        try
        {
            var root = json.RootElement;
            var keys = more.Select(key => (key.Key, key.Value)).ToList();
            ReadKeys(root.GetProperty("globalConditionKeys"), keys);
            var services = new Dictionary<string, Entry>(StringComparer.OrdinalIgnoreCase);
            foreach (var service in root.GetProperty("services").EnumerateObject())
            {
                services.Add(service.Name, new(Text(service.Value, "actions"), Text(service.Value, "former"), service.Value.TryGetProperty("rcp", out var rcp) && rcp.GetBoolean()));
                if (service.Value.TryGetProperty("keys", out var own)) ReadKeys(own, keys);
            }
            return new(DateOnly.ParseExact(root.GetProperty("asOf").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), services, keys);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JsonException("The data of actions and condition keys is not of the expected shape: " + e.Message, e);
        }
    }

    private static void ReadKeys(JsonElement types, List<(string, string)> keys)
    {
        foreach (var type in types.EnumerateObject()) keys.AddRange(type.Value.GetString()!.Split(' ').Select(key => (key, type.Name)));
    }

    private static string Text(JsonElement service, string field) => service.TryGetProperty(field, out var text) ? text.GetString()! : "";

    private static string Simplify(string pattern)
    {
        while (pattern.Contains("**", StringComparison.Ordinal)) pattern = pattern.Replace("**", "*", StringComparison.Ordinal);
        return pattern;
    }

    private static string AsWildcard(string key)
    {
        for (var from = key.IndexOf("${", StringComparison.Ordinal); from >= 0; from = key.IndexOf("${", StringComparison.Ordinal))
        {
            var to = key.IndexOf('}', from);
            key = key[..from] + "?*" + (to < 0 ? "" : key[(to + 1)..]);
        }
        return key;
    }

    private Names? NamesOf(string service)
    {
        if (_names.TryGetValue(service, out var known)) return known;
        if (!_services.TryGetValue(service, out var entry)) return null;
        return _names.GetOrAdd(service, new Names(Split(entry.Actions), Split(entry.Former)));
    }

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Entry(string Actions, string Former, bool TakesRcps);

    private sealed class Names(string[] actions, string[] former)
    {
        public string[] Actions { get; } = actions;
        public HashSet<string> Current { get; } = new(actions, StringComparer.OrdinalIgnoreCase);
        public HashSet<string> Former { get; } = new(former, StringComparer.OrdinalIgnoreCase);
        public int Longest { get; } = actions.Concat(former).Select(name => name.Length).DefaultIfEmpty().Max();
    }
}
