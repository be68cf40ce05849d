namespace Guardrails;

/// <summary>One line of a rollout's journal. Holds no secret: what a kind of change announces is operation and address, never arguments.</summary>
/// <param name="At">When it was written.</param>
internal abstract record JournalRecord(DateTimeOffset At);

/// <summary>A process has taken the rollout up: the first line of a journal, and again after each resume.</summary>
/// <param name="Holder">Who has it: process, machine and user.</param>
/// <param name="Rehearsal">True where it was begun on a sandbox, whose organization can have the id of the real one.</param>
internal sealed record RolloutOpened(DateTimeOffset At, string RolloutId, string Holder, string Module, bool Rehearsal = false) : JournalRecord(At);

/// <summary>What is to be done, whole, before anything is.</summary>
/// <param name="Command">The cmdlet that planned it.</param>
internal sealed record RolloutPlanned(DateTimeOffset At, string Command, string OrganizationId, int ThrottleLimit, Plan Plan) : JournalRecord(At);

/// <summary>A writing call is about to be made. On disk before the call leaves: a journal without it proves that nothing happened.</summary>
internal sealed record CallAnnounced(DateTimeOffset At, string Change, string Operation) : JournalRecord(At);

/// <summary>The announced call has been answered.</summary>
/// <param name="Error">AWS's code; null when it succeeded.</param>
/// <param name="Facts">What has to be known to go on from here: the id of a request, of an object.</param>
internal sealed record CallAnswered(
    DateTimeOffset At, string Change, string Operation, string? Error, CallOutcome Outcome, IReadOnlyDictionary<string, string> Facts) : JournalRecord(At);

/// <summary>A change has ended, one way or another.</summary>
internal sealed record ChangeEnded(
    DateTimeOffset At, string Change, ChangeStatus Status, string? ResourceId, string? Message, string? Reason, string? NextStep, TimeSpan Duration) : JournalRecord(At);

/// <summary>Another rollout begins to take this one back. On disk before the other's first call: from here on this one is not resumed.</summary>
/// <param name="By">The id of the rollout that takes it back.</param>
/// <param name="Path">The file of that rollout's journal.</param>
/// <param name="Holder">Who takes it back: process, machine and user.</param>
internal sealed record RolloutUndone(DateTimeOffset At, string By, string Path, string Holder) : JournalRecord(At);

/// <summary>The process has put the rollout down in order.</summary>
/// <param name="Stopped">True when it was asked to stop before all was done.</param>
internal sealed record RolloutClosed(DateTimeOffset At, bool Stopped) : JournalRecord(At);
