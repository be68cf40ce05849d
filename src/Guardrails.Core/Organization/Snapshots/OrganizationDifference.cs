namespace Guardrails;

/// <summary>What became of something between two readings of an organization.</summary>
public enum DifferenceChange
{
    /// <summary>It is there only afterwards.</summary>
    Added,

    /// <summary>It was there only before.</summary>
    Removed,

    /// <summary>It is in another organizational unit.</summary>
    Moved,

    /// <summary>A property of it has another value.</summary>
    Changed,
}

/// <summary>What a difference is about.</summary>
public enum DifferenceKind
{
    /// <summary>The organization as a whole.</summary>
    Organization,

    /// <summary>An organizational unit, or the root.</summary>
    OrganizationalUnit,

    /// <summary>An account.</summary>
    Account,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>A policy on the root, an organizational unit or an account.</summary>
    Attachment,

    /// <summary>A policy type that is enabled on the root.</summary>
    PolicyType,

    /// <summary>An account that administers a service.</summary>
    DelegatedAdministrator,

    /// <summary>A service with access to the organization.</summary>
    ServiceAccess,
}

/// <summary>One difference between two readings of an organization. <see cref="Text"/>, line by line, reads like a diff.</summary>
public sealed record OrganizationDifference
{
    /// <summary>What became of it.</summary>
    public required DifferenceChange Change { get; init; }

    /// <summary>What it is about.</summary>
    public required DifferenceKind Kind { get; init; }

    /// <summary>
    /// The id of the account, organizational unit, policy or organization; the name of the policy type or service. For an attachment the
    /// policy's id, for a delegated administrator the account's.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>For an attachment the id of what the policy is attached to.</summary>
    public string? TargetId { get; init; }

    /// <summary>The path before; for a policy its name, for an attachment the path of what it is attached to. Null where it was not there.</summary>
    public string? PathBefore { get; init; }

    /// <summary>The path after; for a policy its name, for an attachment the path of what it is attached to. Null where it is not there.</summary>
    public string? PathAfter { get; init; }

    /// <summary>The path after, or before for what is gone.</summary>
    public string Path => PathAfter ?? PathBefore ?? Id;

    /// <summary>The property that changed: <c>Name</c>, <c>Email</c>, <c>State</c>, <c>Tag:Key</c>, <c>Content</c>, …; null for the thing itself.</summary>
    public string? Property { get; init; }

    /// <summary>The property's value before; for an attachment the policy's name, for a delegated administrator the service. Null where there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The property's value after; for an attachment the policy's name, for a delegated administrator the service. Null where there is none.</summary>
    public string? After { get; init; }

    /// <summary>
    /// One line: <c>+ account /Workloads/shop (111122223333)</c>, <c>- …</c>, <c>&gt; account /Old/shop → /New/shop (…)</c>,
    /// <c>~ account /Workloads/shop (…) Name: a → b</c>.
    /// </summary>
    public string Text => DifferenceText.Of(this);

    /// <summary>The line.</summary>
    public override string ToString() => Text;
}
