namespace Guardrails;

/// <summary>Something that can be done beforehand so that leaving costs less: the price of it is certain, what it saves is not.</summary>
internal sealed record LockInOption
{
    /// <summary>Its stable name: <c>container-variant</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is done, in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>The families that it is for.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>The types that it is for: whole names, or beginnings that end in <c>*</c>.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The share of the effort of these resources that it takes away, 0 to 1.</summary>
    public required Graded<decimal> EffortShare { get; init; }

    /// <summary>What it takes to do, in person-days for each resource.</summary>
    public required Graded<decimal> PriceDays { get; init; }

    /// <summary>What keeping it takes, in person-days a year for each resource.</summary>
    public required Graded<decimal> CarryingDaysPerYear { get; init; }

    /// <summary>True where it is for that type, which is of that family.</summary>
    public bool AppliesTo(string type, string? family) =>
        family is not null && Families.Contains(family, StringComparer.Ordinal) || Types.Any(pattern => TypePattern.Fits(pattern, type));
}

/// <summary>A published threshold: from where on something is MEDIUM and HIGH.</summary>
internal sealed record LockInBands
{
    /// <summary>What is banded: <c>effort</c> in person-days, <c>confidence</c> from 0 to 1.</summary>
    public required string Name { get; init; }

    /// <summary>MEDIUM from that value on; below it is LOW.</summary>
    public required decimal Medium { get; init; }

    /// <summary>HIGH from that value on.</summary>
    public required decimal High { get; init; }

    /// <summary>Where the thresholds come from.</summary>
    public required Evidence Evidence { get; init; }
}

/// <summary>Names of types, and beginnings of them that end in <c>*</c>.</summary>
internal static class TypePattern
{
    public static bool Fits(string pattern, string type) =>
        pattern.EndsWith('*') ? type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : pattern == type;
}
