namespace Guardrails;

/// <summary>What the effort is made of, and whose it is.</summary>
internal static class LockInDrivers
{
    private const int MostBars = 12;

    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part, string prefix)
    {
        var blocks = new List<ReportBlock>();
        if (part.Whole is { Terms.Count: > 0 } whole)
        {
            blocks.Add(ByKind(whole, prefix));
            blocks.Add(Terms(whole, prefix));
        }
        if (part.Groups.Count > 1) blocks.Add(Groups(part, prefix));
        return blocks;
    }

    private static ReportBars ByKind(LockInAssessment whole, string prefix)
    {
        var kinds = whole.Terms.GroupBy(term => term.Kind).Select(kind => (kind.Key, Sum: kind.Sum(term => term.AmountHundredths))).OrderByDescending(kind => kind.Sum).ThenBy(kind => kind.Key).ToList();
        var total = Math.Max(1, kinds.Sum(kind => kind.Sum));
        string Words((LockInTermKind Key, long Sum) kind) => $"{LockInWords.Of(kind.Key)} {LockInWords.Percent(kind.Sum / (decimal)total)}";
        return new ReportBars
        {
            Id = prefix + "kinds-chart",
            Title = "Effort by what it is for (person-days, means)",
            Description = $"The largest parts: {string.Join(", ", kinds.Take(3).Select(Words))}.",
            Bars = [.. kinds.Select(kind => new ReportBar(Capital(LockInWords.Of(kind.Key)), kind.Sum / 100m, null, null, $"{LockInWords.Days(kind.Sum / 100m)} · {LockInWords.Percent(kind.Sum / (decimal)total)}"))],
            Table = new ReportGrid
            {
                Caption = "Effort by what it is for",
                Columns = [new("For", ReportGridKind.Name), new("Person-days", ReportGridKind.Number), new("Share", ReportGridKind.Number)],
                Rows = [.. kinds.Select(kind => new[] { Capital(LockInWords.Of(kind.Key)), LockInWords.Days(kind.Sum / 100m), LockInWords.Percent(kind.Sum / (decimal)total) })],
            },
        };
    }

    private static ReportBars Terms(LockInAssessment whole, string prefix)
    {
        var terms = whole.Terms.OrderByDescending(term => term.AmountHundredths).ThenBy(term => term.Kind).ThenBy(term => term.Subject, StringComparer.Ordinal).ThenBy(term => term.Variant, StringComparer.Ordinal).ToList();
        var shown = terms.Take(MostBars).ToList();
        var rest = terms.Skip(MostBars).ToList();
        var restDays = rest.Sum(term => term.AmountHundredths) / 100m;
        var restLabel = $"{LockInWords.Whole(rest.Count)} more terms together";
        return new ReportBars
        {
            Id = prefix + "terms-chart",
            Title = "The largest single terms (person-days, means)",
            Description = $"The largest: {string.Join(", ", shown.Take(3).Select(term => $"{LockInWords.Name(term)} {LockInWords.Days(term.Amount)}"))}.",
            Legend = (rest.Count > 0 ? $"{restLabel} are {LockInWords.Days(restDays)}. " : "") + $"All terms together are the mean of the effort, {LockInWords.Days(whole.Effort.Mean)} person-days, exactly. The last section lists each with its formula and its sources.",
            Bars = [.. shown.Select(term => new ReportBar($"{LockInWords.Name(term)}, {LockInWords.Of(term.Kind)}", term.Amount, null, null, LockInWords.Days(term.Amount)))],
            Table = new ReportGrid
            {
                Caption = "The largest terms",
                Columns = [new("Term", ReportGridKind.Name), new("For"), new("Person-days", ReportGridKind.Number)],
                Rows = [.. shown.Select(term => new[] { LockInWords.Name(term), LockInWords.Of(term.Kind), LockInWords.Days(term.Amount) }), .. rest.Count > 0 ? new[] { new[] { restLabel, "", LockInWords.Days(restDays) } } : []],
            },
        };
    }

    private static ReportBars Groups(LockInReportPart part, string prefix)
    {
        var groups = part.Groups.OrderByDescending(one => one.Effort.MeanHundredths).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
        var shown = groups.Take(MostBars).ToList();
        var rest = groups.Skip(MostBars).ToList();
        return new ReportBars
        {
            Id = prefix + "groups-chart",
            Title = "Effort by group, as if each left alone (person-days)",
            Description = $"The hardest to leave: {string.Join(", ", shown.Take(3).Select(one => $"{LockInWords.Name(one)} {LockInWords.Days(one.Effort.Mean)}"))}.",
            Legend = "Bar: mean. Line: P10 to P90 of the sum. Groups share skills and what a type costs once, so they do not add up to the whole."
                + (rest.Count > 0 ? $" {LockInWords.Whole(rest.Count)} more groups are not drawn; their own parts come to {LockInWords.Days(rest.Sum(one => one.Effort.OwnHundredths) / 100m)} person-days together." : ""),
            Bars = [.. shown.Select(one => new ReportBar(one.Title, one.Effort.Mean, one.Effort.P10, one.Effort.P90, $"{LockInWords.Days(one.Effort.Mean)} ({LockInWords.Range(one.Effort.P10, one.Effort.P90)})"))],
            Table = new ReportGrid
            {
                Caption = "Effort by group (person-days)",
                Columns = [new("Group", ReportGridKind.Name), new("Mean", ReportGridKind.Number), new("P10", ReportGridKind.Number), new("P50", ReportGridKind.Number), new("P90", ReportGridKind.Number), new("Its alone", ReportGridKind.Number), new("Shared", ReportGridKind.Number)],
                Rows =
                [
                    .. shown.Select(one => new[]
                    {
                        LockInWords.Name(one), LockInWords.Days(one.Effort.Mean), LockInWords.Days(one.Effort.P10), LockInWords.Days(one.Effort.P50), LockInWords.Days(one.Effort.P90), LockInWords.Days(one.Effort.Own), LockInWords.Days(one.Effort.Shared),
                    }),
                ],
                Rest = rest.Count > 0 ? $"and {LockInWords.Whole(rest.Count)} more groups." : null,
            },
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
