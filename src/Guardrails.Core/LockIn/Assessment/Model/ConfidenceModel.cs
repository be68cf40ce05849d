using System.Globalization;

namespace Guardrails;

/// <summary>What the confidence is counted from.</summary>
/// <param name="Cost">Sum of the known monthly costs, in whatever currency.</param>
/// <param name="Files">How many files the resources were seen in.</param>
internal sealed record ConfidenceBasis(IReadOnlyList<KeyValuePair<MeasuredType, int>> Types, int Resources, int Matched, decimal? Cost, int Files, IReadOnlyList<InventoryGap> Gaps);

/// <summary>
/// How much of a measurement rests on something. The weights are judgement: what is known of the types weighs most, as the effort hangs on it.
/// </summary>
internal static class ConfidenceModel
{
    private const decimal OfFamily = 0.5m;
    private const double Least = 0.02;

    public static LockInConfidence Of(ConfidenceBasis basis, LockInBands? bands)
    {
        if (basis.Resources == 0) return new() { Value = 0, Band = bands is null ? null : LockInBand.Low, Words = "Nothing was measured.", Components = [] };
        IReadOnlyList<LockInConfidenceComponent> components = [Types(basis), Grades(basis), Spend(basis), Collectors(basis), Matched(basis)];
        var value = Round(Math.Exp(components.Sum(component => (double)component.Weight * Math.Log(Math.Max((double)component.Value, Least)))));
        var weakest = components.OrderBy(component => component.Value).First();
        return new()
        {
            Value = value,
            Band = bands is null ? null : Bands.Of(value, bands),
            Words = string.Create(CultureInfo.InvariantCulture, $"{value * 100:0} % rests on something. {(weakest.Value < 1 ? $"The weakest: {weakest.Words}" : "")}").TrimEnd(),
            Components = components,
        };
    }

    private static LockInConfidenceComponent Types(ConfidenceBasis basis)
    {
        var counted = Counted(basis);
        var all = counted.Sum(pair => pair.Value);
        var unknown = counted.Where(pair => pair.Key.IsUnknown).Sum(pair => pair.Value);
        var family = counted.Where(pair => pair.Key is { IsUnknown: false, Profile.IsFamilyProfile: true }).Sum(pair => pair.Value);
        return new("Types", all == 0 ? 1 : Round((double)((all - unknown - family) + OfFamily * family) / all), 0.35m,
            $"of {all} resources {all - unknown - family} have a profile of their own, {family} that of their family, {unknown} none.");
    }

    private static LockInConfidenceComponent Grades(ConfidenceBasis basis)
    {
        var counted = Counted(basis);
        var all = counted.Sum(pair => pair.Value);
        var sum = counted.Sum(pair => pair.Value * (pair.Key.IsUnknown ? 0m : pair.Key.Evidence.Average(evidence => Worth(evidence.Grade))));
        return new("Grades", all == 0 ? 1 : Round((double)(sum / all)), 0.2m,
            string.Create(CultureInfo.InvariantCulture, $"the levels of the types are {(all == 0 ? 1 : sum / all):0.##} on a scale where measured is 1, documented 0.8 and judgement 0.4."));
    }

    private static LockInConfidenceComponent Spend(ConfidenceBasis basis)
    {
        var unattributed = basis.Gaps.Where(gap => gap.Kind == InventoryGapKind.UnattributedCost).Sum(gap => gap.MonthlyCost ?? 0);
        if (basis.Cost is not { } cost) return new("Spend", 0, 0.2m, "no bill shows what these resources cost.");
        var all = cost + unattributed;
        var share = all <= 0 ? 1 : Math.Clamp(cost / all, 0, 1);
        return new("Spend", Round((double)share), 0.2m, string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} % of the spend on the bills is that of known resources."));
    }

    private static LockInConfidenceComponent Collectors(ConfidenceBasis basis)
    {
        var failed = basis.Gaps.Where(gap => gap.Kind == InventoryGapKind.FailedCollector).Sum(gap => Math.Max(gap.Count, 1));
        var all = basis.Files + failed;
        return new("Collectors", all == 0 ? 1 : Round((double)basis.Files / all), 0.15m, $"of {all} files {failed} could not be read.");
    }

    private static LockInConfidenceComponent Matched(ConfidenceBasis basis) =>
        new("Matched", Round((double)basis.Matched / basis.Resources), 0.1m, $"of {basis.Resources} resources {basis.Matched} are certain to be counted once.");

    private static List<KeyValuePair<MeasuredType, int>> Counted(ConfidenceBasis basis) => [.. basis.Types.Where(pair => !pair.Key.IsGlue)];

    private static decimal Worth(EvidenceGrade grade) => grade switch
    {
        EvidenceGrade.A => 1,
        EvidenceGrade.B => 0.8m,
        _ => 0.4m,
    };

    private static decimal Round(double value) => Math.Round((decimal)value, 2, MidpointRounding.ToEven);
}

/// <summary>LOW, MEDIUM or HIGH by published thresholds.</summary>
internal static class Bands
{
    public static LockInBand Of(decimal value, LockInBands bands) => value >= bands.High ? LockInBand.High : value >= bands.Medium ? LockInBand.Medium : LockInBand.Low;
}
