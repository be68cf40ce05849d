namespace Guardrails;

/// <summary>What travels with every call to a cloud: when to stop, and who wants to hear of it.</summary>
/// <param name="Cancel">Ends the work at the next safe point.</param>
/// <param name="Calls">Told of each call when it has ended, for the verbose stream; called from any thread.</param>
/// <param name="Progress">Told how far a long read is; called from any thread.</param>
internal sealed record CallScope(CancellationToken Cancel, Action<CallTrace>? Calls = null, Action<string>? Progress = null)
{
    public static CallScope None { get; } = new(CancellationToken.None);
}

/// <summary>One call as it went over the wire, without arguments and secrets.</summary>
/// <param name="Attempt">1 for the first try.</param>
/// <param name="Error">AWS's error code; null when it succeeded.</param>
/// <param name="RetryAfter">How long the caller waits before it tries again; null when it does not.</param>
internal sealed record CallTrace(string Operation, int Attempt, TimeSpan Duration, string? Error, TimeSpan? RetryAfter);
