namespace Guardrails;

/// <summary>
/// The skeleton of an exit plan: its steps are the terms of the effort, so that they add up to its mean exactly, in the order in which what
/// uses each other can move. Stressed and unstressed exits are planned apart, as the PRA's SS2/21, chapter 10, has it
/// (https://www.bankofengland.co.uk/prudential-regulation/publication/2021/march/outsourcing-and-third-party-risk-management-ss, 2026-11); DORA, Article 28(8), wants the plans
/// documented and tested. Owner, dates and evidence are the reader's to fill in.
/// </summary>
internal static class ExitPlan
{
    public const string Unstressed = "Unstressed";
    public const string Stressed = "Stressed";

    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("Group", "Group"), new("Target", "Target"), new("GroupWave", "Wave of the group", true), new("Plan", "Plan"), new("Order", "Order", true), new("Phase", "Phase"),
        new("Step", "Step"), new("Wave", "Wave within the group", true), new("MovesWith", "Moves together with"), new("EffortDays", "Effort, mean (person-days)", true),
        new("IsShared", "Falls due once for several groups"), new("Note", "Note"), new("Owner", "Owner"), new("Start", "Start"), new("End", "End"), new("Evidence", "Evidence of the test"),
    ];

    /// <param name="assessments">In order.</param>
    public static ReportTable Of(IReadOnlyList<LockInAssessment> assessments)
    {
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (var part in LockInReportPart.Of(assessments))
        {
            var waves = new LockInWaves(part.Groups.Count > 0 ? part.Whole?.Graph : null);
            foreach (var one in part.Listed.OrderBy(one => waves.Of(one.Name) ?? int.MaxValue)) Add(rows, one, waves.Of(one.Name));
        }
        return new ReportTable
        {
            Format = "guardrails-exit-plan/1",
            Title = "Exit plan, to be completed",
            Notes =
            [
                "A skeleton: owner, dates and evidence are yours. Effort is the mean of the assessment's terms; the steps of a plan add up to it. What has no effort is not in the model, not free.",
                "Waves: what is used moves before what uses it; what uses each other in a circle moves together.",
                "Steps that fall due once for several groups are in the plan of each of them, as if it left alone.",
                "Stressed and unstressed exits apart: PRA SS2/21, chapter 10. Documented and tested: Regulation (EU) 2022/2554 (DORA), Article 28(8).",
            ],
            Columns = Columns,
            Rows = rows,
        };
    }

    private static void Add(List<IReadOnlyList<ReportCell>> rows, LockInAssessment one, int? groupWave)
    {
        foreach (var (plan, steps) in new[] { (Unstressed, UnstressedSteps(one)), (Stressed, StressedSteps(one)) })
        {
            var order = 0;
            foreach (var step in steps)
            {
                rows.Add(
                [
                    LockInWords.Name(one), one.Settings.Target.ToString(), groupWave, plan, ++order, step.Phase, step.Text, step.Wave, step.MovesWith,
                    step.Hundredths / 100m, step.IsShared ? (bool?)true : null, step.Note, ReportCell.Empty, ReportCell.Empty, ReportCell.Empty, ReportCell.Empty,
                ]);
            }
        }
    }

    private static IEnumerable<Step> UnstressedSteps(LockInAssessment one) =>
    [
        .. Learn(one, "Learn", null),
        .. Build(one, null),
        .. Move(one, "Migrate data", "Move", null),
        .. CutOver(one, null),
        new("Decommission", "Switch off what was left, delete the data there, end contracts and commitments", Note: "Only after the period in which you can still go back."),
        new("Test", "Rehearse the exit and keep the evidence", Note: $"At the latest when this is reviewed, on {LockInWords.Date(one.Settings.ReviewOn)}."),
    ];

    private static IEnumerable<Step> StressedSteps(LockInAssessment one) =>
    [
        .. Learn(one, "Prepare", "Before any stress: there is no time for it afterwards."),
        new("Prepare", "Keep definitions, images and code where the provider's failure does not reach them"),
        new("Prepare", $"Keep copies of the data outside the provider ({LockInWords.Count(one.Counts.Stores, "store", "stores")})", Note: VolumeNote(one)),
        .. Build(one, "Without help from the provider, and without running both side by side."),
        .. Move(one, "Restore data", "Restore from the copies outside:", "What was not copied beforehand is lost."),
        .. CutOver(one, null),
        new("Close", "Take back domains, keys and access; claim what the contract owes you"),
        new("Test", "Rehearse the restore from the copies alone and keep the evidence", Note: $"At the latest when this is reviewed, on {LockInWords.Date(one.Settings.ReviewOn)}."),
    ];

    private static IEnumerable<Step> Learn(LockInAssessment one, string phase, string? note) =>
        Terms(one, LockInTermKind.Skills).Select(term => new Step(phase, $"Learn what takes the place of: {FamilyTitle(one, term.Subject)}", term.AmountHundredths, term.IsShared, note));

    /// <summary>By family, in the order in which families can move; then the definitions.</summary>
    private static IEnumerable<Step> Build(LockInAssessment one, string? note)
    {
        var waves = new LockInWaves(one.IsTotal ? null : one.Graph);
        var families = one.Types.GroupBy(type => type.Type, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Family, StringComparer.Ordinal);
        var byFamily = one.Terms.Where(term => term.Kind is LockInTermKind.TypeOnce or LockInTermKind.TypeEach)
            .GroupBy(term => families.GetValueOrDefault(term.Subject) ?? "", StringComparer.Ordinal)
            .OrderBy(family => waves.Of(family.Key) ?? int.MaxValue).ThenBy(family => family.Key, StringComparer.Ordinal);
        foreach (var family in byFamily)
        {
            var title = family.Key.Length == 0 ? "types of no known family" : FamilyTitle(one, family.Key);
            yield return new Step("Build", $"Build what takes the place of: {title}", family.Sum(term => term.AmountHundredths), family.Any(term => term.IsShared), note, waves.Of(family.Key), waves.MovesWith(family.Key));
        }
        foreach (var term in Terms(one, LockInTermKind.Definition))
            yield return new Step("Build", $"Write definitions anew: {term.Subject} ({LockInWords.Whole(term.Count)})", term.AmountHundredths, term.IsShared, note);
    }

    private static IEnumerable<Step> Move(LockInAssessment one, string phase, string verb, string? note)
    {
        var terms = Terms(one, LockInTermKind.Migration).Concat(Terms(one, LockInTermKind.Volume)).ToList();
        for (var i = 0; i < terms.Count; i++)
        {
            var term = terms[i];
            var what = term.Kind == LockInTermKind.Volume ? $"{LockInWords.Whole(term.Count / 1000)} GB of known volume" : $"{LockInWords.Count(term.Count, "store", "stores")}: {LockInWords.Name(term)}";
            yield return new Step(phase, $"{verb} {what}", term.AmountHundredths, term.IsShared, note ?? (i == 0 ? VolumeNote(one) : null));
        }
    }

    private static IEnumerable<Step> CutOver(LockInAssessment one, string? note) =>
    [
        .. Terms(one, LockInTermKind.Coupling).Select(term => new Step("Cut over", $"Make couplings anew: {term.Subject} ({LockInWords.Whole(term.Count)})", term.AmountHundredths, term.IsShared, note)),
        new("Cut over", "Switch users and traffic over, with a way back", Note: one.Settings.ExitWindowDays is { } window ? $"The contract's exit window is {window} days; leaving takes {LockInWords.Days(one.Time.P90)} days (P90)." : null),
    ];

    private static IEnumerable<LockInTerm> Terms(LockInAssessment one, LockInTermKind kind) =>
        one.Terms.Where(term => term.Kind == kind).OrderBy(term => term.Subject, StringComparer.Ordinal).ThenBy(term => term.Variant, StringComparer.Ordinal);

    private static string? VolumeNote(LockInAssessment one) => one.Counts.StoresWithoutVolume == 0 ? null
        : $"The volume of {LockInWords.Count(one.Counts.StoresWithoutVolume, "store", "stores")} is not known: measure it before you plan the transfer.";

    private static string FamilyTitle(LockInAssessment one, string family) =>
        one.Learning.Families.FirstOrDefault(learning => learning.Family == family)?.Title ?? one.Graph?.Nodes.FirstOrDefault(node => node.Name == family)?.Title ?? family;

    private sealed record Step(
        string Phase, string Text, long? Hundredths = null, bool IsShared = false, string? Note = null, int? Wave = null, string? MovesWith = null);
}
