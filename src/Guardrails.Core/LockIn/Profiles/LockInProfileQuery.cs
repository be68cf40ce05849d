namespace Guardrails;

/// <summary>Picks profiles by type, variant and target, and counts how well they are known.</summary>
internal sealed class LockInProfileQuery(LockInFacts facts, IReadOnlyCollection<LockInTarget> targets)
{
    private readonly LockInTarget[] _targets = targets.Count > 0 ? [.. targets.Distinct().Order()] : Enum.GetValues<LockInTarget>();

    /// <summary>
    /// The profiles of a type, or of those that a pattern names, ordered by type, variant and target. A pattern names types with profiles
    /// only; a name also gives what its family says, and joining types.
    /// </summary>
    /// <param name="variant">A variant or a pattern of variants; null for the type's own profile and those of all its variants.</param>
    /// <returns>Empty where nothing is known of the type.</returns>
    public IReadOnlyList<LockInProfile> Find(string type, string? variant)
    {
        var pattern = TextPattern.Parse(type);
        var own = facts.Profiles.Where(profile => pattern.Matches(profile.Type)).Select(profile => profile.Type).ToHashSet(StringComparer.Ordinal);
        if (own.Count == 0 && !pattern.HasWildcards) own.Add(type);
        return [.. own.Order(StringComparer.Ordinal).SelectMany(one => OfType(one, variant))];
    }

    /// <summary>How well the profiles of the types of a pattern are known, by target.</summary>
    /// <param name="patterns">None for all types.</param>
    public IEnumerable<LockInProfileSummary> Summarize(IReadOnlyCollection<string> patterns)
    {
        var parsed = patterns.Select(TextPattern.Parse).ToList();
        var chosen = facts.Profiles.Where(profile => parsed.Count == 0 || parsed.Exists(pattern => pattern.Matches(profile.Type))).ToLookup(profile => profile.Target);
        foreach (var target in _targets)
        {
            var grades = chosen[target].SelectMany(GradesOf).CountBy(grade => grade).ToDictionary();
            yield return new LockInProfileSummary
            {
                Target = target,
                Types = chosen[target].Select(profile => profile.Type).Distinct(StringComparer.Ordinal).Count(),
                Values = grades.Values.Sum(),
                A = grades.GetValueOrDefault(EvidenceGrade.A),
                B = grades.GetValueOrDefault(EvidenceGrade.B),
                C = grades.GetValueOrDefault(EvidenceGrade.C),
                FamilyValues = facts.Families.Sum(family => Count(family.Levels.GetValueOrDefault(target))),
            };
        }
    }

    private IEnumerable<LockInProfile> OfType(string type, string? variant)
    {
        var variants = facts.Profiles.Where(profile => profile.Type == type && profile.Variant is not null).Select(profile => profile.Variant!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var pattern = variant is null ? null : TextPattern.Parse(variant);
        IEnumerable<string?> wanted = pattern is null ? variants.Prepend(null) : variants.Where(one => pattern.Matches(one));
        if (pattern is { HasWildcards: false } && !wanted.Any()) wanted = [variant];
        foreach (var one in wanted.ToList())
        {
            foreach (var target in _targets)
            {
                if (facts.ProfileOf(type, one, target) is { } profile) yield return profile;
            }
        }
    }

    private static IEnumerable<EvidenceGrade> GradesOf(LockInProfile profile)
    {
        if (profile.Api is { } api) yield return api.Evidence.Grade;
        if (profile.Export is { } export) yield return export.Evidence.Grade;
        if (profile.Artefact is { } artefact) yield return artefact.Evidence.Grade;
    }

    private static int Count(LockInFamilyLevels? levels) =>
        levels is null ? 0 : (levels.Api is null ? 0 : 1) + (levels.Export is null ? 0 : 1) + (levels.Artefact is null ? 0 : 1);
}
