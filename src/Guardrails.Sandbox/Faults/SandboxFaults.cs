namespace Guardrails.Sandbox;

/// <summary>What goes wrong, on demand. All of it is kept in memory, not in the state file.</summary>
internal sealed class SandboxFaults
{
    private readonly Lock _gate = new();
    private readonly List<Armed> _armed = [];
    private readonly Dictionary<string, TimeSpan> _latencies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private FaultRates? _rates;
    private TimeSpan _latency;

    /// <summary>Of each call, before it is served, in the sandbox's time.</summary>
    public TimeSpan Latency
    {
        get
        {
            lock (_gate) return _latency;
        }

        set
        {
            lock (_gate) _latency = value;
        }
    }

    /// <summary>Drawn anew for each call; null: none.</summary>
    public FaultRates? Rates
    {
        get
        {
            lock (_gate) return _rates;
        }

        set
        {
            lock (_gate)
            {
                _rates = value;
                _counts.Clear();
            }
        }
    }

    public void Add(Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fault.Nth);
        lock (_gate) _armed.Add(new Armed(fault));
    }

    /// <summary>Latency of one operation instead of <see cref="Latency"/>.</summary>
    public void SetLatency(string operation, TimeSpan time)
    {
        lock (_gate) _latencies[operation] = time;
    }

    /// <summary>Ends all faults and latencies.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _armed.Clear();
            _latencies.Clear();
            _counts.Clear();
            _rates = null;
            _latency = TimeSpan.Zero;
        }
    }

    internal TimeSpan LatencyOf(string operation)
    {
        lock (_gate) return _latencies.TryGetValue(operation, out var own) ? own : _latency;
    }

    /// <summary>Called once for each call. The first fault that fits counts; the others still count the call.</summary>
    internal Fault? Next(string operation)
    {
        lock (_gate)
        {
            Fault? hit = null;
            foreach (var one in _armed.ToArray())
            {
                if (one.Fault.Operation is { } only && only != operation) continue;
                one.Calls++;
                if (one.Fault.Nth != 0 && one.Fault.Nth != one.Calls) continue;
                hit ??= one.Fault;
                if (one.Fault.Nth != 0) _armed.Remove(one);
            }
            return hit ?? Drawn(operation);
        }
    }

    private Fault? Drawn(string operation)
    {
        if (_rates is null) return null;
        var count = _counts[operation] = _counts.GetValueOrDefault(operation) + 1;
        var hash = _rates.Seed;
        foreach (var c in operation) hash = unchecked((hash * 31) + c);
        var random = new Random(unchecked((hash * 31) + count));
        var draw = random.NextDouble();
        var moment = random.NextDouble() < _rates.AfterEffect ? FaultMoment.AfterEffect : FaultMoment.BeforeEffect;
        if (draw < _rates.Throttled) return new Fault(operation, ServiceErrors.TooManyRequests);
        if (draw < _rates.Throttled + _rates.InternalErrors) return new Fault(operation, ServiceErrors.Internal, 0, moment);
        return draw < _rates.Throttled + _rates.InternalErrors + _rates.Dropped ? new Fault(operation, new FaultAnswer.Dropped(), 0, moment) : null;
    }

    private sealed class Armed(Fault fault)
    {
        public Fault Fault => fault;

        public int Calls { get; set; }
    }
}
