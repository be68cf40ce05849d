namespace Guardrails;

/// <summary>What service control policies allow to somebody: which actions some Allow statement names, whatever its conditions and resources. Denies take nothing away.</summary>
/// <remarks>So a level that allows nothing by this certainly allows nothing. A policy's set is made once.</remarks>
internal sealed class AllowedActions
{
    private readonly List<(string Service, string Action)> _actions;
    private readonly Dictionary<string, (int From, int To)> _byService = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (ActionSet Set, bool AllowListOnly)> _policies = new(StringComparer.Ordinal);

    public AllowedActions(ActionCatalog catalog)
    {
        _actions = [];
        foreach (var service in catalog.Services.Order(StringComparer.Ordinal))
        {
            var from = _actions.Count;
            _actions.AddRange(catalog.ActionsOf(service).Select(action => (service, action)));
            _byService[service] = (from, _actions.Count);
        }
        // The last bit stands for actions that the catalogue does not know, so that an allow of one is no lockout.
        Everything = Set(_ => true);
    }

    public ActionSet Everything { get; }

    public ActionSet Of(OrganizationPolicy policy) => Read(policy).Set;

    /// <summary>True for a policy that allows some actions and denies none.</summary>
    public bool IsAllowListOnly(OrganizationPolicy policy) => Read(policy).AllowListOnly;

    private (ActionSet Set, bool AllowListOnly) Read(OrganizationPolicy policy)
    {
        if (_policies.TryGetValue(policy.Id, out var known)) return known;
        var document = policy.Content is null ? null : PolicyReader.Read(policy.Content, PolicyTypes.ServiceControlPolicy, policy.Name);
        var allows = document?.Statements.Where(one => one.Effect == PolicyEffect.Allow).ToList() ?? [];
        // A document that was not read may allow anything.
        var set = document is null ? Everything : ActionSet.Union(allows.Select(OfStatement).Prepend(Set(_ => false)));
        return _policies[policy.Id] = (set, document is not null && allows.Count > 0 && allows.Count == document.Statements.Count && !set.IsEverything);
    }

    private ActionSet OfStatement(PolicyStatement statement)
    {
        if (statement.NotAction is { } spared)
        {
            return Set(index => index == _actions.Count
                || !spared.Values.Any(word => Wildcard.Matches(word.Text, $"{_actions[index].Service}:{_actions[index].Action}")));
        }
        if (statement.Action is not { } allowed) return Set(_ => false);
        if (allowed.Values.Any(word => word.Text == "*")) return Everything;
        var named = new HashSet<int>();
        foreach (var word in allowed.Values)
        {
            var before = named.Count;
            if (ActionRules.Parts(word.Text) is var (service, action))
            {
                if (_byService.TryGetValue(service, out var range))
                    named.UnionWith(Enumerable.Range(range.From, range.To - range.From).Where(index => Wildcard.Matches(action, _actions[index].Action)));
            }
            else
            {
                named.UnionWith(Enumerable.Range(0, _actions.Count).Where(index => Wildcard.Matches(word.Text, $"{_actions[index].Service}:{_actions[index].Action}")));
            }
            if (named.Count == before) named.Add(_actions.Count);
        }
        return Set(named.Contains);
    }

    private ActionSet Set(Func<int, bool> has)
    {
        var count = _actions.Count + 1;
        var bits = new ulong[(count + 63) / 64];
        for (var i = 0; i < count; i++)
        {
            if (has(i)) bits[i / 64] |= 1UL << (i % 64);
        }
        return new(bits, count);
    }
}
