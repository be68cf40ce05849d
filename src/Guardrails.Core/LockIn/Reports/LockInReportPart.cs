using System.Text;

namespace Guardrails;

/// <summary>Assessments that were made with the same settings, as a report shows them: the whole, and its groups.</summary>
internal sealed record LockInReportPart
{
    public required LockInSettings Settings { get; init; }

    /// <summary>
    /// What the report is about: the only whole, else the only assessment. Null where there are several groups without a whole, or several
    /// wholes: then nothing may be summed up, because groups share terms.
    /// </summary>
    public required LockInAssessment? Whole { get; init; }

    /// <summary>All others, by name.</summary>
    public required IReadOnlyList<LockInAssessment> Groups { get; init; }

    /// <summary>What a list of results shows: the groups, or the whole where there are none.</summary>
    public IReadOnlyList<LockInAssessment> Listed => Groups.Count > 0 ? Groups : Whole is null ? [] : [Whole];

    /// <summary>
    /// Each assessment once, in an order that does not depend on that in which they came: the whole first, then by name and target, then by
    /// what is in them.
    /// </summary>
    public static IReadOnlyList<LockInAssessment> InOrder(IEnumerable<LockInAssessment> assessments)
    {
        var ordered = new List<LockInAssessment>();
        foreach (var same in LockInFile.InOrder(assessments).GroupBy(one => (one.IsTotal, one.Name, one.Settings.Target)))
        {
            var all = same.ToList();
            if (all.Count == 1) ordered.Add(all[0]);
            else ordered.AddRange(all.Select(one => (One: one, Text: Text([one]))).DistinctBy(pair => pair.Text, StringComparer.Ordinal).OrderBy(pair => pair.Text, StringComparer.Ordinal).Select(pair => pair.One));
        }
        return ordered;
    }

    /// <param name="assessments">In order.</param>
    public static IReadOnlyList<LockInReportPart> Of(IReadOnlyList<LockInAssessment> assessments) =>
        [.. assessments.GroupBy(one => OfMeasurement(one.Settings)).OrderBy(same => same.Key.Target).SelectMany(same => Of([.. same]))];

    /// <summary>The file's text, with one line end at its end.</summary>
    public static string Text(IEnumerable<LockInAssessment> assessments)
    {
        using var stream = new MemoryStream();
        LockInFile.Write(assessments, stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    // What differs within one measurement: the window binds critical functions only, and a group in which nothing costs anything used no constant.
    private static LockInSettings OfMeasurement(LockInSettings settings) => settings with { ExitWindowDays = null, DataAsOf = null };

    /// <summary>One part; where the same is there with several exit windows, a part for each.</summary>
    private static IEnumerable<LockInReportPart> Of(List<LockInAssessment> all)
    {
        if (all.DistinctBy(one => (one.IsTotal, one.Name)).Count() < all.Count && all.DistinctBy(one => one.Settings.ExitWindowDays).Count() > 1)
            return all.GroupBy(one => one.Settings.ExitWindowDays).OrderBy(same => same.Key).SelectMany(same => Of([.. same]));
        var settings = OfMeasurement(all[0].Settings) with { ExitWindowDays = all.Max(one => one.Settings.ExitWindowDays), DataAsOf = all.Min(one => one.Settings.DataAsOf) };
        return [Of(settings, all)];
    }

    private static LockInReportPart Of(LockInSettings settings, List<LockInAssessment> all)
    {
        var totals = all.Where(one => one.IsTotal).ToList();
        var whole = totals.Count == 1 ? totals[0] : all.Count == 1 ? all[0] : null;
        return new LockInReportPart { Settings = settings, Whole = whole, Groups = [.. all.Where(one => !ReferenceEquals(one, whole))] };
    }
}
