using System.Globalization;

namespace Guardrails;

/// <summary>Whether a change keeps to the effort of leaving that it may add, and which resources add it.</summary>
internal static class LockInBudget
{
    private const int Named = 5;

    /// <param name="before">The whole of the baseline.</param>
    /// <param name="after">The whole now, to the same target.</param>
    /// <param name="budget">In person-days.</param>
    public static LockInBudgetResult Check(LockInAssessment before, LockInAssessment after, decimal budget)
    {
        var added = after.Effort.Mean - before.Effort.Mean;
        var resources = Added(before.Resources, after.Resources);
        var passed = added <= budget;
        var changed = before.Settings.DataDigest != after.Settings.DataDigest;
        return new()
        {
            Passed = passed,
            Target = after.Settings.Target,
            Budget = budget,
            BaselineDays = before.Effort.Mean,
            CurrentDays = after.Effort.Mean,
            Resources = resources,
            Terms = LockInComparison.Terms(before, after),
            DataChanged = changed,
            Message = string.Create(CultureInfo.InvariantCulture,
                $"Leaving for {after.Settings.Target} takes {added:+0.00;-0.00;0.00} person-days ({before.Effort.Mean:0.00} → {after.Effort.Mean:0.00}); {budget:0.##} may be added.{Names(resources)}{(changed ? " The constants or profiles are not those of the baseline: a part comes from that." : "")}"),
        };
    }

    /// <summary>Those that are new, and those that have another type or more couplings than before. Of several with the same identity as many as are more.</summary>
    private static IReadOnlyList<LockInResource> Added(IReadOnlyList<LockInResource> before, IReadOnlyList<LockInResource> after)
    {
        var olds = before.GroupBy(one => one.Identity, StringComparer.Ordinal).ToDictionary(same => same.Key, same => new Queue<LockInResource>(same), StringComparer.Ordinal);
        var added = new List<LockInResource>();
        foreach (var now in after)
        {
            if (olds.GetValueOrDefault(now.Identity) is not { Count: > 0 } same || IsMore(same.Dequeue(), now)) added.Add(now);
        }
        return [.. added.OrderByDescending(one => one.MarginalHundredths).ThenBy(one => one.Identity, StringComparer.Ordinal)];
    }

    private static bool IsMore(LockInResource old, LockInResource now) =>
        old.Type != now.Type || old.Variant != now.Variant || now.Couplings.Any(pair => pair.Value > old.Couplings.GetValueOrDefault(pair.Key));

    private static string Names(IReadOnlyList<LockInResource> resources)
    {
        if (resources.Count == 0) return "";
        var named = resources.Take(Named).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one} ({one.MarginalHundredths / 100m:0.00})"));
        return $" It comes from {string.Join(", ", named)}{(resources.Count > Named ? $" and {resources.Count - Named} more" : "")}.";
    }
}
