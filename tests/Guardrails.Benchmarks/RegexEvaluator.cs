using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Guardrails.Benchmarks;

/// <summary>
/// What one would write first: each policy is parsed once, each pattern is a regular expression that is kept, and each request goes
/// through the statements of its chain until one denies. To compare with; only what the benchmark's policies use is in it.
/// </summary>
internal sealed class RegexEvaluator
{
    private sealed record Condition(PolicyConditionOperator Test, string Key, string[] Values);

    private sealed record Statement(bool Denies, bool NotAction, Regex[] Actions, bool NotResource, string[] Resources, Condition[] Conditions);

    private readonly Dictionary<string, List<Statement[]>> _levels = [];
    private readonly Dictionary<string, Regex> _patterns = [];
    private readonly OrganizationFacts _facts;
    private readonly ResourcePolicyScope _scope;
    private readonly string _path;

    public RegexEvaluator(OrganizationFacts facts, ResourcePolicyScope scope)
    {
        (_facts, _scope) = (facts, scope);
        string[] targets = [facts.Root.Id, .. facts.OrganizationalUnits.Select(unit => unit.Id), facts.Accounts[0].Id];
        _path = $"{facts.Id}/{string.Join('/', targets.SkipLast(1))}/";
        foreach (var type in new[] { PolicyTypes.ServiceControlPolicy, PolicyTypes.ResourceControlPolicy })
        {
            _levels[type] = [.. targets.Select(target => facts.Policies.Where(policy => policy.Type == type && policy.Targets.Contains(target))
                .SelectMany(policy => PolicyReader.Read(policy.Content!, type).Statements).Select(Parse).ToArray())];
        }
    }

    public AccessOutcome Decide(AccessRequest request)
    {
        var denied = Truth.False;
        if (request.PrincipalKind is PrincipalKind.Identity or PrincipalKind.Unknown && request.PrincipalAccount == _facts.Accounts[0].Id)
        {
            foreach (var level in _levels[PolicyTypes.ServiceControlPolicy])
            {
                var allowed = Truth.False;
                foreach (var statement in level)
                {
                    if (statement.Denies) denied = denied.Or(Applies(statement, request));
                    else if (allowed != Truth.True) allowed = allowed.Or(Applies(statement, request));
                    if (denied == Truth.True) break;
                }
                denied = denied.Or(allowed.Not());
                if (denied == Truth.True) break;
            }
            if (request.PrincipalKind == PrincipalKind.Unknown) denied = denied.And(Truth.Unknown);
        }
        if (denied == Truth.True || request.PrincipalKind == PrincipalKind.ServiceLinkedRole || !_scope.Reaches(request)) return AccessEvaluator.OutcomeOf(denied);
        if (request.ResourceAccount is not null && request.ResourceAccount != _facts.Accounts[0].Id) return AccessEvaluator.OutcomeOf(denied);
        var resource = Truth.False;
        foreach (var level in _levels[PolicyTypes.ResourceControlPolicy])
        {
            foreach (var statement in level)
            {
                if (statement.Denies) resource = resource.Or(Applies(statement, request));
                if (resource == Truth.True) break;
            }
        }
        if (request.ResourceAccount is null || request.PrincipalKind == PrincipalKind.Unknown) resource = resource.And(Truth.Unknown);
        return AccessEvaluator.OutcomeOf(denied.Or(resource.And(AccessEvaluator.IsAwsManagedKey(request).Not())));
    }

    private Statement Parse(PolicyStatement statement) => new(
        statement.Effect == PolicyEffect.Deny,
        statement.Action is null,
        [.. (statement.Action ?? statement.NotAction)!.Values.Select(value => Pattern("(?i)" + value.Text))],
        statement.Resource is null,
        [.. (statement.Resource ?? statement.NotResource)!.Values.Select(value => value.Text)],
        [.. statement.Conditions.Select(condition => new Condition(condition.Operator!.Value, condition.Key, [.. condition.Values.Select(value => value.Text)]))]);

    private Regex Pattern(string glob)
    {
        if (_patterns.TryGetValue(glob, out var known)) return known;
        var text = glob.StartsWith("(?i)", StringComparison.Ordinal) ? glob[4..] : glob;
        var pattern = "^" + Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$";
        var options = RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.Singleline;
        return _patterns[glob] = new Regex(pattern, text.Length < glob.Length ? options | RegexOptions.IgnoreCase : options);
    }

    private Truth Applies(Statement statement, AccessRequest request)
    {
        if (statement.Actions.Any(action => action.IsMatch(request.Action)) == statement.NotAction) return Truth.False;
        var resource = Truth.False;
        foreach (var pattern in statement.Resources)
        {
            resource = resource.Or(pattern == "*" ? Truth.True : request.Resource is null ? Truth.Unknown : Matches(pattern, request.Resource, request));
        }
        var all = statement.NotResource ? resource.Not() : resource;
        foreach (var condition in statement.Conditions)
        {
            if (all == Truth.False) break;
            all = all.And(Holds(condition, request));
        }
        return all;
    }

    private Truth Holds(Condition condition, AccessRequest request)
    {
        if (Values(condition.Key, request) is not { } given) return Truth.Unknown;
        var test = condition.Test;
        if (test.Comparison == PolicyComparison.Null) return TruthLogic.Of(condition.Values.Any(value => bool.Parse(value) == (given.Count == 0)));
        if (given.Count == 0) return TruthLogic.Of(CompiledCondition.HoldsWhenAbsent(test));
        if (test.Set == PolicySetOperator.None && given.Count > 1) return Truth.False;
        var result = TruthLogic.Of(test.Set != PolicySetOperator.ForAnyValue);
        foreach (var value in given)
        {
            var any = Truth.False;
            foreach (var wanted in condition.Values) any = any.Or(Matches(test.Comparison, value, wanted, request));
            var one = test.IsNegated ? any.Not() : any;
            result = test.Set == PolicySetOperator.ForAnyValue ? result.Or(one) : result.And(one);
        }
        return result;
    }

    private Truth Matches(PolicyComparison comparison, string given, string wanted, AccessRequest request)
    {
        switch (comparison)
        {
            case PolicyComparison.StringEquals or PolicyComparison.StringNotEquals:
                return Matches(wanted, given, request);
            case PolicyComparison.StringLike or PolicyComparison.StringNotLike or PolicyComparison.ArnLike or PolicyComparison.ArnNotLike or PolicyComparison.ArnEquals or PolicyComparison.ArnNotEquals:
                return Matches(wanted, given, request);
            case PolicyComparison.Bool:
                return TruthLogic.Of(given.Equals(wanted, StringComparison.OrdinalIgnoreCase));
            case PolicyComparison.IpAddress or PolicyComparison.NotIpAddress:
                return TruthLogic.Of(IPAddress.TryParse(given, out var address) && IPNetwork.TryParse(wanted.Contains('/', StringComparison.Ordinal) ? wanted : wanted + "/32", out var network) && network.Contains(address));
            case PolicyComparison.NumericLessThan:
                return TruthLogic.Of(double.Parse(given, CultureInfo.InvariantCulture) < double.Parse(wanted, CultureInfo.InvariantCulture));
            case PolicyComparison.NumericGreaterThan:
                return TruthLogic.Of(double.Parse(given, CultureInfo.InvariantCulture) > double.Parse(wanted, CultureInfo.InvariantCulture));
            default:
                throw new NotSupportedException($"The benchmark's policies don't use {comparison}.");
        }
    }

    private Truth Matches(string pattern, string text, AccessRequest request)
    {
        if (pattern.Contains("${", StringComparison.Ordinal))
        {
            foreach (Match variable in Regex.Matches(pattern, @"\$\{([^}]+)\}"))
            {
                if (Values(variable.Groups[1].Value, request) is not { } given) return Truth.Unknown;
                if (given.Count != 1) return Truth.False;
                pattern = pattern.Replace(variable.Value, given[0], StringComparison.Ordinal);
            }
        }
        return TruthLogic.Of(Pattern(pattern).IsMatch(text));
    }

    private IReadOnlyList<string>? Values(string name, AccessRequest request)
    {
        foreach (var key in request.Context)
        {
            if (key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return key.Values ?? [];
        }
        if (!name.Contains(':', StringComparison.Ordinal)) return [];
        var mine = request.PrincipalAccount == _facts.Accounts[0].Id;
        var resourceMine = request.ResourceAccount == _facts.Accounts[0].Id;
        var value = name.ToLowerInvariant() switch
        {
            "aws:principalarn" => request.PrincipalKind == PrincipalKind.Service ? null : request.PrincipalArn,
            "aws:principalaccount" => request.PrincipalAccount,
            "aws:principalorgid" when mine => _facts.Id,
            "aws:principalorgpaths" when mine => _path,
            "aws:resourceaccount" => request.ResourceAccount,
            "aws:resourceorgid" when resourceMine => _facts.Id,
            "aws:resourceorgpaths" when resourceMine => _path,
            "aws:principalisawsservice" => request.PrincipalKind switch { PrincipalKind.Service => "true", PrincipalKind.Unknown or PrincipalKind.Anonymous => null, _ => "false" },
            _ => null,
        };
        return value is null ? null : [value];
    }
}
