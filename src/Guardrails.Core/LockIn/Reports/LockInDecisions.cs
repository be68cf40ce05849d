namespace Guardrails;

/// <summary>What follows for each group, and what could be done beforehand.</summary>
internal static class LockInDecisions
{
    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part)
    {
        if (part.Listed.Count == 0) return [];
        var listed = part.Listed.OrderByDescending(one => one.Effort.MeanHundredths).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
        var rest = listed.Skip(ReportGrid.MostRows).ToList();
        return
        [
            new ReportParagraph(Counted(listed)),
            new ReportGrid
            {
                Caption = $"Each {LockInWords.Of(listed[0].GroupBy)}, the hardest to leave first",
                Columns =
                [
                    new("Group", ReportGridKind.Name), new("Decision", ReportGridKind.Short), new("Review on", ReportGridKind.Short), new("Effort, person-days (P10 – P90)", ReportGridKind.Number), new($"Cost ({part.Settings.Currency})", ReportGridKind.Number), new($"Benefit ({part.Settings.Currency})", ReportGridKind.Number),
                    new("Probability", ReportGridKind.Number), new("Break-even"), new("Time, P90 (days)", ReportGridKind.Number), new("Confidence"),
                ],
                Rows = [.. listed.Take(ReportGrid.MostRows).Select(Row)],
                Rest = rest.Count == 0 ? null
                    : $"and {LockInWords.Whole(rest.Count)} more, whose own parts come to {LockInWords.Days(rest.Sum(one => one.Effort.OwnHundredths) / 100m)} person-days together; what they share with others is not in that. CSV and JSON hold them all.",
            },
            new ReportParagraph("Break-even is the probability of having to leave from which on the best option pays, (I + kH) ÷ (C − C′): the figure that can be checked without believing any forecast. The name beside it is the option's."
                + (listed.Any(one => !one.Decision.AcceptIsOffered) ? " * Accepting is not on offer: leaving takes longer than the exit window." : ""), ReportTone.Note),
        ];
    }

    public static IReadOnlyList<ReportBlock> Options(LockInReportPart part)
    {
        var one = part.Whole;
        if (one is null || one.Decision.Options.Count == 0) return [];
        return
        [
            new ReportGrid
            {
                Caption = "Options, the one that pays first at the top",
                Columns =
                [
                    new("Option", ReportGridKind.Name), new("For resources", ReportGridKind.Number), new("Price (person-days)", ReportGridKind.Number), new("Keeping it (person-days a year)", ReportGridKind.Number),
                    new("Saves of the effort (person-days)", ReportGridKind.Number), new("P10 – P90", ReportGridKind.Number), new("Pays from", ReportGridKind.Number), new("Pays here"),
                ],
                Rows = [.. one.Decision.Options.Select(option => OptionRow(option))],
            },
            Sources([.. one.Decision.Options.SelectMany(option => option.Evidence)]),
        ];
    }

    private static ReportDetails Sources(IReadOnlyList<Evidence> evidence) => new("Where prices and effects of options come from", [LockInExplanation.Sources(evidence, "Sources of the options")]);

    private static string Counted(List<LockInAssessment> listed)
    {
        var kinds = listed.GroupBy(one => one.Decision.Kind).OrderBy(kind => kind.Key).Select(kind => $"{LockInWords.Of(kind.Key)}: {LockInWords.Whole(kind.Count())}");
        return string.Join(", ", kinds) + ". " + (listed.Any(one => one.Decision.Kind == LockInDecisionKind.Indeterminate) ? "Indeterminate means that what is known does not decide it; the break-even still holds." : "");
    }

    private static string[] Row(LockInAssessment one) =>
    [
        LockInWords.Name(one),
        LockInWords.Of(one.Decision.Kind) + (one.Decision.AcceptIsOffered ? "" : " *"), LockInWords.Date(one.Settings.ReviewOn),
        $"{LockInWords.Days(one.Effort.Mean)} ({LockInWords.Range(one.Effort.P10, one.Effort.P90)})",
        one.Money.Mean is { } cost ? (one.Money.IsComplete ? "" : "≥ ") + LockInWords.Rough(cost) : "not known",
        one.Benefit is { } benefit ? LockInWords.Rough(benefit) : "not stated",
        LockInWords.Percent(one.Risk.Probability), BreakEven(one.Decision),
        LockInWords.Days(one.Time.P90), $"{LockInWords.Percent(one.Confidence.Value)} {LockInWords.Of(one.Confidence.Band)}",
    ];

    private static string BreakEven(LockInDecision decision) => decision.BreakEvenProbability switch
    {
        null => "no option",
        > 1 => "no option pays",
        { } p => $"{LockInWords.Percent(p)}, {decision.BreakEvenOption}",
    };

    private static string[] OptionRow(LockInOptionResult option) =>
    [
        $"{option.Title} ({option.Id})", LockInWords.Whole(option.Resources), LockInWords.Days(option.PriceDays), LockInWords.Days(option.CarryingDaysPerYear), LockInWords.Days(option.SavingMean), LockInWords.Range(option.SavingP10, option.SavingP90),
        option.BreakEvenProbability is { } p ? LockInWords.Percent(p) : "saves nothing",
        (option.Pays switch { true => "yes", false => "no", _ => "no probability given" }) + (option.TimeP90 is { } time ? $"; leaving then takes {LockInWords.Days(time)} days (P90)" : ""),
    ];
}
