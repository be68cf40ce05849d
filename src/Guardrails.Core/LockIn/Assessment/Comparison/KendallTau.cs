namespace Guardrails;

/// <summary>
/// Kendall's rank correlation with ties (τ-b: Kendall, "The treatment of ties in ranking problems", 1945), in n·log n by counting exchanges
/// while sorting (Knight, "A computer method for calculating Kendall's tau with ungrouped data", 1966).
/// </summary>
internal static class KendallTau
{
    /// <returns>−1 to 1; null where one side has no order: fewer than two values, or all equal.</returns>
    public static double? Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var order = Enumerable.Range(0, first.Count).OrderBy(i => first[i]).ThenBy(i => second[i]).ToArray();
        var pairs = Pairs(first.Count);
        var tiedFirst = order.GroupBy(i => first[i]).Sum(tie => Pairs(tie.Count()));
        var tiedSecond = order.GroupBy(i => second[i]).Sum(tie => Pairs(tie.Count()));
        var tiedBoth = order.GroupBy(i => (first[i], second[i])).Sum(tie => Pairs(tie.Count()));
        if (pairs == tiedFirst || pairs == tiedSecond) return null;
        var values = order.Select(i => second[i]).ToArray();
        var exchanges = Exchanges(values, new double[values.Length], 0, values.Length);
        return (pairs - tiedFirst - tiedSecond + tiedBoth - 2 * exchanges) / Math.Sqrt((double)(pairs - tiedFirst) * (pairs - tiedSecond));
    }

    private static long Pairs(long count) => count * (count - 1) / 2;

    private static long Exchanges(double[] values, double[] room, int from, int to)
    {
        if (to - from < 2) return 0;
        var middle = (from + to) / 2;
        var exchanges = Exchanges(values, room, from, middle) + Exchanges(values, room, middle, to);
        var (left, right) = (from, middle);
        for (var i = from; i < to; i++)
        {
            if (right >= to || left < middle && values[left] <= values[right])
            {
                room[i] = values[left++];
                continue;
            }
            exchanges += middle - left;
            room[i] = values[right++];
        }
        Array.Copy(room, from, values, from, to - from);
        return exchanges;
    }
}
