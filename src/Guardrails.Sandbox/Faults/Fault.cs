namespace Guardrails.Sandbox;

internal enum FaultMoment
{
    /// <summary>The operation doesn't run.</summary>
    BeforeEffect,

    /// <summary>The operation runs and is saved; only its answer is lost.</summary>
    AfterEffect,
}

/// <summary>What the client gets instead of the answer.</summary>
internal abstract record FaultAnswer
{
    private FaultAnswer()
    {
    }

    /// <summary>An error of the service, in its protocol's form.</summary>
    public sealed record Error(string Code, string Message, string? Reason = null, int Status = 400) : FaultAnswer;

    /// <summary>Something that isn't the service's protocol, such as a proxy's page.</summary>
    public sealed record Page(int Status, string Body, string ContentType = "text/html") : FaultAnswer;

    /// <summary>200, and a body that isn't JSON or XML.</summary>
    public sealed record Malformed : FaultAnswer;

    /// <summary>The answer ends in its middle.</summary>
    public sealed record Truncated : FaultAnswer;

    /// <summary>The connection ends without an answer.</summary>
    public sealed record Dropped : FaultAnswer;
}

/// <param name="Operation">Such as <c>CreateAccount</c>; null: every one.</param>
/// <param name="Answer">What the client gets.</param>
/// <param name="Nth">The nth matching call after the fault was added, from 1; 0: each.</param>
internal sealed record Fault(string? Operation, FaultAnswer Answer, int Nth = 0, FaultMoment Moment = FaultMoment.BeforeEffect);

/// <summary>Faults by chance. The same seed gives each operation's nth call the same fate, however calls interleave.</summary>
/// <param name="Throttled">Share of calls refused as too many, 0 to 1.</param>
/// <param name="InternalErrors">Share of calls answered with an internal error.</param>
/// <param name="Dropped">Share of calls whose connection ends.</param>
/// <param name="AfterEffect">Share of the internal errors and dropped connections that come after the effect.</param>
internal sealed record FaultRates(int Seed, double Throttled = 0, double InternalErrors = 0, double Dropped = 0, double AfterEffect = 0.5);
