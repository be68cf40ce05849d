namespace Guardrails.Sandbox;

/// <summary>Anything in an organization that has an id: it can be listed, and it can carry tags.</summary>
internal abstract class Entity
{
    /// <summary>Its place in listings: the state's counter when it was made. Unique in the organization.</summary>
    public required long Sequence { get; init; }

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string Name { get; set; }

    /// <summary>Keys compare by case, as in AWS; sorted, so that the same tags are the same bytes.</summary>
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}

/// <summary>A root, organizational unit or account: what a policy can be attached to.</summary>
internal abstract class PolicyTarget : Entity
{
    /// <summary>What is attached directly, in the order in which it was attached: effective policies depend on it.</summary>
    public List<PolicyEntity> Policies { get; } = [];

    /// <summary>The container above; null for the root.</summary>
    public Container? Parent { get; set; }

    /// <summary>As in PolicyTargetSummary: ROOT, ORGANIZATIONAL_UNIT, ACCOUNT.</summary>
    public abstract string TargetType { get; }

    /// <summary>From the root down to this.</summary>
    public IEnumerable<PolicyTarget> Lineage()
    {
        var path = new Stack<PolicyTarget>();
        for (PolicyTarget? step = this; step is not null; step = step.Parent) path.Push(step);
        return path;
    }
}

internal abstract class Container : PolicyTarget
{
    public OrderedList<UnitEntity> Units { get; } = [];

    public OrderedList<AccountEntity> Accounts { get; } = [];

    /// <summary>0 for the root, 1 for an organizational unit directly below it.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;
}

internal sealed class RootEntity : Container
{
    public override string TargetType => "ROOT";
}

internal sealed class UnitEntity : Container
{
    public override string TargetType => "ORGANIZATIONAL_UNIT";
}

internal sealed class AccountEntity : PolicyTarget
{
    public override string TargetType => "ACCOUNT";

    public required string Email { get; set; }

    /// <summary>CREATED or INVITED.</summary>
    public required string JoinedMethod { get; init; }

    public required DateTimeOffset Joined { get; init; }

    /// <summary>PENDING_ACTIVATION, ACTIVE, SUSPENDED, PENDING_CLOSURE or CLOSED. Moved on by <see cref="AccountLifecycle"/>.</summary>
    public required string State { get; set; }

    /// <summary>The role that trusts the management account; null for an account that was invited.</summary>
    public string? RoleName { get; init; }

    public AccountSettings Settings { get; } = new();

    /// <summary>When PENDING_ACTIVATION ends.</summary>
    public DateTimeOffset ActiveAt { get; init; }

    /// <summary>When its role can be assumed and its services answer: some time after its creation has SUCCEEDED.</summary>
    public DateTimeOffset UsableAt { get; init; }

    /// <summary>When CloseAccount was asked for.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When a closure in progress is done.</summary>
    public DateTimeOffset? ClosureDoneAt { get; set; }
}

internal sealed class PolicyEntity : Entity
{
    public required string Type { get; init; }

    public required string Description { get; set; }

    public required string Content { get; set; }

    /// <summary>Belongs to AWS, such as FullAWSAccess: can be attached, not changed.</summary>
    public bool AwsManaged { get; init; }

    /// <summary>When its content last changed: the time of an effective policy.</summary>
    public required DateTimeOffset Updated { get; set; }

    public OrderedList<PolicyTarget> Targets { get; } = [];
}

/// <summary>A request to create an account, kept after it is done.</summary>
internal sealed class AccountCreation : Entity
{
    public required string Email { get; init; }

    public required string RoleName { get; init; }

    public required DateTimeOffset Requested { get; init; }

    /// <summary>When AWS gets done with it.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The failure that a test asked for; null: the real rules decide.</summary>
    public string? PlannedFailure { get; init; }

    /// <summary>IN_PROGRESS, SUCCEEDED or FAILED.</summary>
    public string State { get; set; } = "IN_PROGRESS";

    public DateTimeOffset? Completed { get; set; }

    public string? AccountId { get; set; }

    public string? FailureReason { get; set; }
}

/// <summary>A member account that administers services in place of the management account.</summary>
internal sealed class Delegation : Entity
{
    public required AccountEntity Account { get; init; }

    public required DateTimeOffset Enabled { get; init; }

    /// <summary>Service principals and since when.</summary>
    public OrderedList<ServiceGrant> Services { get; } = [];

    public static Delegation To(AccountEntity account, long sequence, DateTimeOffset enabled) =>
        new() { Sequence = sequence, Id = account.Id, Arn = account.Arn, Name = account.Name, Account = account, Enabled = enabled };
}

/// <summary>A service principal with access to the organization, or with a delegated administrator.</summary>
internal sealed class ServiceGrant : Entity
{
    public required DateTimeOffset Enabled { get; init; }
}
