namespace Guardrails;

/// <summary>The beginning of the report: what it is about, and what it says in a few sentences.</summary>
internal static class LockInSummary
{
    public static string Subtitle(IReadOnlyList<LockInReportPart> parts)
    {
        if (parts.Count == 0) return "Nothing was given to report on.";
        var listed = parts[0].Listed;
        var targets = string.Join(" and of ", parts.Select(part => LockInWords.Of(part.Settings.Target)).Distinct(StringComparer.Ordinal));
        var what = parts[0].Whole is { } whole ? $"{LockInWords.Name(whole)}, {LockInWords.Count(whole.Counts.Resources, "resource", "resources")}" : LockInWords.Count(listed.Count, "group", "groups");
        return $"{what}: what moving to {targets.Replace(" and of ", " or to ", StringComparison.Ordinal)} would take, as seen on {LockInWords.Date(parts[0].Settings.AssessedOn)}";
    }

    public static IReadOnlyList<ReportFact> Facts(LockInReportPart part)
    {
        var settings = part.Settings;
        var facts = new List<ReportFact>
        {
            new("Target", LockInWords.Of(settings.Target)),
            new("Assessed on", LockInWords.Date(settings.AssessedOn)),
            new("Review on", LockInWords.Date(settings.ReviewOn)),
            new("Posture", settings.Posture ?? "none chosen"),
            new("Looks ahead", $"{LockInWords.Days(settings.HorizonYears)} years"),
            new("Scenarios", Scenarios(part)),
            new("Day rate", settings.DayRate is { } rate ? LockInWords.Amount(rate, settings.Currency) : "not given"),
            new("Exit window", settings.ExitWindowDays is { } window ? $"{LockInWords.Whole(window)} days{Bound(part)}" : "none given"),
            new("Oldest constant", settings.DataAsOf is { } date ? LockInWords.Date(date) : "none used"),
            new("Seed, draws", $"{settings.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}, {LockInWords.Whole(settings.Draws)}"),
            new("Data digest", settings.DataDigest.Length > 16 ? settings.DataDigest[..16] + "…" : settings.DataDigest),
        };
        if (part.Listed.Count > 0) facts.Insert(0, new("Grouped by", LockInWords.Of(part.Listed[0].GroupBy)));
        return facts;
    }

    /// <summary>Whom the exit window binds, where not all.</summary>
    private static string Bound(LockInReportPart part)
    {
        var bound = part.Listed.Count(one => one.Settings.ExitWindowDays is not null);
        return bound == part.Listed.Count ? "" : $", for {LockInWords.Whole(bound)} of {LockInWords.Count(part.Listed.Count, "group", "groups")}";
    }

    /// <summary>For several targets or settings: one row each.</summary>
    public static ReportSection SideBySide(IReadOnlyList<LockInReportPart> parts) => new("side-by-side", "Side by side",
    [
        new ReportGrid
        {
            Caption = "Each measurement as a whole",
            Columns =
            [
                new("Target", ReportGridKind.Name), new("Assessed on"), new("Posture"), new("Effort, mean (person-days)", ReportGridKind.Number), new("P10 – P90", ReportGridKind.Number),
                new("Time, P90 (days)", ReportGridKind.Number), new("Cost", ReportGridKind.Number), new("Decision"), new("Confidence"),
            ],
            Rows = [.. parts.Select(part => Row(part))],
        },
    ]);

    /// <param name="withFacts">True where the document has several parts, so that each says what it was made with.</param>
    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part, bool withFacts)
    {
        var blocks = new List<ReportBlock>();
        if (part.Whole is { } whole)
        {
            blocks.Add(new ReportParagraph(Lead(whole), ReportTone.Lead));
            if (whole.Counts.Resources > 0) blocks.Add(new ReportTiles(Tiles(whole)));
            blocks.AddRange(Sentences(part, whole).Select(text => new ReportParagraph(text)));
        }
        else
        {
            blocks.Add(new ReportParagraph($"{LockInWords.Count(part.Groups.Count, "result", "results")} side by side. Nothing is summed up here, because groups share terms and their whole was not given once.", ReportTone.Lead));
            var largest = part.Groups.MaxBy(one => one.Effort.MeanHundredths);
            if (largest is not null) blocks.Add(new ReportParagraph($"The largest is {LockInWords.Name(largest)} with {LockInWords.Days(largest.Effort.Mean)} person-days (P10 {LockInWords.Days(largest.Effort.P10)}, P90 {LockInWords.Days(largest.Effort.P90)})."));
        }
        if (withFacts) blocks.Add(new ReportList([.. Facts(part).Select(fact => $"{fact.Label}: {fact.Value}")]));
        return blocks;
    }

    private static string Lead(LockInAssessment whole)
    {
        if (whole.Counts.Resources == 0) return "Nothing was measured: the inventory holds no resource. That is no finding that nothing holds you.";
        var cost = whole.Money.Mean is null ? "What that costs is not known: no day rate and no price was given." : $"It would cost {LockInWords.Cost(whole.Money)}.";
        return $"Moving {LockInWords.Name(whole)} to {LockInWords.Of(whole.Settings.Target)} would take about {LockInWords.Days(whole.Effort.Mean)} person-days "
            + $"(likely between {LockInWords.Days(whole.Effort.P10)} and {LockInWords.Days(whole.Effort.P90)}), and at least {LockInWords.Days(whole.Time.P50)} days with enough people. {cost}";
    }

    private static List<ReportTile> Tiles(LockInAssessment whole)
    {
        var money = whole.Money;
        return
        [
            new("Decision", LockInWords.Of(whole.Decision.Kind), whole.Decision.BreakEvenProbability is { } p ? BreakEven(p) : "No option applies."),
            new("Effort", $"{LockInWords.Days(whole.Effort.Mean)}", $"person-days, P10 {LockInWords.Days(whole.Effort.P10)} – P90 {LockInWords.Days(whole.Effort.P90)}{(whole.Band is { } band ? $", {LockInWords.Of(band)}" : "")}"),
            new("Cost", money.Mean is null ? "not known" : (money.IsComplete ? "" : "≥ ") + LockInWords.Amount(money.Mean, money.Currency), money is { P10: { } low, P90: { } high } ? $"{(money.IsComplete ? "" : "parts are not known; ")}P10 {LockInWords.Rough(low)} – P90 {LockInWords.Rough(high)}" : "Give a day rate to see money."),
            new("Time", $"{LockInWords.Days(whole.Time.P50)} days", $"the least, with enough people; P90 {LockInWords.Days(whole.Time.P90)}{(whole.Settings.ExitWindowDays is { } window ? $", window {window}" : "")}"),
            new("Confidence", LockInWords.Percent(whole.Confidence.Value), $"{LockInWords.Of(whole.Confidence.Band)}: how much of this rests on something"),
        ];
    }

    private static string BreakEven(decimal probability) =>
        probability > 1 ? "No option pays at any probability." : $"Doing something beforehand pays from a probability of {LockInWords.Percent(probability)} on.";

    private static IEnumerable<string> Sentences(LockInReportPart part, LockInAssessment whole)
    {
        foreach (var reason in whole.Decision.Reasons) yield return reason;
        if (whole.LargestDriver is { } driver && whole.Effort.MeanHundredths > 0)
            yield return $"The largest driver is {LockInWords.Name(driver)} ({LockInWords.Of(driver.Kind)}): {LockInWords.Days(driver.Amount)} person-days, {LockInWords.Percent(driver.AmountHundredths / (decimal)whole.Effort.MeanHundredths)} of the whole.";
        if (part.Groups.Count > 1 && whole.Effort.SharedHundredths > 0)
            yield return $"{LockInWords.Days(whole.Effort.Shared)} person-days of it are shared by several groups: they fall due once, whichever leaves first.";
    }

    private static string Scenarios(LockInReportPart part)
    {
        var risk = part.Whole?.Risk ?? (part.Listed.Count > 0 ? part.Listed[0].Risk : null);
        return risk is null || risk.Scenarios.Count == 0 ? "none named" : string.Join(", ", risk.Scenarios.Select(one => $"{one.Name} ({LockInWords.Percent(one.Probability)})"));
    }

    private static string[] Row(LockInReportPart part) => part.Whole is { } whole
        ?
        [
            LockInWords.Of(part.Settings.Target), LockInWords.Date(part.Settings.AssessedOn), part.Settings.Posture ?? "none", LockInWords.Days(whole.Effort.Mean), LockInWords.Range(whole.Effort.P10, whole.Effort.P90),
            LockInWords.Days(whole.Time.P90), LockInWords.Cost(whole.Money), LockInWords.Of(whole.Decision.Kind), $"{LockInWords.Percent(whole.Confidence.Value)} {LockInWords.Of(whole.Confidence.Band)}",
        ]
        : [LockInWords.Of(part.Settings.Target), LockInWords.Date(part.Settings.AssessedOn), part.Settings.Posture ?? "none", "no whole given", "", "", "", "", ""];
}
