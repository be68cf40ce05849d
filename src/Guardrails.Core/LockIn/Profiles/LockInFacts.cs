namespace Guardrails;

/// <summary>
/// Everything that the model takes from data: constants, families, profiles and alternatives. Made from the module's files and the user's
/// own, which go before.
/// </summary>
internal sealed class LockInFacts
{
    private readonly Dictionary<(string Type, string? Variant, LockInTarget Target), LockInProfile> _profiles;
    private readonly Dictionary<string, LockInConstant> _constants;

    public LockInFacts(IEnumerable<LockInFamily> families, IEnumerable<LockInProfile> profiles, IEnumerable<LockInConstant> constants)
    {
        Families = [.. families.OrderBy(family => family.Name, StringComparer.Ordinal)];
        _profiles = profiles.ToDictionary(profile => (profile.Type, profile.Variant, profile.Target));
        _constants = constants.ToDictionary(constant => constant.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<LockInFamily> Families { get; }

    public IEnumerable<LockInProfile> Profiles => _profiles.Values;

    public IReadOnlyDictionary<string, LockInConstant> Constants => _constants;

    /// <summary>The family of a type; null where it is of none.</summary>
    public LockInFamily? FamilyOf(string type) => throw new NotImplementedException();

    /// <summary>
    /// The profile of a type: that of its variant, else its own, else what its family says, else null: a type that nothing is known of.
    /// </summary>
    public LockInProfile? ProfileOf(string type, string? variant, LockInTarget target) => throw new NotImplementedException();

    /// <summary>The class of the coupling between two types.</summary>
    public EdgeClass ClassOf(string sourceType, string targetType) => throw new NotImplementedException();
}

/// <summary>A family of services: what is learnt once and used for all of them.</summary>
internal sealed record LockInFamily
{
    /// <summary>Its name, part of its constants' names: <c>relational</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its title for people: <c>Relational databases</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The class of edges that lead to it.</summary>
    public required EdgeClass EdgeClass { get; init; }
}
