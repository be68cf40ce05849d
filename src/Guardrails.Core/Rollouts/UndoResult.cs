namespace Guardrails;

/// <summary>What is left of a change when a rollout is undone.</summary>
public enum UndoOutcome
{
    /// <summary>It was taken back.</summary>
    Undone,

    /// <summary>It would be taken back: the plan was shown and not run.</summary>
    Planned,

    /// <summary>There is nothing to take back: it was never made, or it stands as it was before already.</summary>
    Unchanged,

    /// <summary>It cannot be taken back by itself; the message says what a person can do.</summary>
    Proposed,

    /// <summary>It cannot be taken back.</summary>
    Irreversible,

    /// <summary>Taking it back was refused, or somebody else has changed the object since.</summary>
    Failed,
}

/// <summary>What became of one change of a rollout that was undone.</summary>
public sealed record UndoResult
{
    /// <summary>The change that was to be taken back.</summary>
    public required Change Change { get; init; }

    /// <summary>The object's id.</summary>
    public string? ResourceId { get; init; }

    /// <summary>How it ended.</summary>
    public required UndoOutcome Outcome { get; init; }

    /// <summary>What there is to say about it.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? NextStep { get; init; }
}
