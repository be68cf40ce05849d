namespace Guardrails.Sandbox;

/// <summary>A rate with a burst, in the time of its clock.</summary>
internal sealed class TokenBucket(double perSecond, double capacity, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly double _burst = capacity;
    private double _tokens = capacity;
    private long _last = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _tokens = Math.Min(_burst, _tokens + (clock.GetElapsedTime(_last, now).TotalSeconds * perSecond));
            _last = now;
            // A sum of many small refills may miss the whole token by a rounding error.
            if (_tokens < 1 - 1e-9) return false;
            _tokens -= 1;
            return true;
        }
    }
}
