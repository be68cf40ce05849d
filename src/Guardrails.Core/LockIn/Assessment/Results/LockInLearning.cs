using System.Text.Json.Serialization;

namespace Guardrails;

/// <summary>
/// What there is to learn: the services before they can be used well, which is the price of adopting, and their alternatives, which is the
/// price of leaving and of avoiding alike.
/// </summary>
public sealed record LockInLearning
{
    /// <summary>Family by family, by name.</summary>
    public required IReadOnlyList<LockInFamilyLearning> Families { get; init; }

    /// <summary>Days for all services; null where no family says it.</summary>
    [JsonIgnore]
    public decimal? ServiceDays => Sum(family => family.ServiceDays);

    /// <summary>Days for all alternatives; null where no family says it.</summary>
    [JsonIgnore]
    public decimal? AlternativeDays => Sum(family => family.AlternativeDays);

    private decimal? Sum(Func<LockInFamilyLearning, decimal?> days)
    {
        var known = Families.Select(days).Where(value => value is not null).ToList();
        return known.Count == 0 ? null : known.Sum();
    }
}

/// <summary>What there is to learn of a family of services.</summary>
public sealed record LockInFamilyLearning
{
    /// <summary>The family's name.</summary>
    public required string Family { get; init; }

    /// <summary>Its title for people.</summary>
    public required string Title { get; init; }

    /// <summary>Days until its services can be used well; null where nothing is known.</summary>
    public decimal? ServiceDays { get; init; }

    /// <summary>Days until what takes their place can; null where nothing is known.</summary>
    public decimal? AlternativeDays { get; init; }

    /// <summary>Where the two come from.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}
