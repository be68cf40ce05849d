namespace Guardrails;

/// <summary>A policy of the organization and what it is attached to.</summary>
public sealed record OrganizationPolicy
{
    /// <summary>The id: <c>p-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it says it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The type as AWS names it, such as <c>SERVICE_CONTROL_POLICY</c>; new types need no new module.</summary>
    public required string Type { get; init; }

    /// <summary>True for policies that AWS owns, such as FullAWSAccess.</summary>
    public bool AwsManaged { get; init; }

    /// <summary>
    /// The ids of the root, organizational units and accounts it is attached to directly. Of policies that AWS owns they are read only
    /// with <see cref="OrganizationDetail.AwsManagedAttachments"/>; without it they are not known, and this is empty.
    /// </summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The document as stored; null where it was not asked for.</summary>
    public string? Content { get; init; }

    /// <summary>Its tags; null where they were not asked for.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
