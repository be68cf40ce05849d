namespace Guardrails;

/// <summary>What vending asks of a cloud about people's access. Every member throws <see cref="CloudException"/> when the cloud refuses.</summary>
internal interface IAccountAccessPort
{
    /// <summary>The organization's IAM Identity Center; null where none is to be seen in the connection's Region.</summary>
    Task<IdentityCenter?> FindIdentityCenterAsync(CallScope scope);

    /// <summary>ARNs by name.</summary>
    Task<IReadOnlyDictionary<string, string>> ListPermissionSetsAsync(IdentityCenter center, CallScope scope);

    /// <summary>The id of the group of that display name, or of the user of that name or email address; null where there is none.</summary>
    Task<string?> FindPrincipalAsync(IdentityCenter center, PrincipalType type, string name, CallScope scope);

    /// <summary>Who has the permission set in the account.</summary>
    Task<IReadOnlySet<Principal>> ListAssignmentsAsync(AssignmentPlace place, CallScope scope);

    /// <summary>Begins to give the access. Where it stands already, AWS says that it succeeded.</summary>
    Task<AssignmentRun> StartAssignmentAsync(AssignmentPlace place, Principal principal, CallScope scope);

    Task<AssignmentRun> GetAssignmentAsync(string instanceArn, string requestId, CallScope scope);

    /// <summary>Begins to take the access away.</summary>
    Task<AssignmentRun> StartRemovalAsync(AssignmentPlace place, Principal principal, CallScope scope);

    Task<AssignmentRun> GetRemovalAsync(string instanceArn, string requestId, CallScope scope);
}

/// <param name="StoreId">The identity store with its groups and users.</param>
internal sealed record IdentityCenter(string InstanceArn, string StoreId);

/// <summary>Where an assignment stands: a permission set in an account.</summary>
internal sealed record AssignmentPlace(string InstanceArn, string PermissionSetArn, string AccountId);

/// <param name="Id">The id in the identity store.</param>
internal sealed record Principal(PrincipalType Type, string Id);

internal enum AssignmentState
{
    InProgress,
    Succeeded,
    Failed,
}

/// <summary>AWS's AccountAssignmentOperationStatus.</summary>
/// <param name="FailureReason">In AWS's words.</param>
internal sealed record AssignmentRun(string RequestId, AssignmentState State, string? FailureReason);
