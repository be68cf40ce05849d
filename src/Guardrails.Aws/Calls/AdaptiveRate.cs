namespace Guardrails.Aws;

/// <summary>
/// Finds the rate at which a service accepts calls, without being told. Calls go as fast as they come until the first is refused:
/// the service's burst is ours. From then on they are spaced. Between two refusals the service's bucket was empty twice, so what
/// it accepted in between is its rate, exactly; that is the plateau of a cubic curve: just below it after a refusal, level around
/// it for some seconds, then ever faster in case the limit has moved. Calls with a page token go first: they are a chain that
/// nothing else can shorten.
/// </summary>
internal sealed class AdaptiveRate(TimeProvider clock, int concurrency)
{
    private const double Slowest = 0.5;
    private const double FirstGuess = 0.5;
    private const double Dip = 0.04;
    private const double SecondsToPlateau = 4;
    private const double Burst = 3;
    private const int FewestToMeasure = 8;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource<Slot>, (int Class, long Order)> _waiting = new();
    private readonly Queue<long> _recent = new();
    private long _order;
    private int _underWay;
    private bool _timer;

    private double? _plateau;
    private double _tokens;
    private long _refilled;
    private long _cut;
    private long? _windowStart;
    private long _acceptedInWindow;
    private long _refusedInWindow;

    /// <summary>Calls a second that are let through now; null until a call was refused.</summary>
    public double? CallsPerSecond
    {
        get
        {
            lock (_lock) return _plateau is null ? null : Rate(clock.GetTimestamp());
        }
    }

    /// <summary>Waits for the turn of one call. Dispose the slot when the call has ended.</summary>
    public async Task<Slot> EnterAsync(bool urgent, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource<Slot>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.Enqueue(turn, (urgent ? 0 : 1, _order++));
        using var registration = cancel.UnsafeRegister(static (t, c) => ((TaskCompletionSource<Slot>)t!).TrySetCanceled(c), turn);
        Pump();
        return await turn.Task;
    }

    private void Pump()
    {
        TimeSpan wait;
        lock (_lock)
        {
            while (true)
            {
                while (_waiting.TryPeek(out var gone, out _) && gone.Task.IsCompleted) _waiting.Dequeue();
                if (_waiting.Count == 0 || _underWay >= concurrency) return;
                var now = clock.GetTimestamp();
                wait = Refill(now);
                if (wait > TimeSpan.Zero) break;
                if (!_waiting.Dequeue().TrySetResult(new Slot(this, now))) continue;
                _windowStart ??= now;
                _underWay++;
                if (_plateau is not null) _tokens--;
            }
            if (_timer) return;
            _timer = true;
        }
        _ = PumpAfterAsync(wait);
    }

    private async Task PumpAfterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, clock).ConfigureAwait(false);
        lock (_lock) _timer = false;
        Pump();
    }

    /// <summary>How long until there is a token; none needed while nothing was refused yet.</summary>
    private TimeSpan Refill(long now)
    {
        if (_plateau is null) return TimeSpan.Zero;
        var rate = Rate(now);
        _tokens = Math.Min(Burst, _tokens + rate * clock.GetElapsedTime(_refilled, now).TotalSeconds);
        _refilled = now;
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max((1 - _tokens) / rate, 0.001));
    }

    private double Rate(long now)
    {
        var position = (clock.GetElapsedTime(_cut, now).TotalSeconds - SecondsToPlateau) / SecondsToPlateau;
        return Math.Max(Slowest, _plateau!.Value * (1 + Dip * position * position * position));
    }

    private void Accepted()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _acceptedInWindow++;
            _recent.Enqueue(now);
            ForgetOld(now);
        }
    }

    private void Refused(long sent)
    {
        lock (_lock)
        {
            // Calls that were under way when the rate was cut say nothing about the new rate.
            if (_plateau is not null && sent < _cut) return;
            var now = clock.GetTimestamp();
            ForgetOld(now);
            var window = clock.GetElapsedTime(_windowStart ?? now, now);
            var measured = window > TimeSpan.Zero ? _acceptedInWindow / window.TotalSeconds : 0;
            if (_plateau is { } before && (window < ShortestWindow || _acceptedInWindow < FewestToMeasure))
            {
                // Too short to measure by: step down by the share that was accepted, and keep measuring.
                _refusedInWindow++;
                _plateau = Math.Max(Slowest, before * (_acceptedInWindow + 0.5) / (_acceptedInWindow + _refusedInWindow + 0.5));
            }
            else
            {
                // A window with idle time in it measures our need, not the service's rate: what was accepted lately bounds it from below.
                var lately = _recent.Count / Recently.TotalSeconds * FirstGuess;
                _plateau = Math.Max(Slowest, _plateau is null ? Math.Max(measured * FirstGuess, lately) : Math.Max(measured, lately));
                _windowStart = now;
                _acceptedInWindow = 0;
                _refusedInWindow = 0;
            }
            _cut = now;
            _refilled = now;
            _tokens = 0;
        }
    }

    private void Leave()
    {
        lock (_lock) _underWay--;
        Pump();
    }

    private void ForgetOld(long now)
    {
        while (_recent.TryPeek(out var old) && clock.GetElapsedTime(old, now) > Recently) _recent.Dequeue();
    }

    /// <summary>The turn of one call.</summary>
    internal sealed class Slot(AdaptiveRate rate, long sent) : IDisposable
    {
        private int _left;

        /// <summary>The service took the call, whatever it answered.</summary>
        public void Accepted() => rate.Accepted();

        /// <summary>The service refused the call for its rate.</summary>
        public void Refused() => rate.Refused(sent);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) rate.Leave();
        }
    }
}
