namespace Guardrails;

/// <summary>How far a run is, and about how long the rest of it takes: as long for each of what is left as for each of what is done.</summary>
/// <param name="total">How many there are to do; more may turn out to be done.</param>
/// <param name="clock">The clock of who waits for it, which a sandbox's virtual one is not.</param>
internal sealed class RunProgress(int total, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    public int Total => Math.Max(total, Done);

    public int Done { get; private set; }

    public int Percent => Total == 0 ? 100 : Done * 100 / Total;

    /// <summary>An estimate; null before the first is done.</summary>
    public TimeSpan? Remaining => Done == 0 ? null : clock.GetElapsedTime(_started) / Done * (Total - Done);

    public void Step() => Done++;
}
