namespace Guardrails;

/// <summary>
/// How changes of one kind are made and taken back: the only code that calls a writing port. It looks before it repeats a call that
/// may have happened, and ends with an outcome where it can; what it throws as <see cref="CloudException"/> the executor reports as failed.
/// </summary>
internal abstract class ChangeKind
{
    /// <summary>The <see cref="Change.Kind"/> it makes.</summary>
    public abstract string Kind { get; }

    /// <summary>Why the change cannot even be tried, each as the end of a sentence about it: a plan can come from a file that somebody has edited.</summary>
    public virtual IEnumerable<string> Faults(Change change) => [];

    public abstract Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run);

    /// <summary>How a change that was made is taken back.</summary>
    /// <param name="resourceId">The object's id.</param>
    /// <param name="idAt">The id of the object that the rollout made or found at an address.</param>
    public abstract Undo UndoOf(Change change, string resourceId, Func<string, string> idAt);

    /// <summary>
    /// Looks for what a change may have left behind that was announced and whose end nobody wrote down. A kind whose undo looks by itself
    /// need not.
    /// </summary>
    /// <param name="at">What the journal knows of it.</param>
    public virtual Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope) => Task.FromResult(new Trace(change.ResourceId ?? at.FindId(change.Address)));
}

/// <summary>What is missing in a change of a plan that somebody has edited.</summary>
internal static class ChangeFaults
{
    /// <param name="before">Names of facts that must be among those before.</param>
    /// <param name="after">Names of facts that must be among those after.</param>
    public static IEnumerable<string> Of(Change change, string[] before, string[] after) =>
        before.Where(name => !change.Before.ContainsKey(name)).Select(name => $"does not say what '{name}' was before")
            .Concat(after.Where(name => !change.After.ContainsKey(name)).Select(name => $"does not say what '{name}' is to be"));
}

/// <summary>A change whose end nobody wrote down.</summary>
/// <param name="Calls">The calls that were announced for it.</param>
/// <param name="FindId">The id of the object that the rollout made or found at an address; null where it did not get that far.</param>
internal sealed record Uncertain(IReadOnlyList<JournaledCall> Calls, Func<string, string?> FindId)
{
    /// <summary>What the last successful call of that operation answered; null where there was none.</summary>
    public IReadOnlyDictionary<string, string>? Answered(string operation) =>
        Calls.LastOrDefault(call => call.Announced.Operation == operation && call.Answer is { Error: null })?.Answer?.Facts;
}

/// <summary>What was found of such a change.</summary>
/// <param name="ResourceId">The object's id; null where the change has left nothing behind.</param>
/// <param name="UnderWay">Set where it cannot be said yet: what is still going on.</param>
internal sealed record Trace(string? ResourceId, string? UnderWay = null);

/// <param name="ResourceId">The object's id; for a creation what later changes refer to.</param>
internal sealed record ChangeOutcome(ChangeStatus Status, string? ResourceId, string? Message = null, string? Reason = null, string? NextStep = null)
{
    /// <summary>When a deferred change may be taken; null where that is not known.</summary>
    public DateTimeOffset? NextTry { get; init; }
}

/// <param name="Opposite">The change that restores what was; null where there is none.</param>
/// <param name="Proposal">What a person can do instead; null where nothing can be done.</param>
internal sealed record Undo(Change? Opposite, string? Proposal = null);
