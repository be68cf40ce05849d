namespace Guardrails;

/// <summary>What was read of an organization, flat and unplaced: what a cloud, a snapshot file or a test hands to <see cref="Organization"/>.</summary>
internal sealed record OrganizationFacts
{
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public required string ManagementAccountId { get; init; }
    public required string ManagementAccountEmail { get; init; }

    /// <summary><c>ALL</c> or <c>CONSOLIDATED_BILLING</c>.</summary>
    public required string FeatureSet { get; init; }

    public required OrganizationalUnitFacts Root { get; init; }

    /// <summary>Policy types enabled on the root.</summary>
    public IReadOnlyList<string> PolicyTypes { get; init; } = [];

    /// <summary>Every organizational unit but the root, in any order.</summary>
    public IReadOnlyList<OrganizationalUnitFacts> OrganizationalUnits { get; init; } = [];
    public IReadOnlyList<AccountFacts> Accounts { get; init; } = [];
    public IReadOnlyList<OrganizationPolicy> Policies { get; init; } = [];
    public IReadOnlyList<DelegatedAdministrator> DelegatedAdministrators { get; init; } = [];

    /// <summary>Service principals with access to the organization.</summary>
    public IReadOnlyList<string> ServiceAccess { get; init; } = [];
    public required DateTimeOffset ReadAt { get; init; }
    public required OrganizationDetail Detail { get; init; }

    /// <summary>What could not be read, in the caller's words: a member account sees no policies, say. Part of the result, never silent.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];
}

/// <param name="ParentId">Null for the root.</param>
internal sealed record OrganizationalUnitFacts(string Id, string Arn, string Name, string? ParentId, IReadOnlyDictionary<string, string>? Tags = null);

/// <param name="ParentId">The root or organizational unit that holds it.</param>
internal sealed record AccountFacts(
    string Id, string Arn, string Name, string Email, AccountState State, string ParentId,
    string? JoinedMethod = null, DateTimeOffset? JoinedTimestamp = null, IReadOnlyDictionary<string, string>? Tags = null);
