using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Takes back what a rollout changed, as far as it can be taken back.</summary>
/// <remarks>
/// <para>The undo is a plan made from the journal's before-images, and a rollout of its own. Reversible changes (a move, a tag) are undone, last
/// first. What can only be compensated (an account that was created) is proposed: the message says what a person can do. What cannot be
/// taken back is listed. An object that somebody else has changed since is left as it is. A change of which the journal does not say how it
/// ended is looked for first.</para>
/// <para>A rollout whose undo has begun is not resumed any more. Undone again, it shows what is left of it.</para>
/// <para>-WhatIf shows what would be done and what would be left.</para>
/// </remarks>
/// <example>
/// <title>Look, then undo</title>
/// <code>Undo-GuardrailRollout -Id 20261123T080000-1a2b3c -WhatIf
/// Undo-GuardrailRollout -Id 20261123T080000-1a2b3c</code>
/// </example>
[Cmdlet(VerbsCommon.Undo, "GuardrailRollout", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UndoResult))]
public sealed class UndoGuardrailRolloutCommand : RolloutCmdlet
{
    private protected override async Task WorkAsync(string path, CallScope scope)
    {
        var history = RolloutStore.History(path);
        if (RolloutJournal.IsHeld(path)) throw new ErrorRecordException(Errors.RolloutHeld.Record($"The rollout '{history.RolloutId}' is still running: {history.Holder} holds it since {history.HeldSince:u}.", path));
        MustBeOurs(history, path);
        var kinds = RolloutKinds.Of(Connected.Cloud);
        var undo = await UndoPlan.MakeAsync(history, kinds, RolloutStore.TakenBack(history), scope);
        foreach (var left in undo.Left) Emit(left);
        if (undo.Plan.Changes.Count == 0)
        {
            if (undo.Left.Count == 0) Warn($"Rollout {history.RolloutId} changed nothing that is still there to take back.");
            return;
        }
        if (!await ShouldProcessAsync($"rollout {history.RolloutId}", $"Take back {undo.Plan.Changes.Count} changes"))
        {
            foreach (var change in undo.Plan.Changes) Emit(undo.Planned(change));
            return;
        }
        // Held while it is taken back, and marked before the first call: nobody goes on with it from here on.
        var (undone, now) = RolloutJournal.TakeUp(path);
        using var held = undone;
        if (now.Length != history.Length) throw new ErrorRecordException(Errors.RolloutChanged.Record($"The rollout '{history.RolloutId}' has gone on while its undo was planned; nothing was taken back.", path));
        using var journal = OpenJournal(null);
        undone.Write(new RolloutUndone(Connected.Cloud.Clock.GetUtcNow(), journal.RolloutId, journal.Path, RolloutJournal.Self()));
        Say($"It takes back rollout {history.RolloutId}.");
        var running = Rollouts.Executor(Connected).RunAsync(undo.Plan, journal, MyInvocation.MyCommand.Name, Connected.OrganizationId ?? "", history.Planned!.ThrottleLimit, scope);
        await FollowAsync(running, undo.Plan.Changes.Count, result => Emit(undo.ResultOf(result)));
    }
}
