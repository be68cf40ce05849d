namespace Guardrails;

/// <summary>Assessments as a flat table, a row each, with unrounded figures.</summary>
internal static class LockInTable
{
    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("Name", "Name"), new("Title", "Title"), new("GroupBy", "Grouped by"), new("IsTotal", "The whole"), new("Target", "Target"),
        new("Resources", "Resources", true), new("Types", "Types", true), new("UnknownTypes", "Unknown types", true), new("Couplings", "Couplings", true),
        new("DataGigabytes", "Known data volume (GB)", true), new("MonthlyCost", "Known monthly cost", true),
        new("EffortMean", "Effort, mean (person-days)", true), new("EffortP10", "Effort, P10", true), new("EffortP50", "Effort, P50", true), new("EffortP90", "Effort, P90", true),
        new("EffortOwn", "Effort of this group alone", true), new("EffortShared", "Effort shared with others", true), new("Band", "Band"),
        new("TimeP10", "Time, P10 (days)", true), new("TimeP50", "Time, P50", true), new("TimeP90", "Time, P90", true),
        new("CostMean", "Cost, mean", true), new("CostP10", "Cost, P10", true), new("CostP90", "Cost, P90", true), new("CostIsComplete", "Every part of the cost is known"), new("Currency", "Currency"),
        new("Probability", "Probability", true), new("Benefit", "Benefit", true), new("Decision", "Decision"), new("AcceptIsOffered", "Accepting is on offer"),
        new("BreakEvenProbability", "Break-even probability", true), new("BreakEvenOption", "Break-even option"), new("BreakEvenBenefit", "Break-even benefit", true),
        new("LargestDriver", "Largest driver"), new("LargestDriverDays", "Largest driver (person-days)", true),
        new("Confidence", "Confidence", true), new("ConfidenceBand", "Confidence, band"), new("Gaps", "What is not known"),
        new("AssessedOn", "Assessed on"), new("ReviewOn", "Review on"), new("Posture", "Posture"), new("HorizonYears", "Horizon (years)", true), new("Seed", "Seed", true),
        new("DataAsOf", "Data as of"), new("DataDigest", "Data digest"),
    ];

    /// <param name="assessments">In order.</param>
    public static ReportTable Of(IReadOnlyList<LockInAssessment> assessments) => new()
    {
        Format = "guardrails-lock-in-table/1",
        Title = "Lock-in assessments",
        Columns = Columns,
        Rows = [.. assessments.Select(Row)],
    };

    private static ReportCell[] Row(LockInAssessment one) =>
    [
        one.Name, one.Title, one.GroupBy.ToString(), one.IsTotal, one.Settings.Target.ToString(),
        one.Counts.Resources, one.Counts.Types, one.Counts.UnknownTypes.Count, one.Counts.Couplings, one.Counts.DataGigabytes, one.Counts.MonthlyCost,
        one.Effort.Mean, one.Effort.P10, one.Effort.P50, one.Effort.P90, one.Effort.Own, one.Effort.Shared, one.Band?.ToString(),
        one.Time.P10, one.Time.P50, one.Time.P90,
        one.Money.Mean, one.Money.P10, one.Money.P90, one.Money.IsComplete, one.Money.Currency,
        one.Risk.Probability, one.Benefit, one.Decision.Kind.ToString(), one.Decision.AcceptIsOffered,
        one.Decision.BreakEvenProbability, one.Decision.BreakEvenOption, one.Decision.BreakEvenBenefit,
        one.LargestDriver is { } driver ? driver.Variant is null ? $"{driver.Kind} {driver.Subject}" : $"{driver.Kind} {driver.Subject} ({driver.Variant})" : null, one.LargestDriver?.Amount,
        one.Confidence.Value, one.Confidence.Band.ToString(), one.Gaps.Count == 0 ? null : string.Join(" ", one.Gaps.Select(gap => gap.Message)),
        one.Settings.AssessedOn, one.Settings.ReviewOn, one.Settings.Posture, one.Settings.HorizonYears, one.Settings.Seed,
        one.Settings.DataAsOf, one.Settings.DataDigest,
    ];
}
