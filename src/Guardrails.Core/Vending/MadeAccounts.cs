namespace Guardrails;

/// <summary>
/// The accounts of an organization that this module made, as journals on this machine tell: one whose mark somebody has taken away is ours all
/// the same, until this module itself has let it go.
/// </summary>
/// <param name="rehearsal">The organization is a sandbox.</param>
internal sealed class MadeAccounts(RolloutStore journals, string organizationId, bool rehearsal)
{
    private readonly Lazy<IReadOnlySet<string>> _made = new(() => Read(journals.Histories(organizationId, rehearsal)));

    /// <summary>Reads the journals when it is first asked.</summary>
    public bool Contains(string accountId) => _made.Value.Contains(accountId);

    private static HashSet<string> Read(IEnumerable<RolloutHistory> histories)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var history in histories)
        {
            foreach (var change in history.Planned!.Plan.Changes.Where(change => change.Kind == AccountChanges.KindName))
            {
                if (history.Ended.GetValueOrDefault(change.Id) is not { Status: ChangeStatus.Done, ResourceId: { } account }) continue;
                if (change.Action == AccountChanges.CreateAction) made.Add(account);
                else if (Ownership.IsOurs(change.Before.Tags()) && !Ownership.IsOurs(change.After.Tags())) made.Remove(account);
            }
        }
        return made;
    }
}
