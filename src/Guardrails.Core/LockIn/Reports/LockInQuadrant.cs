namespace Guardrails;

/// <summary>The field of switching cost and benefit. A group whose benefit nobody stated lies apart from it, and never at nought.</summary>
internal static class LockInQuadrant
{
    private const int MostPoints = 20;

    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part, string prefix)
    {
        var listed = part.Listed.Where(one => one.Counts.Resources > 0).ToList();
        if (listed.Count == 0) return [];
        // Money only where all have it: person-days and money are no common axis.
        var inMoney = listed.All(one => one.Money.Mean is not null);
        var stated = listed.Count(one => one.Benefit is not null);
        var shown = listed.OrderByDescending(one => one.Benefit is not null).ThenByDescending(one => Cost(one, inMoney)).ThenBy(one => one.Name, StringComparer.Ordinal).Take(MostPoints).ToList();
        var blocks = new List<ReportBlock>();
        if (stated == 0)
        {
            blocks.Add(new ReportParagraph("No benefit of staying was stated, so nothing can be set against the cost of leaving: all groups lie in a band without height. State it when you measure, with -Benefit.", ReportTone.Warning));
        }
        else if (stated < listed.Count)
        {
            blocks.Add(new ReportParagraph($"{LockInWords.Count(listed.Count - stated, "group has", "groups have")} no stated benefit. They lie apart, in the band below the field: unknown is not nought.", ReportTone.Note));
        }
        blocks.Add(Chart(part, prefix, listed, shown, inMoney));
        return blocks;
    }

    private static ReportQuadrant Chart(LockInReportPart part, string prefix, List<LockInAssessment> listed, List<LockInAssessment> shown, bool inMoney)
    {
        var settings = part.Settings;
        var probabilities = shown.Where(one => one.Benefit is not null).Select(one => one.Risk.Probability).Distinct().ToList();
        var slope = inMoney && probabilities.Count == 1 ? probabilities[0] : null;
        var rest = listed.Count - shown.Count;
        var costliest = shown.MaxBy(one => Cost(one, inMoney))!;
        return new ReportQuadrant
        {
            Id = prefix + "quadrant-chart",
            Title = shown.All(one => one.Benefit is null) ? inMoney ? "What leaving costs" : "Effort of leaving" : inMoney ? "What leaving costs against what staying is worth" : "Effort of leaving against what staying is worth",
            Description = $"{LockInWords.Count(shown.Count, "group", "groups")}{(rest > 0 ? $" of {LockInWords.Whole(listed.Count)}" : "")}; the hardest to leave is {LockInWords.Name(costliest)}. The table below it has the figures by number.",
            Legend = $"Numbers are those of the table. {(shown.Any(one => IsAtLeast(one, inMoney)) ? "A dashed ring: at least that much, a part is not known. " : "")}{(settings.RiskAversion > 0 && inMoney ? $"Cost is the one that is decided by: the mean plus {LockInWords.Percent(settings.RiskAversion)} of the way to P90. " : "")}{(slope is > 0 && shown.Any(one => one.Benefit is not null) ? "Below the dashed line the expected cost of leaving, p·C, is more than the benefit. " : "")}Points that would cover each other are moved apart a little.",
            X = new(inMoney ? $"Cost of leaving, {settings.Currency}" : "Effort of leaving, person-days"),
            Y = new($"↑ Benefit over {LockInWords.Days(settings.HorizonYears)} years, {settings.Currency}"),
            Points = [.. shown.Select(one => new ReportPoint(one.Title, Cost(one, inMoney), one.Benefit, one.Risk.Probability, IsAtLeast(one, inMoney)))],
            Corners = [("Easy to leave,", "worth much"), ("Hard to leave, worth", "much: keep an exit ready"), ("Easy to leave,", "worth little"), ("Hard to leave, worth", "little: act here first")],
            WithoutY = "Benefit not stated",
            Slope = slope is > 0 ? slope : null,
            ShadeLabel = "Probability of having to leave",
            Table = new ReportGrid
            {
                Caption = "The points by number",
                Columns = [new("No.", ReportGridKind.Number), new("Group", ReportGridKind.Name), new(inMoney ? "Cost of leaving" : "Effort (person-days)", ReportGridKind.Number), new("Benefit", ReportGridKind.Number), new("Probability", ReportGridKind.Number), new("Decision")],
                Rows =
                [
                    .. shown.Select((one, i) => new[]
                    {
                        LockInWords.Whole(i + 1), LockInWords.Name(one), (IsAtLeast(one, inMoney) ? "≥ " : "") + (inMoney ? LockInWords.Amount(Cost(one, inMoney), settings.Currency) : LockInWords.Days(Cost(one, inMoney))),
                        one.Benefit is { } benefit ? LockInWords.Amount(benefit, settings.Currency) : "not stated", LockInWords.Percent(one.Risk.Probability), LockInWords.Of(one.Decision.Kind),
                    }),
                ],
                Rest = rest > 0 ? $"and {LockInWords.Whole(rest)} more groups, each of which {(inMoney ? "costs less or has no stated benefit" : "takes less effort or has no stated benefit")}. The table of decisions has more." : null,
            },
        };
    }

    /// <summary>The cost that is decided by: between mean and P90 in proportion to the aversion to risk.</summary>
    private static decimal Cost(LockInAssessment one, bool inMoney)
    {
        if (!inMoney) return one.Effort.Mean;
        var mean = one.Money.Mean ?? 0;
        return mean + one.Settings.RiskAversion * ((one.Money.P90 ?? mean) - mean);
    }

    private static bool IsAtLeast(LockInAssessment one, bool inMoney) => inMoney && !one.Money.IsComplete;
}
