namespace Guardrails;

/// <summary>Waits between two looks at something that takes its time: shortly at first, then longer.</summary>
internal sealed class Pause(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private TimeSpan _next = Shortest;

    /// <summary>Time since the first look.</summary>
    public TimeSpan Elapsed => clock.GetUtcNow() - _since;

    /// <param name="atMost">Not longer than this.</param>
    public async Task WaitAsync(CallScope scope, TimeSpan? atMost = null)
    {
        await Task.Delay(atMost < _next ? atMost.Value : _next, clock, scope.Cancel);
        _next = _next * 1.5 < Longest ? _next * 1.5 : Longest;
    }
}
