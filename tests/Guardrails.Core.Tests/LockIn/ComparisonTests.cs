using CsCheck;
using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

public sealed class ComparisonTests
{
    private static readonly InventoryResource[] Before = [Resource("f", "AWS::Lambda::Function", ("q", EdgeClass.Eventing)), Resource("q", "AWS::SQS::Queue")];
    private static readonly InventoryResource[] After = [.. Before, Resource("m", "AWS::StepFunctions::StateMachine", ("f", EdgeClass.Eventing))];

    [Fact]
    public void The_same_differs_in_nothing() => Assert.Empty(LockInComparison.Compare([Measure(Before)], [Measure(Before)]));

    [Fact]
    public void The_changes_of_the_terms_add_up_to_that_of_the_mean_and_say_how()
    {
        var differences = LockInComparison.Compare([Measure(Before)], [Measure(After)]);
        var terms = differences.Where(one => one.Kind == LockInDifferenceKind.Term).ToList();
        // 30.00 + 3.00 + skills 9.00 + a coupling 0.80
        Assert.Equal(["TypeOnce AWS::StepFunctions::StateMachine", "Skills workflows", "TypeEach AWS::StepFunctions::StateMachine", "Coupling Eventing"], terms.Select(one => one.Subject));
        Assert.Equal(42.8m, terms.Sum(one => one.Change));
        Assert.Equal(42.8m, differences.Single(one => one is { Kind: LockInDifferenceKind.Effort, Subject: "Mean" }).Change);
        Assert.Equal("1 × 0.80 → 2 × 0.80", terms[^1].Why);
        Assert.All(terms, one => Assert.Equal(LockInVerdict.Worse, one.Verdict));
        Assert.All(LockInComparison.Compare([Measure(After)], [Measure(Before)]).Where(one => one.Kind == LockInDifferenceKind.Term), one => Assert.Equal(LockInVerdict.Better, one.Verdict));
        Assert.Contains(differences, one => one.Kind == LockInDifferenceKind.Time && one.Verdict == LockInVerdict.Worse);
    }

    [Fact]
    public void Other_data_and_settings_are_named_first()
    {
        var other = Measure(Before, Request() with { Seed = 2 }, facts: Facts().With(Constant("skills.messaging", 5)));
        var differences = LockInComparison.Compare([Measure(Before)], [other]);
        Assert.Equal(["Seed", "DataDigest"], differences.TakeWhile(one => one.Kind == LockInDifferenceKind.Settings).Select(one => one.Subject));
        Assert.Equal(["Skills messaging"], differences.Where(one => one.Kind == LockInDifferenceKind.Term).Select(one => one.Subject));
    }

    [Fact]
    public void Groups_on_one_side_are_findings_where_both_were_grouped_alike()
    {
        var grouped = MeasureAll(Before, [], Facts(), Request(LockInGrouping.Workload));
        var renamed = MeasureAll(Before.Select(one => one.With(workload: "new")), [], Facts(), Request(LockInGrouping.Workload));
        Assert.Equal([("new", "Added"), ("shop", "Removed")], LockInComparison.Compare(grouped, renamed).Where(one => one.Kind == LockInDifferenceKind.Group).Select(one => (one.Group, one.Subject)));
        Assert.DoesNotContain(LockInComparison.Compare(grouped, [Measure(Before)]), one => one.Kind == LockInDifferenceKind.Group);
    }

    [Fact]
    public void A_budget_is_kept_or_broken_by_the_mean_and_what_breaks_it_is_named()
    {
        var kept = LockInBudget.Check(Measure(Before), Measure(After), 42.8m);
        Assert.True(kept.Passed);
        Assert.Equal(42.8m, kept.AddedDays);
        var broken = LockInBudget.Check(Measure(Before), Measure(After), 42.79m);
        Assert.False(broken.Passed);
        Assert.Equal(["m"], broken.Resources.Select(one => one.Name));
        Assert.Contains("AWS::StepFunctions::StateMachine m (42.80)", broken.Message, StringComparison.Ordinal);
        Assert.True(LockInBudget.Check(Measure(After), Measure(Before), 0).Passed);
    }

    [Fact]
    public void A_coupling_more_names_its_resource_and_the_rest_of_a_changed_template_is_not_new()
    {
        // A logical resource's key hangs on the content of its file: the template changed, so all keys did.
        var old = Before.Select(one => one.With(isMatched: false, stack: "shop")).ToArray();
        var now = Before.Select(one => one.With(isMatched: false, stack: "shop", key: one.Key + "-2", references: one.Key == "q" ? [new("f-2", EdgeClass.Eventing)] : [new("q-2", EdgeClass.Eventing)])).ToArray();
        Assert.Equal(["q"], LockInBudget.Check(Measure(old), Measure(now), 0).Resources.Select(one => one.Name));
    }

    [Fact]
    public void Other_constants_than_the_baseline_s_are_said()
    {
        var result = LockInBudget.Check(Measure(Before), Measure(Before, facts: Facts().With(Constant("skills.messaging", 5))), 0);
        Assert.True(result is { DataChanged: true, Passed: false });
        Assert.Contains("not those of the baseline", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensitivity_knows_bounds_ranks_and_decisions()
    {
        // a: 6 + 1 + 4 = 11; b: 4 + 0.50 + 2 + 5 = 11.50. Half of the skills of messaging (2): a is 9; half as much again (6): a is 13 and ranks change.
        InventoryResource[] two = [Resource("a", "AWS::SQS::Queue").With(workload: "a"), Resource("b", "AWS::S3::Bucket").With(workload: "b")];
        var request = Request(LockInGrouping.Workload) with
        {
            DayRate = 1,
            Scenarios = new Dictionary<string, decimal?> { ["x"] = 10 },
            HorizonYears = 10,
            Benefit = 1000,
            Benefits = new Dictionary<string, decimal> { ["a"] = 14.2m, ["b"] = 14.5m },
        };
        var results = SensitivityAnalysis.Of(two, [], Facts(), request, TestContext.Current.CancellationToken);
        Assert.Equal(results.OrderByDescending(one => one.Swing).Select(one => one.Constant), results.Select(one => one.Constant));
        var skills = results.Single(one => one.Constant == "skills.messaging");
        // The bounds are 2 and 6 around 4; the whole is 22.50.
        Assert.Equal((20.5m, 22.5m, 24.5m), (skills.EffortAtLow, skills.EffortMean, skills.EffortAtHigh));
        Assert.Equal((1m, -1m), (skills.TauAtHalf!.Value, skills.TauAtOneAndAHalf!.Value));
        Assert.Equal(2, skills.Groups);
        Assert.Equal(["a: Accept → Indeterminate"], skills.Flips);
        Assert.Equal(0.5m, skills.FlippedDecisions);
        Assert.DoesNotContain(results, one => one.Constant == "skills.functions");
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 }, 1.0)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 3, 2, 1 }, -1.0)]
    // One of three pairs is the other way round: (2 − 1) ÷ 3.
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 3, 2 }, 1.0 / 3)]
    // Pairs: one tied on the first side, the other two agree: 2 ÷ √(2 × 3).
    [InlineData(new double[] { 1, 1, 2 }, new double[] { 1, 2, 3 }, 0.81649658)]
    public void Tau_is_that_of_the_definition(double[] first, double[] second, double expected) => Assert.Equal(expected, KendallTau.Of(first, second)!.Value, 1e-8);

    [Fact]
    public void Tau_is_not_known_without_an_order_and_counts_as_by_pairs()
    {
        Assert.Null(KendallTau.Of([1], [1]));
        Assert.Null(KendallTau.Of([1, 1], [1, 2]));
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).Array[2, 20].Sample(pairs =>
        {
            long agree = 0, tiedFirst = 0, tiedSecond = 0, all = pairs.Length * (pairs.Length - 1L) / 2;
            for (var i = 0; i < pairs.Length; i++)
                for (var j = i + 1; j < pairs.Length; j++)
                {
                    var (a, b) = (Math.Sign(pairs[i].Item1 - pairs[j].Item1), Math.Sign(pairs[i].Item2 - pairs[j].Item2));
                    agree += a * b;
                    tiedFirst += a == 0 ? 1 : 0;
                    tiedSecond += b == 0 ? 1 : 0;
                }
            var tau = KendallTau.Of([.. pairs.Select(pair => (double)pair.Item1)], [.. pairs.Select(pair => (double)pair.Item2)]);
            if (tiedFirst == all || tiedSecond == all) Assert.Null(tau);
            else Assert.Equal(agree / Math.Sqrt((double)(all - tiedFirst) * (all - tiedSecond)), tau!.Value, 1e-9);
        }, iter: 1_000);
    }
}
