namespace Guardrails.Aws.Tests;

/// <summary>Time that jumps ahead whenever somebody waits: a wait of an hour takes no time, and is on the clock afterwards.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan time)
    {
        lock (_lock) _now += time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer();
        if (dueTime == Timeout.InfiniteTimeSpan) return timer;
        Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ =>
        {
            if (!timer.Gone) callback(state);
        });
        return timer;
    }

    private sealed class Timer : ITimer
    {
        public bool Gone { get; private set; }
        public bool Change(TimeSpan dueTime, TimeSpan period) => !Gone;
        public void Dispose() => Gone = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
