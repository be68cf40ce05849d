namespace Guardrails;

/// <summary>
/// The accounts of a vending that runs from its plan or is resumed, each waited for until it is ready as New-GuardrailAccount does it. What is to
/// stand is read from the plan: the requests themselves are gone.
/// </summary>
internal sealed class PlannedAccounts
{
    private readonly AccountReadiness _readiness;
    private readonly Dictionary<string, PlannedAccount> _accountOf = new(StringComparer.Ordinal);
    private readonly List<PlannedAccount> _finished;

    private PlannedAccounts(string command, Plan? plan, RolloutHistory? history, AccountReadiness readiness)
    {
        _readiness = readiness;
        var changes = command == AccountVending.Command ? plan?.Changes ?? [] : [];
        var done = (history?.Finished ?? []).Select(ended => ended.Change).ToHashSet(StringComparer.Ordinal);
        var accounts = changes.Where(change => KeyOf(change) is not null).GroupBy(change => KeyOf(change)!, StringComparer.Ordinal).Select(group => new PlannedAccount([.. group])
        {
            Open = group.Count(change => !done.Contains(change.Id)),
            Id = group.Select(change => history?.Ended.GetValueOrDefault(change.Id)?.ResourceId ?? change.ResourceId).FirstOrDefault(id => id is not null),
        }).ToList();
        foreach (var account in accounts)
            foreach (var change in account.Changes) _accountOf[change.Id] = account;
        // A rollout that was put down in order has told of these already.
        _finished = history?.Closed is { Stopped: false } ? [] : [.. accounts.Where(account => account.Open == 0)];
    }

    /// <summary>Those of a plan that is run for the first time.</summary>
    public static PlannedAccounts Of(Plan plan, AccountReadiness readiness) => new(plan.Command, plan, null, readiness);

    /// <summary>Those of a rollout that is resumed.</summary>
    /// <param name="history">The journal before it is resumed.</param>
    public static PlannedAccounts Of(RolloutHistory history, AccountReadiness readiness) => new(history.Planned?.Command ?? "", history.Planned?.Plan, history, readiness);

    /// <summary>
    /// The results as they come, but the last one of each account only when it is known whether the account is ready; and one for each account
    /// that was finished before its process was gone, of which nobody has told whether it is ready.
    /// </summary>
    public IAsyncEnumerable<ChangeResult> WaitAsync(IAsyncEnumerable<ChangeResult> results, CallScope scope) => AsEnded.Of(WithFinished(results), result => EndedAsync(result, scope));

    private async IAsyncEnumerable<ChangeResult> WithFinished(IAsyncEnumerable<ChangeResult> results)
    {
        foreach (var account in _finished) yield return new ChangeResult { Change = account.Changes[^1], Status = ChangeStatus.Unchanged, ResourceId = account.Id };
        await foreach (var result in results) yield return result;
    }

    private Task<ChangeResult?> EndedAsync(ChangeResult result, CallScope scope)
    {
        if (!_accountOf.TryGetValue(result.Change.Id, out var account)) return Task.FromResult<ChangeResult?>(result);
        account.Failed |= !result.Holds;
        account.Id ??= result.ResourceId;
        if (account.Open > 0) account.Open--;
        var isLast = account is { Open: 0, Failed: false, Id: not null };
        return isLast ? ReadyAsync(result, account, scope) : Task.FromResult<ChangeResult?>(result);
    }

    private async Task<ChangeResult?> ReadyAsync(ChangeResult result, PlannedAccount account, CallScope scope)
    {
        try
        {
            var why = await _readiness.WaitAsync(AccountExpectation.Of(account.Changes), account.Id!, changed: true, scope);
            return result with { Ready = why is null, Message = why is null ? result.Message : $"Account {account.Id} is there, and not ready: {why}" };
        }
        catch (OperationCanceledException) when (scope.Cancel.IsCancellationRequested)
        {
            return result with { Message = "Stopped before it was known to be ready." };
        }
    }

    /// <summary>What the changes of one account have in common; null for what is no account's.</summary>
    private static string? KeyOf(Change change) => change.Kind switch
    {
        AccountChanges.KindName or AccountNameChanges.KindName => change.ResourceId ?? change.Address,
        AlternateContactChanges.KindName or RegionChanges.KindName or AccountAccessChanges.KindName => change.ResourceId ?? change.After[AccountReference.AddressFact],
        _ => null,
    };

    private sealed class PlannedAccount(IReadOnlyList<Change> changes)
    {
        public IReadOnlyList<Change> Changes => changes;

        public string? Id { get; set; }

        /// <summary>How many of its changes are still to be made.</summary>
        public int Open { get; set; }

        public bool Failed { get; set; }
    }
}
