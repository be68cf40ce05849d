using System.Globalization;

namespace Guardrails;

/// <summary>What differs between two sets of assessments, group by group. What is the same on both sides is not mentioned.</summary>
internal static class LockInComparison
{
    private const string Days = "person-days";

    /// <summary>The whole first, then the groups by name; of each the largest terms first.</summary>
    public static IReadOnlyList<LockInDifference> Compare(IReadOnlyList<LockInAssessment> before, IReadOnlyList<LockInAssessment> after)
    {
        var olds = before.ToDictionary(Key);
        var news = after.ToDictionary(Key);
        // Two designs have other groups, as a rule: only where both sides were grouped in the same way is a group on one side only a finding.
        var sameGrouping = before.Select(one => one.GroupBy).Concat(after.Select(one => one.GroupBy)).Distinct().Count() <= 1;
        var differences = new List<LockInDifference>();
        foreach (var key in olds.Keys.Union(news.Keys).OrderBy(key => !key.IsTotal).ThenBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Target))
        {
            var (old, now) = (olds.GetValueOrDefault(key), news.GetValueOrDefault(key));
            if (old is not null && now is not null) differences.AddRange(Differences(old, now));
            else if (sameGrouping || key.IsTotal) differences.Add(OneSided(key.Name, old, now));
        }
        return differences;
    }

    /// <summary>The terms that are not the same, the largest addition first. Their changes add up to that of the mean.</summary>
    public static IReadOnlyList<LockInDifference> Terms(LockInAssessment before, LockInAssessment after)
    {
        var olds = before.Terms.ToDictionary(TermKey);
        var news = after.Terms.ToDictionary(TermKey);
        return [.. olds.Keys.Union(news.Keys)
            .Select(key => (Key: key, Old: olds.GetValueOrDefault(key), New: news.GetValueOrDefault(key)))
            .Where(pair => pair.Old?.AmountHundredths != pair.New?.AmountHundredths || pair.Old?.Formula != pair.New?.Formula)
            .Select(pair => Number(after.Name, LockInDifferenceKind.Term, Subject(pair.Key), pair.Old?.Amount ?? 0, pair.New?.Amount ?? 0, Days, $"{pair.Old?.Formula ?? "nothing"} → {pair.New?.Formula ?? "nothing"}"))
            .OrderByDescending(difference => difference.Change).ThenBy(difference => difference.Subject, StringComparer.Ordinal)];
    }

    private static IEnumerable<LockInDifference> Differences(LockInAssessment old, LockInAssessment now)
    {
        var group = now.Name;
        foreach (var (subject, before, after) in Settings(old.Settings, now.Settings))
            yield return Words(group, LockInDifferenceKind.Settings, subject, before, after, LockInVerdict.Neither);
        foreach (var (subject, before, after) in new[] { ("Mean", old.Effort.Mean, now.Effort.Mean), ("P10", old.Effort.P10, now.Effort.P10), ("P50", old.Effort.P50, now.Effort.P50), ("P90", old.Effort.P90, now.Effort.P90) })
            if (before != after) yield return Number(group, LockInDifferenceKind.Effort, subject, before, after, Days, Main(old, now));
        foreach (var term in Terms(old, now)) yield return term;
        if (old.Time.P50 != now.Time.P50 || old.Time.P90 != now.Time.P90)
            yield return Number(group, LockInDifferenceKind.Time, "P90", old.Time.P90, now.Time.P90, "days", Text($"learning {old.Time.LearningDays:0.##} → {now.Time.LearningDays:0.##}, chain {old.Time.ChainDays:0.##} → {now.Time.ChainDays:0.##} days"));
        foreach (var kind in Enum.GetValues<LockInMoneyKind>())
        {
            var (before, after) = (Part(old, kind), Part(now, kind));
            if (before?.Mean == after?.Mean || old.Money.Currency != now.Money.Currency) continue;
            yield return Number(group, LockInDifferenceKind.Money, kind.ToString(), before?.Mean, after?.Mean, now.Money.Currency, $"{before?.Note} → {after?.Note}");
        }
        if (old.Decision.Kind != now.Decision.Kind || old.Decision.BreakEvenOption != now.Decision.BreakEvenOption)
            yield return Words(group, LockInDifferenceKind.Decision, "Kind", old.Decision.ToString(), now.Decision.ToString(), LockInVerdict.Neither, string.Join(' ', now.Decision.Reasons));
        if (old.Confidence.Value != now.Confidence.Value)
            yield return Number(group, LockInDifferenceKind.Confidence, "Value", old.Confidence.Value, now.Confidence.Value, null, now.Confidence.Words, moreIsWorse: false);
    }

    private static IEnumerable<(string Subject, string? Before, string? After)> Settings(LockInSettings old, LockInSettings now)
    {
        (string Subject, string? Before, string? After)[] all =
        [
            (nameof(old.AssessedOn), old.AssessedOn.ToString("O", CultureInfo.InvariantCulture), now.AssessedOn.ToString("O", CultureInfo.InvariantCulture)),
            (nameof(old.Posture), old.Posture, now.Posture),
            (nameof(old.HorizonYears), Plain(old.HorizonYears), Plain(now.HorizonYears)),
            (nameof(old.DayRate), Plain(old.DayRate), Plain(now.DayRate)),
            (nameof(old.Currency), old.Currency, now.Currency),
            (nameof(old.Seed), Text($"{old.Seed}"), Text($"{now.Seed}")),
            (nameof(old.Draws), Text($"{old.Draws}"), Text($"{now.Draws}")),
            (nameof(old.DataDigest), old.DataDigest, now.DataDigest),
        ];
        return all.Where(one => one.Before != one.After);
    }

    private static LockInDifference OneSided(string name, LockInAssessment? old, LockInAssessment? now) => new()
    {
        Group = name,
        Kind = LockInDifferenceKind.Group,
        Subject = now is null ? "Removed" : "Added",
        Before = old?.Effort.Mean,
        After = now?.Effort.Mean,
        Unit = Days,
        Change = (now?.Effort.Mean ?? 0) - (old?.Effort.Mean ?? 0),
        Verdict = now is null ? LockInVerdict.Better : LockInVerdict.Worse,
        Why = now is null ? "It is no longer there." : "It was not there before.",
    };

    private static LockInDifference Number(string group, LockInDifferenceKind kind, string subject, decimal? before, decimal? after, string? unit, string why, bool moreIsWorse = true) => new()
    {
        Group = group,
        Kind = kind,
        Subject = subject,
        Before = before,
        After = after,
        Unit = unit,
        Change = after - before,
        Verdict = after is null ? LockInVerdict.Worse : before is null ? LockInVerdict.Better : after == before ? LockInVerdict.Neither : after > before == moreIsWorse ? LockInVerdict.Worse : LockInVerdict.Better,
        Why = why,
    };

    private static LockInDifference Words(string group, LockInDifferenceKind kind, string subject, string? before, string? after, LockInVerdict verdict, string? why = null) => new()
    {
        Group = group,
        Kind = kind,
        Subject = subject,
        Verdict = verdict,
        Why = $"{before ?? "(none)"} → {after ?? "(none)"}{(string.IsNullOrEmpty(why) ? "" : ". " + why)}",
    };

    /// <summary>What changed most, in a sentence.</summary>
    private static string Main(LockInAssessment old, LockInAssessment now) =>
        Terms(old, now).MaxBy(term => Math.Abs(term.Change ?? 0)) is { } main ? Text($"Mostly {main.Subject}: {main.Change:+0.##;-0.##;0}.") : "The draws changed.";

    private static (string Name, bool IsTotal, LockInTarget Target) Key(LockInAssessment one) => (one.Name, one.IsTotal, one.Settings.Target);

    private static (LockInTermKind Kind, string Subject, string? Variant) TermKey(LockInTerm term) => (term.Kind, term.Subject, term.Variant);

    private static string Subject((LockInTermKind Kind, string Subject, string? Variant) key) => $"{key.Kind} {key.Subject}{(key.Variant is null ? "" : $" ({key.Variant})")}";

    private static LockInMoneyPart? Part(LockInAssessment one, LockInMoneyKind kind) => one.Money.Parts.FirstOrDefault(part => part.Kind == kind);

    private static string? Plain(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
