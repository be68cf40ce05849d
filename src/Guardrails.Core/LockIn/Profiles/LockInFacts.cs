namespace Guardrails;

/// <summary>
/// Everything that the model takes from data: constants, families, profiles and alternatives. Made from the module's files and the user's
/// own, which go before.
/// </summary>
internal sealed class LockInFacts
{
    private readonly Dictionary<(string Type, string? Variant, LockInTarget Target), LockInProfile> _profiles;
    private readonly HashSet<(string Type, LockInTarget Target)> _withVariants;
    private readonly Dictionary<string, LockInConstant> _constants;
    private readonly Dictionary<string, LockInFamily> _byName;
    private readonly Dictionary<string, LockInFamily> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LockInFamily>.AlternateLookup<ReadOnlySpan<char>> _byBeginning;
    private readonly HashSet<string> _glue;

    /// <param name="glue">Associations, attachments and permissions.</param>
    /// <exception cref="ArgumentException">Two families claim the same types, or something else is there twice.</exception>
    public LockInFacts(IEnumerable<LockInFamily> families, IEnumerable<LockInProfile> profiles, IEnumerable<LockInConstant> constants, IEnumerable<string>? glue = null)
    {
        Families = [.. families.OrderBy(family => family.Name, StringComparer.Ordinal)];
        _byName = Families.ToDictionary(family => family.Name, StringComparer.Ordinal);
        _profiles = profiles.ToDictionary(profile => (profile.Type, profile.Variant, profile.Target));
        _withVariants = [.. _profiles.Keys.Where(key => key.Variant is not null).Select(key => (key.Type, key.Target))];
        _constants = constants.ToDictionary(constant => constant.Name, StringComparer.Ordinal);
        _glue = new HashSet<string>(glue ?? [], StringComparer.Ordinal);
        var beginnings = new Dictionary<string, LockInFamily>(StringComparer.Ordinal);
        foreach (var family in Families)
        {
            foreach (var pattern in family.Types)
            {
                if (pattern.EndsWith('*')) beginnings.Add(pattern[..^1], family);
                else _byType.Add(pattern, family);
            }
        }
        _byBeginning = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<LockInFamily> Families { get; }

    public IEnumerable<LockInProfile> Profiles => _profiles.Values;

    public IReadOnlyDictionary<string, LockInConstant> Constants => _constants;

    public IReadOnlySet<string> Glue => _glue;

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<LockInPosture> Postures { get; init; } = [];

    /// <summary>Ordered by id.</summary>
    public IReadOnlyList<LockInOption> Options { get; init; } = [];

    public IReadOnlyDictionary<string, LockInBands> Bands { get; init; } = new Dictionary<string, LockInBands>();

    /// <summary>Null only where the facts were made without it, as tests do.</summary>
    public EgressFacts? Egress { get; init; }

    /// <summary>The same with another value of a constant.</summary>
    public LockInFacts With(LockInConstant constant) =>
        new(Families, Profiles, _constants.Values.Where(one => one.Name != constant.Name).Append(constant), _glue) { Postures = Postures, Options = Options, Bands = Bands, Egress = Egress };

    /// <summary>The family of that name; null where there is none.</summary>
    public LockInFamily? Family(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The family of a type: the one that names it, else the one that names its longest beginning; null where it is of none.</summary>
    public LockInFamily? FamilyOf(string type)
    {
        if (_byType.TryGetValue(type, out var family)) return family;
        for (var length = type.Length; length > 0; length--)
        {
            if (_byBeginning.TryGetValue(type.AsSpan(0, length), out family)) return family;
        }
        return null;
    }

    /// <summary>
    /// The profile of a type: that of its variant, else its own, else what its family says, else null: a type that nothing is known of.
    /// </summary>
    public LockInProfile? ProfileOf(string type, string? variant, LockInTarget target)
    {
        if (variant is not null && _profiles.TryGetValue((type, variant, target), out var profile)) return profile;
        if (_profiles.TryGetValue((type, null, target), out profile)) return profile;
        if (FamilyOf(type) is not { } family) return null;
        if (_glue.Contains(type)) return new LockInProfile { Type = type, Variant = variant, Family = family.Name, Target = target, IsGlue = true };
        var levels = family.Levels.GetValueOrDefault(target);
        return new LockInProfile
        {
            Type = type,
            Variant = variant,
            Family = family.Name,
            Target = target,
            IsFamilyProfile = true,
            Api = levels?.Api,
            Export = levels?.Export,
            Artefact = levels?.Artefact,
        };
    }

    /// <summary>True where variants of the type have profiles of their own.</summary>
    public bool HasVariants(string type, LockInTarget target) => _withVariants.Contains((type, target));

    /// <summary>
    /// The class of the coupling between two types. What only joins others, and what is of the kind of roles and policies, has the class of
    /// its own family whatever it leads to: a role that names a table is a matter of identity.
    /// </summary>
    public EdgeClass ClassOf(string sourceType, string targetType)
    {
        var source = FamilyOf(sourceType)?.EdgeClass;
        if (source is { } own && (own == EdgeClass.Identity || _glue.Contains(sourceType))) return own;
        return FamilyOf(targetType)?.EdgeClass ?? source ?? EdgeClass.Unclassified;
    }
}
