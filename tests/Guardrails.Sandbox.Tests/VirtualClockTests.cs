using System.Diagnostics;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As a client's code runs: not on xunit's two threads, where a continuation may stand behind another test for long.</summary>
    private static Task OnThePoolAsync(Func<Task> test) => Task.Run(test, Cancellation);

    [Fact]
    public Task Hours_of_waiting_take_milliseconds_and_end_on_time() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromHours(3), clock, Cancellation);
        Assert.Equal(Start.AddHours(3), clock.GetUtcNow());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
    });

    [Fact]
    public Task Time_stands_still_while_nobody_waits() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        await Task.Delay(60, Cancellation);
        Assert.Equal(Start, clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(clock.GetTimestamp()));
    });

    [Fact]
    public Task Waiters_wake_in_the_order_of_their_times() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var woken = new List<(int Minutes, DateTimeOffset At)>();
        await Task.WhenAll(new[] { 30, 5, 20, 5, 90 }.Select(async minutes =>
        {
            await Task.Delay(TimeSpan.FromMinutes(minutes), clock, Cancellation);
            lock (woken) woken.Add((minutes, clock.GetUtcNow()));
        }));
        Assert.Equal([5, 5, 20, 30, 90], woken.Select(one => one.Minutes));
        Assert.All(woken, one => Assert.Equal(Start.AddMinutes(one.Minutes), one.At));
    });

    [Fact]
    public Task A_wait_that_begins_when_another_ends_is_not_jumped_over() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var far = Task.Delay(TimeSpan.FromHours(1), clock, Cancellation);
        for (var i = 1; i <= 30; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, Cancellation);
            Assert.Equal(Start.AddSeconds(i), clock.GetUtcNow());
        }
        Assert.False(far.IsCompleted);
        await far;
    });

    [Fact]
    public Task Time_stands_still_while_somebody_holds_it() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var first = clock.Hold();
        var second = clock.Hold();
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock, Cancellation);
        first.Dispose();
        first.Dispose();
        await Task.Delay(60, Cancellation);
        Assert.False(delay.IsCompleted);
        second.Dispose();
        await delay;
    });

    [Fact]
    public Task A_timeout_does_not_win_against_a_shorter_wait() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        for (var i = 0; i < 20; i++)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(100), clock);
            await Task.Delay(TimeSpan.FromSeconds(99), clock, timeout.Token);
            Assert.False(timeout.IsCancellationRequested);
        }
        using var shorter = new CancellationTokenSource(TimeSpan.FromSeconds(1), clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(2), clock, shorter.Token));
    });

    [Fact]
    public Task Many_tasks_that_wait_over_and_over_all_come_to_their_end() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(1, 50).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20; i++)
            {
                var before = clock.GetUtcNow();
                var time = TimeSpan.FromMilliseconds(random.Next(0, 5) * 100);
                await Task.Delay(time, clock, Cancellation);
                Assert.True(clock.GetUtcNow() - before >= time);
            }
        }, Cancellation)));
        Assert.True(clock.GetUtcNow() <= Start.AddSeconds(20));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    });

    [Fact]
    public Task A_thread_that_blocks_on_the_clock_does_not_stop_it() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock, Cancellation);
        // Continues on whatever thread fires the timer, and blocks it.
        var blocked = delay.ContinueWith(_ => Task.Delay(TimeSpan.FromMinutes(1), clock).Wait(TimeSpan.FromSeconds(20)), Cancellation,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Assert.True(await blocked);
        Assert.Equal(Start.AddMinutes(2), clock.GetUtcNow());
    });

    [Fact]
    public Task A_periodic_timer_ticks_until_it_is_disposed() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        using (var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock))
            for (var i = 1; i <= 3; i++)
            {
                Assert.True(await timer.WaitForNextTickAsync(Cancellation));
                Assert.Equal(Start.AddMinutes(i), clock.GetUtcNow());
            }
        await Task.Delay(60, Cancellation);
        Assert.Equal(Start.AddMinutes(3), clock.GetUtcNow());
    });

    [Fact]
    public Task A_timer_can_be_moved_and_stopped() => OnThePoolAsync(async () =>
    {
        var clock = new VirtualClock(Start);
        var fired = new List<DateTimeOffset>();
        var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan));
        await Task.Delay(TimeSpan.FromMinutes(10), clock, Cancellation);
        Assert.Equal([Start.AddMinutes(5)], fired);
        timer.Change(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();
        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        await Task.Delay(TimeSpan.FromMinutes(10), clock, Cancellation);
        Assert.Single(fired);
    });
}
