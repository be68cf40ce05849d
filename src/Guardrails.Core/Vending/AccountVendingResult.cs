namespace Guardrails;

/// <summary>What became of a request for an account.</summary>
public enum AccountOutcome
{
    /// <summary>It is as requested already.</summary>
    Unchanged,

    /// <summary>It was made, placed and tagged.</summary>
    Created,

    /// <summary>It was there and not ours, and was taken over with -Adopt (and moved and retagged where that was needed).</summary>
    Adopted,

    /// <summary>It was there, and was moved (and retagged where that was needed).</summary>
    Moved,

    /// <summary>It was there, and its tags were corrected.</summary>
    Retagged,

    /// <summary>It was there, and was renamed (and retagged where that was needed).</summary>
    Renamed,

    /// <summary>It was there, and contacts, Regions or access were corrected.</summary>
    Corrected,

    /// <summary>It would be changed: the plan was shown and not run.</summary>
    Planned,

    /// <summary>An account with that email is there that is not ours, or somebody else changed it meanwhile: not touched.</summary>
    Conflict,

    /// <summary>The request cannot be sent, or the cloud refused it.</summary>
    Failed,

    /// <summary>The run was stopped before this one was finished.</summary>
    Stopped,
}

/// <summary>What became of one request for an account.</summary>
public sealed record AccountVendingResult
{
    /// <summary>The account's name.</summary>
    public required string Name { get; init; }

    /// <summary>The root user's email address.</summary>
    public required string Email { get; init; }

    /// <summary>The 12-digit account id; null where there is no account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The path of the organizational unit that was asked for.</summary>
    public required string OrganizationalUnit { get; init; }

    /// <summary>How it ended.</summary>
    public required AccountOutcome Outcome { get; init; }

    /// <summary>What was done to the account, in order, or would be done: <c>create</c>, <c>move</c>, <c>tag</c>, <c>enable eu-central-2</c>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>
    /// True when its role can be assumed and tags, contacts, Regions and access stand as asked for; false when they did not within the time
    /// given, and the message says why; null where nobody waited for it.
    /// </summary>
    public bool? Ready { get; init; }

    /// <summary>AWS's reason, or this module's: <c>EMAIL_ALREADY_EXISTS</c>, <c>InvalidRequest</c>, <c>NotOurs</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What there is to say about it, with AWS's own words where it failed.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? NextStep { get; init; }

    /// <summary>Where the request was read: file and line, or its position in the pipeline.</summary>
    public string? Source { get; init; }

    /// <summary>How long its changes took, by the cloud's clock.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True for an outcome that somebody has to look at.</summary>
    internal bool IsTrouble => Outcome is AccountOutcome.Failed or AccountOutcome.Conflict;

    internal static AccountVendingResult Of(AccountRequest request, AccountOutcome outcome) => new()
    {
        Name = request.Name,
        Email = request.Email,
        OrganizationalUnit = request.OrganizationalUnit,
        Outcome = outcome,
        Source = request.Source,
    };
}
