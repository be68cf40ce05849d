namespace Guardrails;

/// <summary>A call to AWS as CloudTrail recorded it, and the requests that policies would see in it.</summary>
public sealed record RecordedCall
{
    /// <summary>CloudTrail's id of the event.</summary>
    public required string EventId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Service and name of the call: <c>s3:ListBuckets</c>.</summary>
    public required string Call { get; init; }

    /// <summary>One request for each action and resource; empty where no policy decides the call.</summary>
    public required IReadOnlyList<AccessRequest> Requests { get; init; }

    /// <summary>Why it says nothing about what a policy would newly deny: it failed, or no policy decides it; null where it says something.</summary>
    public string? NotReplayed { get; init; }

    /// <summary>The call.</summary>
    public override string ToString() => Call;
}
