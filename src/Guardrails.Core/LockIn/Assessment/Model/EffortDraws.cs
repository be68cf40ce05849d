namespace Guardrails;

/// <summary>How often each constant is in an effort, by the constant's number, ascending.</summary>
internal sealed class Coefficients(int[] constants, double[] times) : IEquatable<Coefficients>
{
    public int[] Constants { get; } = constants;

    public double[] Times { get; } = times;

    /// <summary>The share of it.</summary>
    public Coefficients Scaled(double share) => new(Constants, [.. Times.Select(one => one * share)]);

    /// <summary>With one constant's part multiplied.</summary>
    public Coefficients With(int constant, double factor) => new(Constants, [.. Times.Select((one, i) => Constants[i] == constant ? one * factor : one)]);

    public bool Equals(Coefficients? other) => other is not null && Constants.AsSpan().SequenceEqual(other.Constants) && Times.AsSpan().SequenceEqual(other.Times);

    public override bool Equals(object? obj) => Equals(obj as Coefficients);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var constant in Constants) hash.Add(constant);
        foreach (var one in Times) hash.Add(one);
        return hash.ToHashCode();
    }
}

/// <param name="P10">In person-days, in whole hundredths, as the others.</param>
internal readonly record struct Percentiles(decimal P10, decimal P50, decimal P90);

/// <summary>
/// Percentiles of sums of constants. All sums use the same draws of a constant, and coefficients are never negative: more of anything never
/// lowers any draw, and so no percentile.
/// </summary>
internal sealed class EffortDraws(ConstantTable constants)
{
    private readonly Dictionary<Coefficients, Percentiles> _known = [];
    private readonly double[] _sum = new double[constants.DrawCount];

    public Percentiles Of(Coefficients coefficients)
    {
        if (_known.TryGetValue(coefficients, out var known)) return known;
        _sum.AsSpan().Clear();
        // In the order of the constants' names, so that the same group gives the same bytes within any inventory.
        for (var i = 0; i < coefficients.Constants.Length; i++)
        {
            var draws = constants.Draws(coefficients.Constants[i]);
            var times = coefficients.Times[i];
            for (var draw = 0; draw < _sum.Length; draw++) _sum[draw] += times * draws[draw];
        }
        var found = OfDraws(_sum);
        _known.Add(coefficients, found);
        return found;
    }

    /// <summary>The percentiles of draws, which it reorders: the smallest value that at least that share of the draws does not exceed.</summary>
    public static Percentiles OfDraws(Span<double> draws)
    {
        var (p10, p50, p90) = (Rank(draws.Length, 10), Rank(draws.Length, 50), Rank(draws.Length, 90));
        // What is right of a rank is not less than it: the next rank is looked for there.
        return new(Round(Select(draws, p10)), Round(Select(draws[p10..], p50 - p10)), Round(Select(draws[p50..], p90 - p50)));
    }

    private static int Rank(int count, int percent) => (int)((count * (long)percent + 99) / 100) - 1;

    private static decimal Round(double days) => Math.Round((decimal)days, 2, MidpointRounding.ToEven);

    /// <summary>The value of a rank, without sorting the rest (Hoare, "Algorithm 65: find", 1961).</summary>
    private static double Select(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var (first, middle, last) = (values[low], values[(low + high) / 2], values[high]);
            var pivot = Math.Max(Math.Min(first, middle), Math.Min(Math.Max(first, middle), last));
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot) left++;
                while (values[right] > pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
            if (rank <= right) high = right;
            else if (rank >= left) low = left;
            else break;
        }
        return values[rank];
    }
}
