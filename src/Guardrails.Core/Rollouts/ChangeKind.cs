namespace Guardrails;

/// <summary>
/// How changes of one kind are made and taken back: the only code that calls a writing port. It looks before it repeats a call that
/// may have happened, and ends with an outcome where it can; what it throws as <see cref="CloudException"/> the executor reports as failed.
/// </summary>
internal abstract class ChangeKind
{
    /// <summary>The <see cref="Change.Kind"/> it makes.</summary>
    public abstract string Kind { get; }

    public abstract Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run);

    /// <summary>How a change that was made is taken back.</summary>
    /// <param name="resourceId">The object's id.</param>
    /// <param name="idAt">The id of the object that the rollout made or found at an address.</param>
    public abstract Undo UndoOf(Change change, string resourceId, Func<string, string> idAt);
}

/// <param name="ResourceId">The object's id; for a creation what later changes refer to.</param>
internal sealed record ChangeOutcome(ChangeStatus Status, string? ResourceId, string? Message = null, string? Reason = null, string? NextStep = null);

/// <param name="Opposite">The change that restores what was; null where there is none.</param>
/// <param name="Proposal">What a person can do instead; null where nothing can be done.</param>
internal sealed record Undo(Change? Opposite, string? Proposal = null);
