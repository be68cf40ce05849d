namespace Guardrails;

/// <summary>Rules for service control policies.</summary>
internal static class ServiceControlRules
{
    private const string RequestedRegion = "aws:RequestedRegion";

    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-SCP-001", FindingSeverity.Error, LintScope.ServiceControlPolicy, "Principal in a service control policy",
            "Remove it: an SCP binds all principals of the accounts it is attached to. To spare some, use a condition on aws:PrincipalArn.", Principals,
            "access-analyzer:SCP_SYNTAX_ERROR_PRINCIPAL", "iam-policy-validator:policy_type_validation"),
        new("GR-SCP-002", FindingSeverity.Information, LintScope.ServiceControlPolicy, "Deny without a break-glass exemption",
            "If somebody must be able to do this in an emergency, add \"ArnNotLike\": { \"aws:PrincipalArn\": \"arn:aws:iam::*:role/…\" }.", NoExemption),
        new("GR-SCP-003", FindingSeverity.Warning, LintScope.ServiceControlPolicy, "Region deny that stops global services",
            "Add the services to NotAction: their calls go to one region wherever the caller is.", RegionDeny),
        new("GR-SCP-004", FindingSeverity.Warning, LintScope.ServiceControlPolicy, "Deny of everything",
            "Attach it only where nobody is to do anything, such as to an organizational unit of suspended accounts.", DenyAll),
        new("GR-SCP-005", FindingSeverity.Information, LintScope.ServiceControlPolicy, "Allow list",
            "Attach it before FullAWSAccess is detached, on each level down to the account; beside FullAWSAccess it has no effect.", AllowList),
    ];

    private static IEnumerable<LintFault> Principals(LintSubject subject) =>
        from statement in subject.Document.Statements
        from member in statement.Json.Members
        where member.Name is "Principal" or "NotPrincipal"
        select new LintFault(member.Offset, $"A service control policy has no {member.Name}.", statement);

    private static IEnumerable<LintFault> NoExemption(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.Effect == PolicyEffect.Deny
            && !statement.Conditions.Any(condition => subject.Facts.ExemptionKeys.Any(key => Wildcard.Matches(key, condition.Key)))
        select new LintFault(statement.Offset, "No role is spared, not even one for emergencies.", statement);

    private static IEnumerable<LintFault> RegionDeny(LintSubject subject)
    {
        foreach (var statement in subject.Document.Statements.Where(one => one.Effect == PolicyEffect.Deny))
        {
            var region = statement.Conditions.FirstOrDefault(one => one.Key.Equals(RequestedRegion, StringComparison.OrdinalIgnoreCase) && one.Operator?.IsNegated == true);
            if (region is null) continue;
            var stopped = subject.Facts.GlobalServices
                .Where(service => !region.Values.Any(value => !DocumentRules.IsUnfilled(value.Text) && Wildcard.Matches(value.Text, service.Value)))
                .Where(service => Denies(statement, service.Key))
                .Select(service => service.Key).Order(StringComparer.Ordinal).ToList();
            if (stopped.Count > 0) yield return new(region.KeyOffset, $"Outside of the regions named, these global services are denied: {string.Join(", ", stopped)}.", statement);
        }
    }

    /// <summary>True where the statement denies all of a service: a deny of single actions is on purpose.</summary>
    private static bool Denies(PolicyStatement statement, string service)
    {
        var all = service + ":*";
        if (statement.NotAction is { } spared)
            return !spared.Values.Any(word => word.Text.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase) || Wildcard.Covers(word.Text, all, ignoreCase: true));
        return statement.Action?.Values.Any(word => word.Text == "*") == true;
    }

    private static IEnumerable<LintFault> DenyAll(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement is { Effect: PolicyEffect.Deny, Conditions.Count: 0, Action: not null, Resource: not null }
            && statement.Action.Values.Any(word => word.Text == "*") && statement.Resource.Values.Any(word => word.Text == "*")
        select new LintFault(statement.Offset, "The statement denies every action on every resource.", statement);

    private static IEnumerable<LintFault> AllowList(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.Effect == PolicyEffect.Allow && !(statement.Conditions.Count == 0 && statement.Action?.Values.Any(word => word.Text == "*") == true && statement.Resource?.Values.Any(word => word.Text == "*") == true)
        select new LintFault(statement.Offset, "Where no other policy of the same level allows more, all else is denied.", statement);
}
