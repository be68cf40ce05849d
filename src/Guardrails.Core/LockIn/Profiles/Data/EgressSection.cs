namespace Guardrails;

/// <summary><c>egress</c>: currency, price tiers, Regions in the European Union and what its Data Act says. A user's replaces the module's as a whole.</summary>
internal sealed class EgressSection
{
    private static readonly string[] Purposes = [.. LockInNames.All<EgressPurpose>()];

    public EgressFacts? Facts { get; private set; }

    public void Read(LockInDataFile file)
    {
        if (file.Root.Fields("egress", "the prices of egress") is not { } fields) return;
        var currency = fields.RequiredText("currency");
        var tiers = Tiers(file, fields);
        var regions = fields.Texts("europeanRegions");
        if (regions is null) fields.Missing("europeanRegions", "a list of Regions");
        var rules = Rules(file, fields);
        var atCost = AtCost(file, fields);
        fields.End();
        if (currency is null || regions is null || atCost is null) return;
        Facts = new EgressFacts { Currency = currency, Tiers = tiers, EuropeanRegions = regions.ToHashSet(StringComparer.Ordinal), Rules = rules, AtCost = atCost };
    }

    private static List<EgressTier> Tiers(LockInDataFile file, DocumentFields fields)
    {
        var tiers = new List<EgressTier>();
        foreach (var entry in Items(file, fields, "tiers", "a tier"))
        {
            var upTo = entry.Number("upToGigabytes", 1, 1_000_000_000);
            var price = file.RequiredNumber(entry, "pricePerGigabyte", 0, 1000);
            entry.End();
            if (tiers.Count > 0 && (tiers[^1].UpToGigabytes is not { } before || upTo <= before)) entry.Find(entry.Mapping, "The tiers are not in order: each ends above the one before, and only the last has no end.");
            if (price is not null) tiers.Add(new EgressTier(upTo, price));
        }
        if (tiers.Count == 0 || tiers[^1].UpToGigabytes is not null) fields.Find(fields.Mapping, "The last tier of egress must have no 'upToGigabytes': it is for all that is above.");
        return tiers;
    }

    private static List<EgressRule> Rules(LockInDataFile file, DocumentFields fields)
    {
        var rules = new List<EgressRule>();
        foreach (var entry in Items(file, fields, "rules", "a rule"))
        {
            var purpose = entry.Choice("purpose", Purposes);
            var from = entry.Date("from");
            var charge = entry.Choice("charge", LockInNames.All<EgressCharge>());
            var evidence = file.EvidenceOf(entry);
            entry.End();
            if (purpose is null || from is null || charge is null) entry.Find(entry.Mapping, $"A rule has a purpose ({string.Join(", ", Purposes)}), a day 'from' and a charge ({string.Join(", ", LockInNames.All<EgressCharge>())}).");
            else if (evidence is not null) rules.Add(new EgressRule(LockInNames.Parse<EgressPurpose>(purpose)!.Value, from.Value, LockInNames.Parse<EgressCharge>(charge)!.Value, evidence));
        }
        return [.. rules.OrderBy(rule => rule.Purpose).ThenBy(rule => rule.From)];
    }

    private static EgressCostRange? AtCost(LockInDataFile file, DocumentFields fields)
    {
        if (fields.Fields("atCost", "the share of the price that is the provider's cost") is not { } share)
        {
            fields.Missing("atCost", "lowShare and highShare");
            return null;
        }
        var low = share.RequiredNumber("lowShare", 0, 1);
        var high = share.RequiredNumber("highShare", 0, 1);
        var evidence = file.EvidenceOf(share);
        share.End();
        if (low > high) share.Find(share.Mapping, "lowShare is above highShare.");
        return low is not null && high is not null && evidence is not null ? new EgressCostRange(low.Value, high.Value, evidence) : null;
    }

    private static IEnumerable<DocumentFields> Items(LockInDataFile file, DocumentFields fields, string name, string what)
    {
        if (fields.Value(name) is not DocumentList list)
        {
            fields.Missing(name, "a list");
            yield break;
        }
        foreach (var item in list.Items)
        {
            if (DocumentFields.Of(item, file.Root.File, what, file.Findings) is { } entry) yield return entry;
        }
    }
}
