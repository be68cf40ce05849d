namespace Guardrails;

/// <summary>Places the facts of an organization in its tree, in linear time but for sorting. Never throws for what the facts say.</summary>
internal sealed class OrganizationTree
{
    private readonly OrganizationFacts _facts;
    private readonly Dictionary<string, OrganizationalUnitFacts> _unitFacts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrganizationalUnit> _placed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unplaced = new(StringComparer.Ordinal);
    private readonly List<string> _gaps = [];
    private readonly StringPool _pool = new();

    private OrganizationTree(OrganizationFacts facts)
    {
        _facts = facts;
        Root = new OrganizationalUnit
        {
            Id = facts.Root.Id,
            Arn = facts.Root.Arn,
            Name = facts.Root.Name,
            ParentId = null,
            Path = OrganizationPath.Root,
            Tags = _pool.Share(facts.Root.Tags),
        };
        _placed.Add(Root.Id, Root);
        Units = PlaceUnits();
        Accounts = PlaceAccounts();
        Policies = PlacePolicies();
        _gaps.Sort(StringComparer.Ordinal);
    }

    public OrganizationalUnit Root { get; }
    public OrganizationalUnit[] Units { get; }
    public Account[] Accounts { get; }
    public IReadOnlyList<OrganizationPolicy> Policies { get; }

    /// <summary>Ids whose parent is unknown or in a circle with them: the link to the parent is not followed.</summary>
    public IReadOnlySet<string> Unplaced => _unplaced;
    public IReadOnlyList<string> Gaps => _gaps;

    public static OrganizationTree Place(OrganizationFacts facts) => new(facts);

    private OrganizationalUnit[] PlaceUnits()
    {
        foreach (var unit in _facts.OrganizationalUnits)
        {
            if (unit.Id == Root.Id || !_unitFacts.TryAdd(unit.Id, unit)) _gaps.Add($"Organizational unit {unit.Id} ({unit.Name}) was read more than once.");
        }
        var chain = new Stack<OrganizationalUnitFacts>();
        var onChain = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in _unitFacts.Values)
        {
            // Up to the first one whose place is known, then down again.
            var unit = start;
            while (!_placed.ContainsKey(unit.Id))
            {
                if (!onChain.Add(unit.Id))
                {
                    CutCircle(chain, unit.Id);
                    break;
                }
                chain.Push(unit);
                if (unit.ParentId is null || !_unitFacts.TryGetValue(unit.ParentId, out var parent)) break;
                unit = parent;
            }
            while (chain.TryPop(out var next)) Add(next);
            onChain.Clear();
        }
        var units = _placed.Values.Where(unit => !unit.IsRoot).ToArray();
        Array.Sort(units, (a, b) => OrganizationPath.CompareObjects(a.Path, a.Id, b.Path, b.Id));
        return units;
    }

    /// <summary>The chain's end goes in a circle: cut it above the unit with the smallest id, so that the order of the facts does not matter.</summary>
    private void CutCircle(Stack<OrganizationalUnitFacts> chain, string closesAt)
    {
        var below = new Stack<OrganizationalUnitFacts>();
        var circle = new List<OrganizationalUnitFacts>();
        do circle.Add(chain.Pop());
        while (circle[^1].Id != closesAt);
        while (chain.TryPop(out var one)) below.Push(one);

        var cut = circle.MinBy(one => one.Id, StringComparer.Ordinal)!;
        _unplaced.Add(cut.Id);
        _gaps.Add($"Organizational units hold each other in a circle: {string.Join(", ", circle.Select(one => one.Id).Order(StringComparer.Ordinal))}.");

        // The circle runs from the top of the chain down to where it closes; what is to be placed first goes on top.
        circle.Reverse();
        var at = circle.IndexOf(cut);
        while (below.TryPop(out var one)) chain.Push(one);
        for (var i = 1; i <= circle.Count; i++) chain.Push(circle[(at + i) % circle.Count]);
    }

    private void Add(OrganizationalUnitFacts facts)
    {
        OrganizationalUnit? parent = null;
        if (!_unplaced.Contains(facts.Id) && (facts.ParentId is null || !_placed.TryGetValue(facts.ParentId, out parent)))
        {
            _unplaced.Add(facts.Id);
            _gaps.Add($"Organizational unit {facts.Id} ({facts.Name}) is in {(string.IsNullOrEmpty(facts.ParentId) ? "nothing" : facts.ParentId)}, which was not read.");
        }
        _placed.Add(facts.Id, new OrganizationalUnit
        {
            Id = facts.Id,
            Arn = facts.Arn,
            Name = facts.Name,
            ParentId = parent?.Id ?? facts.ParentId ?? "",
            Path = PathOf(parent, facts.ParentId, facts.Id, facts.Name),
            Tags = _pool.Share(facts.Tags),
        });
    }

    private Account[] PlaceAccounts()
    {
        var accounts = new Dictionary<string, Account>(_facts.Accounts.Count, StringComparer.Ordinal);
        foreach (var facts in _facts.Accounts)
        {
            if (accounts.ContainsKey(facts.Id))
            {
                _gaps.Add($"Account {facts.Id} ({facts.Name}) was read more than once.");
                continue;
            }
            if (!_placed.TryGetValue(facts.ParentId, out var parent))
            {
                _unplaced.Add(facts.Id);
                _gaps.Add($"Account {facts.Id} ({facts.Name}) is in {(facts.ParentId.Length == 0 ? "nothing" : facts.ParentId)}, which was not read.");
            }
            accounts.Add(facts.Id, new Account
            {
                Id = facts.Id,
                Arn = facts.Arn,
                Name = facts.Name,
                Email = facts.Email,
                State = facts.State,
                JoinedMethod = facts.JoinedMethod is null ? null : _pool.Share(facts.JoinedMethod),
                JoinedTimestamp = facts.JoinedTimestamp,
                ParentId = parent?.Id ?? facts.ParentId,
                Path = PathOf(parent, facts.ParentId, facts.Id, facts.Name),
                IsManagementAccount = facts.Id == _facts.ManagementAccountId,
                Tags = _pool.Share(facts.Tags),
            });
        }
        var sorted = accounts.Values.ToArray();
        Array.Sort(sorted, (a, b) => OrganizationPath.CompareObjects(a.Path, a.Id, b.Path, b.Id));
        return sorted;
    }

    private OrganizationPolicy[] PlacePolicies()
    {
        var policies = new Dictionary<string, OrganizationPolicy>(_facts.Policies.Count, StringComparer.Ordinal);
        foreach (var policy in _facts.Policies)
        {
            var whole = policy with
            {
                Type = _pool.Share(policy.Type),
                Targets = [.. policy.Targets.Distinct(StringComparer.Ordinal).Select(_pool.Share).Order(StringComparer.Ordinal)],
                Tags = _pool.Share(policy.Tags),
            };
            if (!policies.TryAdd(policy.Id, whole)) _gaps.Add($"Policy {policy.Id} ({policy.Name}) was read more than once.");
        }
        return [.. policies.Values
            .OrderBy(policy => policy.Type, StringComparer.Ordinal)
            .ThenBy(policy => policy.Name, StringComparer.Ordinal)
            .ThenBy(policy => policy.Id, StringComparer.Ordinal)];
    }

    /// <summary>A name can't be empty in AWS; where it is, the id stands for it, so that every path has its step.</summary>
    private static string PathOf(OrganizationalUnit? parent, string? parentId, string id, string name)
    {
        var step = name.Length == 0 ? id : name;
        if (parent is not null) return OrganizationPath.Join(parent.Path, step);
        return OrganizationPath.Join(string.IsNullOrEmpty(parentId) ? id : OrganizationPath.Escape(parentId), step);
    }

    /// <summary>One copy of each tag key, tag value and other word that thousands of objects share.</summary>
    private sealed class StringPool
    {
        private readonly HashSet<string> _strings = new(StringComparer.Ordinal);

        public string Share(string value)
        {
            if (_strings.TryGetValue(value, out var known)) return known;
            _strings.Add(value);
            return value;
        }

        public Dictionary<string, string>? Share(IReadOnlyDictionary<string, string>? tags)
        {
            if (tags is null) return null;
            var shared = new Dictionary<string, string>(tags.Count, StringComparer.Ordinal);
            foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)) shared[Share(key)] = Share(value);
            return shared;
        }
    }
}
