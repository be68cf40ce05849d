namespace Guardrails.Sandbox;

/// <summary>
/// How account creations go: how long they take, and which of them fail with which reason. CreateAccount asks once per accepted request.
/// Set it through <see cref="SandboxFaults.AccountCreation"/>; it is kept in memory, not in the state file.
/// </summary>
internal sealed class AccountCreation(TimeSpan duration)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, string> byNumber = [];
    private int started;

    /// <summary>From IN_PROGRESS to SUCCEEDED or FAILED, in the sandbox's time.</summary>
    public TimeSpan Duration { get; set; } = duration;

    /// <summary>The creation for this email fails with this value of CreateAccountFailureReason, each time, until <see cref="Clear"/>.</summary>
    public void Fail(string email, string reason)
    {
        lock (gate) byEmail[email] = reason;
    }

    /// <summary>The nth creation from now on (the next one is 1) fails with this value of CreateAccountFailureReason.</summary>
    public void Fail(int nth, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nth, 1);
        lock (gate) byNumber[started + nth] = reason;
    }

    public void Clear()
    {
        lock (gate)
        {
            byEmail.Clear();
            byNumber.Clear();
        }
    }

    /// <summary>Called once for each creation that starts. Null: it will succeed.</summary>
    public string? FailureReasonFor(string email)
    {
        lock (gate)
        {
            started++;
            return byNumber.Remove(started, out var reason) ? reason : byEmail.GetValueOrDefault(email);
        }
    }
}
