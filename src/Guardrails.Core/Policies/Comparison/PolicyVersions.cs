namespace Guardrails;

/// <summary>
/// Compares what two versions of a policy do to requests. Actions, resources and values are taken by classes that the two cannot tell apart,
/// so that each difference between them is found; the search stops a branch as soon as both versions are certain, or what is left is the
/// same in both. What is found was evaluated on both.
/// </summary>
internal sealed class PolicyVersions
{
    private const int MostCases = 40_000;
    private const int MostCasesPerAction = 8_000;

    /// <summary>What a version makes of a request: denied, or allowed, by the first statement that does; or neither.</summary>
    /// <param name="Statement">The first that decides; null where none applies.</param>
    private sealed record Effect(int Rank, CompiledStatement? Statement)
    {
        public const int Denied = 0;
        public const int Nothing = 1;
        public const int Allowed = 2;

        public string Describe() => Rank switch
        {
            Denied => $"denied by {Statement}",
            Allowed => $"allowed by {Statement}",
            _ => "no statement applies",
        };
    }

    private sealed record Version(CompiledStatement[] Statements, string[] Canonical);

    private readonly KeyTable _keys = new();
    private readonly BoundRequest _bound;
    private readonly Version _before;
    private readonly Version _after;
    private readonly Dictionary<string, List<ContextKey>> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _incomplete = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(PolicyCondition Condition, bool Variables)> _conditions = [];
    private readonly HashSet<string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _resources;
    private readonly bool _allResources;
    private readonly List<PolicyDifference> _all = [];
    private readonly Dictionary<string, (int From, int To)> _shared = [];
    private readonly Dictionary<(AccessChange Change, int Before, int After), PolicyDifference> _found = [];
    private readonly List<PolicyDifference> _undecided = [];
    private int _cases;
    private int _casesLeft;
    private string _action = "";
    private string? _why;

    private PolicyVersions(PolicyDocument before, PolicyDocument after)
    {
        _before = Compile(before);
        _after = Compile(after);
        _bound = new BoundRequest(_keys);
        foreach (var document in new[] { before, after })
        {
            _conditions.AddRange(document.Statements.SelectMany(statement => statement.Conditions).Select(condition => (condition, PolicyCompiler.HasVariables(document))));
        }
        var patterns = ResourcesOf(before).Concat(ResourcesOf(after)).Select(tokens => new PatternAutomaton(tokens, false)).ToList();
        var witnesses = PatternClasses.Witnesses(patterns, isAction: false, out _allResources);
        _resources = ["arn:aws:service:eu-west-1:111122223333:resource/x", "*", .. witnesses.Where(text => text.Length > 0)];
    }

    /// <summary>The differences; empty where both do the same to each request.</summary>
    /// <param name="catalog">Actions that there are, to take witnesses from; without it their names are made up from the patterns.</param>
    public static IReadOnlyList<PolicyDifference> Compare(PolicyDocument before, PolicyDocument after, ActionCatalog? catalog = null)
    {
        var versions = new PolicyVersions(before, after);
        if (versions._before.Canonical.Order(StringComparer.Ordinal).SequenceEqual(versions._after.Canonical.Order(StringComparer.Ordinal))) return [];
        versions.Search(catalog);
        return [.. Merge(versions._all), .. versions._undecided];
    }

    private void Search(ActionCatalog? catalog)
    {
        var patterns = _before.Statements.Concat(_after.Statements).SelectMany(statement => statement.Actions).DistinctBy(action => action.ToString().ToUpperInvariant()).ToList();
        var automata = patterns.Select(action => new PatternAutomaton(action.Tokens.ToArray().Select(token => token >= 0 ? char.ToLowerInvariant((char)token) : token).ToArray(), true));
        var actions = PatternClasses.Witnesses(automata, isAction: true, out var complete);
        if (!complete) Undecided("*", "the patterns of the actions overlap in too many ways");
        var seen = new HashSet<string>();
        var real = Real(catalog);
        foreach (var action in actions)
        {
            var named = Name(action, patterns);
            var matching = Matching(action);
            // Actions that the same statements name have the same differences; they are only added to the list.
            if (!seen.Add(matching))
            {
                Share(matching, named);
                continue;
            }
            _found.Clear();
            _why = null;
            (_action, _casesLeft) = (real.GetValueOrDefault(matching, action), Math.Min(MostCasesPerAction, MostCases - _cases));
            var from = _all.Count;
            SearchAction();
            foreach (var difference in _found.Values) _all.Add(difference with { Actions = [named] });
            _shared[matching] = (from, _all.Count);
            if (_why is not null) Undecided(named, _why);
        }
    }

    /// <summary>Which statements name the action.</summary>
    private string Matching(string action) => string.Concat(_before.Statements.Concat(_after.Statements).Select(statement => statement.MatchesAction(action) ? '1' : '0'));

    /// <summary>For each combination of statements an action that there is.</summary>
    private Dictionary<string, string> Real(ActionCatalog? catalog)
    {
        var real = new Dictionary<string, string>();
        foreach (var service in catalog?.Services.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            foreach (var name in catalog!.ActionsOf(service)) real.TryAdd(Matching($"{service}:{name}"), $"{service}:{name}");
        }
        return real;
    }

    private void Share(string matching, string named)
    {
        var (from, to) = _shared[matching];
        for (var i = from; i < to; i++) _all[i] = _all[i] with { Actions = [.. _all[i].Actions, named] };
    }

    private void Undecided(string action, string why) =>
        _undecided.Add(new PolicyDifference { Change = AccessChange.Undecided, Actions = [action], Reason = why });

    private void SearchAction()
    {
        var before = _before.Statements.Where(statement => statement.MatchesAction(_action)).ToList();
        var after = _after.Statements.Where(statement => statement.MatchesAction(_action)).ToList();
        if (Same(before, after)) return;
        var anyResource = before.Concat(after).All(statement => statement.AnyResource);
        var seen = new HashSet<string>();
        foreach (var resource in anyResource ? [_resources[0]] : _resources)
        {
            Bind(resource, []);
            var vector = string.Concat(before.Concat(after).Select(statement => (char)('0' + (int)statement.MatchesResource(_bound))));
            if (vector.Contains('1', StringComparison.Ordinal) || seen.Add(vector)) Descend(resource, [], before, after);
        }
        if (!anyResource && !_allResources) _why ??= "the patterns of the resources overlap in too many ways";
    }

    private void Descend(string? resource, List<ContextKey> context, List<CompiledStatement> before, List<CompiledStatement> after)
    {
        if (_casesLeft-- <= 0)
        {
            _why ??= "there are too many combinations of conditions";
            return;
        }
        _cases++;
        Bind(resource, context);
        var was = EffectOf(before, out var leftBefore);
        var now = EffectOf(after, out var leftAfter);
        if (was is not null && now is not null)
        {
            if (was.Rank != now.Rank) Found(was, now, resource, context);
            return;
        }
        if (Certain(before) is { } one && one == Certain(after)) return;
        if (Same(leftBefore, leftAfter) && SameCertain(before, after)) return;
        var missing = leftBefore.Concat(leftAfter).SelectMany(statement => statement.MissingKeys(_bound)).FirstOrDefault(IsKey);
        if (missing is null)
        {
            _why ??= $"it depends on {leftBefore.Concat(leftAfter).SelectMany(statement => statement.MissingKeys(_bound)).First()}, which is not known to this module";
            return;
        }
        foreach (var value in ValuesOf(missing))
        {
            context.Add(value);
            Descend(resource, context, before, after);
            context.RemoveAt(context.Count - 1);
        }
        if (_incomplete.Contains(missing)) _why ??= $"the values of {missing} overlap in too many ways";
    }

    private void Found(Effect was, Effect now, string? resource, List<ContextKey> context)
    {
        var change = now.Rank < was.Rank ? AccessChange.NewlyDenied : AccessChange.NewlyAllowed;
        var key = (change, was.Statement?.Number ?? 0, now.Statement?.Number ?? 0);
        if (_found.ContainsKey(key)) return;
        _found.Add(key, new PolicyDifference
        {
            Change = change,
            Actions = [],
            Before = was.Describe(),
            After = now.Describe(),
            Witness = Request(resource, context),
        });
    }

    /// <summary>The effect with the first statement that decides it; null as long as an earlier one is in doubt.</summary>
    private Effect? EffectOf(List<CompiledStatement> statements, out List<CompiledStatement> left)
    {
        left = [.. statements.Where(statement => statement.Evaluate(_bound) == Truth.Unknown)];
        foreach (var denies in new[] { true, false })
        {
            foreach (var statement in statements.Where(statement => statement.Denies == denies))
            {
                var applies = statement.Evaluate(_bound);
                if (applies == Truth.Unknown) return null;
                if (applies == Truth.True) return new Effect(denies ? Effect.Denied : Effect.Allowed, statement);
            }
        }
        return new Effect(Effect.Nothing, null);
    }

    /// <summary>The effect's rank, whichever statement decides it; null where it is in doubt.</summary>
    private int? Certain(List<CompiledStatement> statements)
    {
        var (denied, allowed) = (Any(statements, denies: true), Any(statements, denies: false));
        if (denied == Truth.True) return Effect.Denied;
        if (denied == Truth.Unknown || allowed == Truth.Unknown) return null;
        return allowed == Truth.True ? Effect.Allowed : Effect.Nothing;
    }

    private bool SameCertain(List<CompiledStatement> before, List<CompiledStatement> after) =>
        (Any(before, true) == Truth.True) == (Any(after, true) == Truth.True) && (Any(before, false) == Truth.True) == (Any(after, false) == Truth.True);

    private Truth Any(List<CompiledStatement> statements, bool denies) =>
        statements.Where(statement => statement.Denies == denies).Aggregate(Truth.False, (any, statement) => any.Or(statement.Evaluate(_bound)));

    private bool Same(IEnumerable<CompiledStatement> before, IEnumerable<CompiledStatement> after) =>
        before.Select(statement => _before.Canonical[statement.Number - 1]).Distinct().Order(StringComparer.Ordinal)
            .SequenceEqual(after.Select(statement => _after.Canonical[statement.Number - 1]).Distinct().Order(StringComparer.Ordinal));

    private void Bind(string? resource, List<ContextKey> context) => _bound.Bind(Request(resource, context), null, null);

    /// <summary>Nothing follows from principal or resource: each key is chosen by itself.</summary>
    private AccessRequest Request(string? resource, List<ContextKey> context) => new(_action) { Resource = resource, ResourceAccount = null, Context = context };

    private bool IsKey(string name) => _conditions.Exists(one => one.Condition.Operator is not null && Named(one.Condition, name)) || _variables.Contains(name);

    private static bool Named(PolicyCondition condition, string name) => condition.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private List<ContextKey> ValuesOf(string key)
    {
        if (_values.TryGetValue(key, out var known)) return known;
        var conditions = _conditions.Where(one => Named(one.Condition, key)).ToList();
        var values = KeyValues.Of(key, conditions, TextsOf, out var complete);
        if (!complete) _incomplete.Add(key);
        if (_variables.Contains(key)) values.AddRange(TextsOf(key).Select(text => new ContextKey(key, text)).Where(value => !values.Exists(one => one.ToString() == value.ToString())));
        _values.Add(key, values);
        return values;
    }

    /// <summary>What a variable's key may hold: what conditions compare it with literally, or any text.</summary>
    private List<string> TextsOf(string key)
    {
        var literal = _conditions.Where(one => Named(one.Condition, key)).SelectMany(one => one.Condition.Values).Select(value => value.Text)
            .Where(text => !text.AsSpan().ContainsAny("*?$")).Distinct().Take(2);
        return [.. literal, "text"];
    }

    private IEnumerable<int[]> ResourcesOf(PolicyDocument document) => document.Statements
        .SelectMany(statement => (statement.Resource ?? statement.NotResource)?.Values ?? [])
        .SelectMany(word => Expand(VariableText.Parse(word.Text, wildcards: true, PolicyCompiler.HasVariables(document), _keys)));

    private IEnumerable<int[]> Expand(VariableText parsed)
    {
        if (!parsed.HasVariables) return [[.. parsed.Tokens]];
        foreach (var variable in parsed.Variables) _variables.Add(_keys[variable]);
        return parsed.Expansions(id => TextsOf(_keys[id]));
    }

    private Version Compile(PolicyDocument document)
    {
        var compiled = PolicyCompiler.Compile(document, "policy", "policy", _keys).Statements;
        foreach (var key in compiled.SelectMany(statement => statement.Conditions).SelectMany(condition => condition.Values).SelectMany(value => value.Variables)) _variables.Add(_keys[key]);
        return new Version(compiled, [.. document.Statements.Select(statement => CanonicalStatement.Of(statement, document.Version?.Text))]);
    }

    /// <summary>The narrowest pattern of the policies that names the action.</summary>
    private static string Name(string action, List<GlobPattern> patterns) =>
        patterns.Where(pattern => pattern.Matches(action)).MaxBy(pattern => (pattern.IsLiteral, pattern.Tokens.Length))?.ToString() ?? "*";

    /// <summary>The same difference of several actions, once.</summary>
    private static IEnumerable<PolicyDifference> Merge(IEnumerable<PolicyDifference> differences) =>
        differences.GroupBy(one => (one.Change, one.Before, one.After))
            .Select(same => same.First() with { Actions = [.. same.SelectMany(one => one.Actions).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)] });
}
