namespace Guardrails;

/// <summary>How a rollout stands.</summary>
public enum RolloutState
{
    /// <summary>A process is at it.</summary>
    Running,

    /// <summary>Its process is gone, and had not put it down in order: resume it.</summary>
    Interrupted,

    /// <summary>It was stopped before all was done: resume it.</summary>
    Stopped,

    /// <summary>It has ended, and something was refused, failed or in conflict.</summary>
    CompletedWithErrors,

    /// <summary>Everything was made.</summary>
    Completed,

    /// <summary>Another rollout has taken it back, or has begun to. It cannot be resumed; the message names the other.</summary>
    Undone,

    /// <summary>Its journal cannot be read; the message says why.</summary>
    Unreadable,
}

/// <summary>A rollout as its journal tells of it.</summary>
public sealed record Rollout
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The cmdlet that planned it.</summary>
    public required string Command { get; init; }

    /// <summary>How it stands.</summary>
    public required RolloutState State { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The organization it changes.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>True where what it changes is a sandbox, which can have the id of the organization that it is a copy of.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>How many changes its plan has.</summary>
    public int Changes { get; init; }

    /// <summary>How many are made, or were as they should be.</summary>
    public int Done { get; init; }

    /// <summary>How many were refused, failed, in conflict, or skipped because of one that was.</summary>
    public int Failed { get; init; }

    /// <summary>Process, user and machine that had it last.</summary>
    public string? Holder { get; init; }

    /// <summary>What else there is to say: by which rollout it was taken back, why its journal cannot be read.</summary>
    public string? Message { get; init; }

    /// <summary>The journal's file.</summary>
    public required string Path { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
