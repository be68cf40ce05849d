using System.Diagnostics.CodeAnalysis;

namespace Guardrails.Sandbox;

/// <param name="FeatureSet">ALL or CONSOLIDATED_BILLING.</param>
/// <param name="Partition">The first part of its ARNs: aws, aws-cn, aws-us-gov.</param>
internal sealed record OrganizationIdentity(string Id, string FeatureSet, DateTimeOffset Created, string Partition = "aws");

/// <summary>
/// An organization as data, with what AWS knows beside it: creations in progress, emails taken elsewhere. Its methods keep the indexes
/// and the tree right; what AWS would refuse is for the operations to refuse before. Not for concurrent use.
/// </summary>
internal sealed partial class OrganizationState(long seed, string managementAccountId, string managementAccountEmail, string managementAccountName)
{
    private readonly Dictionary<string, Entity> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountEntity> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Parent, string Name), UnitEntity> _unitsByName = [];
    private readonly Dictionary<(string Type, string Name), PolicyEntity> _policiesByName = [];
    private readonly Dictionary<string, OrderedList<PolicyEntity>> _policiesByType = new(StringComparer.Ordinal);
    private RootEntity? _root;

    public IdSource Ids { get; private init; } = new(seed, 0);

    public SandboxBehavior Behavior { get; set; } = new();

    /// <summary>The account that has, or will found, the organization.</summary>
    public string ManagementAccountId { get; } = managementAccountId;

    public string ManagementAccountEmail { get; } = managementAccountEmail;

    public string ManagementAccountName { get; } = managementAccountName;

    /// <summary>Before this time <see cref="AccountLifecycle"/> has nothing to do; not looked for yet in a state that was just made or read.</summary>
    public DateTimeOffset NextEvent { get; set; }

    /// <summary>Null before CreateOrganization and after DeleteOrganization.</summary>
    public OrganizationIdentity? Organization { get; private set; }

    /// <summary>The account quota that AWS raised for this organization; null: the default of the quotas.</summary>
    public int? AccountQuota { get; set; }

    /// <summary>Null where it was never turned on.</summary>
    public IdentityCenter? IdentityCenter { get; set; }

    /// <summary>The organization's only root.</summary>
    public RootEntity Root => _root ?? throw new InvalidOperationException("There is no organization.");

    public OrderedList<AccountEntity> Accounts { get; } = [];
    public OrderedList<UnitEntity> Units { get; } = [];
    public OrderedList<PolicyEntity> Policies { get; } = [];
    public OrderedList<AccountCreation> Creations { get; } = [];
    public OrderedList<Delegation> Delegations { get; } = [];
    public OrderedList<ServiceGrant> ServiceAccess { get; } = [];
    public SortedSet<string> EnabledPolicyTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>Email addresses of accounts outside: emails are unique in all of AWS, and one of an account that is gone stays taken.</summary>
    public SortedSet<string> EmailsElsewhere { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order in which they were asked for.</summary>
    public List<PlannedCreationFailure> PlannedFailures { get; } = [];

    /// <summary>When accounts were closed, oldest first: the rolling budget outlives the accounts.</summary>
    public List<DateTimeOffset> Closures { get; } = [];

    /// <summary>An account, policy, container, creation and so on by its id.</summary>
    public bool TryFind<T>(string id, [NotNullWhen(true)] out T? entity) where T : Entity
    {
        entity = _byId.GetValueOrDefault(id) as T;
        return entity is not null;
    }

    public bool EmailIsTaken(string email) => _byEmail.ContainsKey(email) || EmailsElsewhere.Contains(email);

    public UnitEntity? FindUnit(Container parent, string name) => _unitsByName.GetValueOrDefault((parent.Id, name));

    public PolicyEntity? FindPolicy(string type, string name) => _policiesByName.GetValueOrDefault((type, name));

    public OrderedList<PolicyEntity> PoliciesOf(string type) => _policiesByType.TryGetValue(type, out var policies) ? policies : [];

    public Delegation? FindDelegation(string accountId) => Delegations.FirstOrDefault(delegation => delegation.Id == accountId);

    public ServiceGrant? FindServiceAccess(string servicePrincipal) => ServiceAccess.FirstOrDefault(grant => grant.Id == servicePrincipal);

    /// <summary>The path of ids that AWS gives in Account.Paths and OrganizationalUnit.Path: <c>o-…/r-…/ou-…/123456789012/</c>.</summary>
    public string PathOf(PolicyTarget target) => $"{Organization!.Id}/{string.Join('/', target.Lineage().Select(step => step.Id))}/";

    /// <summary>An ARN of something that the organization owns; the management account's id is in each.</summary>
    public string Arn(string kind, string id) => $"{ArnPrefix}{kind}/{Organization!.Id}/{id}";

    /// <summary>The ARN of a policy that the organization made: its type is in it, in lower case.</summary>
    public string PolicyArn(string type, string id) => $"{ArnPrefix}policy/{Organization!.Id}/{type.ToLowerInvariant()}/{id}";

    public string OrganizationArn => $"{ArnPrefix}organization/{Organization!.Id}";

    private string ArnPrefix => $"arn:{Organization!.Partition}:organizations::{ManagementAccountId}:";

    /// <summary>Founds the organization: a root, the policies that AWS owns, the management account.</summary>
    public void Found(DateTimeOffset now, string featureSet)
    {
        var id = Ids.Root();
        Begin(
            new OrganizationIdentity(Ids.Organization(), featureSet, now),
            sequence => new RootEntity { Sequence = sequence, Id = id, Arn = Arn("root", id), Name = "Root" });
        Add(new AccountEntity
        {
            Sequence = Ids.NextSequence(),
            Id = ManagementAccountId,
            Arn = Arn("account", ManagementAccountId),
            Name = ManagementAccountName,
            Email = ManagementAccountEmail,
            JoinedMethod = "INVITED",
            Joined = now,
            State = "ACTIVE",
            ActiveAt = now,
            UsableAt = now,
        }, Root);
    }

    /// <summary>Begins an organization with its root and the policies that AWS owns; accounts are for the caller to add.</summary>
    public void Begin(OrganizationIdentity organization, Func<long, RootEntity> root)
    {
        if (Organization is not null) throw new InvalidOperationException("There is an organization already.");
        Organization = organization;
        SetRoot(root(Ids.NextSequence()));
        foreach (var policy in AwsManagedPolicies.All)
        {
            Add(new PolicyEntity
            {
                Sequence = Ids.NextSequence(),
                Id = policy.Id,
                Arn = policy.Arn.Replace("arn:aws:", $"arn:{organization.Partition}:", StringComparison.Ordinal),
                Name = policy.Name,
                Description = policy.Description,
                Type = policy.Type,
                Content = policy.Content,
                AwsManaged = true,
                Updated = organization.Created,
            });
        }
    }

    /// <summary>Ends the organization. What AWS knows beside it stays: its emails are still taken.</summary>
    public void Dissolve()
    {
        Organization = null;
        IdentityCenter = null;
        _root = null;
        _byId.Clear();
        _byEmail.Clear();
        _unitsByName.Clear();
        _policiesByName.Clear();
        _policiesByType.Clear();
        Accounts.Clear();
        Units.Clear();
        Policies.Clear();
        Creations.Clear();
        Delegations.Clear();
        ServiceAccess.Clear();
        EnabledPolicyTypes.Clear();
        Closures.Clear();
        AccountQuota = null;
    }

    public void Add(UnitEntity unit, Container parent)
    {
        _byId.Add(unit.Id, unit);
        _unitsByName.Add((parent.Id, unit.Name), unit);
        unit.Parent = parent;
        parent.Units.Add(unit);
        Units.Add(unit);
    }

    public void Add(AccountEntity account, Container parent)
    {
        _byId.Add(account.Id, account);
        _byEmail.Add(account.Email, account);
        account.Parent = parent;
        parent.Accounts.Add(account);
        Accounts.Add(account);
    }

    public void Add(PolicyEntity policy)
    {
        _byId.Add(policy.Id, policy);
        _policiesByName.Add((policy.Type, policy.Name), policy);
        if (!_policiesByType.TryGetValue(policy.Type, out var sameType)) _policiesByType.Add(policy.Type, sameType = []);
        sameType.Add(policy);
        Policies.Add(policy);
    }

    public void Add(AccountCreation creation)
    {
        Expect(creation.Due);
        _byId.Add(creation.Id, creation);
        Creations.Add(creation);
    }

    /// <summary>A new organizational unit with what AWS attaches to it by itself.</summary>
    public UnitEntity CreateUnit(Container parent, string name)
    {
        var id = Unused(() => Ids.Unit(Root.Id));
        var unit = new UnitEntity { Sequence = Ids.NextSequence(), Id = id, Arn = Arn("ou", id), Name = name };
        Add(unit, parent);
        AttachDefaults(unit);
        return unit;
    }

    /// <summary>Something will be due then.</summary>
    public void Expect(DateTimeOffset time)
    {
        if (time < NextEvent) NextEvent = time;
    }

    /// <summary>An id that nothing has.</summary>
    public string Unused(Func<string> next)
    {
        var id = next();
        while (_byId.ContainsKey(id)) id = next();
        return id;
    }

    public void Rename(UnitEntity unit, string name)
    {
        _unitsByName.Remove((unit.Parent!.Id, unit.Name));
        unit.Name = name;
        _unitsByName.Add((unit.Parent.Id, name), unit);
    }

    public void Rename(PolicyEntity policy, string name)
    {
        _policiesByName.Remove((policy.Type, policy.Name));
        policy.Name = name;
        _policiesByName.Add((policy.Type, name), policy);
    }

    public static void Move(AccountEntity account, Container destination)
    {
        account.Parent!.Accounts.Remove(account);
        account.Parent = destination;
        destination.Accounts.Add(account);
    }

    public void Remove(UnitEntity unit)
    {
        DetachAll(unit);
        unit.Parent!.Units.Remove(unit);
        Units.Remove(unit);
        _unitsByName.Remove((unit.Parent.Id, unit.Name));
        _byId.Remove(unit.Id);
    }

    /// <summary>The account leaves the organization; its email stays taken in AWS.</summary>
    public void Remove(AccountEntity account)
    {
        DetachAll(account);
        account.Parent!.Accounts.Remove(account);
        Accounts.Remove(account);
        if (FindDelegation(account.Id) is { } delegation) Delegations.Remove(delegation);
        _byEmail.Remove(account.Email);
        _byId.Remove(account.Id);
        EmailsElsewhere.Add(account.Email);
    }

    public void Remove(PolicyEntity policy)
    {
        Policies.Remove(policy);
        _policiesByType[policy.Type].Remove(policy);
        _policiesByName.Remove((policy.Type, policy.Name));
        _byId.Remove(policy.Id);
    }

    public static void Attach(PolicyEntity policy, PolicyTarget target)
    {
        policy.Targets.Add(target);
        target.Policies.Add(policy);
    }

    public static void Detach(PolicyEntity policy, PolicyTarget target)
    {
        policy.Targets.Remove(target);
        target.Policies.Remove(policy);
    }

    /// <summary>The root, every organizational unit and every account.</summary>
    public IEnumerable<PolicyTarget> Targets() => Units.Cast<PolicyTarget>().Prepend(Root).Concat(Accounts);

    /// <summary>Attaches the policy that lets everything through, of each enabled type that has one, as AWS does on everything new.</summary>
    public void AttachDefaults(PolicyTarget target)
    {
        foreach (var policy in AwsManagedPolicies.All)
            if (EnabledPolicyTypes.Contains(policy.Type) && TryFind<PolicyEntity>(policy.Id, out var entity)) Attach(entity, target);
    }

    private static void DetachAll(PolicyTarget target)
    {
        foreach (var policy in target.Policies) policy.Targets.Remove(target);
        target.Policies.Clear();
    }

    private void SetRoot(RootEntity root)
    {
        _root = root;
        _byId.Add(root.Id, root);
    }
}
