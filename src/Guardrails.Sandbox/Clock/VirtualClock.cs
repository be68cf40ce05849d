namespace Guardrails.Sandbox;

/// <summary>
/// Time that passes only while everybody waits. When a timer of this provider is pending, nobody holds the clock (the sandbox does during a call)
/// and nothing has happened for a moment of real time, the clock jumps to the next timer. So waiting for an account takes real milliseconds,
/// and timeouts that are longer than other waits never win against them.
/// </summary>
/// <remarks>
/// The moment is a millisecond or two when the thread pool is idle and <see cref="Patience"/> when it is not: whoever computes for longer than that without
/// holding the clock may find that time has passed, as it would have in reality. Nothing in here waits for work of others, so the clock cannot deadlock.
/// </remarks>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    // Not a Lock: the pump waits on it.
    private readonly object gate = new();
    private readonly SortedSet<VirtualTimer> pending = new(Comparer<VirtualTimer>.Create((a, b) => (a.Due, a.Number).CompareTo((b.Due, b.Number))));
    private DateTimeOffset now;
    private long activity;
    private long numbers;
    private int holds;
    private bool pumping;

    public VirtualClock(DateTimeOffset start) => now = start.ToUniversalTime();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, Interlocked.Increment(ref numbers));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Time stands still until the result is disposed: somebody works.</summary>
    public IDisposable Hold()
    {
        lock (gate)
        {
            holds++;
            activity++;
        }
        return new Holding(this);
    }

    private void Release()
    {
        lock (gate)
        {
            holds--;
            activity++;
            Monitor.Pulse(gate);
        }
    }

    private bool Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime, nameof(dueTime));
        CheckTime(period, nameof(period));
        var fireNow = false;
        lock (gate)
        {
            if (timer.Disposed) return false;
            activity++;
            pending.Remove(timer);
            timer.Period = period;
            if (dueTime == TimeSpan.Zero)
            {
                fireNow = true;
                dueTime = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            }
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = dueTime < DateTimeOffset.MaxValue - now ? now + dueTime : DateTimeOffset.MaxValue;
                pending.Add(timer);
                EnsurePump();
            }
        }
        if (fireNow) timer.Fire();
        return true;
    }

    private void Remove(VirtualTimer timer)
    {
        lock (gate)
        {
            timer.Disposed = true;
            activity++;
            pending.Remove(timer);
        }
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
    }

    private void EnsurePump()
    {
        Monitor.Pulse(gate);
        if (pumping) return;
        pumping = true;
        new Thread(Pump) { IsBackground = true, Name = "Sandbox clock" }.UnsafeStart();
    }

    private void Pump()
    {
        while (true)
        {
            long seen;
            lock (gate)
            {
                while (pending.Count == 0 || holds > 0)
                {
                    if (Monitor.Wait(gate, Linger) || pending.Count > 0) continue;
                    pumping = false;
                    return;
                }
                seen = activity;
            }
            if (StaysQuiet(seen)) Jump(seen);
        }
    }

    /// <summary>Nothing happened since <paramref name="seen"/>, for long enough.</summary>
    private bool StaysQuiet(long seen)
    {
        var began = System.GetTimestamp();
        var idle = 0;
        while (true)
        {
            Thread.Sleep(1);
            lock (gate)
                if (activity != seen) return false;
            idle = ThreadPoolIsIdle() ? idle + 1 : 0;
            if (idle >= 2 || System.GetElapsedTime(began) >= Patience) return true;
        }
    }

    private static bool ThreadPoolIsIdle()
    {
        if (ThreadPool.PendingWorkItemCount > 0) return false;
        ThreadPool.GetMaxThreads(out var maximum, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return available == maximum;
    }

    private void Jump(long seen)
    {
        List<VirtualTimer> due = [];
        lock (gate)
        {
            if (activity != seen || holds > 0 || pending.Min is not { } first) return;
            if (first.Due > now) now = first.Due;
            while (pending.Min is { } timer && timer.Due <= now)
            {
                pending.Remove(timer);
                due.Add(timer);
            }
            foreach (var timer in due.Where(timer => timer.Period > TimeSpan.Zero))
            {
                timer.Due = now + timer.Period;
                pending.Add(timer);
            }
            activity++;
        }
        foreach (var timer in due) timer.Fire();
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, long number) : ITimer
    {
        private readonly ExecutionContext? context = ExecutionContext.Capture();

        public long Number => number;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; }

        public bool Disposed { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Schedule(this, dueTime, period);

        /// <summary>On the pool, because what continues there may itself wait for this clock.</summary>
        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(
            static timer =>
            {
                if (timer.Disposed) return;
                if (timer.context is null) timer.Call();
                else ExecutionContext.Run(timer.context, static self => ((VirtualTimer)self!).Call(), timer);
            },
            this,
            preferLocal: false);

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);
    }

    private sealed class Holding(VirtualClock clock) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0) clock.Release();
        }
    }
}
