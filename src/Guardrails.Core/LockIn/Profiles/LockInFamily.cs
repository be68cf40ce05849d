namespace Guardrails;

/// <summary>A family of services: what is learnt once and used for all of them.</summary>
internal sealed record LockInFamily
{
    /// <summary>Its name, part of its constants' names: <c>relational</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its title for people: <c>Relational databases</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The class of edges that lead to it.</summary>
    public required EdgeClass EdgeClass { get; init; }

    /// <summary>Its types: whole names, or beginnings that end in <c>*</c>. The longest that fits a type says its family.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Days to learn its services before they can be used well; null where nothing is said.</summary>
    public Graded<decimal>? LearningDays { get; init; }

    /// <summary>What its types are taken for that have no profile of their own, by target.</summary>
    public IReadOnlyDictionary<LockInTarget, LockInFamilyLevels> Levels { get; init; } = new Dictionary<LockInTarget, LockInFamilyLevels>();
}

/// <summary>What the types of a family are taken for, for one target.</summary>
internal sealed record LockInFamilyLevels
{
    /// <summary>As <see cref="LockInProfile.Api"/>; null is the wide range of what is unknown.</summary>
    public Graded<ApiLevel>? Api { get; init; }

    /// <summary>As <see cref="LockInProfile.Export"/>.</summary>
    public Graded<DataExport>? Export { get; init; }

    /// <summary>As <see cref="LockInProfile.Artefact"/>.</summary>
    public Graded<RuntimeArtefact>? Artefact { get; init; }

    /// <summary>Days to learn what takes the family's place at that target; null where nothing is said.</summary>
    public Graded<decimal>? LearningDays { get; init; }
}
