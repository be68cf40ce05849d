namespace Guardrails;

/// <summary>What is to be different about an account that is there. What is not named here stays as it is.</summary>
internal sealed record AccountEdit
{
    /// <summary>Null: as it is.</summary>
    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = Facts.None;

    public IReadOnlyCollection<string> RemoveTags { get; init; } = [];

    public IReadOnlyDictionary<AlternateContactType, AlternateContact> Contacts { get; init; } = AccountRequest.NoContacts;

    public IReadOnlyCollection<AlternateContactType> RemoveContacts { get; init; } = [];

    /// <summary>To be enabled.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>What can be known to be wrong with it without asking the cloud.</summary>
    public IEnumerable<RequestFault> Faults()
    {
        // Judged as a request is, of which only what is edited is real.
        var request = new AccountRequest { Name = Name ?? "as it is", Email = "as-it-is@example.com", Tags = Tags, Contacts = Contacts, Regions = Regions };
        foreach (var fault in AccountRequestCheck.Faults(request)) yield return fault;
        foreach (var key in RemoveTags.Where(Tags.ContainsKey)) yield return new(nameof(Tags), $"The tag '{key}' is to be set and to be removed.");
        foreach (var type in RemoveContacts.Where(Contacts.ContainsKey)) yield return new(nameof(Contacts), $"The contact {type} is to be set and to be removed.");
    }
}

/// <summary>The changes of one account.</summary>
/// <param name="IsOurs">False: this module did not make it, and the changes must not be made without being asked to take it over.</param>
internal sealed record AccountEditPlan(IReadOnlyList<Change> Changes, bool IsOurs);

/// <summary>Turns edits of accounts into changes: what differs from what is there, and nothing else.</summary>
/// <param name="made">What journals tell of accounts that this module made; null where there are none.</param>
internal sealed class AccountEditor(CloudPorts cloud, MadeAccounts? made = null)
{
    /// <summary>Reads what the edit is about, and writes nothing.</summary>
    /// <param name="adopt">Take the account over where it is not ours: it is marked as ours first.</param>
    /// <exception cref="CloudException">The account's settings cannot be read.</exception>
    public async Task<AccountEditPlan> PlanAsync(Account account, AccountEdit edit, bool adopt, CallScope scope)
    {
        var tags = await cloud.Organization.ReadTagsAsync(account.Id, scope);
        var marked = Ownership.IsOurs(tags);
        var ours = marked || made?.Contains(account.Id) == true;
        var address = AccountChanges.AddressOf(account);
        var changes = new List<Change>();
        if (adopt && !marked) changes.Add(AccountChanges.Adopt(address, account));
        var at = new AccountReference(address, account.Id, [.. changes.Select(change => change.Id)]);
        if (TagChange(at, account, tags, edit) is { } tag) changes.Add(tag);
        if (edit.Name is not null)
        {
            // The organization's listing lags behind for hours; a change made from it would take the name's last change for somebody else's.
            var now = account with { Name = await cloud.Settings.GetNameAsync(account.Id, scope) };
            if (now.Name != edit.Name) changes.Add(AccountNameChanges.Rename(address, now, edit.Name) with { DependsOn = at.DependsOn });
        }
        changes.AddRange(await SettingChangesAsync(at, account, edit, scope));
        return new AccountEditPlan(changes, ours);
    }

    private static Change? TagChange(AccountReference at, Account account, IReadOnlyDictionary<string, string> now, AccountEdit edit)
    {
        var set = edit.Tags.Where(tag => now.GetValueOrDefault(tag.Key) != tag.Value).ToDictionary(StringComparer.Ordinal);
        var replaced = now.Where(tag => set.ContainsKey(tag.Key) || edit.RemoveTags.Contains(tag.Key)).ToDictionary(StringComparer.Ordinal);
        return set.Count + replaced.Count == 0 ? null : AccountChanges.Tag(at.Address, account, replaced, set) with { DependsOn = at.DependsOn };
    }

    private async Task<List<Change>> SettingChangesAsync(AccountReference at, Account account, AccountEdit edit, CallScope scope)
    {
        if (edit.Contacts.Count + edit.RemoveContacts.Count + edit.Regions.Count == 0) return [];
        var wanted = new AccountRequest { Name = account.Name, Email = account.Email, Contacts = edit.Contacts, Regions = edit.Regions };
        var now = await AccountSettings.ReadAsync(cloud, wanted, account.Id, AccessDirectory.None, scope);
        if (now.Fault is { } fault) throw fault;
        var changes = AccountSettingsPlanner.Changes(wanted, at, now, AccessDirectory.None).ToList();
        foreach (var type in edit.RemoveContacts.Distinct().Order())
            if (await cloud.Settings.FindContactAsync(account.Id, type, scope) is { } there) changes.Add(AlternateContactChanges.Remove(at, type, there));
        return changes;
    }
}
