using System.Threading.Channels;

namespace Guardrails;

/// <summary>
/// The one way by which a cloud is changed: runs a plan's changes as soon as what they depend on is done, with every lane full and
/// none over. A change that fails stops only what depends on it. When asked to stop it starts nothing more, and waits for what runs.
/// </summary>
internal sealed class RolloutExecutor(IReadOnlyList<ChangeKind> kinds, LaneLimits limits, TimeProvider clock)
{
    private readonly Dictionary<string, ChangeKind> _kinds = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>Runs the plan and gives each result as soon as it is known; one for every change, whatever happens.</summary>
    /// <param name="throttleLimit">How many changes may run at once, all lanes together.</param>
    /// <exception cref="PlanException">The plan holds a kind of change that cannot be made here; nothing was started.</exception>
    public async IAsyncEnumerable<ChangeResult> RunAsync(Plan plan, int throttleLimit, CallScope scope)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(throttleLimit, 1);
        var unknown = plan.Changes.Select(change => change.Kind).Distinct().Where(kind => !_kinds.ContainsKey(kind)).ToList();
        if (unknown.Count > 0) throw new PlanException([.. unknown.Select(kind => $"nothing here can make a change of kind '{kind}'")]);

        var schedule = new Schedule(plan, limits, throttleLimit);
        var state = new RolloutState();
        var finished = Channel.CreateUnbounded<ChangeResult>();
        while (!schedule.IsDone)
        {
            while (!scope.Cancel.IsCancellationRequested && schedule.Start() is { } change)
                _ = RunOneAsync(change, state, scope, finished.Writer);
            if (schedule.Running == 0) break;

            // Not by the caller's token: a change under way is always brought to its end.
            var result = await finished.Reader.ReadAsync(CancellationToken.None);
            if (result.Holds && result.ResourceId is { } id) state.Made(result.Change.Address, id);
            yield return result;
            foreach (var skipped in schedule.Finish(result)) yield return skipped;
        }
        foreach (var change in schedule.NeverStarted())
            yield return new ChangeResult { Change = change, Status = ChangeStatus.Stopped, Message = "Not started: the rollout was stopped.", NextStep = "Run the same command again." };
    }

    private async Task RunOneAsync(Change change, RolloutState state, CallScope scope, ChannelWriter<ChangeResult> finished)
    {
        var started = clock.GetTimestamp();
        var result = await TryAsync(change, state, scope);
        await finished.WriteAsync(result with { Duration = clock.GetElapsedTime(started) }, CancellationToken.None);
    }

    private async Task<ChangeResult> TryAsync(Change change, RolloutState state, CallScope scope)
    {
        // Off the scheduler's own thread, so that a slow kind holds up no other.
        await Task.Yield();
        try
        {
            var outcome = await _kinds[change.Kind].ApplyAsync(change, state, scope);
            return new ChangeResult
            {
                Change = change,
                Status = outcome.Status,
                ResourceId = outcome.ResourceId,
                Message = outcome.Message,
                Reason = outcome.Reason,
                NextStep = outcome.NextStep,
            };
        }
        catch (OperationCanceledException) when (scope.Cancel.IsCancellationRequested)
        {
            return new ChangeResult { Change = change, Status = ChangeStatus.Stopped, Message = "Stopped while it was under way.", NextStep = "Run the same command again: it looks before it changes." };
        }
        catch (CloudException e)
        {
            return new ChangeResult
            {
                Change = change,
                Status = ChangeStatus.Failed,
                ResourceId = change.ResourceId,
                Message = $"{e.Operation}: {e.Message}",
                Reason = e.Reason ?? e.Code,
                NextStep = e.NextStep,
            };
        }
#pragma warning disable CA1031 // One item must never end the others, whatever went wrong in it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new ChangeResult
            {
                Change = change,
                Status = ChangeStatus.Failed,
                ResourceId = change.ResourceId,
                Message = e.Message,
                Reason = e.GetType().Name,
                NextStep = "This is a defect of the module: please report it.",
            };
        }
    }
}
