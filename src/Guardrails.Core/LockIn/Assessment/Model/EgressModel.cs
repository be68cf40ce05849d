namespace Guardrails;

/// <param name="Note">Which charge holds, in words.</param>
internal sealed record EgressRange(decimal Low, decimal Mean, decimal High, string Note, IReadOnlyList<Evidence> Evidence);

/// <summary>
/// What taking data out costs, by volume, date and purpose. In the European Union the Data Act (Regulation (EU) 2023/2854, Articles 29 and 34)
/// says what may be charged; elsewhere it is the provider's price.
/// </summary>
internal static class EgressModel
{
    public static EgressRange Cost(long megabytes, long europeanMegabytes, long unplacedMegabytes, EgressPurpose purpose, DateOnly date, EgressFacts facts)
    {
        var price = Price(megabytes / 1000m, facts.Tiers, out var evidence);
        var rule = facts.Rules.Where(rule => rule.Purpose == purpose && rule.From <= date).MaxBy(rule => rule.From);
        var charge = rule?.Charge ?? EgressCharge.Price;
        if (charge == EgressCharge.Price || europeanMegabytes + unplacedMegabytes == 0 || megabytes == 0) return new(price, price, price, "at the provider's price", evidence);
        var (low, high) = charge == EgressCharge.Nothing ? (0m, 0m) : (facts.AtCost.LowShare, facts.AtCost.HighShare);
        var european = price * europeanMegabytes / megabytes;
        var unplaced = price * unplacedMegabytes / megabytes;
        var elsewhere = price - european - unplaced;
        // Where the Region is not known, the law may hold or not: from the lower charge to the price, and the price is expected.
        var range = (Low: elsewhere + (european + unplaced) * low, Mean: elsewhere + unplaced + european * (low + high) / 2, High: elsewhere + unplaced + european * high);
        var words = charge == EgressCharge.Nothing ? "without charge" : "at the provider's cost only";
        var note = europeanMegabytes == megabytes ? words
            : europeanMegabytes == 0 ? $"at the provider's price, or {words} if the unknown Regions are in the European Union"
            : $"{words} for what is in the European Union, the rest at the provider's price";
        return new(range.Low, range.Mean, range.High, note, [rule!.Evidence, .. charge == EgressCharge.AtCost ? new[] { facts.AtCost.Evidence } : [], .. evidence]);
    }

    /// <summary>The price of a volume within one month, tier by tier.</summary>
    private static decimal Price(decimal gigabytes, IReadOnlyList<EgressTier> tiers, out IReadOnlyList<Evidence> evidence)
    {
        var (price, from, used) = (0m, 0m, new List<Evidence>());
        foreach (var tier in tiers)
        {
            var until = Math.Min(tier.UpToGigabytes ?? gigabytes, gigabytes);
            if (until <= from) continue;
            price += (until - from) * tier.PricePerGigabyte.Value;
            used.Add(tier.PricePerGigabyte.Evidence);
            from = until;
        }
        evidence = [.. used.Distinct()];
        return price;
    }
}
