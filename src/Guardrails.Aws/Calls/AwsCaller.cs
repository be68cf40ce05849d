namespace Guardrails.Aws;

/// <summary>
/// The gate through which every call to AWS goes, and the only place that repeats one: the SDK's own retries are off. It refuses writes
/// on a read-only connection, keeps to the rate that the service accepts, classifies what went wrong, and translates it.
/// </summary>
internal sealed class AwsCaller
{
    private readonly CallPolicy _policy;
    private readonly TimeProvider _clock;
    private readonly bool _readOnly;
    private readonly KnownSecrets _secrets;
    private readonly CallerFacts _caller;
    private readonly AdaptiveRate _reads;
    private readonly AdaptiveRate _writes;
    private readonly Random _jitter;

    public AwsCaller(CallPolicy policy, TimeProvider clock, bool readOnly, KnownSecrets secrets, CallerFacts caller)
        : this(policy, clock, readOnly, secrets, caller, new(clock, policy.Concurrency), new(clock, policy.Concurrency), new Random(policy.Seed))
    {
    }

    private AwsCaller(
        CallPolicy policy, TimeProvider clock, bool readOnly, KnownSecrets secrets, CallerFacts caller, AdaptiveRate reads, AdaptiveRate writes, Random jitter)
    {
        (_policy, _clock, _readOnly, _secrets, _caller, _reads, _writes, _jitter) = (policy, clock, readOnly, secrets, caller, reads, writes, jitter);
    }

    /// <summary>The same gate, with more known about who is calling.</summary>
    public AwsCaller For(CallerFacts caller) => new(_policy, _clock, _readOnly, _secrets, caller, _reads, _writes, _jitter);

    /// <summary>A gate for another service: what that one accepts has nothing to do with what this one does.</summary>
    public AwsCaller ForService() =>
        new(_policy, _clock, _readOnly, _secrets, _caller, new(_clock, _policy.Concurrency), new(_clock, _policy.Concurrency), new Random(_policy.Seed));

    public CallerFacts Caller => _caller;

    /// <param name="urgent">Goes before others that wait for their turn: one step of a chain.</param>
    /// <exception cref="CloudException">It did not succeed.</exception>
    public async Task<T> CallAsync<T>(AwsOperation operation, Func<CancellationToken, Task<T>> send, CallScope scope, bool urgent = false)
    {
        var write = operation.Kind != CallKind.Read;
        if (write && _readOnly)
            throw Failed(operation, new(FailureKind.Refused, "ReadOnlyConnection", "The connection is read-only: the call was not sent."));
        var rate = write ? _writes : _reads;
        // Waiting for the first turn does not count: in a long queue every call would else be too late to be repeated.
        long? started = null;
        for (var attempt = 1; ; attempt++)
        {
            CallFailure failure;
            TimeSpan duration;
            using (var slot = await rate.EnterAsync(urgent || attempt > 1, scope.Cancel))
            {
                var begun = _clock.GetTimestamp();
                started ??= begun;
                try
                {
                    var answer = await AttemptAsync(write, send, scope.Cancel);
                    slot.Accepted();
                    Report(scope, new(operation.Name, attempt, _clock.GetElapsedTime(begun), null, null));
                    return answer;
                }
                catch (Exception e)
                {
                    duration = _clock.GetElapsedTime(begun);
                    if (!write && scope.Cancel.IsCancellationRequested)
                    {
                        Report(scope, new(operation.Name, attempt, duration, "Canceled", null));
                        scope.Cancel.ThrowIfCancellationRequested();
                    }
                    failure = CallFailure.From(e, _policy.CallTimeout);
                }
                if (failure.Kind == FailureKind.Throttled) slot.Refused();
                else if (failure.Kind != FailureKind.Unreached) slot.Accepted();
            }
            var wait = WaitBeforeNext(operation, failure, attempt, _clock.GetElapsedTime(started.Value));
            Report(scope, new(operation.Name, attempt, duration, failure.Code, wait));
            if (wait is null) throw Failed(operation, failure);
            await Task.Delay(wait.Value, _clock, scope.Cancel);
        }
    }

    /// <summary>A call without an answer worth keeping.</summary>
    public Task CallAsync(AwsOperation operation, Func<CancellationToken, Task> send, CallScope scope) => CallAsync(operation, async cancel =>
    {
        await send(cancel);
        return true;
    }, scope);

    private async Task<T> AttemptAsync<T>(bool write, Func<CancellationToken, Task<T>> send, CancellationToken cancel)
    {
        if (!write) return await send(cancel);
        // Cutting off a write would lose whether it happened, so it gets a moment to answer.
        using var cut = new CancellationTokenSource();
        using var registration = cancel.UnsafeRegister(_ => cut.CancelAfter(_policy.CancelGrace), null);
        return await send(cut.Token);
    }

    private TimeSpan? WaitBeforeNext(AwsOperation operation, CallFailure failure, int attempt, TimeSpan spent)
    {
        var (first, longest, until) = failure.Kind switch
        {
            // The rate limiter does the real waiting; this keeps one call from being refused again and again.
            FailureKind.Throttled => (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(20), _policy.RetryTime),
            FailureKind.ConcurrentChange => (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20), _policy.RetryTime),
            FailureKind.Finalizing => (TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), _policy.FinalizingTime),
            FailureKind.Unreached when attempt < _policy.LostAttempts => (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), _policy.RetryTime),
            FailureKind.Lost when operation.Kind != CallKind.Write && attempt < _policy.LostAttempts =>
                (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), _policy.RetryTime),
            _ => (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.MinValue),
        };
        double factor;
        lock (_jitter) factor = 0.5 + _jitter.NextDouble() / 2;
        var backoff = first * Math.Pow(2, Math.Min(attempt - 1, 20));
        var wait = (backoff < longest ? backoff : longest) * factor;
        return spent + wait < until ? wait : null;
    }

    private CloudException Failed(AwsOperation operation, CallFailure failure) =>
        new(operation.Name, failure.Code, _secrets.Redact(failure.Message), failure.Inner)
        {
            Reason = failure.Reason,
            RequestId = failure.RequestId,
            Outcome = operation.Kind == CallKind.Read ? CallOutcome.NotDone : failure.Outcome,
            NextStep = NextSteps.For(operation, failure, _caller),
        };

    private static void Report(CallScope scope, CallTrace trace) => scope.Calls?.Invoke(trace);
}
