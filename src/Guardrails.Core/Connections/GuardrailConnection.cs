namespace Guardrails;

/// <summary>What the connected caller is to the organization.</summary>
public enum CallerRole
{
    /// <summary>In the management account: may read and write everything.</summary>
    ManagementAccount,

    /// <summary>In a member account that is a delegated administrator: may read the organization, and write what was delegated.</summary>
    DelegatedAdministrator,

    /// <summary>In a member account: sees hardly more than itself.</summary>
    MemberAccount,

    /// <summary>In an account that belongs to no organization.</summary>
    NoOrganization,
}

/// <summary>A connection to an AWS organization or to a sandbox: who is asking, as what, and where. Holds no secret.</summary>
public sealed class GuardrailConnection
{
    internal GuardrailConnection(CloudPorts cloud) => Cloud = cloud;

    /// <summary>The 12-digit account of the caller.</summary>
    public required string AccountId { get; init; }

    /// <summary>The caller's ARN, as STS says it.</summary>
    public required string CallerArn { get; init; }

    /// <summary>What the caller is to the organization.</summary>
    public required CallerRole Role { get; init; }

    /// <summary>The organization's id; null outside one.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The 12-digit id of the organization's management account; null outside one.</summary>
    public string? ManagementAccountId { get; init; }

    /// <summary>The AWS Region of regional services.</summary>
    public required string Region { get; init; }

    /// <summary>The profile it was made from; null where the SDK's chain found the credentials.</summary>
    public string? Profile { get; init; }

    /// <summary>The role that was assumed for it; null where none was.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The endpoint that replaces AWS's own; null for AWS.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>The sandbox file it works on; null for AWS.</summary>
    public string? Sandbox { get; init; }

    /// <summary>True when every writing call is refused before it is sent.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>What is changed through it is a sandbox: one in the process, or one that is served on this machine.</summary>
    internal bool IsRehearsal => Sandbox is not null || EndpointUrl is { IsLoopback: true };

    internal CloudPorts Cloud { get; }

    /// <summary>The limits that hold for what it changes.</summary>
    internal Quotas Quotas { get; set; } = Quotas.None;

    /// <summary>What was last read of the organization, shared by every cmdlet on this connection.</summary>
    internal OrganizationCache Organization { get; } = new();

    /// <summary>Account and role.</summary>
    public override string ToString() => $"{AccountId} ({Role})";
}

/// <summary>The ports of a connection, and the clock by which its cloud's time passes.</summary>
/// <param name="Close">Releases what the connection holds: clients, an open sandbox.</param>
internal sealed record CloudPorts(IOrganizationPort Organization, IAccountPort Accounts, IAccountSettingsPort Settings, IAccountAccessPort Access, TimeProvider Clock, Action Close);
