namespace Guardrails.Core.Tests;

/// <summary>Accounts' settings and people's access, in memory.</summary>
internal sealed partial class FakeCloud
{
    public const string Admins = "g-admins";
    public const string Jane = "u-jane";
    public const string NoRegion = "eu-nowhere-1";
    private static readonly IdentityCenter Center = new("arn:instance", "d-store");
    private readonly Dictionary<string, DateTimeOffset> _usableAt = [];
    private readonly Dictionary<(string Account, AlternateContactType Type), AlternateContact> _contacts = [];
    private readonly Dictionary<(string Account, string Region), DateTimeOffset> _enabledAt = [];
    private readonly HashSet<(AssignmentPlace Place, Principal Principal)> _assignments = [];
    private readonly Dictionary<string, (DateTimeOffset At, bool Give, AssignmentPlace Place, Principal Principal)> _assigning = [];

    /// <summary>From the end of a creation until the role can be assumed; null: never.</summary>
    public TimeSpan? UsableAfter { get; set; } = TimeSpan.Zero;

    public TimeSpan EnablingTakes { get; set; } = TimeSpan.FromMinutes(2);

    public bool HasIdentityCenter { get; set; } = true;

    /// <summary>Why the nth assignment ends as failed; null: it succeeds.</summary>
    public Func<int, string?> AssignmentFails { get; set; } = _ => null;

    public AlternateContact? ContactOf(string account, AlternateContactType type) => _contacts.GetValueOrDefault((account, type));

    public bool HasAccess(string account, string permissionSet, string principalId) =>
        _assignments.Any(one => one.Place.AccountId == account && one.Place.PermissionSetArn == "arn:" + permissionSet && one.Principal.Id == principalId);

    public bool IsEnabled(string account, string region) => _enabledAt.ContainsKey((account, region));

    public void Give(string account, string permissionSet, Principal principal) => _assignments.Add((new(Center.InstanceArn, "arn:" + permissionSet, account), principal));

    /// <summary>An account that is closed lets nobody in.</summary>
    public void Close(string account)
    {
        _accounts[account] = _accounts[account] with { State = AccountState.PendingClosure };
        _usableAt[account] = DateTimeOffset.MaxValue;
    }

    public void Rename(string account, string name) => _accounts[account] = _accounts[account] with { Name = name };

    public Task<string> GetNameAsync(string accountId, CallScope scope) => Call("GetAccountInformation", scope, () => _accounts[accountId].Name);

    public Task SetNameAsync(string accountId, string name, CallScope scope) => Write("PutAccountName", scope, () =>
    {
        Rename(accountId, name);
        return true;
    });

    public Task<AlternateContact?> FindContactAsync(string accountId, AlternateContactType type, CallScope scope) =>
        Call("GetAlternateContact", scope, () => ContactOf(accountId, type));

    public Task SetContactAsync(string accountId, AlternateContactType type, AlternateContact contact, CallScope scope) =>
        Write("PutAlternateContact", scope, () => _contacts[(accountId, type)] = contact);

    public Task RemoveContactAsync(string accountId, AlternateContactType type, CallScope scope) =>
        Write("DeleteAlternateContact", scope, () => _contacts.Remove((accountId, type)));

    public Task<RegionState> GetRegionAsync(string accountId, string region, CallScope scope) => Call("GetRegionOptStatus", scope, () =>
    {
        if (region == NoRegion) throw Refused("GetRegionOptStatus", "ValidationException");
        if (region == "us-east-1") return RegionState.EnabledByDefault;
        if (!_enabledAt.TryGetValue((accountId, region), out var at)) return RegionState.Disabled;
        return at <= Clock.GetUtcNow() ? RegionState.Enabled : RegionState.Enabling;
    });

    public Task EnableRegionAsync(string accountId, string region, CallScope scope) =>
        Write("EnableRegion", scope, () => _enabledAt[(accountId, region)] = Clock.GetUtcNow() + EnablingTakes);

    public Task<string?> WhyNotAssumableAsync(string accountId, string roleName, CallScope scope) =>
        Call("AssumeRole", scope, () => UsableAfter is null || _usableAt.GetValueOrDefault(accountId) > Clock.GetUtcNow() ? "not authorized" : null);

    public Task<IdentityCenter?> FindIdentityCenterAsync(CallScope scope) => Call("ListInstances", scope, () => HasIdentityCenter ? Center : null);

    public Task<IReadOnlyDictionary<string, string>> ListPermissionSetsAsync(IdentityCenter center, CallScope scope) =>
        Call<IReadOnlyDictionary<string, string>>("ListPermissionSets", scope, () => new Dictionary<string, string> { ["AdministratorAccess"] = "arn:AdministratorAccess", ["ReadOnly"] = "arn:ReadOnly" });

    public Task<string?> FindPrincipalAsync(IdentityCenter center, PrincipalType type, string name, CallScope scope) => Call("GetGroupId", scope, () => (type, name) switch
    {
        (PrincipalType.Group, "Admins") => Admins,
        (PrincipalType.User, "jane@example.com") => Jane,
        _ => null,
    });

    public Task<IReadOnlySet<Principal>> ListAssignmentsAsync(AssignmentPlace place, CallScope scope) => Call<IReadOnlySet<Principal>>("ListAccountAssignments", scope, () =>
    {
        FinishAssignments();
        return _assignments.Where(one => one.Place == place).Select(one => one.Principal).ToHashSet();
    });

    public Task<AssignmentRun> StartAssignmentAsync(AssignmentPlace place, Principal principal, CallScope scope) => Start("CreateAccountAssignment", true, place, principal, scope);

    public Task<AssignmentRun> GetAssignmentAsync(string instanceArn, string requestId, CallScope scope) => Status("DescribeAccountAssignmentCreationStatus", requestId, scope);

    public Task<AssignmentRun> StartRemovalAsync(AssignmentPlace place, Principal principal, CallScope scope) => Start("DeleteAccountAssignment", false, place, principal, scope);

    public Task<AssignmentRun> GetRemovalAsync(string instanceArn, string requestId, CallScope scope) => Status("DescribeAccountAssignmentDeletionStatus", requestId, scope);

    private Task<AssignmentRun> Start(string operation, bool give, AssignmentPlace place, Principal principal, CallScope scope) => Write(operation, scope, () =>
    {
        var id = $"assignment-{_assigning.Count + 1}";
        _assigning[id] = (Clock.GetUtcNow().AddSeconds(5), give, place, principal);
        return new AssignmentRun(id, AssignmentState.InProgress, null);
    });

    private Task<AssignmentRun> Status(string operation, string requestId, CallScope scope) => Call(operation, scope, () =>
    {
        FinishAssignments();
        var run = _assigning[requestId];
        if (run.At > Clock.GetUtcNow()) return new AssignmentRun(requestId, AssignmentState.InProgress, null);
        var failure = AssignmentFails(int.Parse(requestId["assignment-".Length..], System.Globalization.CultureInfo.InvariantCulture));
        return new AssignmentRun(requestId, failure is null ? AssignmentState.Succeeded : AssignmentState.Failed, failure);
    });

    private void FinishAssignments()
    {
        foreach (var (id, run) in _assigning.Where(one => one.Value.At <= Clock.GetUtcNow()))
        {
            if (AssignmentFails(int.Parse(id["assignment-".Length..], System.Globalization.CultureInfo.InvariantCulture)) is not null) continue;
            if (run.Give) _assignments.Add((run.Place, run.Principal));
            else _assignments.Remove((run.Place, run.Principal));
        }
    }
}
