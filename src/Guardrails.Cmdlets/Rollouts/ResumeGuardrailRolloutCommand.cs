using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Goes on with a rollout that was stopped, or whose process is gone.</summary>
/// <remarks>
/// <para>What is finished is not touched again. Everything else is made, changes that failed before included; a call that may have happened is
/// never repeated without asking AWS first. The result of each change is written as soon as it is known. A rollout that was undone, or whose
/// undo has begun, is not resumed: what is left of it builds on what was taken back.</para>
/// <para>Accounts of New-GuardrailAccount are waited for as there, up to -ReadyTimeout each: the last result of an account says in Ready whether its
/// role can be assumed and its tags, contacts, Regions and access stand, and in Message why they do not.</para>
/// </remarks>
/// <example>
/// <title>Go on</title>
/// <code>Get-GuardrailRollout | Where-Object State -eq Interrupted | Resume-GuardrailRollout</code>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "GuardrailRollout", SupportsShouldProcess = true)]
[OutputType(typeof(ChangeResult))]
public sealed class ResumeGuardrailRolloutCommand : RolloutCmdlet
{
    /// <summary>How long to wait for each account of New-GuardrailAccount after its changes until it is ready.</summary>
    [Parameter]
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Does not wait until accounts are ready, and says nothing of it.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override async Task WorkAsync(string path, CallScope scope)
    {
        var rollout = RolloutStore.Read(path);
        // Before the journal is taken up: a refusal must leave no line in it.
        var left = RolloutStore.History(path);
        MustBeOurs(left, path);
        if (left.Undone is [.., var undone])
            throw new ErrorRecordException(Errors.RolloutUndone.Record($"Rollout {undone.By} has taken back rollout {rollout.Id} ({undone.At:u}); what is left of it builds on what is no longer there.", rollout));
        var open = rollout.Changes - rollout.Done;
        if (!await ShouldProcessAsync($"rollout {rollout.Id} of {rollout.Command}", $"Make {open} changes")) return;
        var (journal, history) = RolloutJournal.Resume(path, Connected.Cloud.Clock);
        using (journal)
        {
            if (history.Planned is null)
            {
                // Its process died before the plan was on the disk: so nothing was ever started, and it is done with.
                journal.Write(new RolloutClosed(Connected.Cloud.Clock.GetUtcNow(), false));
                Warn($"The rollout '{rollout.Id}' ended before anything was planned: nothing was done, and nothing is left.");
                return;
            }
            var results = Rollouts.Executor(Connected, path).ResumeAsync(history, journal, scope, await RefusalsAsync(history, scope));
            if (!NoWait) results = PlannedAccounts.Of(left, new AccountReadiness(Connected.Cloud, ReadyTimeout)).WaitAsync(results, scope);
            await FollowAsync(results, open, Emit);
        }
    }

    /// <summary>What has moved on since the rollout was planned, by the organization as it is now.</summary>
    private async Task<IReadOnlyDictionary<string, ChangeOutcome>?> RefusalsAsync(RolloutHistory history, CallScope scope)
    {
        var plan = history.Planned!.Plan;
        if (!PlanCheck.IsNeeded(plan)) return null;
        return PlanCheck.Refusals(plan, await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: true, scope), history);
    }
}
