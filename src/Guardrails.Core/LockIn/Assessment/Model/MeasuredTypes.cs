namespace Guardrails;

/// <summary>A type of resources as the model counts it: what its profile says, and the constants that it costs.</summary>
/// <param name="Variant">The variant where it has a profile of its own.</param>
/// <param name="IsOpen">Which variant it is is not known, and there are some with profiles of their own.</param>
/// <param name="Profile">Null where nothing is known.</param>
/// <param name="IsGlue">It costs its couplings only, and the constants say nothing.</param>
/// <param name="Fixed">The constant that it costs once.</param>
/// <param name="Each">The constant that each resource costs by the learning curve.</param>
/// <param name="Migration">The constant that each store costs; null where it keeps no data.</param>
/// <param name="Skills">The constant of its family; null where it is of none.</param>
internal sealed record MeasuredType(
    string Type, string? Variant, bool IsOpen, LockInProfile? Profile, LockInFamily? Family, bool IsGlue, int Fixed, int Each, int? Migration, int? Skills)
{
    /// <summary>True where the wide range of what is unknown is taken.</summary>
    public bool IsUnknown => !IsGlue && Profile?.Api is null;

    public bool IsStore => Migration is not null;

    /// <summary>What the profile says, with where that comes from.</summary>
    public IEnumerable<Evidence> Evidence => new[] { Profile?.Api?.Evidence, Profile?.Artefact?.Evidence, Profile?.Export?.Evidence }.OfType<Evidence>();

    public LockInTypeUse Use(int count) => new()
    {
        Type = Type,
        Variant = Variant,
        Count = count,
        Family = Family?.Name,
        Api = Profile?.Api?.Value,
        Export = Profile?.Export?.Value,
        Artefact = Profile?.Artefact?.Value,
        IsGlue = IsGlue,
        IsFamilyProfile = Profile?.IsFamilyProfile == true,
        Alternatives = [.. (Profile?.Alternatives ?? []).Select(alternative => alternative.Name)],
    };
}

/// <summary>The types of an inventory, numbered in the order of their names.</summary>
internal static class MeasuredTypes
{
    /// <param name="resources">The resources that are measured.</param>
    /// <param name="ofResource">The number of the type of each.</param>
    public static MeasuredType[] Of(IReadOnlyList<InventoryResource> resources, LockInFacts facts, LockInTarget target, ConstantTable constants, out int[] ofResource)
    {
        var seen = new Dictionary<(string Type, string? Variant), (string Type, string? Variant, bool IsOpen)>();
        var found = new Dictionary<(string Type, string? Variant, bool IsOpen), MeasuredType>();
        foreach (var resource in resources)
        {
            if (seen.ContainsKey((resource.Type, resource.Variant))) continue;
            var type = Measured(resource.Type, resource.Variant, facts, target, constants);
            seen.Add((resource.Type, resource.Variant), (type.Type, type.Variant, type.IsOpen));
            found.TryAdd((type.Type, type.Variant, type.IsOpen), type);
        }
        MeasuredType[] types = [.. found.Values.OrderBy(type => type.Type, StringComparer.Ordinal).ThenBy(type => type.Variant, StringComparer.Ordinal).ThenBy(type => type.IsOpen)];
        var numbers = types.Select((type, i) => (type, i)).ToDictionary(pair => (pair.type.Type, pair.type.Variant, pair.type.IsOpen), pair => pair.i);
        ofResource = new int[resources.Count];
        for (var i = 0; i < ofResource.Length; i++) ofResource[i] = numbers[seen[(resources[i].Type, resources[i].Variant)]];
        return types;
    }

    private static MeasuredType Measured(string type, string? variant, LockInFacts facts, LockInTarget target, ConstantTable constants)
    {
        var profile = facts.ProfileOf(type, variant, target);
        // Resources that differ in nothing that a profile tells apart are of one type.
        var own = profile is { IsFamilyProfile: false, IsGlue: false } ? profile.Variant : null;
        var family = profile is null ? facts.FamilyOf(type) : facts.Family(profile.Family);
        if (profile?.IsGlue == true || facts.Glue.Contains(type)) return new(type, null, IsOpen: false, profile, family, IsGlue: true, 0, 0, null, null);
        var fixedName = profile?.Api is { } api ? LockInNames.Fixed(api.Value, profile.Artefact?.Value) : ConstantNames.UnknownFixed;
        var eachName = profile?.Api is { } level ? LockInNames.Each(level.Value) : ConstantNames.UnknownEach;
        int? migration = profile?.Export is { } export ? constants.Index(LockInNames.Migration(export.Value)) : null;
        int? skills = family is null ? null : constants.Find(LockInNames.Skills(family.Name, target)) ?? constants.Index(LockInNames.Skills(family.Name));
        return new(type, own, variant is null && facts.HasVariants(type, target), profile, family, IsGlue: false, constants.Index(fixedName), constants.Index(eachName), migration, skills);
    }
}
