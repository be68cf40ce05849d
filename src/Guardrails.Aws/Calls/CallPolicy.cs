namespace Guardrails.Aws;

/// <summary>How long calls may take and how they are repeated.</summary>
internal sealed record CallPolicy
{
    /// <summary>One request with its whole answer, in real time whatever the connection's clock.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a writing call that is under way may still take for its answer after the user cancelled, in real time.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the SDK may look for credentials, in real time: an unreachable metadata service is slow to give up.</summary>
    public TimeSpan CredentialTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the first attempt, how long a call is repeated that AWS throttled or that met a concurrent change.</summary>
    public TimeSpan RetryTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait for an organization that is still being set up. AWS: up to an hour.</summary>
    public TimeSpan FinalizingTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often a call is tried whose answers are lost or unreadable, or whose peer cannot be reached.</summary>
    public int LostAttempts { get; init; } = 6;

    /// <summary>Calls that may be under way at once.</summary>
    public int Concurrency { get; init; } = 20;

    /// <summary>The seed of the jitter.</summary>
    public int Seed { get; init; } = 1;
}
