namespace Guardrails.Sandbox;

/// <summary>How a sandbox is opened. If it is open in this process already, those options stay and only <see cref="RealTime"/> is compared.</summary>
internal sealed record SandboxOptions
{
    /// <summary>Time passes by itself, for clients in other processes. Otherwise it passes only while everybody waits (<see cref="VirtualClock"/>).</summary>
    public bool RealTime { get; init; }

    /// <summary>A clock of the caller's instead of both.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>From CreateAccount to its end; null: as the state file says.</summary>
    public TimeSpan? AccountCreationTime { get; init; }

    /// <summary>Null: those of module/data/quotas.json.</summary>
    public SandboxQuotas? Quotas { get; init; }

    /// <summary>Calls per second and bursts; null: those of the quotas.</summary>
    public CallRates? Rates { get; init; }

    /// <summary>False: as many calls as you like.</summary>
    public bool Throttling { get; init; } = true;

    /// <summary>Of each call.</summary>
    public TimeSpan Latency { get; init; }
}
