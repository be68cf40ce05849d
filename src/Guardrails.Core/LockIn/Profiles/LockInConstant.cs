namespace Guardrails;

/// <summary>
/// A constant of the model: a triangular distribution between two bounds. One constant is drawn once for everything that uses it, so that
/// large inventories do not look falsely certain.
/// </summary>
public sealed record LockInConstant
{
    /// <summary>Its name: <c>fixed.redesign.function-package</c>, <c>skills.relational</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The least that it can be.</summary>
    public required decimal Low { get; init; }

    /// <summary>What it most likely is.</summary>
    public required decimal Likely { get; init; }

    /// <summary>The most that it can be.</summary>
    public required decimal High { get; init; }

    /// <summary>The unit: <c>person-days</c>, <c>person-days/edge</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>The mean of the distribution in whole hundredths, so that sums of means are exact.</summary>
    public long MeanHundredths => (long)Math.Round((Low + Likely + High) / 3m * 100m, MidpointRounding.ToEven);
}
