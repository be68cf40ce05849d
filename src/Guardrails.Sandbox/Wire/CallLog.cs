namespace Guardrails.Sandbox;

/// <param name="Number">From 1, in the order of completion.</param>
/// <param name="Service">organizations or sts; empty if the request named none.</param>
/// <param name="CallerAccountId">Null if the call was refused before its caller was known.</param>
/// <param name="Outcome">OK, or the error's code, or Dropped, Truncated, Malformed, Page for a fault in delivery.</param>
/// <param name="Ran">The operation ran and did not refuse: its effect is there, whatever the client was told.</param>
/// <param name="Writes">The operation changes something in the organization.</param>
internal sealed record SandboxCall(
    long Number, DateTimeOffset At, string Service, string Operation, string? CallerAccountId, string Outcome, bool Ran, bool Writes);

/// <summary>The calls that came in, so that a test can assert on the wire what was called and that nothing was written. Keeps the last 10,000.</summary>
internal sealed class CallLog
{
    private const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<SandboxCall> calls = new();
    private readonly Dictionary<(string Operation, string Outcome), long> counts = [];
    private long total;
    private long writes;

    /// <summary>Of all calls, also those no longer kept.</summary>
    public long Total
    {
        get
        {
            lock (gate) return total;
        }
    }

    /// <summary>Writing operations that ran, of all calls.</summary>
    public long Writes
    {
        get
        {
            lock (gate) return writes;
        }
    }

    /// <summary>The calls that are kept, oldest first.</summary>
    public IReadOnlyList<SandboxCall> Recent
    {
        get
        {
            lock (gate) return calls.ToArray();
        }
    }

    /// <summary>Of all calls of an operation; with an outcome, only those.</summary>
    public long Count(string operation, string? outcome = null)
    {
        lock (gate)
            return counts.Where(count => count.Key.Operation == operation && (outcome is null || count.Key.Outcome == outcome)).Sum(count => count.Value);
    }

    /// <summary>Of all calls with an outcome, such as TooManyRequestsException.</summary>
    public long CountOutcome(string outcome)
    {
        lock (gate) return counts.Where(count => count.Key.Outcome == outcome).Sum(count => count.Value);
    }

    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
            counts.Clear();
            total = 0;
            writes = 0;
        }
    }

    internal void Add(DateTimeOffset at, string service, string operation, string? caller, string outcome, bool ran, bool isWrite)
    {
        lock (gate)
        {
            total++;
            if (ran && isWrite) writes++;
            counts[(operation, outcome)] = counts.GetValueOrDefault((operation, outcome)) + 1;
            if (calls.Count == Capacity) calls.Dequeue();
            calls.Enqueue(new SandboxCall(total, at, service, operation, caller, outcome, ran, isWrite));
        }
    }
}
