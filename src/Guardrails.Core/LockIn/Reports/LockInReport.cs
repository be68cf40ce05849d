namespace Guardrails;

/// <summary>Makes the report for people of assessments: what it would take to leave, how sure that is, why, and what follows.</summary>
internal static class LockInReport
{
    /// <param name="assessments">In order.</param>
    /// <param name="sensitivities">Which constants matter; empty where nobody asked.</param>
    /// <param name="title">The title; null for the usual one.</param>
    public static ReportDocument Of(IReadOnlyList<LockInAssessment> assessments, IReadOnlyList<LockInSensitivity> sensitivities, string? title)
    {
        var parts = LockInReportPart.Of(assessments);
        var sections = new List<ReportSection>();
        if (parts.Count > 1) sections.Add(LockInSummary.SideBySide(parts));
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            var suffix = parts.Count == 1 ? "" : $": {LockInWords.Of(part.Settings.Target)}";
            var prefix = parts.Count == 1 ? "" : $"part{i + 1}-";
            var own = sensitivities.Where(one => one.Target == part.Settings.Target).ToList();
            foreach (var section in Sections(part, own, prefix).Where(section => section.Blocks.Count > 0))
                sections.Add(section with { Id = prefix + section.Id, Title = section.Title + suffix });
        }
        if (parts.Count == 0 && sensitivities.Count > 0) sections.Add(new("sensitivity", "What the result hangs on", LockInSensitivityView.Blocks(sensitivities, "")));
        return new ReportDocument
        {
            Title = title ?? "Lock-in assessment",
            Subtitle = LockInSummary.Subtitle(parts),
            Facts = parts.Count == 1 ? LockInSummary.Facts(parts[0]) : [],
            Sections = sections,
            Footer = "Person-days and days are estimates by a published model with published constants; no public data set of real exits exists to check them against. "
                + "Percentiles are of the sum and do not add up over groups. Made by Guardrails.",
        };
    }

    private static IEnumerable<ReportSection> Sections(LockInReportPart part, IReadOnlyList<LockInSensitivity> sensitivities, string prefix) =>
    [
        new("summary", "Summary", LockInSummary.Blocks(part, prefix.Length > 0)),
        new("confidence", "How sure this is", LockInConfidenceView.Blocks(part)),
        new("quadrant", "Switching cost against benefit", LockInQuadrant.Blocks(part, prefix)),
        new("decisions", "Decisions", LockInDecisions.Blocks(part)),
        new("drivers", "What holds us", LockInDrivers.Blocks(part, prefix)),
        new("coupling", "Who uses whom", LockInCoupling.Blocks(part, prefix)),
        new("options", "What could be done beforehand", LockInDecisions.Options(part)),
        new("sensitivity", "What the result hangs on", LockInSensitivityView.Blocks(sensitivities, prefix)),
        new("cost", "What it costs, how long it takes, what is to be learnt", LockInCosts.Blocks(part)),
        new("explanation", "Where the figures come from", LockInExplanation.Blocks(part)),
    ];
}
