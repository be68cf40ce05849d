using System.Globalization;
using System.Text.RegularExpressions;

namespace Guardrails.Tests;

/// <summary>
/// A fault planted in the compiled evaluator. The compiled form is immutable data, so a fault is a changed copy of it (statements,
/// conditions, value matchers, levels, places), or a changed view of the document or the request where the code would look at the wrong
/// thing. The product has no hook for it.
/// </summary>
internal sealed record PlantedFault(string Name)
{
    private Func<CompiledStatement, CompiledStatement>? Statement { get; init; }

    private Func<CompiledCondition, CompiledCondition>? Condition { get; init; }

    private Func<ValueMatcher, PolicyComparison, ValueMatcher>? Value { get; init; }

    private Func<IReadOnlyList<CompiledPolicy[]>, IReadOnlyList<CompiledPolicy[]>>? Levels { get; init; }

    private Func<PlacedAccount, PlacedAccount>? Place { get; init; }

    private Func<string, string>? Document { get; init; }

    private Func<AccessRequest, Changes>? Request { get; init; }

    private ResourcePolicyScope? Scope { get; init; }

    public override string ToString() => Name;

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("IfExists is ignored") { Condition = one => With(one, test => test with { IfExists = false }) },
        new("everything is IfExists") { Condition = one => With(one, test => test with { IfExists = true }) },
        new("negated operators are not negated") { Condition = one => With(one, test => test with { Comparison = Positive(test.Comparison) }) },
        new("an absent key fails a negated operator") { Condition = one => one.Test is { IsNegated: true, Set: PolicySetOperator.None, IfExists: false } test ? one with { Test = test with { Set = PolicySetOperator.ForAnyValue } } : one },
        new("ForAllValues is ForAnyValue") { Condition = one => With(one, test => test.Set == PolicySetOperator.ForAllValues ? test with { Set = PolicySetOperator.ForAnyValue } : test) },
        new("ForAnyValue is ForAllValues") { Condition = one => With(one, test => test.Set == PolicySetOperator.ForAnyValue ? test with { Set = PolicySetOperator.ForAllValues } : test) },
        new("set operators are ignored") { Condition = one => With(one, test => test with { Set = PolicySetOperator.None }) },
        new("a key with many values matches without a set operator") { Condition = one => With(one, test => test.Set == PolicySetOperator.None && !test.IsNegated && !test.IfExists ? test with { Set = PolicySetOperator.ForAnyValue } : test) },
        new("Null is turned round") { Condition = one => one with { NullValues = (one.NullValues.Present, one.NullValues.Absent) } },
        new("only the first value counts") { Condition = one => one with { Values = one.Values.Length > 1 ? one.Values[..1] : one.Values } },
        new("StringEquals ignores case") { Value = (value, comparison) => value is TextMatcher text && comparison is PolicyComparison.StringEquals or PolicyComparison.StringNotEquals ? new TextMatcher(((TextMatcher)value).Text, StringComparison.OrdinalIgnoreCase) : value },
        new("StringEqualsIgnoreCase heeds case") { Value = (value, comparison) => value is TextMatcher text && comparison is PolicyComparison.StringEqualsIgnoreCase or PolicyComparison.StringNotEqualsIgnoreCase ? new TextMatcher(((TextMatcher)value).Text, StringComparison.Ordinal) : value },
        new("StringLike heeds no case") { Value = (value, _) => value is GlobMatcher glob ? new GlobMatcher(GlobPattern.FromTokens(glob.Pattern.Tokens.ToArray(), ignoreCase: true)) : value },
        new("a question mark is itself") { Value = (value, _) => value is GlobMatcher glob ? new GlobMatcher(GlobPattern.FromTokens(glob.Pattern.Tokens.ToArray().Select(token => token == GlobPattern.AnyOne ? '?' : token))) : value },
        new("a wildcard in an ARN crosses colons") { Value = (value, _) => value is ArnMatcher arn ? new GlobMatcher(GlobPattern.Parse(arn.Pattern.ToString())) : value },
        new("ARNs match in any case") { Value = (value, _) => value is ArnMatcher arn ? new Faulty((given, _) => ArnPattern.TryParse(GlobPattern.Parse(arn.Pattern.ToString().ToUpperInvariant()).Tokens, out var upper) && upper.Matches(given.ToUpperInvariant())) : value },
        new("IPv4 in IPv6 form is IPv6") { Value = (value, _) => value is IpMatcher ip ? new Faulty((given, _) => !given.Contains(':') == ip.Range.IsIPv4 && IpRange.TryParseAddress(given, out var address) && ip.Range.Contains(address)) : value },
        new("addresses are compared as text") { Value = (value, _) => value is IpMatcher ip ? new Faulty((given, _) => !given.Any(char.IsAsciiLetterUpper) && IpRange.TryParseAddress(given, out var address) && ip.Range.Contains(address)) : value },
        new("dates are milliseconds") { Value = (value, comparison) => value is DateMatcher date ? new DateMatcher(comparison, date.Date with { Seconds = date.Date.Seconds > 10_000_000_000 ? date.Date.Seconds / 1000 : date.Date.Seconds }) : value },
        new("fractions of a second are lost") { Value = (value, comparison) => value is DateMatcher date ? new DateMatcher(comparison, date.Date with { Nanoseconds = 0 }) : value },
        new("LessThan is LessThanEquals") { Value = (value, comparison) => value is NumberMatcher number && comparison == PolicyComparison.NumericLessThan ? new NumberMatcher(PolicyComparison.NumericLessThanEquals, number.Number) : value },
        new("DateGreaterThanEquals is DateGreaterThan") { Value = (value, comparison) => value is DateMatcher date && comparison == PolicyComparison.DateGreaterThanEquals ? new DateMatcher(PolicyComparison.DateGreaterThan, date.Date) : value },
        new("numbers are compared as text") { Value = (value, comparison) => value is NumberMatcher number && comparison == PolicyComparison.NumericEquals ? new TextMatcher(number.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : value },
        new("Bool heeds case") { Value = (value, _) => value is BoolMatcher ? new Faulty((given, request) => given is "true" or "false" && value.Matches(given, request) == Truth.True) : value },
        new("a variable's default is ignored") { Document = text => Regex.Replace(text, @"\$\{([^},]+), ?\\u0027[^}]*\}", "${$1}") },
        new("variables work in the old version") { Document = text => text.Replace("2008-10-17", "2012-10-17", StringComparison.Ordinal) },
        new("variables never work") { Document = text => text.Replace("2012-10-17", "2008-10-17", StringComparison.Ordinal) },
        new("${*} is a wildcard") { Document = text => text.Replace("${*}", "*", StringComparison.Ordinal) },
        new("NotAction is Action") { Statement = one => one with { NotAction = false } },
        new("NotResource is Resource") { Statement = one => one with { NotResource = false } },
        new("the resource does not matter") { Statement = one => one with { AnyResource = true } },
        new("resources match in any case") { Statement = one => one with { Resources = [.. one.Resources.Select(pattern => pattern.Pattern is null ? pattern : pattern with { Pattern = GlobPattern.FromTokens(pattern.Pattern.Tokens.ToArray(), ignoreCase: true) })] } },
        new("actions heed case") { Statement = one => one with { Actions = [.. one.Actions.Select(action => GlobPattern.FromTokens(action.Tokens.ToArray()))] } },
        new("the last action is lost") { Statement = one => one with { Actions = one.Actions.Length > 1 ? one.Actions[..^1] : one.Actions } },
        new("the last condition is lost") { Statement = one => one with { Conditions = one.Conditions.Length > 0 ? one.Conditions[..^1] : one.Conditions } },
        new("one level's Allow is enough") { Levels = levels => [[.. levels.SelectMany(level => level).Distinct()]] },
        new("the account's own level is lost") { Levels = levels => [.. levels.SkipLast(1)] },
        new("the root's level is lost") { Levels = levels => [.. levels.Skip(1)] },
        new("the management account is bound") { Place = one => one with { IsManagement = false } },
        new("service-linked roles are bound") { Request = request => new(Kind: request.PrincipalKind == PrincipalKind.ServiceLinkedRole ? PrincipalKind.Identity : request.PrincipalKind) },
        new("service principals are bound") { Request = request => new(Kind: request.PrincipalKind == PrincipalKind.Service ? PrincipalKind.Identity : request.PrincipalKind) },
        new("anonymous callers are bound") { Request = request => new(Kind: request.PrincipalKind == PrincipalKind.Anonymous ? PrincipalKind.Identity : request.PrincipalKind) },
        new("outsiders are bound as members") { Request = request => new(Principal: request.PrincipalAccount == RandomPolicies.Outsider ? RandomPolicies.Member : request.PrincipalAccount) },
        new("RCPs follow the principal") { Request = request => new(Resource: request.PrincipalAccount, FromPrincipal: true) },
        new("keys that AWS manages are bound") { Request = _ => new(Managed: false) },
        new("kms:RetireGrant is bound") { Scope = new ResourcePolicyScope(RandomPolicies.ResourceServices, []) },
        new("RCPs reach every service") { Scope = new ResourcePolicyScope([.. RandomPolicies.ResourceServices, "ec2"], ["kms:RetireGrant"]) },
        new("a key that is not said is absent") { Request = _ => new(CloseWorld: true) },
    ];

    /// <summary>The faulty evaluator for that organization.</summary>
    public Func<AccessRequest, AccessOutcome> Plant(OrganizationFacts facts)
    {
        if (Document is not null)
        {
            facts = facts with { Policies = [.. facts.Policies.Select(policy => policy with { Content = Document(policy.Content!) })] };
        }
        var compiled = OrganizationCompiler.Compile(Organization.From(facts), RandomPolicies.Scope);
        var places = compiled.Accounts.Select(place => (Place?.Invoke(place) ?? place) with
        {
            ServiceControls = Change(place.ServiceControls),
            ResourceControls = Change(place.ResourceControls),
        });
        var evaluator = new AccessEvaluator(new GuardedOrganization([.. places], Scope ?? RandomPolicies.Scope, compiled.Keys));
        return request => evaluator.Decide(Request?.Invoke(request).Apply(request) ?? request);
    }

    private PolicyChain? Change(PolicyChain? chain)
    {
        if (chain is null || (Levels ?? (object?)Statement ?? Condition ?? (object?)Value) is null) return chain;
        CompiledPolicy[][] levels = [.. chain.Levels.Select(level => level.Select(policy => policy with { Statements = [.. policy.Statements.Select(Change)] }).ToArray())];
        return new PolicyChain(Levels?.Invoke(levels) ?? levels, chain.MustAllow);
    }

    private CompiledStatement Change(CompiledStatement statement)
    {
        if (Statement is not null) return Statement(statement);
        return statement with { Conditions = [.. statement.Conditions.Select(Change)] };
    }

    private CompiledCondition Change(CompiledCondition condition)
    {
        if (Condition is not null) return Condition(condition);
        return Value is null ? condition : condition with { Values = [.. condition.Values.Select(value => Value(value, condition.Test!.Value.Comparison))] };
    }

    private static CompiledCondition With(CompiledCondition condition, Func<PolicyConditionOperator, PolicyConditionOperator> change) =>
        condition.Test is { Comparison: not PolicyComparison.Null } test ? condition with { Test = change(test) } : condition;

    private static PolicyComparison Positive(PolicyComparison comparison) =>
        Enum.Parse<PolicyComparison>(comparison.ToString().Replace("Not", "", StringComparison.Ordinal));

    private sealed class Faulty(Func<string, BoundRequest, bool> matches) : ValueMatcher
    {
        public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(matches(value, request));
    }

    /// <summary>What a faulty evaluator takes a request for.</summary>
    private sealed record Changes(
        PrincipalKind? Kind = null, string? Principal = null, string? Resource = null, bool FromPrincipal = false, bool? Managed = null, bool CloseWorld = false)
    {
        public AccessRequest Apply(AccessRequest request) => new(request.Action)
        {
            PrincipalKind = Kind ?? request.PrincipalKind,
            PrincipalAccount = Principal ?? request.PrincipalAccount,
            Resource = request.Resource,
            ResourceAccount = FromPrincipal ? Resource : request.ResourceAccount,
            AwsManagedKey = Managed ?? request.AwsManagedKey,
            Context = CloseWorld ? [.. request.Context, .. RandomPolicies.KeyNames.Select(ContextKey.Absent)] : request.Context,
        };
    }
}
