namespace Guardrails;

/// <summary>An organizational unit. The organization's root is one too, with the path <c>/</c> and no parent.</summary>
public sealed record OrganizationalUnit
{
    /// <summary>The id: <c>ou-…</c>, or <c>r-…</c> for the root.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The name, unique below its parent.</summary>
    public required string Name { get; init; }

    /// <summary>The id of what holds it; null for the root.</summary>
    public required string? ParentId { get; init; }

    /// <summary>The path of names from the root, escaped by <see cref="OrganizationPath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>True for the root.</summary>
    public bool IsRoot => ParentId is null;

    /// <summary>Its tags; null where they were not asked for.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
