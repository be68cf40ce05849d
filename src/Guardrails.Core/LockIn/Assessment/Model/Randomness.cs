using System.Text;

namespace Guardrails;

/// <summary>
/// Numbers that look random and are a function of a key and a counter (the finalizer of SplitMix64: Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014). Only operations that every machine rounds in the same way, so that a seed gives the same bytes.
/// </summary>
internal static class Randomness
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A key of seed and name (FNV-1a, 64 bits).</summary>
    public static ulong Key(long seed, string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var part in BitConverter.IsLittleEndian ? BitConverter.GetBytes(seed) : [.. BitConverter.GetBytes(seed).Reverse()]) hash = (hash ^ part) * 0x100000001B3;
        foreach (var part in Encoding.UTF8.GetBytes(name)) hash = (hash ^ part) * 0x100000001B3;
        return Mix(hash);
    }

    /// <summary>Between 0 and 1, neither of them.</summary>
    public static double Uniform(ulong key, int counter) => ((Mix(key + ((ulong)counter + 1) * Golden) >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>The value below which a triangular distribution has the share <paramref name="u"/>.</summary>
    public static double Triangular(double low, double likely, double high, double u)
    {
        var width = high - low;
        if (width <= 0) return likely;
        var below = likely - low;
        var value = u * width < below ? low + Math.Sqrt(u * width * below) : high - Math.Sqrt((1 - u) * width * (high - likely));
        return Math.Clamp(value, low, high);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
