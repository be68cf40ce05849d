namespace Guardrails;

/// <summary>What there is to learn on both sides, family by family.</summary>
internal static class LearningModel
{
    public static LockInLearning Of(IEnumerable<MeasuredType> types, LockInTarget target) => new()
    {
        Families = [.. types.Where(type => !type.IsGlue).Select(type => type.Family).OfType<LockInFamily>().DistinctBy(family => family.Name, StringComparer.Ordinal)
            .OrderBy(family => family.Name, StringComparer.Ordinal).Select(family => Of(family, target))],
    };

    private static LockInFamilyLearning Of(LockInFamily family, LockInTarget target)
    {
        var alternative = family.Levels.GetValueOrDefault(target)?.LearningDays;
        return new()
        {
            Family = family.Name,
            Title = family.Title,
            ServiceDays = family.LearningDays?.Value,
            AlternativeDays = alternative?.Value,
            Evidence = [.. new[] { family.LearningDays?.Evidence, alternative?.Evidence }.OfType<Evidence>().Distinct()],
        };
    }
}
