namespace Guardrails;

/// <summary>Says why a request is decided as it is. Evaluates every statement, without the index, so it is slower than the decision alone.</summary>
internal static class AccessExplainer
{
    private const string Account = "the account of the principal";
    private const string ResourceAccount = "the account of the resource";

    /// <summary>What one policy type says, and what it depends on.</summary>
    private sealed record Side(Truth Denied, List<DecidingStatement> Statements, SortedSet<string> Missing, string? Exempt);

    public static AccessDecision Explain(AccessEvaluator evaluator, AccessRequest request)
    {
        var outcome = evaluator.Decide(request);
        var organization = evaluator.Organization;
        var service = ServiceControls(evaluator, organization.Find(request.PrincipalAccount));
        var resource = ResourceControls(evaluator, organization.Find(request.ResourceAccount));
        var deciding = outcome == AccessOutcome.NotDenied ? null : Deciding(service.Denied >= resource.Denied ? service : resource);
        var missing = outcome == AccessOutcome.Indeterminate ? service.Missing.Union(resource.Missing).Order(StringComparer.Ordinal).ToArray() : [];
        return new AccessDecision
        {
            Request = request,
            Outcome = outcome,
            Explanation = new AccessExplanation
            {
                ServiceControls = AccessEvaluator.OutcomeOf(service.Denied),
                ResourceControls = AccessEvaluator.OutcomeOf(resource.Denied),
                Deciding = deciding,
                Statements = [.. service.Statements, .. resource.Statements],
                MissingKeys = missing,
                Reason = outcome switch
                {
                    AccessOutcome.Denied => $"Denied by {deciding}.",
                    AccessOutcome.Indeterminate => $"Depends on {string.Join(", ", missing)}.",
                    _ => NotDenied(service.Exempt, resource.Exempt),
                },
            },
        };
    }

    private static string NotDenied(string? service, string? resource)
    {
        var exempt = string.Join(" ", new[] { service, resource }.OfType<string>());
        return exempt.Length == 0 ? "No policy denies it, and each level allows it." : exempt;
    }

    /// <summary>The first statement that denies for certain; else the first that is part of the doubt.</summary>
    private static DecidingStatement? Deciding(Side side) =>
        side.Statements.Find(one => one.Certain && side.Denied == Truth.True) ?? side.Statements.FirstOrDefault();

    private static Side ServiceControls(AccessEvaluator evaluator, PlacedAccount? principal)
    {
        var request = evaluator.Bound.Request;
        var denied = evaluator.ServiceControlsDeny(principal);
        var side = new Side(denied, [], new SortedSet<string>(StringComparer.Ordinal), request switch
        {
            { PrincipalKind: PrincipalKind.ServiceLinkedRole } => "Service control policies don't bind service-linked roles.",
            { PrincipalKind: PrincipalKind.Service } => "Service control policies don't bind service principals.",
            { PrincipalKind: PrincipalKind.Anonymous } => "Service control policies don't bind anonymous callers.",
            { PrincipalAccount: null } => null,
            _ when principal is null => "Service control policies don't bind principals from outside the organization.",
            _ when principal.IsManagement => "Service control policies don't bind the management account.",
            _ when principal.ServiceControls is null => "Service control policies are not enabled in this organization.",
            _ => null,
        });
        if (denied == Truth.False) return side;
        if (request.PrincipalKind == PrincipalKind.Unknown) side.Missing.Add("aws:PrincipalArn");
        if (request.PrincipalAccount is not null)
        {
            Collect(side, principal!.ServiceControls!, PolicyTypes.ServiceControlPolicy, principal.Levels, evaluator.Bound);
            return side;
        }
        side.Missing.Add(Account);
        foreach (var chain in evaluator.Organization.ServiceControls) Collect(side, chain, PolicyTypes.ServiceControlPolicy, null, evaluator.Bound);
        return side;
    }

    private static Side ResourceControls(AccessEvaluator evaluator, PlacedAccount? resource)
    {
        var request = evaluator.Bound.Request;
        var denied = evaluator.ResourceControlsDeny(resource);
        var side = new Side(denied, [], new SortedSet<string>(StringComparer.Ordinal), request switch
        {
            { PrincipalKind: PrincipalKind.ServiceLinkedRole } => "Resource control policies don't bind service-linked roles.",
            _ when !evaluator.Organization.Scope.Reaches(request) => null,
            { ResourceAccount: null } => null,
            _ when resource is null => "Resource control policies don't bind resources outside the organization.",
            _ when resource.IsManagement => "Resource control policies don't bind resources of the management account.",
            _ when AccessEvaluator.IsAwsManagedKey(request) == Truth.True => "Resource control policies don't bind keys that AWS manages.",
            _ => null,
        });
        if (denied == Truth.False) return side;
        if (request.PrincipalKind == PrincipalKind.Unknown) side.Missing.Add("aws:PrincipalArn");
        if (AccessEvaluator.IsAwsManagedKey(request) == Truth.Unknown) side.Missing.Add("whether AWS manages the KMS key");
        if (request.ResourceAccount is null) side.Missing.Add(ResourceAccount);
        var chain = request.ResourceAccount is null ? evaluator.Organization.AnyResourceControl : resource!.ResourceControls!;
        Collect(side, chain, PolicyTypes.ResourceControlPolicy, request.ResourceAccount is null ? null : resource!.Levels, evaluator.Bound);
        return side;
    }

    private static void Collect(Side side, PolicyChain chain, string type, IReadOnlyList<PolicyLevel>? levels, BoundRequest request)
    {
        for (var i = 0; i < chain.Levels.Count; i++)
        {
            var level = levels?[i];
            var allowed = Truth.False;
            var doubtful = new List<(CompiledPolicy Policy, CompiledStatement Statement)>();
            foreach (var policy in chain.Levels[i])
            {
                foreach (var statement in policy.Statements)
                {
                    if (!statement.Denies && !chain.MustAllow) continue;
                    var applies = statement.MatchesAction(request.Request.Action) ? statement.Evaluate(request) : Truth.False;
                    if (!statement.Denies) allowed = allowed.Or(applies);
                    if (applies == Truth.Unknown && !statement.Denies) doubtful.Add((policy, statement));
                    if (applies != Truth.False && statement.Denies) Add(side, Describe(policy, statement, applies, type, level, request), statement, request);
                }
            }
            if (!chain.MustAllow || allowed == Truth.True) continue;
            if (allowed == Truth.False) side.Statements.Add(new DecidingStatement { PolicyType = type, Level = level, Certain = true });
            else foreach (var (policy, statement) in doubtful) Add(side, Describe(policy, statement, Truth.Unknown, type, level, request), statement, request);
        }
    }

    private static void Add(Side side, DecidingStatement described, CompiledStatement statement, BoundRequest request)
    {
        side.Statements.Add(described);
        if (described.Certain) return;
        side.Missing.UnionWith(statement.MissingKeys(request));
    }

    private static DecidingStatement Describe(
        CompiledPolicy policy, CompiledStatement statement, Truth applies, string type, PolicyLevel? level, BoundRequest request) => new()
        {
            PolicyType = type,
            Level = level,
            PolicyId = policy.Id,
            Policy = policy.Name,
            Statement = statement.ToString(),
            Line = statement.Line > 0 ? statement.Line : null,
            Denies = statement.Denies,
            Certain = applies == Truth.True,
            Conditions = [.. statement.Conditions.Select(condition => condition.Describe(request))],
        };
}
