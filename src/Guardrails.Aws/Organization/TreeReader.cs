using Amazon.Organizations;
using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>
/// Reads the organizational units from the root down, and the accounts.
/// <para>
/// ListAccounts is a chain: 20 accounts a page, each page after the one before. It places every account by its path, so a small
/// organization costs few calls; but ten thousand accounts are 500 round trips, one after another. After <see cref="PatientPages"/>
/// pages, if the accounts seen outnumber the organizational units found and are spread over several, the chain is left and the accounts
/// are listed by parent, in parallel: at most one call more per organizational unit, and a fraction of the time.
/// </para>
/// <para>
/// Nothing of this is one moment. An account that moves during the read can be met twice (the later answer counts) or, by parent, be
/// missed; those that the chain had seen already are then looked up one by one. The next read has it right.
/// </para>
/// </summary>
internal sealed class TreeReader(IAmazonOrganizations client, OrganizationsPort port, ReadRun run)
{
    private const int PatientPages = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OrganizationalUnitFacts> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountFacts> _accounts = new(StringComparer.Ordinal);
    private readonly List<Task> _parentListings = [];
    private string? _root;
    private bool _byParent;

    /// <summary>Those found, once all has been read, by id.</summary>
    public IReadOnlyList<OrganizationalUnitFacts> Units => [.. _units.Values.OrderBy(u => u.Id, StringComparer.Ordinal)];

    /// <summary>Those found, once all has been read, by id.</summary>
    public IReadOnlyList<AccountFacts> Accounts => [.. _accounts.Values.OrderBy(a => a.Id, StringComparer.Ordinal)];

    public async Task<Model.Root?> RootAsync()
    {
        var roots = await run.AllowedAsync(
            "organizations:ListRoots", "the tree",
            () => Listing.AllAsync(
                run.Caller, "organizations:ListRoots", (token, cancel) => client.ListRootsAsync(new() { NextToken = token }, cancel),
                a => a.NextToken, a => a.Roots, r => r.Id, run.Scope),
            essential: true);
        if (roots is null) return null;
        return roots.Count > 0 ? roots[0] : throw new CloudException("organizations:ListRoots", "InvalidAnswer", "The organization has no root.");
    }

    /// <summary>The accounts, while the walk goes on; by parent, where that is faster.</summary>
    /// <param name="walk">The walk through the organizational units.</param>
    public async Task AccountsAsync(Task walk)
    {
        var chain = run.First(ChainAsync());
        await Task.WhenAll(chain, walk).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll([chain, walk, .. _parentListings]);
        await LookUpStraysAsync(await chain);
    }

    /// <summary>Finds everything below a parent, level by level, the branches in parallel.</summary>
    public async Task WalkAsync(string parentId)
    {
        lock (_lock)
        {
            if (parentId.StartsWith("r-", StringComparison.Ordinal) && _byParent) ListByParent(parentId);
            _root ??= parentId;
        }
        var branches = new List<Task>();
        await run.AllowedAsync(
            "organizations:ListOrganizationalUnitsForParent", "organizational units",
            async () =>
            {
                await Listing.ReadAsync(
                    run.Caller, "organizations:ListOrganizationalUnitsForParent",
                    (token, cancel) => client.ListOrganizationalUnitsForParentAsync(new() { ParentId = parentId, NextToken = token }, cancel),
                    a => a.NextToken,
                    a =>
                    {
                        var news = (a.OrganizationalUnits ?? []).Where(u => Found(OrganizationTranslation.Facts(u, parentId))).ToList();
                        branches.AddRange(news.Select(u => run.First(BranchAsync(u.Id))));
                        return (news.Count, true);
                    },
                    run.Scope);
                return true;
            },
            essential: true);
        await Task.WhenAll([.. branches]);
    }

    /// <summary>A branch, which may be deleted meanwhile.</summary>
    private async Task BranchAsync(string unitId)
    {
        try
        {
            await WalkAsync(unitId);
        }
        catch (CloudException e) when (ReadRun.IsGone(e))
        {
            lock (_lock) _units.Remove(unitId);
            run.SawUnits(-1);
        }
    }

    private bool Found(OrganizationalUnitFacts unit)
    {
        lock (_lock)
        {
            if (!_units.TryAdd(unit.Id, unit)) return false;
            if (_byParent) ListByParent(unit.Id);
        }
        run.SawUnits(1);
        return true;
    }

    /// <summary>Follows the chain of all accounts, and leaves it where listing by parent is faster. What it saw, with AWS's places.</summary>
    private async Task<IReadOnlyCollection<string>> ChainAsync()
    {
        var pages = 0;
        var byParent = new Dictionary<string, int>(StringComparer.Ordinal);
        var chained = new HashSet<string>(StringComparer.Ordinal);
        await run.AllowedAsync(
            "organizations:ListAccounts", "accounts",
            async () =>
            {
                await Listing.ReadAsync(
                    run.Caller, "organizations:ListAccounts", (token, cancel) => client.ListAccountsAsync(new() { NextToken = token }, cancel),
                    a => a.NextToken, Take, run.Scope, urgent: true);
                return true;
            },
            essential: true);
        return chained;

        (int, bool) Take(Model.ListAccountsResponse page)
        {
            var before = chained.Count;
            pages++;
            foreach (var account in page.Accounts ?? [])
            {
                chained.Add(account.Id);
                if (OrganizationTranslation.ParentOf(account) is not { } parent)
                {
                    // An AWS that gives no paths: only the listings by parent say where an account is.
                    SwitchToParents();
                    return (1, false);
                }
                byParent[parent] = byParent.GetValueOrDefault(parent) + 1;
                Placed(OrganizationTranslation.Facts(account, parent));
            }
            var slow = pages >= PatientPages && CountUnits() < chained.Count && byParent.Values.Max() < chained.Count / 2;
            if (slow && !string.IsNullOrEmpty(page.NextToken)) SwitchToParents();
            return (chained.Count - before, !_byParent);
        }
    }

    private int CountUnits()
    {
        lock (_lock) return _units.Count;
    }

    private void SwitchToParents()
    {
        lock (_lock)
        {
            _byParent = true;
            run.SawAccounts(-_accounts.Count);
            _accounts.Clear();
            if (_root is not null) ListByParent(_root);
            foreach (var unit in _units.Keys) ListByParent(unit);
        }
    }

    /// <summary>Called under the lock.</summary>
    private void ListByParent(string parentId) => _parentListings.Add(run.First(Task.Run(() => ByParentAsync(parentId))));

    private async Task ByParentAsync(string parentId)
    {
        try
        {
            await run.AllowedAsync(
                "organizations:ListAccountsForParent", "accounts",
                async () =>
                {
                    await Listing.ReadAsync(
                        run.Caller, "organizations:ListAccountsForParent",
                        (token, cancel) => client.ListAccountsForParentAsync(new() { ParentId = parentId, NextToken = token }, cancel),
                        a => a.NextToken,
                        a =>
                        {
                            foreach (var account in a.Accounts ?? []) Placed(OrganizationTranslation.Facts(account, parentId));
                            return (a.Accounts?.Count ?? 0, true);
                        },
                        run.Scope);
                    return true;
                },
                essential: true);
        }
        catch (CloudException e) when (ReadRun.IsGone(e))
        {
            // Only an empty organizational unit can be deleted.
        }
    }

    private void Placed(AccountFacts account)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = _accounts.TryAdd(account.Id, account);
            _accounts[account.Id] = account;
        }
        if (isNew) run.SawAccounts(1);
    }

    /// <summary>Accounts that the chain saw and no parent held: they moved meanwhile, or left.</summary>
    private async Task LookUpStraysAsync(IReadOnlyCollection<string> chained)
    {
        if (!_byParent) return;
        foreach (var id in chained.Where(id => !_accounts.ContainsKey(id)).ToList())
            if (await port.FindAccountAsync(id, run.Scope) is { } account) Placed(account);
    }

    /// <summary>Walks again where an account is in an organizational unit that was made after the walk had passed.</summary>
    public async Task FindNewUnitsAsync(string rootId)
    {
        if (run.IsDenied("organizations:ListOrganizationalUnitsForParent")) return;
        if (_accounts.Values.All(a => a.ParentId == rootId || _units.ContainsKey(a.ParentId))) return;
        _byParent = false;
        run.SawUnits(-_units.Count);
        _units.Clear();
        await WalkAsync(rootId);
    }
}
