namespace Guardrails;

/// <summary>Rules about how an organization's policies are attached.</summary>
internal static class AttachmentRules
{
    private static readonly PolicyRule NoRoom = new(
        "GR-POL-080", FindingSeverity.Warning, "No room for another policy", "Merge policies before another one is to be attached there, or attach it to the parent.", ["iam-policy-validator:policy_size"]);

    private static readonly PolicyRule ManagementAccount = new(
        "GR-POL-081", FindingSeverity.Warning, "Attached to the management account", "Detach it, and move what it is to protect into a member account: SCPs and RCPs do not bind the management account.");

    private static readonly PolicyRule OnRoot = new(
        "GR-POL-082", FindingSeverity.Information, "Attached to the root", "Try a change on one organizational unit first: on the root it binds all accounts at once.");

    private static readonly PolicyRule Unattached = new(
        "GR-POL-083", FindingSeverity.Information, "Attached to nothing", "Attach the policy or delete it.");

    private static readonly PolicyRule Lockout = new(
        "GR-SCP-010", FindingSeverity.Error, "Level that allows nothing", "Attach FullAWSAccess, or a policy that allows what the accounts need; each level from the root down must allow it.");

    private static readonly PolicyRule IdleAllowList = new(
        "GR-SCP-011", FindingSeverity.Warning, "Allow list without effect", "Detach FullAWSAccess from there if the list is to bind, or delete the list.");

    public static IReadOnlyList<PolicyRule> All { get; } = [NoRoom, ManagementAccount, OnRoot, Unattached, Lockout, IdleAllowList];

    public static IEnumerable<PolicyFinding> Check(Organization organization, ActionCatalog catalog, PolicyLimits limits, IReadOnlyCollection<OrganizationPolicy> policies)
    {
        var findings = new List<PolicyFinding>();
        findings.AddRange(Budgets(organization, limits));
        foreach (var policy in policies.Where(one => !one.AwsManaged))
        {
            if (policy.Targets.Count == 0) findings.Add(Finding(Unattached, policy.Name, $"The {policy.Type} {policy.Name} ({policy.Id}) is attached to nothing."));
            if (!PolicyTypes.IsAuthorization(policy.Type)) continue;
            if (policy.Targets.Contains(organization.ManagementAccountId))
                findings.Add(Finding(ManagementAccount, policy.Name, $"The {policy.Type} {policy.Name} ({policy.Id}) is attached to the management account, where it has no effect."));
            if (policy.Targets.Contains(organization.Root.Id))
                findings.Add(Finding(OnRoot, policy.Name, $"The {policy.Type} {policy.Name} ({policy.Id}) is attached to the root and binds every member account."));
        }
        findings.AddRange(AllowedLevels(organization, catalog, policies.Select(policy => policy.Id).ToHashSet(StringComparer.Ordinal)));
        return findings;
    }

    private static IEnumerable<PolicyFinding> Budgets(Organization organization, PolicyLimits limits) =>
        from target in Targets(organization)
        from type in organization.PoliciesOn(target.Id).GroupBy(policy => policy.Type, StringComparer.Ordinal)
        let limit = limits.Of(type.Key)
        where limit is not null && type.Count() >= limit.AttachedPerTarget
        select Finding(NoRoom, target.Path, $"{type.Count()} of {limit.AttachedPerTarget} policies of type {type.Key} are attached to {target.Path} ({target.Id}).");

    private static IEnumerable<(string Id, string Path)> Targets(Organization organization) =>
        organization.OrganizationalUnits.Prepend(organization.Root).Select(unit => (unit.Id, unit.Path)).Concat(organization.Accounts.Select(account => (account.Id, account.Path)));

    /// <summary>
    /// Walks the tree with the actions that every level so far allows to somebody. Without the attachments of AWS's own policies, and without
    /// the documents, nothing is known about what a level allows.
    /// </summary>
    private static List<PolicyFinding> AllowedLevels(Organization organization, ActionCatalog catalog, HashSet<string> wanted)
    {
        const OrganizationDetail Needed = OrganizationDetail.PolicyContent | OrganizationDetail.AwsManagedAttachments;
        if ((organization.Detail & Needed) != Needed || !organization.PolicyTypes.Contains(PolicyTypes.ServiceControlPolicy)) return [];
        return new LevelWalk(organization, new AllowedActions(catalog), wanted).Walk();
    }

    private static PolicyFinding Finding(PolicyRule rule, string source, string message) => new()
    {
        Rule = rule.Id,
        Severity = rule.Severity,
        Message = message,
        Recommendation = rule.Recommendation,
        Source = source,
        References = rule.References,
    };

    private sealed class LevelWalk(Organization organization, AllowedActions allowed, HashSet<string> wanted)
    {
        private readonly List<PolicyFinding> _findings = [];

        public List<PolicyFinding> Walk()
        {
            // No recursion is needed: units are sorted with parents before what they hold.
            var open = new Dictionary<string, ActionSet>(StringComparer.Ordinal);
            Enter(organization.Root.Id, organization.Root.Path, allowed.Everything, open);
            foreach (var unit in organization.OrganizationalUnits.Where(unit => unit.ParentId is not null && open.ContainsKey(unit.ParentId)))
                Enter(unit.Id, unit.Path, open[unit.ParentId!], open);
            foreach (var account in organization.Accounts.Where(account => !account.IsManagementAccount && open.ContainsKey(account.ParentId)))
                Enter(account.Id, account.Path, open[account.ParentId], open);
            return _findings;
        }

        /// <summary>Below a level that allows nothing, nothing more is said: the finding there covers it.</summary>
        private void Enter(string id, string path, ActionSet above, Dictionary<string, ActionSet> open)
        {
            var policies = organization.PoliciesOn(id).Where(policy => policy.Type == PolicyTypes.ServiceControlPolicy).ToList();
            var here = ActionSet.Union(policies.Select(allowed.Of));
            var both = ActionSet.Intersection(above, here);
            if (here.IsEmpty)
            {
                _findings.Add(Finding(Lockout, path, policies.Count == 0
                    ? $"No service control policy is attached to {path} ({id}), so its accounts can do nothing."
                    : $"None of the service control policies on {path} ({id}) allows an action, so its accounts can do nothing."));
            }
            else if (both.IsEmpty)
            {
                _findings.Add(Finding(Lockout, path, $"What the service control policies on {path} ({id}) allow, a level above does not, so its accounts can do nothing."));
            }
            else
            {
                open.Add(id, both);
            }
            if (policies.Find(policy => allowed.Of(policy).IsEverything) is not { } full) return;
            foreach (var list in policies.Where(policy => policy != full && wanted.Contains(policy.Id) && !policy.AwsManaged && allowed.IsAllowListOnly(policy)))
                _findings.Add(Finding(IdleAllowList, list.Name, $"The allow list {list.Name} ({list.Id}) is attached to {path} ({id}) beside {full.Name}, which allows everything."));
        }
    }
}
