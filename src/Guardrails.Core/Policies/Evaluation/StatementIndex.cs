namespace Guardrails;

/// <summary>
/// Statements of one effect, found by service and action: for a request only those are looked at whose action can match, so that the
/// number of all the others does not matter.
/// </summary>
internal sealed class StatementIndex
{
    /// <param name="Name">Of the action's name, without the service.</param>
    private readonly record struct NamePattern(GlobPattern Name, int Statement);

    /// <param name="Excluded">Those patterns of NotAction that can match this service, over the whole action.</param>
    private readonly record struct Exclusion(GlobPattern[] Excluded, int Statement);

    private sealed class Service
    {
        public readonly List<int> Always = [];
        public readonly Dictionary<string, List<int>> Exact = new(StringComparer.OrdinalIgnoreCase);
        public readonly Dictionary<int, List<NamePattern>> Prefixed = [];
        public readonly List<NamePattern> Short = [];
        public readonly List<Exclusion> Excluding = [];
        public Bucket Freeze() => new(this);
    }

    private sealed class Bucket(Service service)
    {
        public readonly int[] Always = [.. service.Always];
        public readonly NamePattern[] Short = [.. service.Short];
        public readonly Exclusion[] Excluding = [.. service.Excluding];
        public readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>>? Exact = service.Exact.Count == 0
            ? null
            : service.Exact.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        public readonly Dictionary<int, NamePattern[]>? Prefixed = service.Prefixed.Count == 0
            ? null
            : service.Prefixed.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private readonly CompiledStatement[] _statements;
    private readonly Dictionary<string, Bucket>.AlternateLookup<ReadOnlySpan<char>> _services;
    private readonly Bucket _otherServices;
    private readonly NamePattern[] _anyService;

    public StatementIndex(IEnumerable<CompiledStatement> statements)
    {
        _statements = [.. statements];
        var services = new Dictionary<string, Service>(StringComparer.OrdinalIgnoreCase);
        foreach (var statement in _statements)
        {
            foreach (var action in statement.Actions)
            {
                if (ServiceOf(action) is { } name) services.TryAdd(name, new Service());
            }
        }
        var others = new Service();
        var anyService = new List<NamePattern>();
        for (var i = 0; i < _statements.Length; i++)
        {
            if (_statements[i].NotAction) AddExcluding(_statements[i], i, services, others);
            else AddMatching(_statements[i], i, services, others, anyService);
        }
        _otherServices = others.Freeze();
        _anyService = [.. anyService];
        _services = services.ToDictionary(pair => pair.Key, pair => pair.Value.Freeze(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many statements it holds.</summary>
    public int Count => _statements.Length;

    /// <summary>Whether any statement applies to the request.</summary>
    public Truth AnyApplies(BoundRequest request)
    {
        if (_statements.Length == 0) return Truth.False;
        var name = request.Request.Name;
        var bucket = _services.TryGetValue(request.Request.Service, out var known) ? known : _otherServices;
        var any = Truth.False;
        foreach (var statement in bucket.Always)
        {
            if ((any = any.Or(_statements[statement].Evaluate(request))) == Truth.True) return any;
        }
        if (bucket.Exact is { } exact && exact.TryGetValue(name, out var named))
        {
            foreach (var statement in named)
            {
                if ((any = any.Or(_statements[statement].Evaluate(request))) == Truth.True) return any;
            }
        }
        if (bucket.Prefixed is { } prefixed && name.Length > 1 && prefixed.TryGetValue(PrefixCode(name), out var patterns))
        {
            if ((any = any.Or(AnyApplies(patterns, name, request))) == Truth.True) return any;
        }
        if ((any = any.Or(AnyApplies(bucket.Short, name, request))) == Truth.True) return any;
        foreach (var (excluded, statement) in bucket.Excluding)
        {
            if (MatchesAny(excluded, request.Request.Action)) continue;
            if ((any = any.Or(_statements[statement].Evaluate(request))) == Truth.True) return any;
        }
        return any.Or(AnyApplies(_anyService, request.Request.Action, request));
    }

    private Truth AnyApplies(NamePattern[] patterns, ReadOnlySpan<char> text, BoundRequest request)
    {
        var any = Truth.False;
        foreach (var (pattern, statement) in patterns)
        {
            if (!pattern.Matches(text)) continue;
            any = any.Or(_statements[statement].Evaluate(request));
            if (any == Truth.True) break;
        }
        return any;
    }

    private static void AddMatching(CompiledStatement statement, int number, Dictionary<string, Service> services, Service others, List<NamePattern> anyService)
    {
        if (Array.Exists(statement.Actions, action => action.MatchesEverything))
        {
            others.Always.Add(number);
            foreach (var service in services.Values) service.Always.Add(number);
            return;
        }
        var whole = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in statement.Actions)
        {
            if (ServiceOf(action) is not { } name || !NameOf(action).MatchesEverything || !whole.Add(name)) continue;
            services[name].Always.Add(number);
        }
        foreach (var action in statement.Actions)
        {
            if (ServiceOf(action) is not { } name)
            {
                if (!action.IsLiteral) anyService.Add(new NamePattern(action, number));
                continue;
            }
            if (whole.Contains(name)) continue;
            var pattern = NameOf(action);
            if (pattern.IsLiteral) AddOnce(services[name].Exact, pattern.LiteralPrefix, number);
            else if (pattern.LiteralPrefix.Length < 2) services[name].Short.Add(new NamePattern(pattern, number));
            else Add(services[name].Prefixed, PrefixCode(pattern.LiteralPrefix), new NamePattern(pattern, number));
        }
    }

    private static void AddExcluding(CompiledStatement statement, int number, Dictionary<string, Service> services, Service others)
    {
        var anyService = statement.Actions.Where(action => ServiceOf(action) is null && !action.IsLiteral).ToArray();
        var named = statement.Actions.Where(action => ServiceOf(action) is not null).ToLookup(ServiceOf, StringComparer.OrdinalIgnoreCase);
        AddExcluding(others, [], anyService, number);
        foreach (var (name, service) in services) AddExcluding(service, named[name], anyService, number);
    }

    private static void AddExcluding(Service service, IEnumerable<GlobPattern> named, GlobPattern[] anyService, int number)
    {
        GlobPattern[] excluded = [.. named, .. anyService];
        if (excluded.Length == 0) service.Always.Add(number);
        else if (!Array.Exists(excluded, pattern => pattern.MatchesEverything || (ServiceOf(pattern) is not null && NameOf(pattern).MatchesEverything)))
        {
            service.Excluding.Add(new Exclusion(excluded, number));
        }
    }

    private static bool MatchesAny(GlobPattern[] patterns, ReadOnlySpan<char> text)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(text)) return true;
        }
        return false;
    }

    /// <summary>The service prefix; null where a wildcard comes before the colon.</summary>
    private static string? ServiceOf(GlobPattern action)
    {
        var colon = action.LiteralPrefix.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : action.LiteralPrefix[..colon];
    }

    private static GlobPattern NameOf(GlobPattern action)
    {
        var colon = action.LiteralPrefix.IndexOf(':', StringComparison.Ordinal);
        return GlobPattern.FromTokens(action.Tokens[(colon + 1)..].ToArray(), ignoreCase: true);
    }

    private static int PrefixCode(ReadOnlySpan<char> name) => char.ToUpperInvariant(name[0]) << 16 | char.ToUpperInvariant(name[1]);

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> map, TKey key, TValue value) where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list)) map.Add(key, list = []);
        list.Add(value);
    }

    private static void AddOnce(Dictionary<string, List<int>> map, string key, int value)
    {
        if (!map.TryGetValue(key, out var list)) map.Add(key, list = []);
        if (list.Count == 0 || list[^1] != value) list.Add(value);
    }
}
