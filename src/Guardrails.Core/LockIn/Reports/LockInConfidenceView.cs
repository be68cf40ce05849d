namespace Guardrails;

/// <summary>How much of the result is known, and what is not. It stands near the top: who reads only the beginning must see it.</summary>
internal static class LockInConfidenceView
{
    private const int MostGaps = 200;

    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part)
    {
        var blocks = new List<ReportBlock>();
        if (part.Whole is { } whole)
        {
            blocks.Add(new ReportParagraph($"{LockInWords.Of(whole.Confidence.Band)}: {whole.Confidence.Words}", whole.Confidence.Band == LockInBand.High ? ReportTone.Plain : ReportTone.Warning));
            if (whole.Confidence.Components.Count > 0) blocks.Add(Components(whole.Confidence));
            Gaps(blocks, whole.Gaps, whole.Counts.UnknownTypes);
        }
        else
        {
            var least = part.Groups.MinBy(one => one.Confidence.Value);
            if (least is not null) blocks.Add(new ReportParagraph($"The least sure is {LockInWords.Name(least)}: {LockInWords.Of(least.Confidence.Band)}, {least.Confidence.Words}", ReportTone.Warning));
            Gaps(blocks, [.. part.Groups.SelectMany(one => one.Gaps.Select(gap => gap with { Message = $"{LockInWords.Name(one)}: {gap.Message}" }))],
                [.. part.Groups.SelectMany(one => one.Counts.UnknownTypes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        }
        blocks.Add(new ReportParagraph("Confidence says how much of the measurement rests on something. It does not say that the model is right.", ReportTone.Note));
        return blocks;
    }

    private static ReportGrid Components(LockInConfidence confidence) => new()
    {
        Caption = "What the confidence is made of",
        Columns = [new("Part", ReportGridKind.Name), new("Known", ReportGridKind.Number), new("Weight", ReportGridKind.Number), new("In words")],
        Rows = [.. confidence.Components.Select(one => new[] { one.Name, LockInWords.Percent(one.Value), LockInWords.Percent(one.Weight), one.Words })],
    };

    private static void Gaps(List<ReportBlock> blocks, IReadOnlyList<LockInGap> gaps, IReadOnlyList<string> unknownTypes)
    {
        if (gaps.Count == 0) blocks.Add(new ReportParagraph("The measurement names no gap."));
        else
        {
            blocks.Add(new ReportParagraph("What is not known:"));
            var shown = gaps.Take(MostGaps).Select(gap => gap.Message).ToList();
            if (gaps.Count > MostGaps) shown.Add($"and {LockInWords.Whole(gaps.Count - MostGaps)} more gaps.");
            blocks.Add(new ReportList(shown));
        }
        if (unknownTypes.Count == 0) return;
        var names = unknownTypes.Take(MostGaps).ToList();
        if (unknownTypes.Count > MostGaps) names.Add($"and {LockInWords.Whole(unknownTypes.Count - MostGaps)} more types.");
        blocks.Add(new ReportDetails($"{LockInWords.Count(unknownTypes.Count, "type", "types")} that nothing is known of, by name", [new ReportList(names)]));
    }
}
