using System.Globalization;
using System.Text.Json.Serialization;

namespace Guardrails;

/// <summary>How much a constant matters: what the effort would be at its bounds, and what ±50 % of it does to ranks and decisions.</summary>
public sealed record LockInSensitivity
{
    /// <summary>The constant's name.</summary>
    public required string Constant { get; init; }

    /// <summary>Where the workload would go.</summary>
    public required LockInTarget Target { get; init; }

    /// <summary>The least that the constant can be.</summary>
    public required decimal Low { get; init; }

    /// <summary>What it most likely is.</summary>
    public required decimal Likely { get; init; }

    /// <summary>The most that it can be.</summary>
    public required decimal High { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>The whole's mean effort in person-days, all constants at their means.</summary>
    public required decimal EffortMean { get; init; }

    /// <summary>The same with this constant at its low bound.</summary>
    public required decimal EffortAtLow { get; init; }

    /// <summary>The same with this constant at its high bound.</summary>
    public required decimal EffortAtHigh { get; init; }

    /// <summary>Kendall's τ-b between the ranks of the groups by mean effort and those with the constant halved, −1 to 1; null with fewer than two groups, or where all are equal.</summary>
    public decimal? TauAtHalf { get; init; }

    /// <summary>The same with half as much again.</summary>
    public decimal? TauAtOneAndAHalf { get; init; }

    /// <summary>The share of the decisions that are others with the constant halved or half as much again, 0 to 1; null where nothing was decided.</summary>
    public decimal? FlippedDecisions { get; init; }

    /// <summary>The names of the groups whose decision is another, with before and after, at most ten.</summary>
    public IReadOnlyList<string> Flips { get; init; } = [];

    /// <summary>How many groups were ranked.</summary>
    public required int Groups { get; init; }

    /// <summary>How many groups had a decision other than Indeterminate, before or after.</summary>
    public required int Decisions { get; init; }

    /// <summary>What lies between the two bounds, in person-days.</summary>
    [JsonIgnore]
    public decimal Swing => EffortAtHigh - EffortAtLow;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Constant}: {EffortAtLow:0.00} to {EffortAtHigh:0.00} person-days");
}
