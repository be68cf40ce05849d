namespace Guardrails;

/// <summary>One change under way: what it needs to know of the rollout, and the only way to a writing call, which is journaled on both sides.</summary>
internal sealed class ChangeRun(Change change, MadeObjects made, RolloutJournal journal, IReadOnlyList<JournaledCall> earlier, CallScope scope, TimeProvider clock)
{
    /// <summary>How often a call is made at the most, of which the answers are lost.</summary>
    public const int MostAttempts = 5;

    private readonly List<string> _made = [];

    public CallScope Scope => scope;

    /// <summary>The id of the object that the change is about, or that an earlier change of the plan made.</summary>
    public string ResourceId => change.ResourceId ?? made.IdAt(change.Address);

    /// <summary>The id of the object that an earlier change of the plan made at that address.</summary>
    public string IdAt(string address) => made.IdAt(address);

    /// <summary>True where an earlier run of this rollout may have made that call with effect: look before making it again.</summary>
    public bool MayHaveHappened(string operation) => earlier.Any(call => call.Announced.Operation == operation && call.MayHaveHappened);

    /// <summary>What the last successful call of that operation answered in an earlier run; null where there was none.</summary>
    public IReadOnlyDictionary<string, string>? Answered(string operation) =>
        earlier.LastOrDefault(call => call.Announced.Operation == operation && call.Answer is { Error: null })?.Answer?.Facts;

    /// <summary>Makes a call whose effect can be seen: looks before it, and again where its answer was lost.</summary>
    /// <param name="look">The outcome that what is there now stands for; null where the call is to be made. It is told whether the call may have happened.</param>
    /// <param name="pause">How long to wait before it is looked again; null for not at all.</param>
    /// <param name="hasMovedOn">Refusals after which it is looked again, too.</param>
    public async Task<ChangeOutcome> ConvergeAsync(
        string operation, Func<bool, Task<ChangeOutcome?>> look, Func<CallScope, Task> call, Pause? pause = null, Func<CloudException, bool>? hasMovedOn = null)
    {
        var asked = MayHaveHappened(operation);
        for (var attempt = 1; ; attempt++)
        {
            if (await look(asked) is { } outcome) return outcome;
            try
            {
                await WriteAsync(operation, call);
                return new ChangeOutcome(ChangeStatus.Done, ResourceId);
            }
            catch (CloudException e) when ((e.Outcome == CallOutcome.Unknown || hasMovedOn?.Invoke(e) == true) && attempt < MostAttempts)
            {
                asked |= e.Outcome == CallOutcome.Unknown;
            }
            if (pause is not null) await pause.WaitAsync(scope);
        }
    }

    /// <summary>Makes a writing call: announced on the disk before, its answer on the disk after.</summary>
    /// <param name="facts">What of the answer has to be known to go on after a crash.</param>
    public async Task<T> WriteAsync<T>(string operation, Func<CallScope, Task<T>> call, Func<T, (string Name, string? Value)[]>? facts = null)
    {
        // A call that has not been announced yet is simply not made.
        scope.Cancel.ThrowIfCancellationRequested();
        Announce(operation);
        try
        {
            var answer = await call(scope);
            Record(new CallAnswered(clock.GetUtcNow(), change.Id, operation, null, CallOutcome.NotDone, facts is null ? Facts.None : Facts.Of(facts(answer))));
            _made.Add(operation);
            return answer;
        }
        catch (CloudException e)
        {
            Record(new CallAnswered(clock.GetUtcNow(), change.Id, operation, e.Reason ?? e.Code, e.Outcome, Facts.None));
            throw;
        }
    }

    private void Announce(string operation)
    {
        try
        {
            journal.Write(new CallAnnounced(clock.GetUtcNow(), change.Id, operation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new UnannouncedCallException(operation, _made, e);
        }
    }

    // What the cloud has done stays done when the disk does not take the line: the change goes on to its end, and the executor says so.
    private void Record(CallAnswered answer)
    {
        try
        {
            journal.Write(answer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The journal remembers that it is broken, and lets no further call be announced.
        }
    }

    /// <summary>Makes a writing call whose answer says nothing.</summary>
    public Task WriteAsync(string operation, Func<CallScope, Task> call) => WriteAsync(operation, async within =>
    {
        await call(within);
        return true;
    });
}

/// <summary>A call that was not made, because it could not be announced.</summary>
internal sealed class UnannouncedCallException(string operation, IReadOnlyList<string> made, Exception inner) : IOException(inner.Message, inner)
{
    /// <summary>What became of the change, in a sentence.</summary>
    public string Told => made.Count == 0
        ? $"Not made: {operation} could not be announced in the rollout's journal ({Message})."
        : $"Made in part: {string.Join(", ", made)} {(made.Count == 1 ? "was" : "were")} called, and {operation} could not be announced in the rollout's journal ({Message}).";
}
