namespace Guardrails;

/// <summary>Makes sightings of the instances of a state or plan, with references between instances and accounts by provider.</summary>
internal static class TerraformGraph
{
    /// <param name="isClosure">True where dependencies name also what is only reached through others, as a state's do.</param>
    public static IReadOnlyList<ResourceSighting> Sightings(IReadOnlyList<TerraformInstance> instances, InventoryReading reading, bool isClosure)
    {
        var byConfiguration = instances.ToLookup(instance => instance.Configuration, StringComparer.Ordinal);
        var closure = isClosure
            ? byConfiguration.ToDictionary(one => one.Key, one => one.SelectMany(instance => instance.Dependencies).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal)
            : null;
        // A module has no resource of its own, so one of its resources stands for it.
        var ofModules = instances.Where(instance => instance.Module.Length > 0).GroupBy(instance => instance.Module, StringComparer.Ordinal)
            .Select(module => module.Select(instance => instance.Address).Min(StringComparer.Ordinal)!).ToHashSet(StringComparer.Ordinal);
        var sightings = instances.Select(instance => Sighting(instance, reading, ofModules.Contains(instance.Address))).ToList();
        var places = Places(instances, sightings, reading);
        return
        [
            .. instances.Zip(sightings, (instance, sighting) =>
            {
                var (account, region) = places.GetValueOrDefault(instance.Provider);
                return sighting with
                {
                    AccountId = sighting.AccountId ?? (IsAws(instance) ? account : null),
                    Region = sighting.Region ?? (IsAws(instance) ? region : null),
                    References = [.. References(instance, byConfiguration, closure).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(target => new SightedReference(target))],
                };
            }),
        ];
    }

    /// <summary>The only account that the file's ARNs name; null where there is none or more than one.</summary>
    public static string? AccountOf(IEnumerable<ResourceSighting> sightings) => Only(sightings.Select(sighting => sighting.AccountId));

    private static ResourceSighting Sighting(TerraformInstance instance, InventoryReading reading, bool standsForModule)
    {
        var values = instance.Values;
        var sighting = new ResourceSighting
        {
            LocalId = instance.Address,
            LogicalId = instance.Address,
            Type = reading.Types.OfTerraform(instance.Type),
            Variant = values.Variant,
            Arn = values.Arn,
            PhysicalId = values.Id,
            AccountId = values.AccountId,
            Region = values.Region,
            Workload = values.Workload,
            DataGigabytes = values.Gigabytes,
            Traits = TemplateTraits.Terraform | (standsForModule ? TemplateTraits.NestedStack : TemplateTraits.None),
        };
        return sighting with
        {
            AccountId = ResourceIdentity.AccountOf(sighting, reading.Types) ?? sighting.AccountId,
            Region = ResourceIdentity.RegionOf(sighting, reading.Types) ?? sighting.Region,
        };
    }

    /// <summary>A provider's configuration is one account and Region: what the ARNs of its resources say holds for those without.</summary>
    private static Dictionary<string, (string? Account, string? Region)> Places(IReadOnlyList<TerraformInstance> instances, List<ResourceSighting> sightings, InventoryReading reading) =>
        instances.Zip(sightings).Where(one => IsAws(one.First)).GroupBy(one => one.First.Provider, one => one.Second, StringComparer.Ordinal).ToDictionary(
            provider => provider.Key,
            provider => (Only(provider.Select(sighting => sighting.AccountId)), Only(provider.Select(sighting => ResourceIdentity.RegionOf(sighting, reading.Types)))),
            StringComparer.Ordinal);

    private static IEnumerable<string> References(TerraformInstance source, ILookup<string, TerraformInstance> byConfiguration, Dictionary<string, HashSet<string>>? closure)
    {
        foreach (var target in source.Dependencies)
        {
            if (target == source.Configuration || closure is not null && IsReachedThroughAnother(source, target, closure)) continue;
            var found = false;
            foreach (var instance in Near(source, byConfiguration[target]))
            {
                found = true;
                yield return instance.Address;
            }
            if (!found) yield return target;
        }
    }

    private static bool IsReachedThroughAnother(TerraformInstance source, string target, Dictionary<string, HashSet<string>> closure)
    {
        var behind = closure.GetValueOrDefault(target);
        foreach (var other in source.Dependencies)
        {
            if (other != target && closure.TryGetValue(other, out var reached) && reached.Contains(target) && behind?.Contains(other) != true) return true;
        }
        return false;
    }

    /// <summary>
    /// Dependencies name no instances. Resources of the same module instance belong together, and so do those of modules in one another and
    /// those with the same key; only where none of it tells, an instance depends on all of them.
    /// </summary>
    private static List<TerraformInstance> Near(TerraformInstance source, IEnumerable<TerraformInstance> targets)
    {
        var all = targets.ToList();
        var inModule = all.Where(target => IsWithin(source.Module, target.Module) || IsWithin(target.Module, source.Module)).ToList();
        if (inModule.Count > 0) all = inModule;
        if (source.Index.Length == 0) return all;
        var sameKey = all.Where(target => target.Index == source.Index).ToList();
        return sameKey.Count > 0 ? sameKey : all;
    }

    private static bool IsWithin(string module, string outer) =>
        outer.Length == 0 || module == outer || module.Length > outer.Length && module[outer.Length] == '.' && module.StartsWith(outer, StringComparison.Ordinal);

    private static bool IsAws(TerraformInstance instance) => instance.Type.StartsWith("aws", StringComparison.Ordinal);

    private static string? Only(IEnumerable<string?> texts)
    {
        string? only = null;
        foreach (var text in texts)
        {
            if (text is null) continue;
            if (only is not null && only != text) return null;
            only = text;
        }
        return only;
    }
}
