namespace Guardrails.Sandbox;

/// <summary>
/// Time that passes only while everybody waits. When a timer of this provider is pending, nobody holds the clock (the sandbox does during a call)
/// and nothing has happened for a moment of real time, the clock jumps to the next timer. So waiting for an account takes real milliseconds,
/// and timeouts that are longer than other waits never win against them.
/// </summary>
/// <remarks>
/// The moment is a few milliseconds when this process rests: nothing runs or waits in the thread pool, and hardly any processor time is used. Otherwise it is
/// <see cref="Patience"/>, after the thread pool has come to all that was queued before. Whoever computes for longer than that without holding the clock may
/// find that time has passed, as it would have in reality. Nothing here waits for the work of others without a limit, so the clock cannot deadlock.
/// </remarks>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan PoolLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    // Not a Lock: the pump waits on it.
    private readonly object _gate = new();
    private readonly SortedSet<VirtualTimer> _pending = new(Comparer<VirtualTimer>.Create((a, b) => (a.Due, a.Number).CompareTo((b.Due, b.Number))));
    private DateTimeOffset _now;
    private long _activity;
    private long _numbers;
    private int _holds;
    private bool _pumping;

    public VirtualClock(DateTimeOffset start) => _now = start.ToUniversalTime();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, Interlocked.Increment(ref _numbers));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Time stands still until the result is disposed: somebody works.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            _holds++;
            _activity++;
        }
        return new Holding(this);
    }

    private void Release()
    {
        lock (_gate)
        {
            _holds--;
            _activity++;
            Monitor.Pulse(_gate);
        }
    }

    private bool Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime, nameof(dueTime));
        CheckTime(period, nameof(period));
        var fireNow = false;
        lock (_gate)
        {
            if (timer.Disposed) return false;
            _activity++;
            _pending.Remove(timer);
            timer.Period = period;
            if (dueTime == TimeSpan.Zero)
            {
                fireNow = true;
                dueTime = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            }
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = dueTime < DateTimeOffset.MaxValue - _now ? _now + dueTime : DateTimeOffset.MaxValue;
                _pending.Add(timer);
                EnsurePump();
            }
        }
        if (fireNow) timer.Fire();
        return true;
    }

    private void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _activity++;
            _pending.Remove(timer);
        }
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
    }

    private void EnsurePump()
    {
        Monitor.Pulse(_gate);
        if (_pumping) return;
        _pumping = true;
        new Thread(Pump) { IsBackground = true, Name = "Sandbox clock" }.UnsafeStart();
    }

    private void Pump()
    {
        while (true)
        {
            long seen;
            lock (_gate)
            {
                while (_pending.Count == 0 || _holds > 0)
                {
                    if (Monitor.Wait(_gate, Linger) || _pending.Count > 0) continue;
                    _pumping = false;
                    return;
                }
                seen = _activity;
            }
            if (StaysQuiet(seen)) Jump(seen);
        }
    }

    /// <summary>Nothing happened since <paramref name="seen"/>, for long enough.</summary>
    private bool StaysQuiet(long seen)
    {
        var began = System.GetTimestamp();
        var resting = 0;
        while (true)
        {
            var (time, used) = (System.GetTimestamp(), Environment.CpuUsage.TotalTime);
            if (!ThreadPoolIsIdle()) WaitForThreadPool();
            Thread.Sleep(1);
            lock (_gate)
                if (_activity != seen) return false;
            var computing = Environment.CpuUsage.TotalTime - used > System.GetElapsedTime(time) / 2;
            resting = ThreadPoolIsIdle() && !computing ? resting + 1 : 0;
            if (resting >= 2 || System.GetElapsedTime(began) >= Patience) return true;
        }
    }

    /// <summary>Until the pool has come to a work item queued now, and so to all before it; not for ever, as its threads may all be blocked.</summary>
    private static void WaitForThreadPool()
    {
        var reached = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static probe => probe.SetResult(), reached, preferLocal: false);
        reached.Task.Wait(PoolLimit);
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
        lock (_gate)
        {
            if (_activity != seen || _holds > 0 || _pending.Min is not { } first) return;
            if (first.Due > _now) _now = first.Due;
            while (_pending.Min is { } timer && timer.Due <= _now)
            {
                _pending.Remove(timer);
                due.Add(timer);
            }
            foreach (var timer in due.Where(timer => timer.Period > TimeSpan.Zero))
            {
                timer.Due = _now + timer.Period;
                _pending.Add(timer);
            }
            _activity++;
        }
        foreach (var timer in due) timer.Fire();
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, long number) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

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
                if (timer._context is null) timer.Call();
                else ExecutionContext.Run(timer._context, static self => ((VirtualTimer)self!).Call(), timer);
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
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) clock.Release();
        }
    }
}
