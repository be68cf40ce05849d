using System.Collections.Concurrent;

namespace Guardrails.Core.Tests;

/// <summary>An organization in memory behind the ports, with faults by operation and nth call, before or after the effect. One lock; time by hand.</summary>
internal sealed partial class FakeCloud : IOrganizationPort, IAccountPort, IAccountSettingsPort, IAccountAccessPort
{
    public const string RootId = "r-root";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AccountFacts> _accounts = [];
    private readonly Dictionary<string, Dictionary<string, string>> _tags = [];
    private readonly List<OrganizationalUnitFacts> _units = [];
    private readonly List<(AccountCreation Creation, AccountCreationOrder Order, DateTimeOffset DoneAt)> _creations = [];
    private readonly Dictionary<string, int> _calls = [];
    private int _next = 100;

    public AutoTime Clock { get; } = new();

    /// <summary>What happens to the nth call of an operation (from 1); null lets it through.</summary>
    public Func<string, int, Fault?> Faults { get; set; } = (_, _) => null;

    /// <summary>Why CreateAccount is refused at once.</summary>
    public Func<AccountCreationOrder, CloudException?> RefuseCreation { get; set; } = _ => null;

    public Func<AccountCreationOrder, string?> CreationFails { get; set; } = _ => null;

    /// <summary>Runs inside the cloud just before a call: somebody else's doing.</summary>
    public Action<string>? Meanwhile { get; set; }

    public ConcurrentQueue<string> Writes { get; } = [];

    /// <summary>Forgets the calls so far.</summary>
    public void Forget()
    {
        Writes.Clear();
        _calls.Clear();
    }

    public IReadOnlyCollection<AccountFacts> Accounts => _accounts.Values;

    public IReadOnlyList<OrganizationalUnitFacts> Units => _units;

    public List<OrganizationPolicy> Policies { get; } = [];

    public CloudPorts Ports => new(this, this, this, this, Clock, () => { });

    public IReadOnlyDictionary<string, string> TagsOf(string id) => _tags.GetValueOrDefault(id) ?? [];

    public OrganizationalUnitFacts AddUnit(string name, string parentId = RootId)
    {
        var unit = new OrganizationalUnitFacts($"ou-{_next++}", "arn", name, parentId);
        _units.Add(unit);
        return unit;
    }

    public AccountFacts AddAccount(string name, string email, string parentId = RootId, bool ours = true, AccountState state = AccountState.Active)
    {
        var account = new AccountFacts($"{_next++:D12}", "arn", name, email, state, parentId);
        _accounts[account.Id] = account;
        _tags[account.Id] = ours ? new(Ownership.Tags) : [];
        return account;
    }

    public void Place(string accountId, string parentId) => _accounts[accountId] = _accounts[accountId] with { ParentId = parentId };

    public void Change(string accountId, Func<AccountFacts, AccountFacts> change) => _accounts[accountId] = change(_accounts[accountId]);

    public void Remove(string accountId) => _accounts.Remove(accountId);

    public void RenameUnit(string id, string name) => _units[_units.FindIndex(unit => unit.Id == id)] = _units.First(unit => unit.Id == id) with { Name = name };

    public void RemoveUnit(string id) => _units.RemoveAll(unit => unit.Id == id);

    public Organization Organization() => Guardrails.Organization.From(Facts());

    public OrganizationFacts Facts() => new()
    {
        Id = "o-test",
        Arn = "arn",
        ManagementAccountId = "000000000001",
        ManagementAccountEmail = "m@example.com",
        FeatureSet = "ALL",
        Root = new OrganizationalUnitFacts(RootId, "arn", "Root", null),
        OrganizationalUnits = [.. _units],
        Accounts = [.. _accounts.Values],
        Policies = [.. Policies],
        ReadAt = Clock.GetUtcNow(),
        Detail = OrganizationDetail.None,
    };

    public Task<OrganizationFacts> ReadAsync(OrganizationDetail detail, CallScope scope) => Task.FromResult(Facts());

    public Task<string?> ReadEffectivePolicyAsync(string accountId, string policyType, CallScope scope) => Task.FromResult<string?>(null);

    public Task<IReadOnlyDictionary<string, string>> ReadTagsAsync(string resourceId, CallScope scope) => Call("ListTagsForResource", scope, () => TagsOf(resourceId));

    public Task<AccountFacts?> FindAccountAsync(string accountId, CallScope scope) => Call("DescribeAccount", scope, () => _accounts.GetValueOrDefault(accountId));

    public Task<OrganizationalUnitFacts?> FindOrganizationalUnitAsync(string parentId, string name, CallScope scope) =>
        Call("ListOrganizationalUnitsForParent", scope, () => _units.FirstOrDefault(unit => unit.ParentId == parentId && unit.Name == name));

    public Task<OrganizationalUnitFacts> CreateOrganizationalUnitAsync(string parentId, string name, IReadOnlyDictionary<string, string> tags, CallScope scope) =>
        Write("CreateOrganizationalUnit", scope, () =>
        {
            if (_units.Any(unit => unit.ParentId == parentId && unit.Name == name)) throw Refused("CreateOrganizationalUnit", "DuplicateOrganizationalUnitException");
            var unit = AddUnit(name, parentId);
            _tags[unit.Id] = new(tags);
            return unit;
        });

    public Task<string?> FindOrganizationalUnitNameAsync(string unitId, CallScope scope) =>
        Call("DescribeOrganizationalUnit", scope, () => _units.FirstOrDefault(unit => unit.Id == unitId)?.Name);

    public Task RenameOrganizationalUnitAsync(string unitId, string name, CallScope scope) => Write("UpdateOrganizationalUnit", scope, () =>
    {
        RenameUnit(unitId, name);
        return true;
    });

    public Task DeleteOrganizationalUnitAsync(string unitId, CallScope scope) => Write("DeleteOrganizationalUnit", scope, () =>
    {
        if (_units.Any(unit => unit.ParentId == unitId) || _accounts.Values.Any(account => account.ParentId == unitId)) throw Refused("DeleteOrganizationalUnit", "OrganizationalUnitNotEmptyException");
        RemoveUnit(unitId);
        return true;
    });

    public Task AttachPolicyAsync(string policyId, string targetId, CallScope scope) => Write("AttachPolicy", scope, () =>
    {
        var at = Policies.FindIndex(policy => policy.Id == policyId);
        if (Policies[at].Targets.Contains(targetId)) throw Refused("AttachPolicy", "DuplicatePolicyAttachmentException");
        Policies[at] = Policies[at] with { Targets = [.. Policies[at].Targets, targetId] };
        return true;
    });

    public Task MoveAccountAsync(string accountId, string sourceParentId, string destinationParentId, CallScope scope) => Write("MoveAccount", scope, () =>
    {
        if (_accounts[accountId].ParentId != sourceParentId) throw Refused("MoveAccount", "SourceParentNotFoundException");
        Place(accountId, destinationParentId);
        return true;
    });

    public Task SetTagsAsync(string resourceId, IReadOnlyDictionary<string, string> tags, CallScope scope) => Write("TagResource", scope, () =>
    {
        foreach (var (key, value) in tags) _tags[resourceId][key] = value;
        return true;
    });

    public Task RemoveTagsAsync(string resourceId, IReadOnlyCollection<string> keys, CallScope scope) => Write("UntagResource", scope, () => keys.All(_tags[resourceId].Remove));

    /// <summary>Somebody else begins a creation.</summary>
    public void CreateElsewhere(AccountCreationOrder order, TimeSpan takes) => Begin(order, takes);

    private AccountCreation Begin(AccountCreationOrder order, TimeSpan takes)
    {
        var creation = new AccountCreation($"car-{_next++}", AccountCreationState.InProgress, order.Name, null, null, Clock.GetUtcNow());
        _creations.Add((creation, order, Clock.GetUtcNow() + takes));
        return creation;
    }

    public Task<AccountCreation> StartCreationAsync(AccountCreationOrder order, CallScope scope) => Write("CreateAccount", scope, () =>
    {
        if (RefuseCreation(order) is { } refusal) throw refusal;
        return Begin(order, TimeSpan.FromSeconds(20));
    });

    public Task<AccountCreation> GetCreationAsync(string requestId, CallScope scope) =>
        Call("DescribeCreateAccountStatus", scope, () => _creations.First(entry => entry.Creation.RequestId == requestId).Creation);

    public Task<IReadOnlyList<AccountCreation>> ListCreationsAsync(IReadOnlyCollection<AccountCreationState> states, CallScope scope) =>
        Call<IReadOnlyList<AccountCreation>>("ListCreateAccountStatus", scope, () => [.. _creations.Select(entry => entry.Creation).Where(creation => states.Contains(creation.State))]);

    public Task CloseAccountAsync(string accountId, CallScope scope) => Write("CloseAccount", scope, () =>
    {
        _accounts[accountId] = _accounts[accountId] with { State = AccountState.PendingClosure };
        return true;
    });

    public Task<AccountFacts?> FindAccountByEmailAsync(string email, CallScope scope) =>
        Call("ListAccounts", scope, () => _accounts.Values.FirstOrDefault(account => account.Email.Equals(email, StringComparison.OrdinalIgnoreCase)));

    public static CloudException Refused(string operation, string code, string? reason = null) => new($"organizations:{operation}", code, "refused") { Reason = reason };

    private Task<T> Write<T>(string operation, CallScope scope, Func<T> effect) => Call(operation, scope, () =>
    {
        Writes.Enqueue(operation);
        return effect();
    });

    private async Task<T> Call<T>(string operation, CallScope scope, Func<T> effect)
    {
        await Task.Yield();
        scope.Cancel.ThrowIfCancellationRequested();
        lock (_lock)
        {
            FinishCreations();
            Meanwhile?.Invoke(operation);
            _calls[operation] = _calls.GetValueOrDefault(operation) + 1;
            var fault = Faults(operation, _calls[operation]);
            if (fault is { After: false }) throw fault.Error;
            var result = effect();
            return fault is null ? result : throw fault.Error;
        }
    }

    private void FinishCreations()
    {
        for (var i = 0; i < _creations.Count; i++)
        {
            var (creation, order, doneAt) = _creations[i];
            if (creation.State != AccountCreationState.InProgress || doneAt > Clock.GetUtcNow()) continue;
            var failure = CreationFails(order) ?? (_accounts.Values.Any(account => account.Email == order.Email) ? "EMAIL_ALREADY_EXISTS" : null);
            if (failure is not null)
            {
                _creations[i] = (creation with { State = AccountCreationState.Failed, FailureReason = failure }, order, doneAt);
                continue;
            }
            var account = AddAccount(order.Name, order.Email);
            _usableAt[account.Id] = doneAt + (UsableAfter ?? TimeSpan.Zero);
            _tags[account.Id] = new(order.Tags);
            _creations[i] = (creation with { State = AccountCreationState.Succeeded, AccountId = account.Id }, order, doneAt);
        }
    }
}

/// <param name="After">True: the call has had its effect when the error comes.</param>
internal sealed record Fault(CloudException Error, bool After)
{
    public static Fault Lost(bool after) => new(new CloudException("organizations:Any", "ConnectionFailed", "The connection was dropped.") { Outcome = CallOutcome.Unknown }, after);
}

/// <summary>Time that passes only by waiting: every timer is due at once, and moves the clock to its hour.</summary>
internal sealed class AutoTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero) Interlocked.Add(ref _ticks, dueTime.Ticks);
        return System.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : TimeSpan.Zero, period);
    }
}
