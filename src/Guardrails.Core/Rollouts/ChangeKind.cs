namespace Guardrails;

/// <summary>
/// How changes of one kind are made: the only code that calls a writing port. It looks before it repeats a call that may have
/// happened, and ends with an outcome where it can; what it throws as <see cref="CloudException"/> the executor reports as failed.
/// </summary>
internal abstract class ChangeKind
{
    /// <summary>The <see cref="Change.Kind"/> it makes.</summary>
    public abstract string Kind { get; }

    public abstract Task<ChangeOutcome> ApplyAsync(Change change, RolloutState state, CallScope scope);
}

/// <param name="ResourceId">The object's id; for a creation what later changes refer to.</param>
internal sealed record ChangeOutcome(ChangeStatus Status, string? ResourceId, string? Message = null, string? Reason = null, string? NextStep = null);
