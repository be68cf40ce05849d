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

    private readonly Lock _gate = new();
    private readonly Queue<SandboxCall> _calls = new();
    private readonly Dictionary<(string Operation, string Outcome), long> _counts = [];
    private long _total;
    private long _writes;

    /// <summary>Of all calls, also those no longer kept.</summary>
    public long Total
    {
        get
        {
            lock (_gate) return _total;
        }
    }

    /// <summary>Writing operations that ran, of all calls.</summary>
    public long Writes
    {
        get
        {
            lock (_gate) return _writes;
        }
    }

    /// <summary>The calls that are kept, oldest first.</summary>
    public IReadOnlyList<SandboxCall> Recent
    {
        get
        {
            lock (_gate) return _calls.ToArray();
        }
    }

    /// <summary>Of all calls of an operation; with an outcome, only those.</summary>
    public long Count(string operation, string? outcome = null)
    {
        lock (_gate)
            return _counts.Where(count => count.Key.Operation == operation && (outcome is null || count.Key.Outcome == outcome)).Sum(count => count.Value);
    }

    /// <summary>Of all calls with an outcome, such as TooManyRequestsException.</summary>
    public long CountOutcome(string outcome)
    {
        lock (_gate) return _counts.Where(count => count.Key.Outcome == outcome).Sum(count => count.Value);
    }

    public void Clear()
    {
        lock (_gate)
        {
            _calls.Clear();
            _counts.Clear();
            _total = 0;
            _writes = 0;
        }
    }

    internal void Add(DateTimeOffset at, string service, string operation, string? caller, string outcome, bool ran, bool isWrite)
    {
        lock (_gate)
        {
            _total++;
            if (ran && isWrite) _writes++;
            _counts[(operation, outcome)] = _counts.GetValueOrDefault((operation, outcome)) + 1;
            if (_calls.Count == Capacity) _calls.Dequeue();
            _calls.Enqueue(new SandboxCall(_total, at, service, operation, caller, outcome, ran, isWrite));
        }
    }
}
