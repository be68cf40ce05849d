using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Amazon.Organizations;
using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>
/// One read of an organization: the tree from the root down, the accounts, and the policies with their targets, all at once.
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
internal sealed class OrganizationReader
{
    private const int PatientPages = 50;

    /// <summary>The types of August 2026, to find policies of a type that is off; types that a newer AWS has on are read from the root.</summary>
    private static readonly string[] KnownPolicyTypes =
    [
        "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
        "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY",
        "NETWORK_SECURITY_DIRECTOR_POLICY",
    ];

    private readonly IAmazonOrganizations _client;
    private readonly AwsCaller _caller;
    private readonly OrganizationsPort _port;
    private readonly TimeProvider _clock;
    private readonly OrganizationDetail _detail;
    private readonly CallScope _scope;
    private readonly CancellationTokenSource _stop;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OrganizationalUnitFacts> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountFacts> _accounts = new(StringComparer.Ordinal);
    private readonly List<Task> _parentListings = [];
    private readonly ConcurrentDictionary<string, string> _gaps = new(StringComparer.Ordinal);
    private string? _root;
    private bool _byParent;
    private int _policiesRead;
    private ExceptionDispatchInfo? _failure;

    private OrganizationReader(
        IAmazonOrganizations client, AwsCaller caller, OrganizationsPort port, TimeProvider clock, OrganizationDetail detail, CallScope scope, CancellationTokenSource stop)
    {
        (_client, _caller, _port, _clock, _detail, _stop) = (client, caller, port, clock, detail, stop);
        _scope = scope with { Cancel = stop.Token };
    }

    public static async Task<OrganizationFacts> ReadAsync(
        IAmazonOrganizations client, AwsCaller caller, OrganizationsPort port, TimeProvider clock, OrganizationDetail detail, CallScope scope)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancel);
        var reader = new OrganizationReader(client, caller, port, clock, detail, scope, stop);
        try
        {
            return await reader.ReadAsync();
        }
        catch (Exception) when (reader._failure is not null)
        {
            reader._failure.Throw();
            throw;
        }
    }

    private async Task<OrganizationFacts> ReadAsync()
    {
        var organization = await OrganizationsPort.DescribeAsync(_caller, _client, _scope);
        var accounts = First(AccountsAsync());
        var services = First(ServicesAsync());
        var tree = First(TreeAsync());
        await SettledAsync(tree, accounts, services);
        await SettledAsync([.. _parentListings]);
        await LookUpStraysAsync(await accounts);
        var (root, policies) = await tree;

        var rootFacts = root is null ? UnseenRoot() : new OrganizationalUnitFacts(root.Id, root.Arn, root.Name, null);
        if (root is not null) await FindNewUnitsAsync(root.Id);
        var facts = new OrganizationFacts
        {
            Id = organization.Id,
            Arn = organization.Arn,
            ManagementAccountId = organization.MasterAccountId,
            ManagementAccountEmail = organization.MasterAccountEmail,
            FeatureSet = organization.FeatureSet?.Value ?? "",
            Root = rootFacts,
            PolicyTypes = [.. (root?.PolicyTypes ?? []).Where(t => t.Status?.Value == "ENABLED").Select(t => t.Type.Value).Order(StringComparer.Ordinal)],
            OrganizationalUnits = [.. _units.Values.OrderBy(u => u.Id, StringComparer.Ordinal)],
            Accounts = [.. _accounts.Values.OrderBy(a => a.Id, StringComparer.Ordinal)],
            Policies = policies,
            DelegatedAdministrators = (await services).Administrators,
            ServiceAccess = (await services).Access,
            ReadAt = _clock.GetUtcNow(),
            Detail = _detail,
        };
        if (_detail.HasFlag(OrganizationDetail.Tags)) facts = await WithTagsAsync(facts);
        return facts with { Gaps = [.. _gaps.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Value)] };
    }

    /// <summary>Keeps the first failure and stops all else: the others then only say that they were stopped.</summary>
    private async Task<T> First<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            await _stop.CancelAsync();
            throw;
        }
    }

    private Task<bool> First(Task work) => First(Done(work));

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }

    /// <summary>Waits until all have ended, also when one fails, so that no call outlives the read.</summary>
    private static Task SettledAsync(params Task[] work) => Task.WhenAll(work);

    private async Task<(Model.Root? Root, IReadOnlyList<OrganizationPolicy> Policies)> TreeAsync()
    {
        var root = await RootAsync();
        var policies = First(PoliciesAsync([.. (root?.PolicyTypes ?? []).Select(t => t.Type?.Value).OfType<string>()]));
        await SettledAsync(policies, root is null ? Task.CompletedTask : First(WalkAsync(root.Id)));
        return (root, await policies);
    }

    private async Task<Model.Root?> RootAsync()
    {
        var roots = await AllowedAsync(
            "organizations:ListRoots", "the tree",
            () => Listing.AllAsync(
                _caller, "organizations:ListRoots", (token, cancel) => _client.ListRootsAsync(new() { NextToken = token }, cancel),
                a => a.NextToken, a => a.Roots, r => r.Id, _scope),
            essential: true);
        if (roots is null) return null;
        return roots.Count > 0 ? roots[0] : throw new CloudException("organizations:ListRoots", "InvalidAnswer", "The organization has no root.");
    }

    /// <summary>Finds everything below a parent, level by level, the branches in parallel.</summary>
    private async Task WalkAsync(string parentId)
    {
        lock (_lock)
        {
            if (parentId.StartsWith("r-", StringComparison.Ordinal) && _byParent) ListByParent(parentId);
            _root ??= parentId;
        }
        var branches = new List<Task>();
        await AllowedAsync(
            "organizations:ListOrganizationalUnitsForParent", "organizational units",
            async () =>
            {
                await Listing.ReadAsync(
                    _caller, "organizations:ListOrganizationalUnitsForParent",
                    (token, cancel) => _client.ListOrganizationalUnitsForParentAsync(new() { ParentId = parentId, NextToken = token }, cancel),
                    a => a.NextToken,
                    a =>
                    {
                        var news = (a.OrganizationalUnits ?? []).Where(u => Found(OrganizationTranslation.Facts(u, parentId))).ToList();
                        branches.AddRange(news.Select(u => First(WalkAsync(u.Id))));
                        return (news.Count, true);
                    },
                    _scope);
                return true;
            },
            essential: true);
        await SettledAsync([.. branches]);
    }

    private bool Found(OrganizationalUnitFacts unit)
    {
        lock (_lock)
        {
            if (!_units.TryAdd(unit.Id, unit)) return false;
            if (_byParent) ListByParent(unit.Id);
        }
        Progress();
        return true;
    }

    /// <summary>Follows the chain of all accounts, and leaves it where listing by parent is faster. What it saw, with AWS's places.</summary>
    private async Task<IReadOnlyCollection<string>> AccountsAsync()
    {
        var pages = 0;
        var byParent = new Dictionary<string, int>(StringComparer.Ordinal);
        var chained = new HashSet<string>(StringComparer.Ordinal);
        await AllowedAsync(
            "organizations:ListAccounts", "accounts",
            async () =>
            {
                await Listing.ReadAsync(
                    _caller, "organizations:ListAccounts", (token, cancel) => _client.ListAccountsAsync(new() { NextToken = token }, cancel),
                    a => a.NextToken, Take, _scope, urgent: true);
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
            Progress();
            var slow = pages >= PatientPages && Units() < chained.Count && byParent.Values.Max() < chained.Count / 2;
            if (slow && !string.IsNullOrEmpty(page.NextToken)) SwitchToParents();
            return (chained.Count - before, !_byParent);
        }
    }

    private int Units()
    {
        lock (_lock) return _units.Count;
    }

    private void SwitchToParents()
    {
        lock (_lock)
        {
            _byParent = true;
            _accounts.Clear();
            if (_root is not null) ListByParent(_root);
            foreach (var unit in _units.Keys) ListByParent(unit);
        }
    }

    /// <summary>Called under the lock.</summary>
    private void ListByParent(string parentId) => _parentListings.Add(First(Task.Run(() => AllowedAsync(
        "organizations:ListAccountsForParent", "accounts",
        async () =>
        {
            await Listing.ReadAsync(
                _caller, "organizations:ListAccountsForParent",
                (token, cancel) => _client.ListAccountsForParentAsync(new() { ParentId = parentId, NextToken = token }, cancel),
                a => a.NextToken,
                a =>
                {
                    foreach (var account in a.Accounts ?? []) Placed(OrganizationTranslation.Facts(account, parentId));
                    Progress();
                    return (a.Accounts?.Count ?? 0, true);
                },
                _scope);
            return true;
        },
        essential: true))));

    private void Placed(AccountFacts account)
    {
        lock (_lock) _accounts[account.Id] = account;
    }

    /// <summary>Accounts that the chain saw and no parent held: they moved meanwhile, or left.</summary>
    private async Task LookUpStraysAsync(IReadOnlyCollection<string> chained)
    {
        if (!_byParent) return;
        foreach (var id in chained.Where(id => !_accounts.ContainsKey(id)).ToList())
            if (await _port.FindAccountAsync(id, _scope) is { } account) Placed(account);
    }

    /// <summary>Walks again where an account is in an organizational unit that was made after the walk had passed.</summary>
    private async Task FindNewUnitsAsync(string rootId)
    {
        if (_gaps.ContainsKey("organizations:ListOrganizationalUnitsForParent")) return;
        if (_accounts.Values.All(a => a.ParentId == rootId || _units.ContainsKey(a.ParentId))) return;
        _byParent = false;
        _units.Clear();
        await WalkAsync(rootId);
    }

    private async Task<IReadOnlyList<OrganizationPolicy>> PoliciesAsync(IReadOnlyCollection<string> onRoot)
    {
        var byType = await Task.WhenAll(KnownPolicyTypes.Union(onRoot, StringComparer.Ordinal).Select(type => First(PoliciesOfTypeAsync(type, onRoot.Contains(type)))));
        return [.. byType.SelectMany(p => p).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<OrganizationPolicy>> PoliciesOfTypeAsync(string type, bool onRoot)
    {
        var reading = new List<Task<OrganizationPolicy?>>();
        try
        {
            await AllowedAsync(
                "organizations:ListPolicies", "policies",
                async () =>
                {
                    await Listing.ReadAsync(
                        _caller, "organizations:ListPolicies", (token, cancel) => _client.ListPoliciesAsync(new() { Filter = type, NextToken = token }, cancel),
                        a => a.NextToken,
                        a =>
                        {
                            reading.AddRange((a.Policies ?? []).Select(p => First(PolicyAsync(p))));
                            return (a.Policies?.Count ?? 0, true);
                        },
                        _scope);
                    return true;
                });
        }
        catch (CloudException e) when (!onRoot && e.Code is "PolicyTypeNotAvailableForOrganizationException" or "InvalidInputException" or "UnsupportedAPIEndpointException")
        {
            // This partition or organization does not know the type.
        }
        return [.. (await Task.WhenAll(reading)).OfType<OrganizationPolicy>()];
    }

    private async Task<OrganizationPolicy?> PolicyAsync(Model.PolicySummary policy)
    {
        var targets = policy.AwsManaged == true && !_detail.HasFlag(OrganizationDetail.AwsManagedAttachments)
            ? Task.FromResult<List<Model.PolicyTargetSummary>?>(null)
            : AllowedAsync(
                "organizations:ListTargetsForPolicy", "what policies are attached to",
                () => Listing.AllAsync(
                    _caller, "organizations:ListTargetsForPolicy",
                    (token, cancel) => _client.ListTargetsForPolicyAsync(new() { PolicyId = policy.Id, NextToken = token }, cancel),
                    a => a.NextToken, a => a.Targets, t => t.TargetId, _scope));
        var content = _detail.HasFlag(OrganizationDetail.PolicyContent) ? ContentAsync(policy.Id) : Task.FromResult<string?>(null);
        await SettledAsync(targets, content);
        Interlocked.Increment(ref _policiesRead);
        Progress();
        return new OrganizationPolicy
        {
            Id = policy.Id,
            Arn = policy.Arn,
            Name = policy.Name,
            Description = policy.Description ?? "",
            Type = policy.Type?.Value ?? "",
            AwsManaged = policy.AwsManaged ?? false,
            Targets = [.. (await targets ?? []).Select(t => t.TargetId).Order(StringComparer.Ordinal)],
            Content = await content,
        };
    }

    private Task<string?> ContentAsync(string policyId) => AllowedAsync(
        "organizations:DescribePolicy", "the contents of policies",
        async () =>
        {
            var read = AwsOperation.Read("organizations:DescribePolicy");
            var answer = await _caller.CallAsync(read, cancel => _client.DescribePolicyAsync(new() { PolicyId = policyId }, cancel), _scope);
            return answer.Policy?.Content;
        });

    private async Task<(IReadOnlyList<DelegatedAdministrator> Administrators, IReadOnlyList<string> Access)> ServicesAsync()
    {
        if (!_detail.HasFlag(OrganizationDetail.Services)) return ([], []);
        var access = First(AllowedAsync(
            "organizations:ListAWSServiceAccessForOrganization", "services with access",
            () => Listing.AllAsync(
                _caller, "organizations:ListAWSServiceAccessForOrganization",
                (token, cancel) => _client.ListAWSServiceAccessForOrganizationAsync(new() { NextToken = token }, cancel),
                a => a.NextToken, a => a.EnabledServicePrincipals, s => s.ServicePrincipal, _scope)));
        var administrators = await AllowedAsync(
            "organizations:ListDelegatedAdministrators", "delegated administrators",
            () => Listing.AllAsync(
                _caller, "organizations:ListDelegatedAdministrators",
                (token, cancel) => _client.ListDelegatedAdministratorsAsync(new() { NextToken = token }, cancel),
                a => a.NextToken, a => a.DelegatedAdministrators, d => d.Id, _scope));
        var withServices = await Task.WhenAll((administrators ?? []).Select(d => First(DelegatedAsync(d.Id))));
        return ([.. withServices.OrderBy(d => d.AccountId, StringComparer.Ordinal)],
            [.. (await access ?? []).Select(s => s.ServicePrincipal).Order(StringComparer.Ordinal)]);
    }

    private async Task<DelegatedAdministrator> DelegatedAsync(string accountId)
    {
        var services = await AllowedAsync(
            "organizations:ListDelegatedServicesForAccount", "the services of delegated administrators",
            () => Listing.AllAsync(
                _caller, "organizations:ListDelegatedServicesForAccount",
                (token, cancel) => _client.ListDelegatedServicesForAccountAsync(new() { AccountId = accountId, NextToken = token }, cancel),
                a => a.NextToken, a => a.DelegatedServices, s => s.ServicePrincipal, _scope));
        return new(accountId, [.. (services ?? []).Select(s => s.ServicePrincipal).Order(StringComparer.Ordinal)]);
    }

    private async Task<OrganizationFacts> WithTagsAsync(OrganizationFacts facts)
    {
        var root = facts.Root.Arn.Length == 0 ? Task.FromResult(facts.Root) : TaggedAsync(facts.Root, facts.Root.Id, (x, t) => x with { Tags = t });
        var units = Task.WhenAll(facts.OrganizationalUnits.Select(u => TaggedAsync(u, u.Id, (x, t) => x with { Tags = t })));
        var accounts = Task.WhenAll(facts.Accounts.Select(a => TaggedAsync(a, a.Id, (x, t) => x with { Tags = t })));
        var policies = Task.WhenAll(facts.Policies.Select(p => p.AwsManaged ? Task.FromResult(p) : TaggedAsync(p, p.Id, (x, t) => x with { Tags = t })));
        await SettledAsync(root, units, accounts, policies);
        return facts with { Root = await root, OrganizationalUnits = await units, Accounts = await accounts, Policies = await policies };
    }

    private async Task<T> TaggedAsync<T>(T item, string id, Func<T, IReadOnlyDictionary<string, string>?, T> with) =>
        with(item, await First(AllowedAsync("organizations:ListTagsForResource", "tags", () => _port.ReadTagsAsync(id, _scope))));

    /// <summary>
    /// What AWS denies becomes a gap of the result, not its end. Not so what the management account needs for the tree itself:
    /// there a permission is missing, and a result without accounts would only mislead.
    /// </summary>
    private async Task<T?> AllowedAsync<T>(string operation, string what, Func<Task<T>> read, bool essential = false)
    {
        if (_gaps.ContainsKey(operation)) return default;
        try
        {
            return await read();
        }
        catch (CloudException e) when (e.Code == "AccessDeniedException" && !(essential && _caller.Caller.Role == CallerRole.ManagementAccount))
        {
            _gaps.TryAdd(operation, $"{what} could not be read: {operation} is denied to account {_caller.Caller.AccountId}. {e.NextStep}");
            return default;
        }
    }

    /// <summary>Stands for the root that the caller may not see.</summary>
    private static OrganizationalUnitFacts UnseenRoot() => new("r-unseen", "", "Root", null);

    private void Progress()
    {
        if (_scope.Progress is not { } progress) return;
        string text;
        lock (_lock) text = $"{_accounts.Count} accounts, {_units.Count} organizational units, {_policiesRead} policies";
        progress(text);
    }
}
