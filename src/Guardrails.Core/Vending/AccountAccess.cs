namespace Guardrails;

/// <summary>Who is let into an account.</summary>
public enum PrincipalType
{
    /// <summary>A group of the identity store.</summary>
    Group,

    /// <summary>A user of the identity store.</summary>
    User,
}

/// <summary>People's access to an account, by IAM Identity Center: a group or a user, with a permission set.</summary>
public sealed record AccountAccess
{
    /// <summary>Group or user.</summary>
    public required PrincipalType PrincipalType { get; init; }

    /// <summary>The group's display name; the user's name or email address.</summary>
    public required string Principal { get; init; }

    /// <summary>The permission set's name.</summary>
    public required string PermissionSet { get; init; }

    /// <summary>As it is written in a request: <c>group:Admins=AdministratorAccess</c>.</summary>
    public override string ToString() => $"{(PrincipalType == PrincipalType.Group ? "group" : "user")}:{Principal}={PermissionSet}";
}
