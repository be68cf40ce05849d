namespace Guardrails;

internal static class DataSizes
{
    /// <summary>GB (10^9 bytes) of a GiB (2^30 bytes).</summary>
    public const double GigabytesOfGibibyte = 1.073741824;
}
