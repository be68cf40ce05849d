namespace Guardrails;

/// <summary>How a change ended.</summary>
public enum ChangeStatus
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>The object was as it should be already.</summary>
    Unchanged,

    /// <summary>The object is somebody else's, or has moved on since the plan was made: it was not touched.</summary>
    Conflict,

    /// <summary>The cloud refused it, or its outcome could not be found out.</summary>
    Failed,

    /// <summary>Not tried: a change that it depends on was not made.</summary>
    Skipped,

    /// <summary>The cloud takes it later: its budget for now is used up. Resume the rollout then.</summary>
    Deferred,

    /// <summary>Not tried or not waited for: the rollout was stopped.</summary>
    Stopped,
}

/// <summary>What became of one change.</summary>
public sealed record ChangeResult
{
    /// <summary>The change.</summary>
    public required Change Change { get; init; }

    /// <summary>How it ended.</summary>
    public required ChangeStatus Status { get; init; }

    /// <summary>The object's id in the cloud, where it is known.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What there is to say about it, with AWS's own words where it failed.</summary>
    public string? Message { get; init; }

    /// <summary>AWS's reason, such as <c>EMAIL_ALREADY_EXISTS</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about it.</summary>
    public string? NextStep { get; init; }

    /// <summary>When the cloud may take it, where it was deferred; null where that is not known. The message says how sure it is.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>
    /// With the last change of an account that is resumed: true when it can be worked in, false when it could not within the time given, and
    /// the message says why. Null where nobody waited for it.
    /// </summary>
    public bool? Ready { get; init; }

    /// <summary>How long it took, by the cloud's clock.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True when what depends on it can go on.</summary>
    internal bool Holds => Status is ChangeStatus.Done or ChangeStatus.Unchanged;
}
