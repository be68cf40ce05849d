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

    /// <summary>The accounts' own names, by account id, where the organization's listing has another than the request: the listing lags behind for hours.</summary>
    public IReadOnlyDictionary<string, string> NamesOf { get; init; } = Facts.None;

    /// <summary>Ids of the accounts that have lost their mark, and that this module made all the same.</summary>
    public IReadOnlySet<string> MadeHere { get; init; } = new HashSet<string>();

    public AccessDirectory Directory { get; init; } = AccessDirectory.None;
}

/// <param name="CreateOrganizationalUnits">Make organizational units that are missing.</param>
/// <param name="Adopt">Take over accounts that this module did not make, where their email is requested.</param>
internal sealed record AccountPlanOptions(bool CreateOrganizationalUnits, bool Adopt);

/// <summary>Turns requests into changes: the difference between what is wanted and what is there. Decides nothing by name, only by email.</summary>
internal sealed class AccountPlanner(AccountPlanFacts facts, AccountPlanOptions options)
{
    private readonly Dictionary<string, Change> _newUnits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _seenEmails = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);

    /// <summary>One row for each request, in the same order.</summary>
    public static IReadOnlyList<AccountPlanRow> Plan(IReadOnlyList<AccountRequest> requests, AccountPlanFacts facts, AccountPlanOptions options)
    {
        var planner = new AccountPlanner(facts, options);
        planner._seenEmails.EnsureCapacity(requests.Count);
        planner._addresses.EnsureCapacity(requests.Count);
        return [.. requests.Select(request => planner.Stamped(planner.Row(request)))];
    }

    // What is still to be made has nothing that could move on.
    private AccountPlanRow Stamped(AccountPlanRow row) => row.Account is null ? row : row with { Changes = [.. Fingerprint.Stamp(row.Changes, facts.Organization)] };

    private AccountPlanRow Row(AccountRequest asked)
    {
        var request = asked.OrganizationalUnit.StartsWith('/') ? asked : asked with { OrganizationalUnit = PathOf(asked.OrganizationalUnit) };
        var faults = AccountRequestCheck.Faults(request);
        if (faults.Count > 0) return Failed(request, "InvalidRequest", string.Join(" ", faults.Select(fault => fault.Message)), "Correct the request and run the same command again.");
        if (!_seenEmails.TryAdd(request.Email, request.Source ?? request.Name))
            return Failed(request, "DuplicateEmail", $"The email '{request.Email}' is also in {_seenEmails[request.Email]}; an account has one of its own.", "Give each account an email of its own.");

        var account = facts.Organization.AccountByEmail(request.Email);
        if (account is not null && Refusal(request, account) is { } refused) return RowOf(request, account, [], [], refused);
        if (SettingsProblem(request, account) is { } problem) return Failed(request, problem.Reason, problem.Message, problem.NextStep) with { Account = account };

        var place = PlaceOf(request.OrganizationalUnit);
        if (place.Unit is null && !options.CreateOrganizationalUnits)
            return Failed(request, "OrganizationalUnitNotFound", $"There is no organizational unit '{request.OrganizationalUnit}'.", "Correct the path, or have it made with -CreateOrganizationalUnit.");
        return account is null ? Creation(request, place) : Correction(request, account, place);
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
        if (options.Adopt || Ownership.IsOurs(facts.TagsOf[account.Id]) || facts.MadeHere.Contains(account.Id)) return null;
        return AccountVendingResult.Of(request, AccountOutcome.Conflict) with
        {
            AccountId = account.Id,
            Reason = "NotOurs",
            Message = $"Account {account.Id} at '{account.Path}' has that email and was not made by this module; it was not touched.",
            NextStep = "Take it over with -Adopt, or use another email.",
        };
    }

    private AccountPlanRow Creation(AccountRequest request, Place place)
    {
        var root = facts.Organization.Root;
        var address = AddressOf(OrganizationPath.Join(place.Path, request.Name), request);
        var create = AccountChanges.Create(address, request, facts.CreationsInProgress.GetValueOrDefault(request.Name), place.LastMade);
        string[] made = [create.Id];
        var changes = new List<Change>(2) { create };
        // Every account is made in the root, so the moves to one place differ in nothing but the account.
        if (place.Unit?.Id != root.Id) changes.Add((place.FromRoot ??= AccountChanges.Move(address, null, root, place.Path, place.Unit, made)) with { Address = address, DependsOn = made });
        changes.AddRange(AccountSettingsPlanner.Changes(request, new AccountReference(address, null, made), AccountSettings.None, facts.Directory));
        return RowOf(request, null, changes, place.ToMake, null);
    }

    private AccountPlanRow Correction(AccountRequest request, Account account, Place place)
    {
        var changes = new List<Change>();
        var address = AddressOf(account.Path, request);
        var tags = facts.TagsOf[account.Id];
        if (!Ownership.IsOurs(tags)) changes.Add(AccountChanges.Adopt(address, account));
        List<string> adopted = [.. changes.Select(change => change.Id)];
        List<string> first = [.. adopted, .. place.LastMade];
        if (place.Unit?.Id != account.ParentId) changes.Add(AccountChanges.Move(address, account, facts.Organization.Root, place.Path, place.Unit, first));
        var wrong = request.Tags.Where(tag => !tags.TryGetValue(tag.Key, out var value) || value != tag.Value).ToDictionary(StringComparer.Ordinal);
        if (wrong.Count > 0)
            changes.Add(AccountChanges.Tag(address, account, tags.Where(tag => wrong.ContainsKey(tag.Key)).ToDictionary(StringComparer.Ordinal), wrong));
        var named = account with { Name = facts.NamesOf.GetValueOrDefault(account.Id, account.Name) };
        if (named.Name != request.Name) changes.Add(AccountNameChanges.Rename(address, named, request.Name) with { DependsOn = adopted });
        changes.AddRange(AccountSettingsPlanner.Changes(request, new AccountReference(address, account.Id, adopted), SettingsOf(account), facts.Directory));
        return changes.Count > 0 ? RowOf(request, account, changes, place.ToMake, null)
            : RowOf(request, account, [], [], AccountVendingResult.Of(request, AccountOutcome.Unchanged) with { AccountId = account.Id });
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

    private Place PlaceOf(string path)
    {
        if (_places.TryGetValue(path, out var known)) return known;
        var unit = facts.Organization.UnitAt(path);
        var units = unit is null && options.CreateOrganizationalUnits ? NewUnits(path) : [];
        return _places[path] = new Place(unit?.Path ?? (units.Count == 0 ? path : OrganizationalUnitChanges.PathOf(units[^1])), unit, units);
    }

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

    // Names are not unique in AWS, addresses in a plan are.
    private string AddressOf(string path, AccountRequest request)
    {
        var address = $"{AccountChanges.KindName}:{path}";
        if (_addresses.Add(address)) return address;
        var withEmail = $"{address} <{request.Email}>";
        _addresses.Add(withEmail);
        return withEmail;
    }

    private AccountPlanRow RowOf(AccountRequest request, Account? account, IReadOnlyList<Change> changes, IReadOnlyList<Change> units, AccountVendingResult? settled) =>
        new(request, account, changes, units, settled) { Note = AccountSettingsPlanner.Note(request, facts.Directory), Directory = facts.Directory };

    private AccountPlanRow Failed(AccountRequest request, string reason, string message, string nextStep) =>
        RowOf(request, null, [], [], AccountVendingResult.Of(request, AccountOutcome.Failed) with { Reason = reason, Message = message, NextStep = nextStep });

    /// <summary>Where accounts go: an organizational unit that is there, or changes that make it, from the top down.</summary>
    private sealed record Place(string Path, OrganizationalUnit? Unit, IReadOnlyList<Change> ToMake)
    {
        public Change? FromRoot { get; set; }

        public IReadOnlyList<string> LastMade { get; } = ToMake.Count == 0 ? [] : [ToMake[^1].Id];
    }
}
