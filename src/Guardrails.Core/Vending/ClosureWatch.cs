namespace Guardrails;

/// <summary>When AWS may close another account, as far as that can be known.</summary>
/// <param name="NextTry">Null where nothing tells.</param>
/// <param name="Text">The same as a sentence, with how sure it is.</param>
internal sealed record ClosureOutlook(DateTimeOffset? NextTry, string Text);

/// <summary>
/// What is known of an organization's closures. AWS says that an account is closed and not since when, so the times come from this machine's
/// own journals; what others closed, or what was journaled elsewhere, is only a number.
/// </summary>
/// <param name="rehearsal">The organization is a sandbox, and only what was closed in one counts.</param>
/// <param name="resumed">The journal of the rollout that is resumed, which may be elsewhere than the others; null where none is.</param>
internal sealed class ClosureWatch(
    ClosureBudget budget, RolloutStore journals, string organizationId, bool rehearsal, Func<CallScope, Task<Organization>> read, TimeProvider clock, string? resumed = null)
{
    private readonly Dictionary<string, DateTimeOffset> _here = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Task<ClosureOutlook>? _outlook;

    /// <summary>An account was closed by the rollout that is running: its journal may be anywhere.</summary>
    public void Closed(string accountId)
    {
        lock (_lock)
        {
            _here[accountId] = clock.GetUtcNow();
            _outlook = null;
        }
    }

    /// <summary>When AWS may take the next closure. Asked once for all that AWS refuses one after the other.</summary>
    public Task<ClosureOutlook> OutlookAsync(CallScope scope)
    {
        lock (_lock) return _outlook is { IsFaulted: false, IsCanceled: false } known ? known : _outlook = LookAsync(scope);
    }

    /// <summary>When this module closed accounts of the organization, by account id, as far as journals on this machine tell.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Known()
    {
        var known = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var here = resumed is null ? null : RolloutStore.TryHistory(resumed);
        foreach (var history in journals.Histories(organizationId, rehearsal).Concat(here is null ? [] : [here]))
            foreach (var (account, at) in ClosuresOf(history)) known[account] = at;
        lock (_lock)
            foreach (var (account, at) in _here) known[account] = at;
        return known;
    }

    private static IEnumerable<(string Account, DateTimeOffset At)> ClosuresOf(RolloutHistory history)
    {
        foreach (var change in history.Planned?.Plan.Changes ?? [])
            if (change is { Kind: AccountChanges.KindName, Action: AccountChanges.CloseAction, ResourceId: { } account } && history.Ended.GetValueOrDefault(change.Id) is { Status: ChangeStatus.Done } ended)
                yield return (account, ended.At);
    }

    private async Task<ClosureOutlook> LookAsync(CallScope scope)
    {
        await Task.Yield();
        Organization? organization = null;
        try
        {
            organization = await read(scope);
        }
        catch (CloudException)
        {
            // Then the journals alone tell.
        }
        return budget.Outlook([.. Known().Values], organization, clock.GetUtcNow());
    }
}
