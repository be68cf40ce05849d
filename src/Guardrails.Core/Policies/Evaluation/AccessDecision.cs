namespace Guardrails;

/// <summary>What the policies of an organization make of one request.</summary>
public sealed record AccessDecision
{
    /// <summary>The request.</summary>
    public required AccessRequest Request { get; init; }

    /// <summary>The action that was asked for.</summary>
    public string Action => Request.Action;

    /// <summary>The resource; null where it is not known.</summary>
    public string? Resource => Request.Resource;

    /// <summary>The principal; null where it is not known.</summary>
    public string? PrincipalArn => Request.PrincipalArn;

    /// <summary>The call that the request was read from; null where it was not read from CloudTrail.</summary>
    public RecordedCall? Recorded { get; init; }

    /// <summary>Service and resource control policies together.</summary>
    public required AccessOutcome Outcome { get; init; }

    /// <summary>Where <see cref="Outcome"/> comes from; only when it was asked to be explained.</summary>
    public AccessExplanation? Explanation { get; init; }

    /// <summary>Why, in one sentence; null where it was not asked for.</summary>
    public string? Reason => Explanation?.Reason;

    /// <summary>What would have to be known to decide it; empty unless it is Indeterminate and was explained.</summary>
    public IReadOnlyList<string> MissingKeys => Explanation?.MissingKeys ?? [];

    /// <summary>Outcome and action.</summary>
    public override string ToString() => $"{Outcome}: {Request}";
}

/// <summary>Why a request is denied, is not, or cannot be decided.</summary>
public sealed record AccessExplanation
{
    /// <summary>In one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What the service control policies of the principal's account say.</summary>
    public required AccessOutcome ServiceControls { get; init; }

    /// <summary>What the resource control policies of the resource's account say.</summary>
    public required AccessOutcome ResourceControls { get; init; }

    /// <summary>The statement, or the level without one, that decides; null where the request is not denied.</summary>
    public DecidingStatement? Deciding { get; init; }

    /// <summary>All statements that apply or would if the missing keys had certain values, from the root down.</summary>
    public required IReadOnlyList<DecidingStatement> Statements { get; init; }

    /// <summary>Every condition key, and everything else of the request, that is not known and could change the outcome; sorted.</summary>
    public required IReadOnlyList<string> MissingKeys { get; init; }
}

/// <summary>A statement that denies a request or could, or a level on which nothing allows it.</summary>
public sealed record DecidingStatement
{
    /// <summary>SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY.</summary>
    public required string PolicyType { get; init; }

    /// <summary>Where the policy is attached; null where it is not known which account is bound.</summary>
    public PolicyLevel? Level { get; init; }

    /// <summary>The policy's id; null for a level on which no policy allows the request.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The policy's name; null for a level on which no policy allows the request.</summary>
    public string? Policy { get; init; }

    /// <summary>The statement's Sid, or its place in the policy.</summary>
    public string? Statement { get; init; }

    /// <summary>The statement's line in the document.</summary>
    public int? Line { get; init; }

    /// <summary>True for a statement that denies, false for one that allows, or a level that doesn't.</summary>
    public bool Denies { get; init; }

    /// <summary>Whether it certainly applies, or only if what is missing says so.</summary>
    public bool Certain { get; init; }

    /// <summary>The conditions of the statement that hold, or may.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Policy, statement and level.</summary>
    public override string ToString() =>
        Policy is null ? $"no policy on {Level?.Path ?? "a level"} allows it" : $"{Policy}, {Statement}{(Level is null ? "" : $", attached to {Level.Path}")}";
}
