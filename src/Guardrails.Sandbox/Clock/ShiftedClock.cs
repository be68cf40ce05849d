namespace Guardrails.Sandbox;

/// <summary>Real time, shifted forward where a sandbox has lived through virtual time already: its time never goes back.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
