namespace Guardrails;

/// <summary>What the organization's domain asks of a cloud. Every member throws <see cref="CloudException"/> when the cloud refuses.</summary>
internal interface IOrganizationPort
{
    /// <summary>Reads the whole organization with as few calls as the service allows, in parallel. Reports objects read so far.</summary>
    Task<OrganizationFacts> ReadAsync(OrganizationDetail detail, CallScope scope);

    /// <summary>The tags of an account, organizational unit, root or policy.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadTagsAsync(string resourceId, CallScope scope);

    /// <summary>The policy of a management policy type (tag, backup, …) that AWS works out for an account from all that it inherits; null where there is none.</summary>
    Task<string?> ReadEffectivePolicyAsync(string accountId, string policyType, CallScope scope);

    /// <summary>The account as it is now, with its parent and without tags; null where it is not in the organization.</summary>
    Task<AccountFacts?> FindAccountAsync(string accountId, CallScope scope);

    /// <summary>The organizational unit of that name directly below the parent, as it is now; null where there is none.</summary>
    Task<OrganizationalUnitFacts?> FindOrganizationalUnitAsync(string parentId, string name, CallScope scope);

    Task<OrganizationalUnitFacts> CreateOrganizationalUnitAsync(string parentId, string name, IReadOnlyDictionary<string, string> tags, CallScope scope);

    /// <summary>The organizational unit's name as it is now; null where there is none of that id.</summary>
    Task<string?> FindOrganizationalUnitNameAsync(string unitId, CallScope scope);

    Task RenameOrganizationalUnitAsync(string unitId, string name, CallScope scope);

    /// <summary>Deletes an organizational unit that holds nothing.</summary>
    Task DeleteOrganizationalUnitAsync(string unitId, CallScope scope);

    Task AttachPolicyAsync(string policyId, string targetId, CallScope scope);

    Task MoveAccountAsync(string accountId, string sourceParentId, string destinationParentId, CallScope scope);

    /// <summary>Sets the given tags and leaves all others as they are.</summary>
    Task SetTagsAsync(string resourceId, IReadOnlyDictionary<string, string> tags, CallScope scope);

    Task RemoveTagsAsync(string resourceId, IReadOnlyCollection<string> keys, CallScope scope);
}
