using System.Globalization;

namespace Guardrails;

/// <summary>How well the profiles for one target are known: how many of their values were measured, documented or judged.</summary>
public sealed record LockInProfileSummary
{
    /// <summary>Where a workload would go.</summary>
    public required LockInTarget Target { get; init; }

    /// <summary>Types that have a profile of their own.</summary>
    public required int Types { get; init; }

    /// <summary>Levels in these profiles and in those of their variants: API, export and artefact.</summary>
    public required int Values { get; init; }

    /// <summary>Levels that were measured.</summary>
    public required int A { get; init; }

    /// <summary>Levels that a page documents.</summary>
    public required int B { get; init; }

    /// <summary>Levels that are judgement.</summary>
    public required int C { get; init; }

    /// <summary>Levels of types without a profile, by their families; all of them are judgement, and not counted above.</summary>
    public required int FamilyValues { get; init; }

    /// <summary>The share of the levels that is measured or documented, 0 to 1; null where there are none.</summary>
    public double? DocumentedShare => Values == 0 ? null : (double)(A + B) / Values;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Target}: {Types} types, {A} A, {B} B, {C} C");
}
