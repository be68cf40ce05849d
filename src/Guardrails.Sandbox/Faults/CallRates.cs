namespace Guardrails.Sandbox;

/// <summary>Calls that Organizations takes before it answers TooManyRequestsException, for reading and for writing operations.</summary>
internal sealed record CallRates(double ReadsPerSecond, double ReadBurst, double WritesPerSecond, double WriteBurst);
