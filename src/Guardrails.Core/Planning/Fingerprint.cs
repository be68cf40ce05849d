namespace Guardrails;

/// <summary>What was seen of the live object that a change was made from, as facts: so that a refusal can say what differs.</summary>
internal static class Fingerprint
{
    /// <summary>The changes with what the organization shows of their objects now. One whose object is still to be made has nothing to show.</summary>
    public static IEnumerable<Change> Stamp(IEnumerable<Change> changes, Organization organization) =>
        changes.Select(change => Of(change, organization) is { Count: > 0 } seen ? change with { Fingerprint = seen } : change);

    /// <summary>What the organization shows of a change's object; empty where it shows nothing.</summary>
    public static IReadOnlyDictionary<string, string> Of(Change change, Organization organization)
    {
        if (change.ResourceId is not { } id) return Facts.None;
        if (organization.AccountById(id) is { } account)
            return Facts.Of(("name", account.Name), ("email", account.Email), ("state", StateOf(account)), ("parentId", account.ParentId), ("path", account.Path));
        return organization.UnitById(id) is { } unit ? Facts.Of(("name", unit.Name), ("parentId", unit.ParentId), ("path", unit.Path)) : Facts.None;
    }

    // An account becomes active by itself.
    private static string StateOf(Account account) => (account.State == AccountState.PendingActivation ? AccountState.Active : account.State).ToString();
}
