namespace Guardrails;

/// <summary>What a measurement does not know, in words.</summary>
internal static class GapsModel
{
    private const int Named = 10;

    public static IReadOnlyList<LockInGap> Of(
        LockInCounts counts, IReadOnlyList<string> familyTypes, Tally tally, IEnumerable<InventoryResource> resources, string currency, IReadOnlyList<InventoryGap> inventory, ConstantTable constants)
    {
        var gaps = inventory.Select(gap => new LockInGap(LockInGapKind.Inventory, gap.Count, gap.Message)).ToList();
        if (counts.Resources == 0)
        {
            gaps.Add(new(LockInGapKind.Nothing, 0, "Nothing was measured: this says nothing about lock-in."));
            return gaps;
        }
        if (counts.UnknownTypes.Count > 0)
            gaps.Add(new(LockInGapKind.UnknownType, counts.UnknownTypes.Count, $"Of these types nothing is known, so a wide range was taken: {Names(counts.UnknownTypes)}."));
        if (familyTypes.Count > 0)
            gaps.Add(new(LockInGapKind.FamilyType, familyTypes.Count, $"These types have no profile of their own, so what their family is as a rule was taken: {Names(familyTypes)}."));
        if (counts.StoresWithoutVolume > 0)
            gaps.Add(new(LockInGapKind.UnknownVolume, counts.StoresWithoutVolume, $"The volume of {counts.StoresWithoutVolume} of {counts.Stores} stores is not known: effort, money and time are without it."));
        if (counts.ResourcesWithCost < counts.Resources)
            gaps.Add(new(LockInGapKind.UnknownCost, counts.Resources - counts.ResourcesWithCost, $"The cost of {counts.Resources - counts.ResourcesWithCost} of {counts.Resources} resources is not known."));
        var others = resources.Where(resource => resource.MonthlyCost is not null && resource.Currency is { } own && !own.Equals(currency, StringComparison.OrdinalIgnoreCase)).ToList();
        if (others.Count > 0)
            gaps.Add(new(LockInGapKind.OtherCurrency, others.Count, $"{others.Count} resources are billed in {string.Join(", ", others.Select(one => one.Currency).Distinct().Order(StringComparer.Ordinal))}, which is not converted to {currency}: their cost is in no sum."));
        if (tally.StoresWithVolume > 0 && constants.Find(ConstantNames.Bandwidth) is null)
            gaps.Add(new(LockInGapKind.MissingConstant, 1, $"The data has no '{ConstantNames.Bandwidth}': the time of the transfer is not known."));
        return gaps;
    }

    private static string Names(IReadOnlyList<string> types) => string.Join(", ", types.Take(Named)) + (types.Count > Named ? $" and {types.Count - Named} more" : "");
}
