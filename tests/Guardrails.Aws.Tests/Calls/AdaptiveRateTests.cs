using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

/// <summary>The rate is found, not told: against a service's token bucket, in virtual time.</summary>
public sealed class AdaptiveRateTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(40, 40, 60)]
    [InlineData(8, 15, 80)]
    public async Task The_services_rate_is_used_and_hardly_overrun(double rate, double burst, int latency)
    {
        var clock = new VirtualClock(Start);
        var calls = (int)(burst + rate * 6);
        var (made, refused, seconds) = await RunAsync(clock, new AdaptiveRate(clock, 20), new TokenBucket(rate, burst, clock), calls, TimeSpan.FromMilliseconds(latency));
        Assert.InRange(seconds / ((made - burst) / rate), 0, 1.25);
        // Those under way when the bucket ran dry, those sent until the first refusal was back, and then now and then one.
        Assert.InRange(refused, 1, 2 * 20 + calls / 50);
    }

    [Fact]
    public async Task Nothing_is_held_back_before_a_call_was_refused()
    {
        var clock = new VirtualClock(Start);
        var rate = new AdaptiveRate(clock, 10);
        for (var i = 0; i < 500; i++)
        {
            using var slot = await rate.EnterAsync(urgent: false, TestContext.Current.CancellationToken);
            slot.Accepted();
        }
        Assert.Null(rate.CallsPerSecond);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task A_rate_that_grows_is_found_again()
    {
        var clock = new SteppingClock();
        var rate = new AdaptiveRate(clock, 1);
        using (var slot = await rate.EnterAsync(false, TestContext.Current.CancellationToken))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            slot.Refused();
        }
        var low = rate.CallsPerSecond!.Value;
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(rate.CallsPerSecond > 10 * low);
    }

    [Fact]
    public async Task An_idle_connection_is_not_slowed_to_its_own_need()
    {
        var clock = new SteppingClock();
        var rate = new AdaptiveRate(clock, 100);
        // One call a minute for a while, then many at once of which the last is refused.
        for (var i = 0; i < 10; i++)
        {
            using var slot = await rate.EnterAsync(false, TestContext.Current.CancellationToken);
            slot.Accepted();
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        for (var i = 0; i < 80; i++)
        {
            using var slot = await rate.EnterAsync(false, TestContext.Current.CancellationToken);
            slot.Accepted();
        }
        using (var slot = await rate.EnterAsync(false, TestContext.Current.CancellationToken)) slot.Refused();
        Assert.InRange(rate.CallsPerSecond!.Value, 30, 80);
    }

    [Fact]
    public async Task No_more_calls_than_allowed_are_under_way_and_chains_go_first()
    {
        var rate = new AdaptiveRate(TimeProvider.System, 2);
        var cancel = TestContext.Current.CancellationToken;
        var first = await rate.EnterAsync(false, cancel);
        var second = await rate.EnterAsync(false, cancel);
        var ordinary = rate.EnterAsync(false, cancel);
        var urgent = rate.EnterAsync(true, cancel);
        Assert.False(ordinary.IsCompleted || urgent.IsCompleted);
        first.Dispose();
        (await urgent).Dispose();
        (await ordinary).Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_at_once_and_takes_no_turn()
    {
        var rate = new AdaptiveRate(TimeProvider.System, 1);
        var cancel = TestContext.Current.CancellationToken;
        var first = await rate.EnterAsync(false, cancel);
        using var stop = new CancellationTokenSource();
        var waiting = rate.EnterAsync(false, stop.Token);
        var next = rate.EnterAsync(false, cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(next.IsCompleted);
        first.Dispose();
        (await next.WaitAsync(TimeSpan.FromSeconds(5), cancel)).Dispose();
    }

    private static async Task<(int Made, int Refused, double Seconds)> RunAsync(VirtualClock clock, AdaptiveRate rate, TokenBucket service, int calls, TimeSpan latency)
    {
        var (made, refused) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => CallAsync()));
        return (made, refused, (clock.GetUtcNow() - Start).TotalSeconds);

        async Task CallAsync()
        {
            while (true)
            {
                using var slot = await rate.EnterAsync(false, TestContext.Current.CancellationToken);
                var taken = service.TryTake();
                await Task.Delay(latency, clock, TestContext.Current.CancellationToken);
                Interlocked.Increment(ref made);
                if (taken)
                {
                    slot.Accepted();
                    return;
                }
                Interlocked.Increment(ref refused);
                slot.Refused();
            }
        }
    }
}
