namespace Guardrails.Sandbox;

/// <summary>A rate with a burst, in the time of its clock.</summary>
internal sealed class TokenBucket(double perSecond, double capacity, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly double burst = capacity;
    private double tokens = capacity;
    private long last = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            tokens = Math.Min(burst, tokens + (clock.GetElapsedTime(last, now).TotalSeconds * perSecond));
            last = now;
            // A sum of many small refills may miss the whole token by a rounding error.
            if (tokens < 1 - 1e-9) return false;
            tokens -= 1;
            return true;
        }
    }
}
