using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Takes back what a rollout changed, as far as it can be taken back.</summary>
/// <remarks>
/// <para>The undo is a plan made from the journal's before-images, and a rollout of its own. Reversible changes (a move, a tag) are undone, last
/// first. What can only be compensated (an account that was created) is proposed: the message says what a person can do. What cannot be
/// taken back is listed. An object that somebody else has changed since is left as it is.</para>
/// <para>-WhatIf shows what would be done and what would be left.</para>
/// </remarks>
/// <example>
/// <title>Look, then undo</title>
/// <code>Undo-GuardrailRollout -Id 20261123T080000-1a2b3c -WhatIf
/// Undo-GuardrailRollout -Id 20261123T080000-1a2b3c</code>
/// </example>
[Cmdlet(VerbsCommon.Undo, "GuardrailRollout", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByPath)]
[OutputType(typeof(UndoResult))]
public sealed class UndoGuardrailRolloutCommand : RolloutCmdlet
{
    private protected override async Task ProcessAsync(CallScope scope)
    {
        var path = await AskAsync(JournalFile);
        var history = Rollouts.History(path);
        if (RolloutJournal.IsHeld(path)) throw new ErrorRecordException(Errors.RolloutHeld.Record($"The rollout '{history.RolloutId}' is still running: {history.Opened?.Holder} holds it.", path));
        MustBeOurs(history, path);
        var kinds = RolloutKinds.Of(Connected.Cloud);
        var undo = UndoPlan.Make(history, kinds);
        foreach (var left in undo.Left) Emit(left);
        if (undo.Plan.Changes.Count == 0) return;
        if (!await ShouldProcessAsync($"rollout {history.RolloutId}", $"Take back {undo.Plan.Changes.Count} changes"))
        {
            foreach (var change in undo.Plan.Changes) Emit(undo.Planned(change));
            return;
        }
        using var journal = Rollouts.Store.Create();
        Say($"Rollout {journal.RolloutId} takes back {history.RolloutId}, journal '{journal.Path}'.");
        var running = Rollouts.Executor(Connected).RunAsync(undo.Plan, journal, MyInvocation.MyCommand.Name, Connected.OrganizationId ?? "", history.Planned!.ThrottleLimit, scope);
        await FollowAsync(running, undo.Plan.Changes.Count, result => Emit(undo.ResultOf(result)));
    }
}
