using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Goes on with a rollout that was stopped, or whose process is gone.</summary>
/// <remarks>
/// What is finished is not touched again. Everything else is made, changes that failed before included; a call that may have happened is
/// never repeated without asking AWS first. The result of each change is written as soon as it is known.
/// </remarks>
/// <example>
/// <title>Go on</title>
/// <code>Get-GuardrailRollout | Where-Object State -eq Interrupted | Resume-GuardrailRollout</code>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "GuardrailRollout", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(ChangeResult))]
public sealed class ResumeGuardrailRolloutCommand : RolloutCmdlet
{
    private protected override async Task ProcessAsync(CallScope scope)
    {
        var path = await AskAsync(JournalFile);
        var rollout = RolloutStore.Read(path);
        var open = rollout.Changes - rollout.Done;
        if (!await ShouldProcessAsync($"rollout {rollout.Id} of {rollout.Command}", $"Make {open} changes")) return;
        var (journal, history) = RolloutJournal.Resume(path, Connected.Cloud.Clock);
        using (journal)
        {
            MustBeOurs(history, path);
            await FollowAsync(Rollouts.Executor(Connected).ResumeAsync(history, journal, scope), open, Emit);
        }
    }
}
