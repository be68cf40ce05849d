namespace Guardrails;

/// <summary>Rules for resource control policies. Source: AWS Organizations user guide, RCP syntax (August 2026).</summary>
internal static class ResourceControlRules
{
    private static readonly string[] OrganizationKeys = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-RCP-001", FindingSeverity.Error, LintScope.ResourceControlPolicy, "Allow in a resource control policy",
            "Write Deny: RCPFullAWSAccess, which can't be detached, allows everything already.", Allows,
            "access-analyzer:RCP_SYNTAX_ERROR_ALLOW", "iam-policy-validator:policy_type_validation"),
        new("GR-RCP-002", FindingSeverity.Error, LintScope.ResourceControlPolicy, "Principal that is not \"*\"",
            "Write \"Principal\": \"*\", and say by a condition whom it is about.", Principal,
            "access-analyzer:RCP_SYNTAX_ERROR_PRINCIPAL", "iam-policy-validator:policy_type_validation"),
        new("GR-RCP-003", FindingSeverity.Error, LintScope.ResourceControlPolicy, "NotPrincipal in a resource control policy",
            "Write \"Principal\": \"*\", and spare principals by a condition.", NotPrincipal,
            "access-analyzer:RCP_SYNTAX_ERROR_NOTPRINCIPAL", "iam-policy-validator:policy_type_validation"),
        new("GR-RCP-004", FindingSeverity.Error, LintScope.ResourceControlPolicy, "NotAction in a resource control policy", "Name the actions in Action.", NotAction,
            "access-analyzer:RCP_SYNTAX_ERROR_NOTACTION", "iam-policy-validator:policy_type_validation"),
        new("GR-RCP-005", FindingSeverity.Error, LintScope.ResourceControlPolicy, "Action \"*\" in a resource control policy", "Name the services: \"s3:*\".", AnyAction,
            "access-analyzer:RCP_SYNTAX_ERROR_ACTION_WILDCARD", "iam-policy-validator:policy_type_validation"),
        new("GR-RCP-006", FindingSeverity.Warning, LintScope.ResourceControlPolicy, "Service without resource control policies",
            "Remove the action; AWS does not bind resources of this service by RCPs. A service that was added later is not in the module's data.", UnsupportedServices,
            "iam-policy-validator:policy_type_validation"),
        new("GR-RCP-007", FindingSeverity.Error, LintScope.ResourceControlPolicy, "Version that is not 2012-10-17", "Write \"Version\": \"2012-10-17\"; RCPs take no other.", Version,
            "access-analyzer:INVALID_VERSION", "parliament:OLD_VERSION"),
        new("GR-RCP-008", FindingSeverity.Warning, LintScope.ResourceControlPolicy, "Organization boundary that stops AWS services",
            "Add \"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }: AWS services that call with a service principal are in no organization.", StopsServices,
            "iam-policy-validator:rcp_best_practices"),
        new("GR-RCP-009", FindingSeverity.Information, LintScope.ResourceControlPolicy, "kms:RetireGrant in a resource control policy",
            "Remove the action: RCPs do not bind it.", RetireGrant),
    ];

    private static IEnumerable<LintFault> Allows(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.Effect == PolicyEffect.Allow
        select new LintFault(statement.EffectText!.Value.Offset, "A resource control policy denies only.", statement);

    private static IEnumerable<LintFault> Principal(LintSubject subject)
    {
        foreach (var statement in subject.Document.Statements.Where(one => one.NotPrincipal is null))
        {
            if (statement.Principal is null) yield return new(statement.Offset, "The statement has no Principal.", statement);
            else if (!statement.Principal.IsEverybody) yield return new(statement.Principal.Offset, "Principal is not the text \"*\".", statement);
        }
    }

    private static IEnumerable<LintFault> NotPrincipal(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.NotPrincipal is not null
        select new LintFault(statement.NotPrincipal!.Offset, "A resource control policy has no NotPrincipal.", statement);

    private static IEnumerable<LintFault> NotAction(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.NotAction is not null
        select new LintFault(statement.NotAction!.Offset, "A resource control policy has no NotAction.", statement);

    private static IEnumerable<LintFault> AnyAction(LintSubject subject) =>
        from one in subject.Actions
        where one.Action.Text.Length > 0 && one.Action.Text.AsSpan().TrimStart('*').IsEmpty
        select new LintFault(one.Action.Offset, "A resource control policy names the services of its actions.", one.Statement);

    private static IEnumerable<LintFault> UnsupportedServices(LintSubject subject) =>
        from one in subject.Actions
        let parts = ActionRules.Parts(one.Action.Text)
        where parts is not null && !subject.Catalog.TakesResourceControlPolicies(parts.Value.Service)
        select new LintFault(one.Action.Offset, $"Resource control policies do not bind {Quote.Short(parts.Value.Service)}, by the data of {subject.Catalog.AsOf:yyyy-MM-dd}.", one.Statement);

    private static IEnumerable<LintFault> Version(LintSubject subject)
    {
        if (subject.Document.Version is { Text: not "2012-10-17" } version) yield return new(version.Offset, $"The Version is '{Quote.Short(version.Text)}'.");
    }

    private static IEnumerable<LintFault> StopsServices(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.Effect == PolicyEffect.Deny && !statement.Conditions.Any(one => one.Key.Equals("aws:PrincipalIsAWSService", StringComparison.OrdinalIgnoreCase))
        let boundary = statement.Conditions.FirstOrDefault(one => one.Operator?.IsNegated == true && OrganizationKeys.Contains(one.Key, StringComparer.OrdinalIgnoreCase))
        where boundary is not null && !ConditionRules.RequiresKey(statement, boundary.Key)
        select new LintFault(boundary.KeyOffset, $"{boundary.Key} is missing when an AWS service calls, so the statement denies the service.", statement);

    private static IEnumerable<LintFault> RetireGrant(LintSubject subject) =>
        from one in subject.Actions
        where one.Action.Text.Equals("kms:RetireGrant", StringComparison.OrdinalIgnoreCase)
        select new LintFault(one.Action.Offset, "kms:RetireGrant is not bound by resource control policies.", one.Statement);
}
