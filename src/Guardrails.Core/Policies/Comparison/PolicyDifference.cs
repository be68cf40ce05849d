namespace Guardrails;

/// <summary>What a new version of a policy changes for requests.</summary>
public enum AccessChange
{
    /// <summary>The new version denies it, or does not allow it any more.</summary>
    NewlyDenied,

    /// <summary>The new version does not deny it any more, or allows it.</summary>
    NewlyAllowed,

    /// <summary>Whether there is a difference could not be decided.</summary>
    Undecided,
}

/// <summary>A difference in effect between two versions of a policy, with a request that shows it.</summary>
public sealed record PolicyDifference
{
    /// <summary>What changes.</summary>
    public required AccessChange Change { get; init; }

    /// <summary>The actions for which it is the same difference: patterns of the policies, or <c>*</c> for actions that they don't name.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>What the version before makes of the witness: the statement that denies or allows it, or that none applies.</summary>
    public string? Before { get; init; }

    /// <summary>What the version after makes of it.</summary>
    public string? After { get; init; }

    /// <summary>A request that was evaluated on both versions, with different results; null for Undecided. What it does not say does not matter.</summary>
    public AccessRequest? Witness { get; init; }

    /// <summary>Why it could not be decided; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>In one line.</summary>
    public override string ToString() => Change == AccessChange.Undecided
        ? $"{Change}: {string.Join(", ", Actions)}: {Reason}"
        : $"{Change}: {Witness} ({Before} → {After})";
}
