namespace Guardrails;

/// <summary>A policy that is tried: it takes the place of an attached one with the same id or name, or is attached where it is said.</summary>
/// <param name="Id">The id of the policy it replaces, or a name of its own.</param>
/// <param name="Targets">Ids of the root, organizational units and accounts it is attached to; null to replace where it is.</param>
internal sealed record PolicyDraft(string Id, string Name, PolicyDocument Document, IReadOnlyList<string>? Targets)
{
    /// <summary>SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY.</summary>
    public string Type => Document.Type ?? PolicyTypes.ServiceControlPolicy;

    public bool Replaces(OrganizationPolicy policy) => policy.Type == Type && (policy.Id == Id || policy.Name == Name);
}

/// <summary>Compiles the policies of an organization into the chains that bind its accounts.</summary>
internal sealed class OrganizationCompiler
{
    /// <summary>What must have been read of the organization: without AWS's own policies every level would seem to allow nothing.</summary>
    public const OrganizationDetail Needed = OrganizationDetail.PolicyContent | OrganizationDetail.AwsManagedAttachments;

    private readonly Organization _organization;
    private readonly HashSet<string> _drafted;
    private readonly KeyTable _keys = new();
    private readonly Dictionary<string, CompiledPolicy> _compiled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyChain> _chains = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _attached;
    private readonly Dictionary<string, string> _typeOf = new(StringComparer.Ordinal);

    private OrganizationCompiler(Organization organization, IReadOnlyList<PolicyDraft> drafts)
    {
        if (!organization.Detail.HasFlag(Needed)) throw new InvalidOperationException($"The organization was read without {Needed}.");
        _organization = organization;
        _drafted = [.. drafts.Select(draft => draft.Type)];
        var attachments = new List<(string Target, string Policy)>();
        foreach (var policy in organization.Policies.Where(policy => PolicyTypes.IsAuthorization(policy.Type)))
        {
            var draft = drafts.FirstOrDefault(draft => draft.Replaces(policy));
            _typeOf[policy.Id] = policy.Type;
            _compiled[policy.Id] = PolicyCompiler.Compile(draft?.Document ?? Read(policy), policy.Id, policy.Name, _keys);
            attachments.AddRange(policy.Targets.Concat(draft?.Targets ?? []).Distinct().Select(target => (target, policy.Id)));
        }
        foreach (var draft in drafts.Where(draft => !organization.Policies.Any(draft.Replaces)))
        {
            _typeOf[draft.Id] = draft.Type;
            _compiled[draft.Id] = PolicyCompiler.Compile(draft.Document, draft.Id, draft.Name, _keys);
            attachments.AddRange((draft.Targets ?? []).Select(target => (target, draft.Id)));
        }
        _attached = attachments.Distinct().ToLookup(pair => pair.Target, pair => pair.Policy, StringComparer.Ordinal);
    }

    /// <param name="organization">Read with <see cref="Needed"/>.</param>
    public static GuardedOrganization Compile(Organization organization, ResourcePolicyScope scope, IReadOnlyList<PolicyDraft>? drafts = null)
    {
        var compiler = new OrganizationCompiler(organization, drafts ?? []);
        return new GuardedOrganization([.. organization.Accounts.Select(compiler.Place)], scope, compiler._keys);
    }

    /// <summary>The document of a policy. AWS's own full access is known where its content was not read.</summary>
    public static PolicyDocument Read(OrganizationPolicy policy) => PolicyReader.Read(
        policy.Content ?? (policy.AwsManaged ? """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""" : ""),
        policy.Type, policy.Name);

    private PlacedAccount Place(Account account)
    {
        var above = _organization.Ancestors(account.Id);
        PolicyLevel[] levels = [.. above.Select(unit => new PolicyLevel(unit.Id, unit.Path)), new PolicyLevel(account.Id, account.Path)];
        return new PlacedAccount(
            account.Id, _organization.Id, $"{_organization.Id}/{string.Concat(above.Select(unit => unit.Id + "/"))}",
            account.Id == _organization.ManagementAccountId, levels)
        {
            ServiceControls = Chain(PolicyTypes.ServiceControlPolicy, levels, mustAllow: true),
            ResourceControls = Chain(PolicyTypes.ResourceControlPolicy, levels, mustAllow: false),
        };
    }

    /// <summary>
    /// One chain for all accounts with the same policies on their levels. A type that is not enabled binds nobody; where a draft of it is
    /// tried, it is as if the type had just been enabled, with AWS's full access on each level.
    /// </summary>
    private PolicyChain? Chain(string type, PolicyLevel[] levels, bool mustAllow)
    {
        var enabled = _organization.PolicyTypes.Contains(type);
        if (!enabled && !_drafted.Contains(type)) return null;
        var ids = levels.Select(level => _attached[level.Id].Where(id => _typeOf[id] == type).Order(StringComparer.Ordinal).ToArray()).ToArray();
        var name = $"{type} {string.Join('/', ids.Select(level => string.Join(',', level)))}";
        if (_chains.TryGetValue(name, out var known)) return known;
        var chain = new PolicyChain([.. ids.Select(level => level.Select(id => _compiled[id]).ToArray())], mustAllow && enabled);
        _chains.Add(name, chain);
        return chain;
    }
}
