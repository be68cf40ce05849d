namespace Guardrails;

/// <summary>What a line of the tree stands for.</summary>
public enum OrganizationTreeKind
{
    /// <summary>The organization's root.</summary>
    Root,

    /// <summary>An organizational unit.</summary>
    OrganizationalUnit,

    /// <summary>An account.</summary>
    Account,
}

/// <summary>A line of the organization drawn as a tree. <see cref="Tree"/> alone, printed line by line, is the drawing.</summary>
public sealed record OrganizationTreeLine
{
    /// <summary>The name with its branches: <c>│  ├─ Prod</c>. The path instead of the name for what can't be placed below the root.</summary>
    public required string Tree { get; init; }

    /// <summary>What it stands for.</summary>
    public required OrganizationTreeKind Kind { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>How far below the first line.</summary>
    public required int Depth { get; init; }

    /// <summary>The account's state; null for others.</summary>
    public AccountState? State { get; init; }

    /// <summary>How many accounts are in it at any depth; null for an account.</summary>
    public int? AccountCount { get; init; }

    /// <summary>How many organizational units are in it at any depth; null for an account.</summary>
    public int? OrganizationalUnitCount { get; init; }

    /// <summary>The names of the policies that are attached directly, sorted by type and name.</summary>
    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>The drawing of this line.</summary>
    public override string ToString() => Tree;
}
