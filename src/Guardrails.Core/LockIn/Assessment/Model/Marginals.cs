namespace Guardrails;

/// <summary>What each resource adds to the whole: what the mean would be less if only that one were not there, with the couplings that lead to it.</summary>
internal static class Marginals
{
    public static IReadOnlyList<LockInResource> Of(MeasuredInventory inventory, Tally whole, EffortModel effort, LockInGroups groups)
    {
        var ofSkills = new Dictionary<int, int>();
        foreach (var type in inventory.Type)
            if (inventory.Types[type].Skills is { } skills) ofSkills[skills] = ofSkills.GetValueOrDefault(skills) + 1;
        var edges = Enumerable.Range(0, MeasuredInventory.Classes).Select(edge => inventory.EdgeClasses.Any(one => (int)one == edge) ? effort.Mean(effort.EdgeConstant(edge)) : 0).ToArray();
        var inward = new long[inventory.Resources.Length];
        for (var edge = 0; edge < inventory.EdgeTarget.Length; edge++)
            if (inventory.EdgeTarget[edge] >= 0) inward[inventory.EdgeTarget[edge]] += edges[(int)inventory.EdgeClasses[edge]];
        var lastOfType = new long[inventory.Types.Length];
        foreach (var use in effort.Uses(whole))
            foreach (var (type, _) in use.Variants) lastOfType[type] = effort.TypeMean(use) - effort.TypeMean(use.Without(type));
        var definitions = ConstantNames.Definitions.Select(definition => (definition.Trait, Mean: inventory.Resources.Any(one => (one.Traits & definition.Trait) != 0) ? effort.Definition(definition.Name) : 0)).ToArray();
        return [.. Enumerable.Range(0, inventory.Resources.Length).Select(Resource).OrderBy(resource => resource.Identity, StringComparer.Ordinal).ThenBy(resource => resource.Name, StringComparer.Ordinal)];

        LockInResource Resource(int number)
        {
            var resource = inventory.Resources[number];
            var type = inventory.Types[inventory.Type[number]];
            var couplings = new SortedDictionary<EdgeClass, int>();
            for (var edge = inventory.FirstEdge[number]; edge < inventory.FirstEdge[number + 1]; edge++)
                couplings[inventory.EdgeClasses[edge]] = couplings.GetValueOrDefault(inventory.EdgeClasses[edge]) + 1;
            var marginal = inward[number] + couplings.Sum(pair => pair.Value * edges[(int)pair.Key]);
            if (!type.IsGlue)
            {
                marginal += lastOfType[inventory.Type[number]] + effort.Volume(number);
                if (type.Migration is { } migration) marginal += effort.Mean(migration);
                if (type.Skills is { } skills && ofSkills[skills] == 1) marginal += effort.Mean(skills);
                marginal += definitions.Where(definition => (resource.Traits & definition.Trait) != 0).Sum(definition => definition.Mean);
            }
            return new()
            {
                Identity = ResourceNames.Identity(resource),
                Name = ResourceNames.Of(resource),
                Type = resource.Type,
                Variant = type.Variant,
                Group = groups.Names[groups.Of[number]],
                Stack = resource.Stack,
                Couplings = couplings,
                MarginalHundredths = marginal,
            };
        }
    }
}
