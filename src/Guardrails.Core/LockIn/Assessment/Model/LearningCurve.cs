namespace Guardrails;

/// <summary>
/// The resources of one type by the learning curve, whichever variants of it they are: each doubling of their number takes 80 % of the effort
/// for each, n^0.68 with 0.68 = log2(2 × 0.8), as the facts page has it. Where variants are of different levels, all of them take what the
/// lowest level takes, and those above it what their level takes more. So a resource more, or a variant that becomes known to be a more
/// binding one, never takes less.
/// </summary>
internal static class LearningCurve
{
    public const double Exponent = 0.68;

    /// <summary>How often the constant of each level is in the effort, the lowest first.</summary>
    /// <param name="levels">The constant of a level and how many resources are of it; a constant may come more than once.</param>
    /// <param name="mean">The mean of a constant.</param>
    public static IReadOnlyList<CurvePart> Parts(IReadOnlyList<(int Constant, int Count)> levels, Func<int, long> mean)
    {
        if (levels.Count == 1) return [new(levels[0].Constant, levels[0].Count, 0)];
        var ordered = levels.GroupBy(level => level.Constant, (constant, same) => (Constant: constant, Count: same.Sum(one => one.Count))).OrderBy(level => mean(level.Constant)).ThenBy(level => level.Constant);
        var from = levels.Sum(level => level.Count);
        var parts = new List<CurvePart>();
        foreach (var (constant, count) in ordered)
        {
            parts.Add(new(constant, from, from - count));
            from -= count;
        }
        return parts;
    }
}

/// <param name="From">How many resources are of this level or a higher one.</param>
/// <param name="Above">How many are of a higher one.</param>
internal readonly record struct CurvePart(int Constant, int From, int Above)
{
    public double Times => Math.Pow(From, LearningCurve.Exponent) - Math.Pow(Above, LearningCurve.Exponent);

    public override string ToString() => Above == 0 ? FormattableString.Invariant($"{From}^{LearningCurve.Exponent}") : FormattableString.Invariant($"({From}^{LearningCurve.Exponent} − {Above}^{LearningCurve.Exponent})");
}

/// <summary>The resources of one type in a group, by the numbers of its variants.</summary>
internal sealed record TypeUse(string Type, IReadOnlyList<(int Type, int Count)> Variants)
{
    public int Count => Variants.Sum(one => one.Count);

    /// <summary>With one resource less of a variant.</summary>
    public TypeUse Without(int variant) => new(Type, [.. Variants.Select(one => one.Type == variant ? (one.Type, Count: one.Count - 1) : one).Where(one => one.Count > 0)]);
}
