namespace Guardrails;

/// <summary>Vends accounts: plans what requests ask for, runs the plan through the executor, and tells of each request as soon as it is done.</summary>
/// <param name="made">What journals tell of accounts that this module made; null where there are none.</param>
internal sealed class AccountVending(CloudPorts cloud, LaneLimits limits, MadeAccounts? made = null)
{
    public const string Command = "New-GuardrailAccount";

    /// <summary>What would be done, row by row. Reads, and writes nothing.</summary>
    public async Task<IReadOnlyList<AccountPlanRow>> PlanAsync(IReadOnlyList<AccountRequest> requests, Organization organization, AccountPlanOptions options, CallScope scope)
    {
        var there = requests.Select(request => organization.AccountByEmail(request.Email)).OfType<Account>().DistinctBy(account => account.Id).ToList();
        var tags = await Task.WhenAll(there.Select(async account => (account.Id, Tags: account.Tags ?? await cloud.Organization.ReadTagsAsync(account.Id, scope))));
        var toMake = there.Count < requests.Count;
        var creations = toMake ? await cloud.Accounts.ListCreationsAsync([AccountCreationState.InProgress], scope) : [];
        var underWay = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var creation in creations.Where(creation => creation.Name is not null)) underWay[creation.Name!] = creation.RequestId;
        var directory = await AccessDirectory.ReadAsync(cloud.Access, [.. requests.SelectMany(request => request.Access)], scope);
        var facts = new AccountPlanFacts(organization, tags.ToDictionary(account => account.Id, account => account.Tags, StringComparer.Ordinal), underWay)
        {
            SettingsOf = await SettingsAsync(requests, organization, directory, scope),
            NamesOf = await NamesAsync(requests, organization, scope),
            MadeHere = tags.Where(account => !Ownership.IsOurs(account.Tags) && made?.Contains(account.Id) == true).Select(account => account.Id).ToHashSet(StringComparer.Ordinal),
            Directory = directory,
        };
        return AccountPlanner.Plan(requests, facts, options);
    }

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyList<AccountRequest> requests, Organization organization, CallScope scope)
    {
        var other = requests.Select(request => (request.Name, Account: organization.AccountByEmail(request.Email)))
            .Where(one => one.Account is { State: AccountState.Active } account && account.Name != one.Name).Select(one => one.Account!.Id).Distinct(StringComparer.Ordinal);
        var names = await Task.WhenAll(other.Select(async id => (id, Name: await NameAsync(id, scope))));
        return Facts.Of([.. names]);
    }

    // Where it cannot be read the listing's name stands, and the change itself says why it cannot be made.
    private async Task<string?> NameAsync(string accountId, CallScope scope)
    {
        try
        {
            return await cloud.Settings.GetNameAsync(accountId, scope);
        }
        catch (CloudException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, AccountSettings>> SettingsAsync(
        IReadOnlyList<AccountRequest> requests, Organization organization, AccessDirectory directory, CallScope scope)
    {
        var asked = requests.Where(request => AccountRequestCheck.Faults(request).All(fault => fault.Field is "Name" or "OrganizationalUnit"))
            .Select(request => (Request: request, Account: organization.AccountByEmail(request.Email)))
            .Where(one => one.Account is not null && one.Request.Contacts.Count + one.Request.Regions.Count + one.Request.Access.Count > 0)
            .DistinctBy(one => one.Account!.Id);
        var settings = await Task.WhenAll(asked.Select(async one =>
            (one.Account!.Id, Settings: await AccountSettings.ReadAsync(cloud, one.Request, one.Account.Id, directory, scope))));
        return settings.ToDictionary(one => one.Id, one => one.Settings, StringComparer.Ordinal);
    }

    /// <summary>Runs the rows and gives one result for each, as it is done.</summary>
    /// <param name="openJournal">Opens the rollout's journal; not called where nothing is to be done.</param>
    /// <param name="readyTimeout">How long each account is waited for after its changes until it is ready; null: not at all, and nothing is said of it.</param>
    public async IAsyncEnumerable<AccountVendingResult> RunAsync(
        IReadOnlyList<AccountPlanRow> rows, Func<RolloutJournal> openJournal, string organizationId, int throttleLimit, CallScope scope, TimeSpan? readyTimeout = null)
    {
        var readiness = readyTimeout is { } timeout ? new AccountReadiness(cloud, timeout) : null;
        var open = rows.Where(row => row.Settled is null).ToList();
        using var journal = open.Count == 0 ? null : openJournal();
        var ended = EndedAsync(rows, open, journal, organizationId, throttleLimit, scope);
        await foreach (var result in AsEnded.Of(ended, async one => IsThere(one.Result) && readiness is not null ? await ReadyAsync(one.Row, one.Result, readiness, scope) : one.Result))
            yield return result;
    }

    private async IAsyncEnumerable<(AccountPlanRow Row, AccountVendingResult Result)> EndedAsync(
        IReadOnlyList<AccountPlanRow> rows, List<AccountPlanRow> open, RolloutJournal? journal, string organizationId, int throttleLimit, CallScope scope)
    {
        foreach (var row in rows)
            if (row.Settled is { } settled) yield return (row, settled);
        if (journal is null) yield break;
        await foreach (var ended in RunAsync(open, journal, organizationId, throttleLimit, scope)) yield return ended;
    }

    private static bool IsThere(AccountVendingResult result) =>
        result is { AccountId: not null, IsTrouble: false, Outcome: not (AccountOutcome.Planned or AccountOutcome.Stopped) };

    private static async Task<AccountVendingResult> ReadyAsync(AccountPlanRow row, AccountVendingResult result, AccountReadiness readiness, CallScope scope)
    {
        try
        {
            var why = await readiness.WaitAsync(AccountExpectation.Of(row), result.AccountId!, row.Settled is null, scope);
            return result with { Ready = why is null, Message = why is null ? result.Message : $"Account {result.AccountId} is not ready: {why}" };
        }
        catch (OperationCanceledException) when (scope.Cancel.IsCancellationRequested)
        {
            return result with { Message = "Stopped before it was known to be ready." };
        }
    }

    private async IAsyncEnumerable<(AccountPlanRow Row, AccountVendingResult Result)> RunAsync(
        List<AccountPlanRow> open, RolloutJournal journal, string organizationId, int throttleLimit, CallScope scope)
    {
        var plan = PlanOf(open);
        var rowOf = open.SelectMany(row => row.Changes.Select(change => (change.Id, row))).ToDictionary(at => at.Id, at => at.row, StringComparer.Ordinal);
        var results = open.SelectMany(row => row.Changes).ToDictionary(change => change.Id, _ => (ChangeResult?)null, StringComparer.Ordinal);
        var executor = new RolloutExecutor(RolloutKinds.Of(cloud), limits, cloud.Clock);
        await foreach (var result in executor.RunAsync(plan, journal, Command, organizationId, throttleLimit, scope))
        {
            if (!rowOf.TryGetValue(result.Change.Id, out var row)) continue;
            results[result.Change.Id] = result;
            var done = row.Changes.Select(change => results[change.Id]).OfType<ChangeResult>().ToList();
            if (done.Count == row.Changes.Count) yield return (row, Result(row, done));
        }
    }

    /// <summary>The plan of these rows, organizational units before the accounts that go into them.</summary>
    public static Plan PlanOf(IReadOnlyList<AccountPlanRow> rows)
    {
        var changes = new List<Change>(rows.Count * 2);
        var units = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<Change> last = [];
        foreach (var row in rows)
        {
            // Rows that go to one place share the list of its units.
            if (!ReferenceEquals(row.Units, last)) changes.AddRange(row.Units.Where(unit => units.Add(unit.Id)));
            last = row.Units;
        }
        foreach (var row in rows) changes.AddRange(row.Changes);
        return Plan.Of(changes);
    }

    /// <summary>What the row is about, as a person is asked about it.</summary>
    public static string TargetOf(AccountPlanRow row) =>
        row.Account is { } account ? $"account {account.Id} '{account.Path}'" : $"account '{row.Request.Name}' <{row.Request.Email}> in {row.Request.OrganizationalUnit}";

    /// <summary>What would be done, as a person is asked about it: <c>Create, move to /Workloads/Prod, tag CostCenter</c>.</summary>
    public static string ActionsOf(IReadOnlyList<Change> changes)
    {
        var actions = string.Join(", ", changes.Select(change => change.Action switch
        {
            AccountChanges.MoveAction => $"move to {change.After["organizationalUnit"]}",
            AccountChanges.TagAction => TagsOf(change),
            AccountNameChanges.RenameAction => $"rename to {change.After["name"]}",
            _ => NameOf(change),
        }));
        return char.ToUpperInvariant(actions[0]) + actions[1..];
    }

    /// <summary>The result of a row that was shown and not run.</summary>
    public static AccountVendingResult Planned(AccountPlanRow row) =>
        AccountVendingResult.Of(row.Request, AccountOutcome.Planned) with { AccountId = row.Account?.Id, Actions = [.. row.Changes.Select(NameOf)] };

    /// <summary>The result of a row that could not even be read.</summary>
    public static AccountVendingResult Unreadable(string name, string email, string message, string? source) =>
        AccountVendingResult.Of(new AccountRequest { Name = name, Email = email, OrganizationalUnit = "", Source = source }, AccountOutcome.Failed) with
        {
            Reason = "UnreadableRow",
            Message = message,
            NextStep = "Correct the row and run the same command again.",
        };

    private static AccountVendingResult Result(AccountPlanRow row, List<ChangeResult> results)
    {
        var trouble = results.FirstOrDefault(result => !result.Holds);
        var made = results.Where(result => result.Status == ChangeStatus.Done).Select(result => result.Change.Action).ToList();
        var names = results.Where(result => result.Status == ChangeStatus.Done).Select(result => NameOf(result.Change)).ToList();
        var accountId = row.Account?.Id ?? results.Select(result => result.ResourceId).FirstOrDefault(id => id is not null);
        return AccountVendingResult.Of(row.Request, trouble is null ? OutcomeOf(made) : OutcomeOf(trouble)) with
        {
            AccountId = accountId,
            Actions = names,
            Reason = trouble?.Reason,
            Message = trouble is null ? row.Note : MessageOf(trouble, accountId),
            NextStep = trouble?.NextStep,
            Duration = results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration),
        };
    }

    private static AccountOutcome OutcomeOf(List<string> made) =>
        made.Contains(AccountChanges.CreateAction) ? AccountOutcome.Created
        : made.Contains(AccountChanges.AdoptAction) ? AccountOutcome.Adopted
        : made.Contains(AccountChanges.MoveAction) ? AccountOutcome.Moved
        : made.Contains(AccountNameChanges.RenameAction) ? AccountOutcome.Renamed
        : made.Contains(AccountChanges.TagAction) ? AccountOutcome.Retagged
        : made.Count > 0 ? AccountOutcome.Corrected
        : AccountOutcome.Unchanged;

    private static string TagsOf(Change change)
    {
        var after = change.After.Tags();
        return string.Join(", ", after.Select(tag => $"tag {tag.Key}={tag.Value}").Concat(change.Before.Tags().Keys.Where(key => !after.ContainsKey(key)).Select(key => $"remove tag {key}")));
    }

    // Of a part of the account (a contact, a Region, an access) also which: move, set SECURITY, enable eu-central-2, assign group:Admins=ReadOnly.
    private static string NameOf(Change change) => change.Kind switch
    {
        AlternateContactChanges.KindName => $"{change.Action} {change.After["type"]} contact",
        RegionChanges.KindName => $"{change.Action} {change.After["region"]}",
        AccountAccessChanges.KindName => $"{change.Action} {AccountAccessChanges.AccessOf(change)}",
        _ => change.Action,
    };

    private static AccountOutcome OutcomeOf(ChangeResult trouble) => trouble.Status switch
    {
        ChangeStatus.Conflict => AccountOutcome.Conflict,
        ChangeStatus.Stopped => AccountOutcome.Stopped,
        _ => AccountOutcome.Failed,
    };

    private static string? MessageOf(ChangeResult trouble, string? accountId) =>
        accountId is null || trouble.Change.Action == AccountChanges.CreateAction ? trouble.Message : $"Account {accountId} is there, but: {trouble.Message}";
}
