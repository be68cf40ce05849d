using System.Globalization;

namespace Guardrails;

/// <summary>
/// How long leaving would take, in calendar days: learning, then the longest chain of resources that use each other (those that use each
/// other in a circle move together, one after the other), then the transfer of the data. Everything beside that chain is done at the same
/// time by others, so this is the least, with enough people. The percentiles come from fewer draws than those of the effort.
/// </summary>
public sealed record LockInTime
{
    /// <summary>One in ten draws is shorter.</summary>
    public required decimal P10 { get; init; }

    /// <summary>Half of the draws are shorter.</summary>
    public required decimal P50 { get; init; }

    /// <summary>One in ten draws is longer.</summary>
    public required decimal P90 { get; init; }

    /// <summary>Calendar days until the alternatives are learnt, at the constants' means.</summary>
    public required decimal LearningDays { get; init; }

    /// <summary>Calendar days of the longest chain, at the constants' means.</summary>
    public required decimal ChainDays { get; init; }

    /// <summary>Calendar days of transfer, at the constants' means; null where no volume or no bandwidth is known, and then in none of the figures.</summary>
    public decimal? TransferDays { get; init; }

    /// <summary>Circles of resources that use each other: they can only move together.</summary>
    public required int Circles { get; init; }

    /// <summary>Resources in the largest circle; 0 where there is none.</summary>
    public required int LargestCircle { get; init; }

    /// <summary>The longest chain from its end that must move first, at the constants' means; at most 25 resources.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>How many draws the percentiles come from.</summary>
    public required int Draws { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{P50:0.#} days (P10 {P10:0.#}, P90 {P90:0.#})");
}
