namespace Guardrails;

/// <summary>One request and what the plan does about it.</summary>
/// <param name="Account">The account that is there already and is ours; null where it is to be made.</param>
/// <param name="Changes">Its own changes, in order; none where it is settled.</param>
/// <param name="Units">The changes that make its missing organizational units, from the top down.</param>
/// <param name="Settled">The result, where it is known without a change: unchanged, in conflict, or not sendable.</param>
internal sealed record AccountPlanRow(AccountRequest Request, Account? Account, IReadOnlyList<Change> Changes, IReadOnlyList<Change> Units, AccountVendingResult? Settled)
{
    /// <summary>What is to be said beside the outcome, because the request is not met in full; null where it is.</summary>
    public string? Note { get; init; }

    public AccessDirectory Directory { get; init; } = AccessDirectory.None;
}

/// <summary>What the planner must know of the cloud beyond the organization's tree.</summary>
/// <param name="TagsOf">The tags of every account whose email is requested, by account id.</param>
/// <param name="CreationsInProgress">Request ids of the creations under way, by account name.</param>
internal sealed record AccountPlanFacts(
    Organization Organization, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> TagsOf, IReadOnlyDictionary<string, string> CreationsInProgress)
{
    /// <summary>Contacts, Regions and access of every account whose email is requested, by account id.</summary>
    public IReadOnlyDictionary<string, AccountSettings> SettingsOf { get; init; } = new Dictionary<string, AccountSettings>();

    public AccessDirectory Directory { get; init; } = AccessDirectory.None;
}

/// <param name="CreateOrganizationalUnits">Make organizational units that are missing.</param>
/// <param name="Adopt">Take over accounts that this module did not make, where their email is requested.</param>
internal sealed record AccountPlanOptions(bool CreateOrganizationalUnits, bool Adopt);

/// <summary>Turns requests into changes: the difference between what is wanted and what is there. Decides nothing by name, only by email.</summary>
internal sealed class AccountPlanner(AccountPlanFacts facts, AccountPlanOptions options)
{
    private readonly Dictionary<string, Change> _newUnits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _seenEmails = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);

    /// <summary>One row for each request, in the same order.</summary>
    public static IReadOnlyList<AccountPlanRow> Plan(IEnumerable<AccountRequest> requests, AccountPlanFacts facts, AccountPlanOptions options)
    {
        var planner = new AccountPlanner(facts, options);
        return [.. requests.Select(request => planner.Row(request) with { Note = AccountSettingsPlanner.Note(request, facts.Directory), Directory = facts.Directory })];
    }

    private AccountPlanRow Row(AccountRequest asked)
    {
        var request = asked with { OrganizationalUnit = PathOf(asked.OrganizationalUnit) };
        var faults = AccountRequestCheck.Faults(request).ToList();
        if (faults.Count > 0) return Failed(request, "InvalidRequest", string.Join(" ", faults.Select(fault => fault.Message)), "Correct the request and run the same command again.");
        if (!_seenEmails.TryAdd(request.Email, request.Source ?? request.Name))
            return Failed(request, "DuplicateEmail", $"The email '{request.Email}' is also in {_seenEmails[request.Email]}; an account has one of its own.", "Give each account an email of its own.");

        var account = facts.Organization.AccountByEmail(request.Email);
        if (account is not null && Refusal(request, account) is { } refused) return new AccountPlanRow(request, account, [], [], refused);
        if (SettingsProblem(request, account) is { } problem) return Failed(request, problem.Reason, problem.Message, problem.NextStep) with { Account = account };

        var unit = facts.Organization.UnitAt(request.OrganizationalUnit);
        if (unit is null && !options.CreateOrganizationalUnits)
            return Failed(request, "OrganizationalUnitNotFound", $"There is no organizational unit '{request.OrganizationalUnit}'.", "Correct the path, or have it made with -CreateOrganizationalUnit.");
        var units = unit is null ? NewUnits(request.OrganizationalUnit) : [];
        return account is null ? Creation(request, unit, units) : Correction(request, account, unit, units);
    }

    private AccountVendingResult? Refusal(AccountRequest request, Account account)
    {
        // A closed account can be taken over by nobody, so that is said first.
        if (account.State is not (AccountState.Active or AccountState.PendingActivation or AccountState.Unknown))
            return AccountVendingResult.Of(request, AccountOutcome.Failed) with
            {
                AccountId = account.Id,
                Reason = "AccountNotActive",
                Message = $"Account {account.Id} at '{account.Path}' has that email and is {account.State}.",
                NextStep = "Use another email: AWS does not give one free again.",
            };
        if (options.Adopt || Ownership.IsOurs(facts.TagsOf[account.Id])) return null;
        return AccountVendingResult.Of(request, AccountOutcome.Conflict) with
        {
            AccountId = account.Id,
            Reason = "NotOurs",
            Message = $"Account {account.Id} at '{account.Path}' has that email and was not made by this module; it was not touched.",
            NextStep = "Take it over with -Adopt, or use another email.",
        };
    }

    private AccountPlanRow Creation(AccountRequest request, OrganizationalUnit? unit, IReadOnlyList<Change> units)
    {
        var root = facts.Organization.Root;
        var address = AddressOf(OrganizationPath.Join(unit?.Path ?? OrganizationalUnitChanges.PathOf(units[^1]), request.Name), request);
        var create = AccountChanges.Create(address, request, facts.CreationsInProgress.GetValueOrDefault(request.Name), LastOf(units));
        var settings = AccountSettingsPlanner.Changes(request, new AccountReference(address, null, [create.Id]), AccountSettings.None, facts.Directory);
        if (unit?.Id == root.Id) return new AccountPlanRow(request, null, [create, .. settings], units, null);
        var move = AccountChanges.Move(address, null, root, unit?.Path ?? OrganizationalUnitChanges.PathOf(units[^1]), unit, [create.Id]);
        return new AccountPlanRow(request, null, [create, move, .. settings], units, null);
    }

    private AccountPlanRow Correction(AccountRequest request, Account account, OrganizationalUnit? unit, IReadOnlyList<Change> units)
    {
        var changes = new List<Change>();
        var address = AddressOf(account.Path, request);
        var tags = facts.TagsOf[account.Id];
        if (!Ownership.IsOurs(tags)) changes.Add(AccountChanges.Adopt(address, account));
        List<string> adopted = [.. changes.Select(change => change.Id)];
        List<string> first = [.. adopted, .. LastOf(units)];
        if (unit?.Id != account.ParentId) changes.Add(AccountChanges.Move(address, account, facts.Organization.Root, unit?.Path ?? OrganizationalUnitChanges.PathOf(units[^1]), unit, first));
        var wrong = request.Tags.Where(tag => !tags.TryGetValue(tag.Key, out var value) || value != tag.Value).ToDictionary(StringComparer.Ordinal);
        if (wrong.Count > 0)
            changes.Add(AccountChanges.Tag(address, account, tags.Where(tag => wrong.ContainsKey(tag.Key)).ToDictionary(StringComparer.Ordinal), wrong));
        if (account.Name != request.Name) changes.Add(AccountNameChanges.Rename(address, account, request.Name) with { DependsOn = adopted });
        changes.AddRange(AccountSettingsPlanner.Changes(request, new AccountReference(address, account.Id, adopted), SettingsOf(account), facts.Directory));
        if (changes.Count > 0) return new AccountPlanRow(request, account, changes, units, null);
        return new AccountPlanRow(request, account, [], [], AccountVendingResult.Of(request, AccountOutcome.Unchanged) with { AccountId = account.Id });
    }

    // An id or an ARN of an organizational unit is as good as its path.
    private string PathOf(string unit) => unit.StartsWith('/') ? unit : facts.Organization.UnitById(unit[(unit.LastIndexOf('/') + 1)..])?.Path ?? unit;

    private (string Reason, string Message, string NextStep)? SettingsProblem(AccountRequest request, Account? account)
    {
        if (request.Access.Select(facts.Directory.ProblemWith).FirstOrDefault(problem => problem is not null) is { } problem) return problem;
        if (account is null || SettingsOf(account).Fault is not { } fault) return null;
        return (fault.Reason ?? fault.Code, $"Account {account.Id} is there, and its settings cannot be read: {fault.Operation}: {fault.Message}",
            fault.NextStep ?? "Allow the caller to read them, or remove contacts, Regions and access from the request.");
    }

    private AccountSettings SettingsOf(Account account) => facts.SettingsOf.GetValueOrDefault(account.Id) ?? AccountSettings.None;

    // Shared by all rows that need them: each missing step is made once.
    private List<Change> NewUnits(string path)
    {
        var needed = new List<Change>();
        var parent = facts.Organization.Root;
        var at = OrganizationPath.Root;
        Change? above = null;
        foreach (var name in OrganizationPath.Split(path))
        {
            var wanted = OrganizationPath.Join(at, name);
            if (above is null && facts.Organization.UnitAt(wanted) is { } there)
            {
                parent = there;
                at = there.Path;
                continue;
            }
            if (!_newUnits.TryGetValue(wanted, out var change)) _newUnits[wanted] = change = OrganizationalUnitChanges.Create(wanted, above is null ? parent : null, above);
            at = OrganizationalUnitChanges.PathOf(change);
            needed.Add(change);
            above = change;
        }
        return needed;
    }

    private static IReadOnlyList<string> LastOf(IReadOnlyList<Change> units) => units.Count == 0 ? [] : [units[^1].Id];

    // Names are not unique in AWS, addresses in a plan are.
    private string AddressOf(string path, AccountRequest request)
    {
        var address = $"{AccountChanges.KindName}:{path}";
        if (_addresses.Add(address)) return address;
        var withEmail = $"{address} <{request.Email}>";
        _addresses.Add(withEmail);
        return withEmail;
    }

    private static AccountPlanRow Failed(AccountRequest request, string reason, string message, string nextStep) =>
        new(request, null, [], [], AccountVendingResult.Of(request, AccountOutcome.Failed) with { Reason = reason, Message = message, NextStep = nextStep });
}
