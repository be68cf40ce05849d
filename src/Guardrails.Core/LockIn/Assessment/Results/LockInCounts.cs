namespace Guardrails;

/// <summary>What was counted. What is not known is null or named, never 0.</summary>
public sealed record LockInCounts
{
    /// <summary>Resources, with those that only join others.</summary>
    public required int Resources { get; init; }

    /// <summary>Those of them that only join others: they cost their couplings.</summary>
    public required int Glue { get; init; }

    /// <summary>Types.</summary>
    public required int Types { get; init; }

    /// <summary>Types that are taken for what their family is.</summary>
    public required int FamilyTypes { get; init; }

    /// <summary>Types that nothing is known of, by name.</summary>
    public required IReadOnlyList<string> UnknownTypes { get; init; }

    /// <summary>Couplings, each once.</summary>
    public required int Couplings { get; init; }

    /// <summary>Those of them that lead out of the group.</summary>
    public required int OutwardCouplings { get; init; }

    /// <summary>Resources that keep data.</summary>
    public required int Stores { get; init; }

    /// <summary>Those of them whose volume is not known.</summary>
    public required int StoresWithoutVolume { get; init; }

    /// <summary>The known volume in GB (10^9 bytes); null where none is known.</summary>
    public decimal? DataGigabytes { get; init; }

    /// <summary>The known cost in a month, in the settings' currency; null where none is known in it.</summary>
    public decimal? MonthlyCost { get; init; }

    /// <summary>Resources whose cost is known, in whatever currency.</summary>
    public required int ResourcesWithCost { get; init; }

    /// <summary>Resources that are certain to be counted once.</summary>
    public required int Matched { get; init; }
}

/// <summary>How the resources of one type hold their user.</summary>
public sealed record LockInTypeUse
{
    /// <summary>The type.</summary>
    public required string Type { get; init; }

    /// <summary>The variant, where the profile tells it from others.</summary>
    public string? Variant { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>The family; null where it is of none.</summary>
    public string? Family { get; init; }

    /// <summary>How far another product takes the same calls; null where nothing is known.</summary>
    public ApiLevel? Api { get; init; }

    /// <summary>How its data gets out; null where it keeps none.</summary>
    public DataExport? Export { get; init; }

    /// <summary>What runs in it; null where nothing does.</summary>
    public RuntimeArtefact? Artefact { get; init; }

    /// <summary>True where it only joins others.</summary>
    public bool IsGlue { get; init; }

    /// <summary>True where it is taken for what its family is.</summary>
    public bool IsFamilyProfile { get; init; }

    /// <summary>What could take its place, by name.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];
}

/// <summary>Something that is not known.</summary>
/// <param name="Kind">What.</param>
/// <param name="Count">How many resources, couplings or files.</param>
/// <param name="Message">What is missing, and what follows.</param>
public sealed record LockInGap(LockInGapKind Kind, int Count, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}

/// <summary>What is not known.</summary>
public enum LockInGapKind
{
    /// <summary>Something of the inventory, as its gap says.</summary>
    Inventory,

    /// <summary>Nothing was measured.</summary>
    Nothing,

    /// <summary>Types that nothing is known of.</summary>
    UnknownType,

    /// <summary>Stores whose volume is not known.</summary>
    UnknownVolume,

    /// <summary>Resources whose cost is not known.</summary>
    UnknownCost,

    /// <summary>Costs in another currency.</summary>
    OtherCurrency,

    /// <summary>A constant that the model needs and the data does not have.</summary>
    MissingConstant,

    /// <summary>Types that are taken for what their family is.</summary>
    FamilyType,
}
