namespace Guardrails;

/// <summary>An AWS account of the organization, placed in its tree.</summary>
/// <remarks>Source: AWS Organizations API reference, Account (August 2026).</remarks>
public sealed record Account
{
    /// <summary>The 12-digit account id.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN: <c>arn:aws:organizations::MANAGEMENT:account/o-…/ID</c>.</summary>
    public required string Arn { get; init; }

    /// <summary>The name. AWS does not keep names unique.</summary>
    public required string Name { get; init; }

    /// <summary>The root user's email address, unique across all of AWS.</summary>
    public required string Email { get; init; }

    /// <summary>Where the account is in its life. Read from AWS's <c>State</c>, from the retired <c>Status</c> only where State is absent.</summary>
    public required AccountState State { get; init; }

    /// <summary>How it joined, as AWS says it: <c>CREATED</c> or <c>INVITED</c>; null where AWS does not say.</summary>
    public string? JoinedMethod { get; init; }

    /// <summary>When it joined the organization.</summary>
    public DateTimeOffset? JoinedTimestamp { get; init; }

    /// <summary>The id of the organizational unit or root that holds it.</summary>
    public required string ParentId { get; init; }

    /// <summary>The path of names from the root, escaped by <see cref="OrganizationPath"/>: <c>/Workloads/Prod/shop</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The path of the organizational unit that holds it; <c>/</c> for the root.</summary>
    public string OrganizationalUnit => OrganizationPath.Parent(Path);

    /// <summary>True for the organization's management account.</summary>
    public bool IsManagementAccount { get; init; }

    /// <summary>Its tags; null where they were not asked for.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
