using System.Threading.Channels;

namespace Guardrails;

/// <summary>
/// The one way by which a cloud is changed: runs a plan's changes as soon as what they depend on is done, with every lane full and
/// none over. A change that fails stops only what depends on it. When asked to stop it starts nothing more, and waits for what runs.
/// </summary>
internal sealed class RolloutExecutor(IReadOnlyList<ChangeKind> kinds, LaneLimits limits, TimeProvider clock)
{
    private const string JournalNotWritten = "JournalNotWritten";
    private const string MakeRoom = "Make room on the journal's disk, then go on with Resume-GuardrailRollout.";
    private readonly Dictionary<string, ChangeKind> _kinds = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>Runs a new plan and gives each result as soon as it is known; one for every change, whatever happens.</summary>
    /// <param name="command">The cmdlet that planned it.</param>
    /// <param name="throttleLimit">How many changes may run at once, all lanes together.</param>
    /// <param name="refused">Changes that are not made because their object has moved on since the plan was made, by their id.</param>
    /// <exception cref="PlanException">The plan holds a change that cannot be made here; nothing was started.</exception>
    /// <exception cref="IOException">The plan could not be written to the journal; nothing was started.</exception>
    public IAsyncEnumerable<ChangeResult> RunAsync(
        Plan plan, RolloutJournal journal, string command, string organizationId, int throttleLimit, CallScope scope, IReadOnlyDictionary<string, ChangeOutcome>? refused = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(throttleLimit, 1);
        Check(plan);
        journal.Write(new RolloutPlanned(clock.GetUtcNow(), command, organizationId, throttleLimit, plan));
        return RunAsync(new Schedule(plan, limits, throttleLimit, []), journal, null, refused, scope);
    }

    /// <summary>Goes on with a rollout: what is finished is not touched again, everything else is made, and looked for first where it may have happened.</summary>
    /// <param name="refused">Changes that are not made because their object has moved on since the plan was made, by their id.</param>
    /// <exception cref="PlanException">The plan holds a change that cannot be made here, or the rollout was taken back; nothing was started.</exception>
    public IAsyncEnumerable<ChangeResult> ResumeAsync(RolloutHistory history, RolloutJournal journal, CallScope scope, IReadOnlyDictionary<string, ChangeOutcome>? refused = null)
    {
        if (history.Planned is not { } planned) throw new PlanException(["its journal ends before the plan was written, so nothing of it was ever started"]);
        if (history.Undone is [.., var undone]) throw new PlanException([$"rollout {undone.By} has taken it back, so what is left of it builds on what is no longer there"]);
        Check(planned.Plan);
        return RunAsync(new Schedule(planned.Plan, limits, planned.ThrottleLimit, [.. history.Finished.Select(ended => ended.Change)]), journal, history, refused, scope);
    }

    private async IAsyncEnumerable<ChangeResult> RunAsync(
        Schedule schedule, RolloutJournal journal, RolloutHistory? history, IReadOnlyDictionary<string, ChangeOutcome>? refused, CallScope scope)
    {
        var unrecorded = new List<string>();
        var stopped = false;
        var made = new MadeObjects();
        foreach (var (change, id) in schedule.Done.Select(change => (change, history?.Ended[change.Id].ResourceId)))
            if (id is not null) made.Made(change.Address, id);
        var finished = Channel.CreateUnbounded<ChangeResult>();
        while (!schedule.IsDone)
        {
            while (!scope.Cancel.IsCancellationRequested && journal.Broken is null && schedule.Start() is { } change)
                _ = RunOneAsync(change, new ChangeRun(change, made, journal, history?.CallsOf(change.Id) ?? [], scope, clock), refused?.GetValueOrDefault(change.Id), finished.Writer);
            if (schedule.Running == 0) break;

            // Not by the caller's token: a change under way is always brought to its end.
            var result = await finished.Reader.ReadAsync(CancellationToken.None);
            if (result.Holds && result.ResourceId is { } id) made.Made(result.Change.Address, id);
            foreach (var settled in schedule.Finish(result).Prepend(result))
            {
                stopped |= settled.Status == ChangeStatus.Stopped;
                if (TryWrite(journal, Ended(settled)) || settled.Status != ChangeStatus.Done)
                {
                    yield return settled;
                    continue;
                }
                unrecorded.Add(settled.Change.Id);
                yield return settled with { Message = $"Done, and not recorded: the rollout's journal cannot be written ({journal.Broken!.Message}).", Reason = JournalNotWritten, NextStep = MakeRoom };
            }
        }
        foreach (var change in schedule.NeverStarted())
        {
            yield return new ChangeResult
            {
                Change = change,
                Status = ChangeStatus.Stopped,
                Message = journal.Broken is { } broken ? $"Not started: the rollout's journal cannot be written ({broken.Message})." : "Not started: the rollout was stopped.",
                NextStep = journal.Broken is null ? "Go on with Resume-GuardrailRollout." : MakeRoom,
            };
        }
        if (!TryWrite(journal, new RolloutClosed(clock.GetUtcNow(), stopped || !schedule.IsDone))) throw Unwritten(journal.Broken!, unrecorded);
    }

    private static IOException Unwritten(Exception broken, List<string> unrecorded) => new(
        unrecorded.Count == 0
            ? $"The rollout's journal cannot be written any more, so the rollout was stopped: {broken.Message}"
            : $"The rollout's journal cannot be written any more, so the rollout was stopped. Done and not recorded: {string.Join(", ", unrecorded)}. {broken.Message}",
        broken);

    private ChangeEnded Ended(ChangeResult result) =>
        new(clock.GetUtcNow(), result.Change.Id, result.Status, result.ResourceId, result.Message, result.Reason, result.NextStep, result.Duration);

    // The journal itself lets no further call through; what is under way is still waited for and told.
    private static bool TryWrite(RolloutJournal journal, JournalRecord record)
    {
        try
        {
            journal.Write(record);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Checks a plan whole, before its first call: it can come from a file that somebody has edited.</summary>
    /// <exception cref="PlanException">It holds a change that cannot be made here.</exception>
    public void Check(Plan plan)
    {
        var faults = plan.Changes.Select(change => change.Kind).Distinct().Where(kind => !_kinds.ContainsKey(kind)).Select(kind => $"nothing here can make a change of kind '{kind}'").ToList();
        if (faults.Count == 0) faults.AddRange(plan.Changes.SelectMany(change => _kinds[change.Kind].Faults(change).Select(fault => $"'{change.Id}' {fault}")));
        if (faults.Count > 0) throw new PlanException(faults);
    }

    private async Task RunOneAsync(Change change, ChangeRun run, ChangeOutcome? refused, ChannelWriter<ChangeResult> finished)
    {
        var started = clock.GetTimestamp();
        var result = refused is null ? await TryAsync(change, run) : ResultOf(change, refused);
        await finished.WriteAsync(result with { Duration = clock.GetElapsedTime(started) }, CancellationToken.None);
    }

    public static ChangeResult ResultOf(Change change, ChangeOutcome outcome) => new()
    {
        Change = change,
        Status = outcome.Status,
        ResourceId = outcome.ResourceId,
        Message = outcome.Message,
        Reason = outcome.Reason,
        NextStep = outcome.NextStep,
        NextTry = outcome.NextTry,
    };

    private async Task<ChangeResult> TryAsync(Change change, ChangeRun run)
    {
        // Off the scheduler's own thread, so that a slow kind holds up no other.
        await Task.Yield();
        ChangeResult Failed(string message, string reason, string? nextStep) => new()
        {
            Change = change,
            Status = ChangeStatus.Failed,
            ResourceId = change.ResourceId,
            Message = message,
            Reason = reason,
            NextStep = nextStep,
        };
        try
        {
            return ResultOf(change, await _kinds[change.Kind].ApplyAsync(change, run));
        }
        catch (OperationCanceledException) when (run.Scope.Cancel.IsCancellationRequested)
        {
            return new ChangeResult
            {
                Change = change,
                Status = ChangeStatus.Stopped,
                ResourceId = change.ResourceId,
                Message = "Stopped while it was under way.",
                NextStep = "Go on with Resume-GuardrailRollout: it looks before it changes.",
            };
        }
        catch (CloudException e)
        {
            return Failed($"{e.Operation}: {e.Message}", e.Reason ?? e.Code, e.NextStep);
        }
        catch (UnannouncedCallException e)
        {
            return Failed(e.Told, JournalNotWritten, MakeRoom) with { Status = ChangeStatus.Stopped };
        }
#pragma warning disable CA1031 // One item must never end the others, whatever went wrong in it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(e.Message, e.GetType().Name, "This is a defect of the module: please report it.");
        }
    }
}
