namespace Guardrails;

/// <summary>An AWS organization as it was read: the tree, the accounts, the policies and what they are attached to. Never changes.</summary>
/// <remarks>
/// Facts that don't hold together (an account in an organizational unit that was not read, organizational units in a circle) become
/// <see cref="Gaps"/>. What can't be placed below the root has a path without a leading slash that begins with the id of the parent
/// that is missing: <c>ou-a1b2-c3d4e5f6/shop</c>.
/// </remarks>
public sealed class Organization
{
    private readonly Dictionary<string, OrganizationalUnit> _units;
    private readonly Dictionary<string, Account> _accounts;
    private readonly Dictionary<string, Account> _emails;
    private readonly Dictionary<string, OrganizationPolicy> _policies;
    private readonly ILookup<string, OrganizationalUnit> _unitsIn;
    private readonly ILookup<string, Account> _accountsIn;
    private readonly ILookup<string, OrganizationPolicy> _policiesOn;
    private readonly IReadOnlySet<string> _unplaced;
    private readonly OrganizationalUnit[] _unitsByPath;
    private readonly Account[] _accountsByPath;

    private Organization(OrganizationFacts facts)
    {
        var tree = OrganizationTree.Place(facts);
        Id = facts.Id;
        Arn = facts.Arn;
        ManagementAccountId = facts.ManagementAccountId;
        ManagementAccountEmail = facts.ManagementAccountEmail;
        FeatureSet = facts.FeatureSet;
        PolicyTypes = [.. facts.PolicyTypes.Distinct().Order(StringComparer.Ordinal)];
        ServiceAccess = [.. facts.ServiceAccess.Distinct().Order(StringComparer.Ordinal)];
        DelegatedAdministrators = [.. facts.DelegatedAdministrators.OrderBy(one => one.AccountId, StringComparer.Ordinal)];
        ReadAt = facts.ReadAt;
        Detail = facts.Detail;
        Root = tree.Root;
        Policies = tree.Policies;
        Gaps = [.. facts.Gaps.Union(tree.Gaps)];
        _unplaced = tree.Unplaced;
        _unitsByPath = tree.Units;
        _accountsByPath = tree.Accounts;
        OrganizationalUnits = Array.AsReadOnly(_unitsByPath);
        Accounts = Array.AsReadOnly(_accountsByPath);

        _units = _unitsByPath.Prepend(Root).ToDictionary(unit => unit.Id, StringComparer.Ordinal);
        _accounts = _accountsByPath.ToDictionary(account => account.Id, StringComparer.Ordinal);
        _emails = _accountsByPath.DistinctBy(account => account.Email, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(account => account.Email, StringComparer.OrdinalIgnoreCase);
        _policies = Policies.ToDictionary(policy => policy.Id, StringComparer.Ordinal);
        _unitsIn = _unitsByPath.Where(unit => !_unplaced.Contains(unit.Id)).ToLookup(unit => unit.ParentId!, StringComparer.Ordinal);
        _accountsIn = _accountsByPath.Where(account => !_unplaced.Contains(account.Id)).ToLookup(account => account.ParentId, StringComparer.Ordinal);
        _policiesOn = Policies.SelectMany(policy => policy.Targets, (policy, target) => (policy, target))
            .ToLookup(pair => pair.target, pair => pair.policy, StringComparer.Ordinal);
    }

    /// <summary>The id: <c>o-…</c>.</summary>
    public string Id { get; }

    /// <summary>The ARN.</summary>
    public string Arn { get; }

    /// <summary>The 12-digit id of the management account.</summary>
    public string ManagementAccountId { get; }

    /// <summary>The email address of the management account's root user.</summary>
    public string ManagementAccountEmail { get; }

    /// <summary><c>ALL</c>, or <c>CONSOLIDATED_BILLING</c> for an organization that has no policies.</summary>
    public string FeatureSet { get; }

    /// <summary>The policy types that are enabled on the root, sorted.</summary>
    public IReadOnlyList<string> PolicyTypes { get; }

    /// <summary>The root, with the path <c>/</c>.</summary>
    public OrganizationalUnit Root { get; }

    /// <summary>Every organizational unit but the root, sorted by path: parents before what they hold.</summary>
    public IReadOnlyList<OrganizationalUnit> OrganizationalUnits { get; }

    /// <summary>Every account, closed ones included, sorted by path, then by id.</summary>
    public IReadOnlyList<Account> Accounts { get; }

    /// <summary>Every policy, sorted by type, name and id.</summary>
    public IReadOnlyList<OrganizationPolicy> Policies { get; }

    /// <summary>The delegated administrators, sorted by account; empty where <see cref="Detail"/> has no Services.</summary>
    public IReadOnlyList<DelegatedAdministrator> DelegatedAdministrators { get; }

    /// <summary>The services with access to the organization, sorted; empty where <see cref="Detail"/> has no Services.</summary>
    public IReadOnlyList<string> ServiceAccess { get; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>What was read of it beyond tree, accounts, policies and attachments.</summary>
    public OrganizationDetail Detail { get; }

    /// <summary>What could not be read, or does not hold together, in words. Empty for a whole organization.</summary>
    public IReadOnlyList<string> Gaps { get; }

    /// <summary>The whole of it drawn as a tree, line by line.</summary>
    public IEnumerable<OrganizationTreeLine> Tree => OrganizationDrawing.Draw(this);

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    internal static Organization From(OrganizationFacts facts) => new(facts);

    /// <summary>The account with that id.</summary>
    internal Account? AccountById(string id) => _accounts.GetValueOrDefault(id);

    /// <summary>The account with that email address, in any case of letters.</summary>
    internal Account? AccountByEmail(string email) => _emails.GetValueOrDefault(email);

    /// <summary>The accounts with exactly that path: more than one where names are not unique.</summary>
    internal ReadOnlySpan<Account> AccountsByPath(string path) => Equal(_accountsByPath, account => account.Path, path);

    /// <summary>The root or organizational unit with that id.</summary>
    internal OrganizationalUnit? UnitById(string id) => _units.GetValueOrDefault(id);

    /// <summary>The root or organizational units with exactly that path: one, unless the facts are odd.</summary>
    internal ReadOnlySpan<OrganizationalUnit> UnitsByPath(string path) =>
        path == OrganizationPath.Root ? new[] { Root } : Equal(_unitsByPath, unit => unit.Path, path);

    /// <summary>The root or organizational unit that a path of names leads to; on each step a name in the same case of letters wins.</summary>
    internal OrganizationalUnit? UnitAt(string path)
    {
        OrganizationalUnit? at = Root;
        foreach (var name in OrganizationPath.Split(path))
        {
            var below = _unitsIn[at.Id];
            at = below.FirstOrDefault(unit => unit.Name == name) ?? below.FirstOrDefault(unit => unit.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at is null) return null;
        }
        return at;
    }

    /// <summary>The policy with that id.</summary>
    internal OrganizationPolicy? PolicyById(string id) => _policies.GetValueOrDefault(id);

    /// <summary>The organizational units directly in that root or unit, sorted by path.</summary>
    internal IEnumerable<OrganizationalUnit> UnitsIn(string parentId) => _unitsIn[parentId];

    /// <summary>The accounts directly in that root or unit, sorted by path.</summary>
    internal IEnumerable<Account> AccountsIn(string parentId) => _accountsIn[parentId];

    /// <summary>What holds that account or unit, from the root down to its parent. Begins below the root for what can't be placed.</summary>
    internal IReadOnlyList<OrganizationalUnit> Ancestors(string id)
    {
        var chain = new List<OrganizationalUnit>();
        var parent = ParentOf(id);
        while (parent is not null)
        {
            chain.Add(parent);
            parent = ParentOf(parent.Id);
        }
        chain.Reverse();
        return chain;
    }

    /// <summary>How far below the root: 0 for the root, 1 for what is in it.</summary>
    internal int Depth(string id)
    {
        var depth = 0;
        for (var parent = ParentOf(id); parent is not null; parent = ParentOf(parent.Id)) depth++;
        return depth;
    }

    /// <summary>The policies attached directly to that root, organizational unit or account, sorted by type and name.</summary>
    internal IEnumerable<OrganizationPolicy> PoliciesOn(string targetId) => _policiesOn[targetId];

    /// <summary>The policies attached to what holds it, from the root down, each with where it is attached.</summary>
    internal IEnumerable<(OrganizationalUnit On, OrganizationPolicy Policy)> PoliciesAbove(string targetId) =>
        Ancestors(targetId).SelectMany(unit => _policiesOn[unit.Id], (unit, policy) => (unit, policy));

    /// <summary>False where the parent is unknown or goes in a circle: the path then begins with the parent's id. True for what is below such a unit.</summary>
    internal bool IsPlaced(string id) => !_unplaced.Contains(id);

    private OrganizationalUnit? ParentOf(string id)
    {
        if (_unplaced.Contains(id)) return null;
        var parentId = _accounts.TryGetValue(id, out var account) ? account.ParentId : _units.GetValueOrDefault(id)?.ParentId;
        return parentId is null ? null : _units.GetValueOrDefault(parentId);
    }

    private static ReadOnlySpan<T> Equal<T>(T[] sorted, Func<T, string> pathOf, string path)
    {
        var from = FirstNotBelow(sorted, pathOf, path);
        var to = from;
        while (to < sorted.Length && pathOf(sorted[to]) == path) to++;
        return sorted.AsSpan(from, to - from);
    }

    private static int FirstNotBelow<T>(T[] sorted, Func<T, string> pathOf, string path)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (OrganizationPath.TreeOrder.Compare(pathOf(sorted[middle]), path) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
