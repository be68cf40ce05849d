namespace Guardrails;

/// <summary>What taking data out costs, and what the law says of it.</summary>
internal sealed record EgressFacts
{
    /// <summary>The currency of the prices, as ISO 4217 names it.</summary>
    public required string Currency { get; init; }

    /// <summary>Prices to the internet in a month by volume, ascending; the last has no end.</summary>
    public required IReadOnlyList<EgressTier> Tiers { get; init; }

    /// <summary>The Regions in the European Union, where its Data Act is sure to hold.</summary>
    public required IReadOnlySet<string> EuropeanRegions { get; init; }

    /// <summary>What the EU Data Act says, by purpose and date; the last entry of a purpose that has begun holds.</summary>
    public required IReadOnlyList<EgressRule> Rules { get; init; }

    /// <summary>What a provider's cost of a gigabyte is at least and at most taken for where it may charge its cost only.</summary>
    public required EgressCostRange AtCost { get; init; }
}

/// <param name="UpToGigabytes">Up to that volume in a month; null for all that is above.</param>
/// <param name="PricePerGigabyte">The price of each gigabyte in the tier.</param>
internal sealed record EgressTier(decimal? UpToGigabytes, Graded<decimal> PricePerGigabyte);

/// <summary>The share of a provider's price by which its own cost is estimated: costs are not published.</summary>
/// <param name="LowShare">At least this share of the price.</param>
/// <param name="HighShare">At most this share of the price.</param>
/// <param name="Evidence">Where that comes from.</param>
internal sealed record EgressCostRange(decimal LowShare, decimal HighShare, Evidence Evidence);

/// <summary>Why data is taken out.</summary>
public enum EgressPurpose
{
    /// <summary>To leave, or to move to one's own premises.</summary>
    Switching,

    /// <summary>To use two providers at the same time.</summary>
    ParallelUse,
}

/// <summary>What may be charged.</summary>
internal enum EgressCharge
{
    /// <summary>The provider's price.</summary>
    Price,

    /// <summary>What it costs the provider, and no more.</summary>
    AtCost,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <param name="Purpose">Why the data is taken out.</param>
/// <param name="From">The first day on which it holds.</param>
/// <param name="Charge">What may be charged from then on.</param>
internal sealed record EgressRule(EgressPurpose Purpose, DateOnly From, EgressCharge Charge, Evidence Evidence);
