namespace Guardrails;

/// <summary>
/// Creates one account and waits until AWS says how it went. AWS has no idempotency token for this call, and emails are unique across
/// all of AWS, so a call that may have happened is looked for and never simply repeated.
/// </summary>
internal sealed class AccountCreator(IOrganizationPort organization, IAccountPort accounts, TimeProvider clock)
{
    private readonly CreationWatch _watch = new(accounts, clock);
    private const string CreateCall = "organizations:CreateAccount";
    private const string CreationsInProgress = "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED";
    private const string EmailExists = "EMAIL_ALREADY_EXISTS";
    private const string InProgress = "IN_PROGRESS";
    private const string TryLater = "Run the same command again later: it takes the account over when it is there.";
    private const int MostUnknownOutcomes = 5;

    // AWS says minutes; of one that takes longer than this it is said that it is in progress, and a later run takes it over.
    private static readonly TimeSpan LongestCreation = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestWaitForRoom = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <param name="underWay">True where a creation of that name was in progress before: it is waited for, and looked up by email.</param>
    public async Task<ChangeOutcome> CreateAsync(AccountCreationOrder order, bool underWay, ChangeRun run)
    {
        var creation = await ResumedAsync(run);
        if (creation is null && (underWay || run.MayHaveHappened(CreateCall))
            && await SettledAsync(order, run.MayHaveHappened(CreateCall) ? ChangeStatus.Done : ChangeStatus.Unchanged, run.Scope) is { } known) return known;
        if (creation is null)
        {
            (creation, var settled) = await StartAsync(order, run);
            if (creation is null) return settled!;
        }
        try
        {
            creation = await _watch.WaitAsync(creation, LongestCreation, run.Scope);
        }
        catch (CloudException e)
        {
            return new ChangeOutcome(ChangeStatus.Failed, null, $"The creation {creation.RequestId} is under way, but AWS does not tell how it stands: {e.Message}",
                InProgress, TryLater);
        }
        return creation.State switch
        {
            AccountCreationState.Succeeded => new ChangeOutcome(ChangeStatus.Done, creation.AccountId),
            AccountCreationState.Failed => await FailedAsync(order, creation, run.Scope),
            _ => new ChangeOutcome(ChangeStatus.Failed, null, $"The creation {creation.RequestId} is still in progress after {LongestCreation.TotalMinutes} minutes.",
                InProgress, TryLater),
        };
    }

    /// <summary>What a creation has left behind that was announced and whose end nobody wrote down. An account that is not ours is no trace of it.</summary>
    public async Task<Trace> LookAsync(AccountCreationOrder order, Uncertain at, CallScope scope)
    {
        if (at.Answered(CreateCall)?.GetValueOrDefault("requestId") is { } requestId && await accounts.GetCreationAsync(requestId, scope) is { State: AccountCreationState.InProgress })
            return new Trace(null, $"The creation {requestId} of account '{order.Name}' is still under way.");
        if (await accounts.FindAccountByEmailAsync(order.Email, scope) is { } account)
            return new Trace(Ownership.IsOurs(await organization.ReadTagsAsync(account.Id, scope)) ? account.Id : null);
        var creations = await accounts.ListCreationsAsync([AccountCreationState.InProgress], scope);
        return creations.FirstOrDefault(creation => creation.Name == order.Name) is { } underWay
            ? new Trace(null, $"A creation of that name ({underWay.RequestId}) is still under way; AWS does not say with which email.")
            : new Trace(null);
    }

    /// <summary>The creation that an earlier run of this rollout started; null where there was none, or it has failed and is to be tried again.</summary>
    private async Task<AccountCreation?> ResumedAsync(ChangeRun run)
    {
        if (run.Answered(CreateCall)?.GetValueOrDefault("requestId") is not { } requestId) return null;
        var creation = await accounts.GetCreationAsync(requestId, run.Scope);
        return creation.State == AccountCreationState.Failed ? null : creation;
    }

    /// <summary>The creation that was started, or the outcome where another creation of that name was under way meanwhile.</summary>
    private async Task<(AccountCreation? Creation, ChangeOutcome? Settled)> StartAsync(AccountCreationOrder order, ChangeRun run)
    {
        var since = clock.GetUtcNow();
        var pause = ShortestPause;
        for (var unknown = 0; ;)
        {
            // Another run may be making this very account: nothing is created beside it.
            if (await _watch.IsInProgressAsync(order.Name, run.Scope)
                && await SettledAsync(order, unknown > 0 ? ChangeStatus.Done : ChangeStatus.Unchanged, run.Scope) is { } settled) return (null, settled);
            try
            {
                return (await run.WriteAsync(CreateCall, scope => accounts.StartCreationAsync(order, scope), creation => [("requestId", creation.RequestId)]), null);
            }
            catch (CloudException e) when (e.Reason == CreationsInProgress && clock.GetUtcNow() - since < LongestWaitForRoom)
            {
                // Somebody else is creating accounts too.
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown)
            {
                if (await SettledAsync(order, ChangeStatus.Done, run.Scope) is { } known) return (null, known);
                if (++unknown == MostUnknownOutcomes) throw NotFoundOut(order, e);
            }
            pause = await PauseAsync(pause, run.Scope);
        }
    }

    /// <summary>
    /// What there is when no creation of that name is in progress any more; null where this organization has no account with that email. Creations
    /// carry no email, so one of that name may be another's: it is waited for, and then looked by email.
    /// </summary>
    /// <param name="ifOurs">How the change ended if the account is ours.</param>
    private async Task<ChangeOutcome?> SettledAsync(AccountCreationOrder order, ChangeStatus ifOurs, CallScope scope)
    {
        var since = clock.GetUtcNow();
        var pause = ShortestPause;
        // Listed anew: a listing that others share can be from before the call whose answer was lost.
        while ((await accounts.ListCreationsAsync([AccountCreationState.InProgress], scope)).Any(creation => creation.Name == order.Name))
        {
            if (clock.GetUtcNow() - since >= LongestCreation)
                return new ChangeOutcome(
                    ChangeStatus.Failed, null, $"A creation of an account of that name has been in progress for more than {LongestCreation.TotalMinutes} minutes; nothing was created beside it.", InProgress, TryLater);
            pause = await PauseAsync(pause, scope);
        }
        return await FoundAsync(order, ifOurs, scope);
    }

    private async Task<ChangeOutcome> FailedAsync(AccountCreationOrder order, AccountCreation creation, CallScope scope)
    {
        var reason = creation.FailureReason ?? "UNKNOWN";
        // Another run's creation may have the email, and no account to show for it yet.
        if (reason == EmailExists && await SettledAsync(order, ChangeStatus.Unchanged, scope) is { } settled) return settled;
        return new ChangeOutcome(
            ChangeStatus.Failed, null, $"{CreateCall}: AWS could not create the account ({creation.RequestId}): {reason}.", reason, AccountCreationFailures.NextStep(reason));
    }

    /// <summary>What the account with that email is to us; null where this organization has none.</summary>
    /// <param name="ifOurs">How the change ended if the account is ours.</param>
    private async Task<ChangeOutcome?> FoundAsync(AccountCreationOrder order, ChangeStatus ifOurs, CallScope scope)
    {
        if (await accounts.FindAccountByEmailAsync(order.Email, scope) is not { } account) return null;
        if (Ownership.IsOurs(await organization.ReadTagsAsync(account.Id, scope)))
            return new ChangeOutcome(ifOurs, account.Id);
        return new ChangeOutcome(ChangeStatus.Conflict, account.Id, $"Account {account.Id} '{account.Name}' has that email and was not made by this module; it was not touched.",
            "NotOurs", "Take it over with -Adopt, or use another email.");
    }

    private static CloudException NotFoundOut(AccountCreationOrder order, Exception? cause) =>
        new(CreateCall, "OutcomeUnknown", $"It could not be found out whether the account '{order.Name}' was created.", cause)
        {
            Outcome = CallOutcome.Unknown,
            NextStep = "Run the same command again: it takes the account over when it is there.",
        };

    private async Task<TimeSpan> PauseAsync(TimeSpan pause, CallScope scope)
    {
        await Task.Delay(pause, clock, scope.Cancel);
        var longer = pause * 1.5;
        return longer < LongestPause ? longer : LongestPause;
    }
}
