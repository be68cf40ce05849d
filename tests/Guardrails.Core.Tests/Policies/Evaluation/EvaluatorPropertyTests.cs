using Xunit;

namespace Guardrails.Tests;

public class EvaluatorPropertyTests(ITestOutputHelper output)
{
    private const int Organizations = 2_500;
    private const int RequestsEach = 40;

    private static readonly string[] Exemptions =
    [
        "outside principal", "management principal", "service-linked role, SCP", "service principal", "anonymous", "outside resource", "management resource",
        "service without RCP", "kms:RetireGrant", "AWS-managed key", "service-linked role, RCP",
    ];

    [Fact]
    public void Agrees_with_the_reference_on_100_000_random_requests_and_all_planted_faults_are_found()
    {
        var seed = Environment.GetEnvironmentVariable("GUARDRAILS_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 20261123;
        output.WriteLine($"seed {seed} (set GUARDRAILS_SEED to choose another)");
        var met = new Dictionary<string, int>();
        var outcomes = new Dictionary<AccessOutcome, int>();
        var open = PlantedFault.All.ToList();
        for (var i = 0; i < Organizations; i++)
        {
            var random = new RandomPolicies(unchecked(seed + i));
            var facts = random.Organization();
            var reference = new ReferenceEvaluator(facts, RandomPolicies.ResourceServices) { Met = met };
            var guarded = OrganizationCompiler.Compile(Organization.From(facts), RandomPolicies.Scope);
            var evaluator = new AccessEvaluator(guarded);
            var faulty = open.Select(fault => (fault, evaluator: fault.Plant(facts))).ToList();
            for (var j = 0; j < RequestsEach; j++)
            {
                var request = random.Request();
                var expected = reference.Decide(request);
                outcomes[expected] = outcomes.GetValueOrDefault(expected) + 1;
                var actual = evaluator.Decide(request);
                Assert.True(expected == actual, $"seed {seed + i}, request {j}: expected {expected}, got {actual}\n{Describe(request)}\n{Describe(facts)}");
                if (j % 8 == 0) Explained(evaluator, request, expected);
                open.RemoveAll(fault => faulty.Any(one => one.fault == fault && one.evaluator(request) != expected));
            }
        }
        foreach (var (what, count) in met.OrderBy(pair => pair.Key)) output.WriteLine($"{what}: {count}");
        foreach (var (outcome, count) in outcomes) output.WriteLine($"{outcome}: {count}");
        Assert.Empty(open);
        Assert.True(PlantedFault.All.Count >= 20);
        Assert.Equal(Organizations * RequestsEach, outcomes.Values.Sum());
        Assert.All(Enum.GetValues<AccessOutcome>(), outcome => Assert.InRange(outcomes.GetValueOrDefault(outcome), Organizations * RequestsEach / 5, int.MaxValue));
        Assert.All([.. ReferenceEvaluator.Operators, "IfExists", "forallvalues:", "foranyvalue:", .. Exemptions],
            what => Assert.True(met.GetValueOrDefault(what) >= 100, $"{what} only {met.GetValueOrDefault(what)} times"));
    }

    /// <summary>An explanation goes through all statements without the index, and must say the same.</summary>
    private static void Explained(AccessEvaluator evaluator, AccessRequest request, AccessOutcome expected)
    {
        var decision = AccessExplainer.Explain(evaluator, request);
        var explanation = decision.Explanation!;
        Assert.Equal(expected, decision.Outcome);
        Assert.Equal(expected == AccessOutcome.Indeterminate, explanation.MissingKeys.Count > 0);
        Assert.Equal(expected != AccessOutcome.NotDenied, explanation.Deciding is not null);
        if (expected == AccessOutcome.Denied) Assert.True(explanation.Deciding!.Certain);
    }

    private static string Describe(AccessRequest request) =>
        $"{request} {request.PrincipalKind} principal {request.PrincipalAccount} resource {request.ResourceAccount} managed {request.AwsManagedKey}\n"
        + string.Join('\n', request.Context);

    private static string Describe(OrganizationFacts facts) =>
        string.Join('\n', facts.Policies.Select(policy => $"{policy.Type} {policy.Id} on {string.Join(", ", policy.Targets)}: {policy.Content}"));
}
