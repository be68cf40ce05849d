namespace Guardrails;

/// <summary>
/// How much each constant matters. The mean effort is linear in every constant, so its values at the bounds are exact up to rounding; ranks and
/// decisions are made again with the constant halved and with half as much again, everything else as it was.
/// </summary>
internal static class SensitivityAnalysis
{
    private const int Named = 10;
    private static readonly decimal[] Factors = [0.5m, 1.5m];

    /// <summary>The constants that are in the effort, that with the largest swing first.</summary>
    public static IReadOnlyList<LockInSensitivity> Of(
        IReadOnlyList<InventoryResource> resources, IReadOnlyList<InventoryGap> gaps, LockInFacts facts, LockInRequest request, CancellationToken cancel = default)
    {
        var basis = LockInMeasurement.Of(resources, gaps, facts, request, cancel);
        var used = basis[0].Terms.SelectMany(term => term.Constants).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var results = new List<LockInSensitivity>();
        foreach (var name in used)
        {
            var constant = facts.Constants[name];
            IReadOnlyList<LockInAssessment> With(LockInConstant other) => LockInMeasurement.Of(resources, gaps, facts.With(other), request, cancel);
            decimal At(decimal value) => LockInMeasurement.Mean(resources, facts.With(constant with { Low = value, Likely = value, High = value }), request);
            var changed = Factors.Select(factor => With(Scaled(constant, factor))).ToList();
            var flips = changed.SelectMany(other => Flips(basis, other)).ToList();
            var decided = Groups(basis).Where((one, i) => one.Decision.Kind != LockInDecisionKind.Indeterminate || changed.Any(other => Groups(other)[i].Decision.Kind != LockInDecisionKind.Indeterminate)).Count();
            results.Add(new()
            {
                Constant = name,
                Target = request.Target,
                Low = constant.Low,
                Likely = constant.Likely,
                High = constant.High,
                Evidence = constant.Evidence,
                EffortMean = basis[0].Effort.Mean,
                EffortAtLow = At(constant.Low),
                EffortAtHigh = At(constant.High),
                TauAtHalf = Tau(basis, changed[0]),
                TauAtOneAndAHalf = Tau(basis, changed[1]),
                FlippedDecisions = decided == 0 ? null : Round((double)flips.Select(flip => flip.Group).Distinct(StringComparer.Ordinal).Count() / decided),
                Flips = [.. flips.Take(Named).Select(flip => flip.Text)],
                Groups = Groups(basis).Count,
                Decisions = decided,
            });
        }
        return [.. results.OrderByDescending(one => one.Swing).ThenBy(one => one.Constant, StringComparer.Ordinal)];
    }

    private static LockInConstant Scaled(LockInConstant constant, decimal factor) =>
        constant with { Low = constant.Low * factor, Likely = constant.Likely * factor, High = constant.High * factor };

    private static IEnumerable<(string Group, string Text)> Flips(IReadOnlyList<LockInAssessment> before, IReadOnlyList<LockInAssessment> after) =>
        Groups(before).Zip(Groups(after)).Where(pair => pair.First.Decision.Kind != pair.Second.Decision.Kind)
            .Select(pair => (pair.First.Name, $"{pair.First.Title}: {pair.First.Decision.Kind} → {pair.Second.Decision.Kind}"));

    private static decimal? Tau(IReadOnlyList<LockInAssessment> before, IReadOnlyList<LockInAssessment> after) =>
        KendallTau.Of([.. Groups(before).Select(Effort)], [.. Groups(after).Select(Effort)]) is { } tau ? Round(tau) : null;

    private static double Effort(LockInAssessment one) => one.Effort.MeanHundredths;

    // The groups, or the whole where there are none.
    private static IReadOnlyList<LockInAssessment> Groups(IReadOnlyList<LockInAssessment> all) => all.Count == 1 ? all : [.. all.Skip(1)];

    private static decimal Round(double value) => Math.Round((decimal)value, 4, MidpointRounding.ToEven);
}
