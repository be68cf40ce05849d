namespace Guardrails;

/// <summary>How strongly a type of resource holds its user, for one target. Each value carries where it comes from.</summary>
public sealed record LockInProfile
{
    /// <summary>The CloudFormation type.</summary>
    public required string Type { get; init; }

    /// <summary>The variant of the type that this is about; null where it is about all others.</summary>
    public string? Variant { get; init; }

    /// <summary>The family of services, by which skills are counted: <c>functions</c>, <c>relational</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Where the workload would go.</summary>
    public required LockInTarget Target { get; init; }

    /// <summary>True for associations, attachments and permissions: they cost their edges and nothing of their own.</summary>
    public bool IsGlue { get; init; }

    /// <summary>How far another product takes the same calls; null where nothing is known, which is a wide range and never nothing.</summary>
    public Graded<ApiLevel>? Api { get; init; }

    /// <summary>How its data gets out; null where it keeps none.</summary>
    public Graded<DataExport>? Export { get; init; }

    /// <summary>What runs in it; null where nothing does.</summary>
    public Graded<RuntimeArtefact>? Artefact { get; init; }

    /// <summary>What could take its place.</summary>
    public IReadOnlyList<LockInAlternative> Alternatives { get; init; } = [];

    /// <summary>True where the type has no profile of its own and this is its family's.</summary>
    public bool IsFamilyProfile { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type}{(Variant is null ? "" : $" ({Variant})")} to {Target}";
}

/// <summary>Something that could take a service's place. Alternatives go stale: each has its date.</summary>
public sealed record LockInAlternative
{
    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its licence as SPDX names it, or <c>proprietary</c>.</summary>
    public required string License { get; init; }

    /// <summary>Whether it was maintained at <see cref="AsOf"/>; null where that was not looked up.</summary>
    public bool? IsMaintained { get; init; }

    /// <summary>When this was looked up.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>What it is known to lack.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>The page that says so.</summary>
    public string? Source { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({License})";
}
