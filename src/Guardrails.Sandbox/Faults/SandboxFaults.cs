namespace Guardrails.Sandbox;

/// <summary>What goes wrong, on demand. All of it is kept in memory, not in the state file.</summary>
internal sealed class SandboxFaults
{
    private readonly Lock gate = new();
    private readonly List<Armed> armed = [];
    private readonly Dictionary<string, TimeSpan> latencies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private FaultRates? rates;
    private TimeSpan latency;

    /// <summary>Of each call, before it is served, in the sandbox's time.</summary>
    public TimeSpan Latency
    {
        get
        {
            lock (gate) return latency;
        }

        set
        {
            lock (gate) latency = value;
        }
    }

    /// <summary>Drawn anew for each call; null: none.</summary>
    public FaultRates? Rates
    {
        get
        {
            lock (gate) return rates;
        }

        set
        {
            lock (gate)
            {
                rates = value;
                counts.Clear();
            }
        }
    }

    public void Add(Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fault.Nth);
        lock (gate) armed.Add(new Armed(fault));
    }

    /// <summary>Latency of one operation instead of <see cref="Latency"/>.</summary>
    public void SetLatency(string operation, TimeSpan time)
    {
        lock (gate) latencies[operation] = time;
    }

    /// <summary>Ends all faults and latencies.</summary>
    public void Clear()
    {
        lock (gate)
        {
            armed.Clear();
            latencies.Clear();
            counts.Clear();
            rates = null;
            latency = TimeSpan.Zero;
        }
    }

    internal TimeSpan LatencyOf(string operation)
    {
        lock (gate) return latencies.TryGetValue(operation, out var own) ? own : latency;
    }

    /// <summary>Called once for each call. The first fault that fits counts; the others still count the call.</summary>
    internal Fault? Next(string operation)
    {
        lock (gate)
        {
            Fault? hit = null;
            foreach (var one in armed.ToArray())
            {
                if (one.Fault.Operation is { } only && only != operation) continue;
                one.Calls++;
                if (one.Fault.Nth != 0 && one.Fault.Nth != one.Calls) continue;
                hit ??= one.Fault;
                if (one.Fault.Nth != 0) armed.Remove(one);
            }
            return hit ?? Drawn(operation);
        }
    }

    private Fault? Drawn(string operation)
    {
        if (rates is null) return null;
        var count = counts[operation] = counts.GetValueOrDefault(operation) + 1;
        var hash = rates.Seed;
        foreach (var c in operation) hash = unchecked((hash * 31) + c);
        var random = new Random(unchecked((hash * 31) + count));
        var draw = random.NextDouble();
        var moment = random.NextDouble() < rates.AfterEffect ? FaultMoment.AfterEffect : FaultMoment.BeforeEffect;
        if (draw < rates.Throttled) return new Fault(operation, ServiceErrors.TooManyRequests);
        if (draw < rates.Throttled + rates.InternalErrors) return new Fault(operation, ServiceErrors.Internal, 0, moment);
        return draw < rates.Throttled + rates.InternalErrors + rates.Dropped ? new Fault(operation, new FaultAnswer.Dropped(), 0, moment) : null;
    }

    private sealed class Armed(Fault fault)
    {
        public Fault Fault => fault;

        public int Calls { get; set; }
    }
}
