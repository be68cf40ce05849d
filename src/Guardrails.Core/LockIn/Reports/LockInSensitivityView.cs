namespace Guardrails;

/// <summary>Which constants matter, and whether the ranks and decisions stand without them.</summary>
internal static class LockInSensitivityView
{
    private const int MostBars = 12;
    private const int MostRows = 200;

    public static IReadOnlyList<ReportBlock> Blocks(IReadOnlyList<LockInSensitivity> sensitivities, string prefix)
    {
        if (sensitivities.Count == 0) return [];
        var ordered = InOrder(sensitivities);
        var shown = ordered.Take(MostBars).ToList();
        var flipping = ordered.Where(one => one.FlippedDecisions > 0).ToList();
        return
        [
            new ReportParagraph(flipping.Count == 0
                ? "No decision becomes another one when a single constant is half of what it is, or half as much again."
                : $"Decisions become others when a single constant is half of what it is, or half as much again, for {LockInWords.Count(flipping.Count, "constant", "constants")} of {LockInWords.Whole(ordered.Count)}. The table names them."),
            new ReportBars
            {
                Id = prefix + "sensitivity-chart",
                Title = "The effort with each constant at its bounds (person-days)",
                Description = $"The constants that matter most: {string.Join(", ", shown.Take(3).Select(one => $"{one.Constant} ({LockInWords.Range(one.EffortAtLow, one.EffortAtHigh)})"))}.",
                Legend = $"Line: the mean with all constants at theirs, {LockInWords.Days(shown[0].EffortMean)}. Each bar: from the one constant's low bound to its high bound.{(ordered.Count > shown.Count ? $" {LockInWords.Whole(ordered.Count - shown.Count)} more constants matter less." : "")}",
                Base = shown[0].EffortMean,
                Bars = [.. shown.Select(one => new ReportBar(one.Constant, one.EffortAtLow, one.EffortAtLow, one.EffortAtHigh, LockInWords.Range(one.EffortAtLow, one.EffortAtHigh)))],
                Table = new ReportGrid
                {
                    Caption = "Constants, what matters most first. τ: how alike the ranks of the groups stay (1: the same) with the constant halved, and half as much again",
                    Columns =
                    [
                        new("Constant", ReportGridKind.Name), new("Low – likely – high", ReportGridKind.Number), new("Effort at low", ReportGridKind.Number), new("Effort at high", ReportGridKind.Number), new("τ at ½", ReportGridKind.Number), new("τ at 1½", ReportGridKind.Number),
                        new("Decisions that flip", ReportGridKind.Number), new("Which"), new("Evidence", ReportGridKind.Source),
                    ],
                    Rows = [.. ordered.Take(MostRows).Select(Row)],
                    Rest = ordered.Count > MostRows ? $"and {LockInWords.Whole(ordered.Count - MostRows)} more constants." : null,
                },
            },
        ];
    }

    /// <summary>The table of the CSV and the JSON, unrounded.</summary>
    public static ReportTable Table(IEnumerable<LockInSensitivity> sensitivities) => new()
    {
        Format = "guardrails-lock-in-sensitivity/1",
        Title = "Sensitivity of a lock-in assessment",
        Columns =
        [
            new("Constant", "Constant"), new("Target", "Target"), new("Low", "Low", true), new("Likely", "Likely", true), new("High", "High", true), new("EffortMean", "Effort, mean (person-days)", true), new("EffortAtLow", "Effort at low", true), new("EffortAtHigh", "Effort at high", true),
            new("TauAtHalf", "Kendall's τ with it halved", true), new("TauAtOneAndAHalf", "Kendall's τ with half as much again", true), new("FlippedDecisions", "Share of decisions that flip", true), new("Flips", "Which"), new("Grade", "Grade"), new("AsOf", "Looked up"), new("Source", "Source"),
        ],
        Rows =
        [
            .. InOrder(sensitivities).Select(one => new ReportCell[]
            {
                one.Constant, one.Target.ToString(), one.Low, one.Likely, one.High, one.EffortMean, one.EffortAtLow, one.EffortAtHigh, one.TauAtHalf, one.TauAtOneAndAHalf, one.FlippedDecisions, one.Flips.Count == 0 ? null : string.Join("; ", one.Flips),
                one.Evidence.Grade.ToString(), (DateOnly?)one.Evidence.AsOf, one.Evidence.Source,
            }),
        ],
    };

    private static List<LockInSensitivity> InOrder(IEnumerable<LockInSensitivity> sensitivities) =>
    [
        .. sensitivities.OrderBy(one => one.Target).ThenByDescending(one => Math.Abs(one.Swing)).ThenBy(one => one.Constant, StringComparer.Ordinal).ThenBy(one => one.EffortMean).DistinctBy(one => (one.Target, one.Constant, one.EffortMean, one.Swing)),
    ];

    private static string[] Row(LockInSensitivity one) =>
    [
        one.Constant, $"{LockInWords.Days(one.Low)} – {LockInWords.Days(one.Likely)} – {LockInWords.Days(one.High)}", LockInWords.Days(one.EffortAtLow), LockInWords.Days(one.EffortAtHigh), Tau(one.TauAtHalf), Tau(one.TauAtOneAndAHalf),
        one.FlippedDecisions is { } share ? LockInWords.Percent(share) : "nothing decided", string.Join("; ", one.Flips), one.Evidence.ToString(),
    ];

    private static string Tau(decimal? tau) => tau?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
