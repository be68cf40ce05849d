namespace Guardrails;

/// <summary>Money, time and learning of the whole.</summary>
internal static class LockInCosts
{
    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part)
    {
        if (part.Whole is not { Counts.Resources: > 0 } whole) return [];
        var blocks = new List<ReportBlock> { Money(whole.Money) };
        if (!whole.Money.IsComplete) blocks.Add(new ReportParagraph("A part of the cost is not known. Sums are therefore at least what they say.", ReportTone.Warning));
        blocks.Add(Time(whole));
        if (whole.Time.Chain.Count > 1) blocks.Add(new ReportDetails("The longest chain, from its end that moves first", [new ReportList(whole.Time.Chain)]));
        if (whole.Learning.Families.Count > 0) blocks.Add(Learning(whole.Learning));
        return blocks;
    }

    private static ReportGrid Money(LockInMoney money) => new()
    {
        Caption = $"What leaving is paid for ({money.Currency})",
        Columns = [new("For", ReportGridKind.Name), new("Expected", ReportGridKind.Number), new("At least – at most", ReportGridKind.Number), new("How it comes about")],
        Rows =
        [
            .. money.Parts.Select(part => new[]
            {
                LockInWords.Of(part.Kind), (part.IsAtLeast ? "≥ " : "") + LockInWords.Amount(part.Mean, money.Currency), part is { Low: { } low, High: { } high } ? $"{LockInWords.Rough(low)} – {LockInWords.Rough(high)}" : "", part.Note,
            }),
            ["Together", LockInWords.Cost(money), money is { P10: { } p10, P90: { } p90 } ? $"{LockInWords.Rough(p10)} – {LockInWords.Rough(p90)}" : "", "Effort at P10 and P90."],
        ],
    };

    private static ReportParagraph Time(LockInAssessment whole)
    {
        var time = whole.Time;
        var transfer = time.TransferDays is { } days ? $"{LockInWords.Days(days)} days of transfer" : "the transfer of data, which is not known and in none of the figures";
        var circles = time.Circles == 0 ? "" : $" {LockInWords.Count(time.Circles, "circle", "circles")} of resources that use each other move as one, the largest with {LockInWords.Whole(time.LargestCircle)} resources.";
        return new ReportParagraph($"Leaving takes at least {LockInWords.Days(time.P50)} days (P10 {LockInWords.Days(time.P10)}, P90 {LockInWords.Days(time.P90)}): {LockInWords.Days(time.LearningDays)} days until the alternatives are learnt, {LockInWords.Days(time.ChainDays)} days for the longest chain of resources, and {transfer}. Everything else is done beside it, by others.{circles}");
    }

    private static ReportGrid Learning(LockInLearning learning) => new()
    {
        Caption = $"What is to be learnt, in days, on both sides: {Days(learning.ServiceDays)} to use the services well, {Days(learning.AlternativeDays)} to use their alternatives well",
        Columns = [new("Family", ReportGridKind.Name), new("The services", ReportGridKind.Number), new("Their alternatives", ReportGridKind.Number)],
        Rows = [.. learning.Families.Select(family => new[] { family.Title, Days(family.ServiceDays), Days(family.AlternativeDays) })],
    };

    private static string Days(decimal? days) => days is { } known ? LockInWords.Days(known) : "not known";
}
