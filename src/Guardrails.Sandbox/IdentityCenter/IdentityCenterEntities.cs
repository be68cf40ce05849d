namespace Guardrails.Sandbox;

/// <summary>The organization's IAM Identity Center with its identity store. The sandbox answers for it in every Region.</summary>
/// <param name="InstanceArn"><c>arn:aws:sso:::instance/ssoins-…</c></param>
/// <param name="StoreId"><c>d-…</c></param>
internal sealed record IdentityCenter(string InstanceArn, string StoreId, DateTimeOffset Created)
{
    public OrderedList<PermissionSet> PermissionSets { get; } = [];

    /// <summary>Groups and users.</summary>
    public OrderedList<IdentityPrincipal> Principals { get; } = [];

    public OrderedList<AccountAssignment> Assignments { get; } = [];

    /// <summary>Asked for, also those that are done.</summary>
    public OrderedList<AssignmentRequest> Requests { get; } = [];

    public AccountAssignment? Find(AssignmentKey key) => Assignments.FirstOrDefault(assignment => assignment.Key == key);
}

/// <summary>The id is the last part of the ARN.</summary>
internal sealed class PermissionSet : Entity;

/// <summary>The name is the group's display name or the user's name.</summary>
internal sealed class IdentityPrincipal : Entity
{
    /// <summary>GROUP or USER.</summary>
    public required string Type { get; init; }

    /// <summary>Of a user.</summary>
    public string? Email { get; init; }
}

internal sealed record AssignmentKey(string AccountId, string PermissionSetArn, string PrincipalType, string PrincipalId);

internal sealed class AccountAssignment : Entity
{
    public required AssignmentKey Key { get; init; }
}

/// <summary>An assignment or its removal, asked for; the id is the request's.</summary>
internal sealed class AssignmentRequest : Entity
{
    public required AssignmentKey Key { get; init; }

    /// <summary>False: to be removed.</summary>
    public required bool Give { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Due { get; init; }

    /// <summary>IN_PROGRESS, SUCCEEDED or FAILED.</summary>
    public string Status { get; set; } = "IN_PROGRESS";

    public string? FailureReason { get; set; }
}
