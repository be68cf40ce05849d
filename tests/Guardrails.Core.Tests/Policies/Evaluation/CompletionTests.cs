using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Tests;

/// <summary>
/// Independent of how anything is compared: what is not known is filled in in every way a small domain has. Denied must then be denied
/// always and NotDenied never. Indeterminate must be denied sometimes; that can only be exact where no key is asked twice (three-valued
/// logic does not see that two conditions on one key exclude each other), so there each key is used once.
/// </summary>
public class CompletionTests
{
    private const int Cases = 1_500;
    private static readonly string[] KeyNames = ["app:k1", "app:k2", "app:k3", "app:k4"];
    private static readonly string?[] Domain = [null, "a", "b"];
    private static readonly string[] Resources = ["arn:aws:s3:::one", "arn:aws:s3:::two"];

    [Fact]
    public void Denied_is_denied_in_all_completions_and_NotDenied_in_none()
    {
        var counts = new Dictionary<AccessOutcome, int>();
        for (var i = 0; i < Cases; i++)
        {
            var (outcome, completions) = Complete(new Random(i), once: false);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
            if (outcome == AccessOutcome.Denied) Assert.DoesNotContain(AccessOutcome.NotDenied, completions);
            if (outcome == AccessOutcome.NotDenied) Assert.DoesNotContain(AccessOutcome.Denied, completions);
            Assert.DoesNotContain(AccessOutcome.Indeterminate, completions);
        }
        Assert.All(Enum.GetValues<AccessOutcome>(), outcome => Assert.True(counts.GetValueOrDefault(outcome) > Cases / 20, $"{outcome}: {counts.GetValueOrDefault(outcome)}"));
    }

    [Fact]
    public void Indeterminate_is_denied_in_some_completions_and_not_in_others()
    {
        var counts = new Dictionary<AccessOutcome, int>();
        for (var i = 0; i < Cases; i++)
        {
            var (outcome, completions) = Complete(new Random(-1 - i), once: true);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
            Assert.Equal(
                outcome switch
                {
                    AccessOutcome.Indeterminate => [AccessOutcome.NotDenied, AccessOutcome.Denied],
                    _ => [outcome],
                },
                completions.Order());
        }
        Assert.All(Enum.GetValues<AccessOutcome>(), outcome => Assert.True(counts.GetValueOrDefault(outcome) > Cases / 20, $"{outcome}: {counts.GetValueOrDefault(outcome)}"));
    }

    private static (AccessOutcome Outcome, HashSet<AccessOutcome> Completions) Complete(Random random, bool once)
    {
        var facts = Organization(random, once);
        var evaluator = new AccessEvaluator(OrganizationCompiler.Compile(Guardrails.Organization.From(facts), RandomPolicies.Scope));
        var said = KeyNames.ToDictionary(name => name, _ => random.Next(2) == 0 ? (string[]?)null : [Domain[random.Next(3)] ?? ""]);
        string? resource = random.Next(3) == 0 ? null : Resources[random.Next(2)];
        string? account = random.Next(3) == 0 ? null : RandomPolicies.Member;
        var kind = random.Next(4) == 0 ? PrincipalKind.Unknown : PrincipalKind.Identity;
        var outcome = evaluator.Decide(Request(resource, account, kind, said));

        var completions = new HashSet<AccessOutcome>();
        foreach (var oneResource in resource is null ? Resources : [resource])
        {
            foreach (var oneAccount in account is null ? [RandomPolicies.Member, RandomPolicies.Sibling, RandomPolicies.Outsider, Samples.ManagementId] : new[] { account })
            {
                foreach (var oneKind in kind == PrincipalKind.Unknown ? [PrincipalKind.Identity, PrincipalKind.ServiceLinkedRole, PrincipalKind.Service] : new[] { kind })
                {
                    foreach (var values in Completions(said)) completions.Add(evaluator.Decide(Request(oneResource, oneAccount, oneKind, values)));
                }
            }
        }
        return (outcome, completions);
    }

    private static IEnumerable<Dictionary<string, string[]?>> Completions(Dictionary<string, string[]?> said)
    {
        var open = KeyNames.Where(name => said[name] is null).ToArray();
        for (var number = 0; number < Math.Pow(Domain.Length, open.Length); number++)
        {
            var complete = new Dictionary<string, string[]?>(said);
            var rest = number;
            foreach (var name in open)
            {
                complete[name] = [Domain[rest % Domain.Length] ?? ""];
                rest /= Domain.Length;
            }
            yield return complete;
        }
    }

    /// <summary>Null values are not said; an empty text stands for a key that is known to be absent.</summary>
    private static AccessRequest Request(string? resource, string? account, PrincipalKind kind, Dictionary<string, string[]?> values) => new("s3:GetObject")
    {
        PrincipalKind = kind,
        PrincipalAccount = RandomPolicies.Member,
        Resource = resource,
        ResourceAccount = account,
        Context = [.. values.Where(pair => pair.Value is not null).Select(pair => pair.Value![0].Length == 0 ? ContextKey.Absent(pair.Key) : new ContextKey(pair.Key, pair.Value[0]))],
    };

    private static OrganizationFacts Organization(Random random, bool once)
    {
        var keys = new Queue<string>(KeyNames.OrderBy(_ => random.Next()));
        var resourceUsed = false;
        JsonObject Statement(bool denies)
        {
            var condition = new JsonObject();
            for (var i = random.Next(3); i > 0 && (!once || keys.Count > 0); i--)
            {
                var key = once ? keys.Dequeue() : KeyNames[random.Next(KeyNames.Length)];
                string[] operators = ["StringEquals", "StringNotEquals", "StringLikeIfExists", "ForAllValues:StringEquals", "ForAnyValue:StringNotLike", "Null", "StringNotEqualsIfExists"];
                var name = operators[random.Next(operators.Length)];
                condition[name] ??= new JsonObject();
                condition[name]![key] = name == "Null" ? "true" : "a";
            }
            var narrow = random.Next(3) == 0 && (!once || !resourceUsed);
            resourceUsed |= narrow;
            var statement = new JsonObject { ["Effect"] = denies ? "Deny" : "Allow", ["Action"] = "s3:*" };
            statement[narrow && random.Next(2) == 0 ? "NotResource" : "Resource"] = narrow ? Resources[0] : "*";
            if (condition.Count > 0) statement["Condition"] = condition;
            return statement;
        }
        var policies = new List<OrganizationPolicy>();
        void Add(string type, string[] targets, params JsonNode[] statements) => policies.Add(
            Samples.Policy($"p-{policies.Count}", $"policy {policies.Count}", targets) with
            {
                Type = type,
                Content = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) }.ToJsonString(),
            });
        var allow = JsonNode.Parse(RandomPolicies.FullAccess)!["Statement"]![0]!;
        Add("SERVICE_CONTROL_POLICY", [Samples.RootId, RandomPolicies.Sibling, Samples.ManagementId], allow.DeepClone());
        Add("SERVICE_CONTROL_POLICY", [RandomPolicies.Member], random.Next(2) == 0 ? allow.DeepClone() : Statement(denies: false));
        Add("SERVICE_CONTROL_POLICY", [random.Next(2) == 0 ? Samples.RootId : RandomPolicies.Member], Statement(denies: random.Next(4) > 0));
        Add("RESOURCE_CONTROL_POLICY", [random.Next(2) == 0 ? RandomPolicies.Sibling : RandomPolicies.Member], Statement(denies: true));
        return Samples.Facts(
            [],
            [Samples.Account(RandomPolicies.Member, "shop"), Samples.Account(RandomPolicies.Sibling, "web"), Samples.Account(Samples.ManagementId, "Management")],
            policies) with
        { PolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"], Detail = OrganizationCompiler.Needed };
    }
}
