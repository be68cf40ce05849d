namespace Guardrails;

/// <summary>
/// Waits for creations, all of them with one listing at a time: a creation that the listing of those in progress no longer names has
/// ended, and only then is it asked for by itself. Five creations under way cost the calls of one.
/// </summary>
internal sealed class CreationWatch(IAccountPort accounts, TimeProvider clock)
{
    // Each of them has been repeated by the call gate already.
    private const int MostFailuresInARow = 3;

    // AWS takes minutes; a pause of this length costs a few percent of that, and few calls.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<AccountCreation>>? _listing;
    private long _listedAt;

    /// <summary>Whether a creation of an account of that name is under way, by whomever; as fresh as a pause.</summary>
    public async Task<bool> IsInProgressAsync(string name, CallScope scope) => (await InProgressAsync(scope)).Any(creation => creation.Name == name);

    /// <summary>The creation when it has ended, or as it stands when <paramref name="longest"/> is over.</summary>
    /// <exception cref="CloudException">AWS does not tell how it stands, however often it is asked.</exception>
    public async Task<AccountCreation> WaitAsync(AccountCreation creation, TimeSpan longest, CallScope scope)
    {
        var since = clock.GetTimestamp();
        var failures = 0;
        while (creation.State == AccountCreationState.InProgress && clock.GetElapsedTime(since) < longest)
        {
            await Task.Delay(Pause, clock, scope.Cancel);
            try
            {
                var inProgress = await InProgressAsync(scope);
                if (inProgress.All(one => one.RequestId != creation.RequestId)) creation = await accounts.GetCreationAsync(creation.RequestId, scope);
                failures = 0;
            }
            catch (CloudException) when (++failures < MostFailuresInARow)
            {
                // The account is being made all the same.
            }
        }
        return creation;
    }

    private Task<IReadOnlyList<AccountCreation>> InProgressAsync(CallScope scope)
    {
        lock (_lock)
        {
            // What another waiter has just listed, or is listing, is good enough.
            var fresh = _listing is { IsFaulted: false, IsCanceled: false } && clock.GetElapsedTime(_listedAt) < Pause * 0.8;
            if (fresh) return _listing!;
            _listedAt = clock.GetTimestamp();
            return _listing = accounts.ListCreationsAsync([AccountCreationState.InProgress], scope);
        }
    }
}
