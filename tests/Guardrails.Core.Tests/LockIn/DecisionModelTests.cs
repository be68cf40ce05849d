using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

public sealed class DecisionModelTests
{
    // I = 10, k = 2 a year, H = 5: I + kH = 20 person-days.
    private static readonly LockInOptionResult Wrap = new()
    {
        Id = "wrap",
        Title = "Wrap it",
        Resources = 1,
        PriceDays = 10,
        CarryingDaysPerYear = 2,
        SavingP10 = 30,
        SavingMean = 50,
        SavingP90 = 100,
    };

    public static TheoryData<string, decimal?, decimal?, bool, decimal, int?, LockInDecisionKind> Cases => new()
    {
        // p, benefit, with the option, time P90, exit window. C is 1,000 (P10), 2,000 (mean), 4,000 (P90).
        // The option pays where p × saving > 20: at P10 from p > 0.667 on, at P90 from p > 0.2 on.
        { "pays at both ends", 0.8m, 0m, true, 100, null, LockInDecisionKind.Mitigate },
        { "pays whatever the benefit", 0.8m, 1_000_000m, true, 100, null, LockInDecisionKind.Mitigate },
        { "pays without a benefit given", 0.8m, null, true, 100, null, LockInDecisionKind.Mitigate },
        { "pays at P90 only", 0.5m, 1_000_000m, true, 100, null, LockInDecisionKind.Indeterminate },
        { "never pays, worth it", 0.1m, 400m, true, 100, null, LockInDecisionKind.Accept },
        { "exactly worth it", 0.1m, 400m, false, 100, null, LockInDecisionKind.Accept },
        { "worth it at P10 only", 0.1m, 399.99m, false, 100, null, LockInDecisionKind.Indeterminate },
        { "not worth it at P10 either", 0.1m, 99.99m, false, 100, null, LockInDecisionKind.Avoid },
        { "no benefit given", 0.1m, null, false, 100, null, LockInDecisionKind.Indeterminate },
        { "no probability given", null, 1_000_000m, true, 100, null, LockInDecisionKind.Indeterminate },
        { "no probability, no option", null, null, false, 100, null, LockInDecisionKind.Indeterminate },
        { "impossible, worth nothing", 0m, 0m, true, 100, null, LockInDecisionKind.Accept },
        { "within the exit window", 0.1m, 400m, false, 100, 100, LockInDecisionKind.Accept },
        { "beyond the exit window, whatever it is worth", 0.1m, 1_000_000m, false, 100.01m, 100, LockInDecisionKind.Avoid },
        { "beyond the exit window, benefit not known", 0.1m, null, false, 101, 100, LockInDecisionKind.Avoid },
        { "beyond the exit window, an option pays", 0.8m, 1_000_000m, true, 101, 100, LockInDecisionKind.Mitigate },
        { "beyond the exit window, no probability", null, 1_000_000m, true, 101, 100, LockInDecisionKind.Indeterminate },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_branch(string name, decimal? probability, decimal? benefit, bool hasOption, decimal time, int? window, LockInDecisionKind expected)
    {
        var decision = DecisionModel.Decide(Basis(probability, benefit, hasOption ? [Wrap] : [], time, window));
        Assert.True(expected == decision.Kind, $"{name}: {decision.Kind}, {string.Join(' ', decision.Reasons)}");
        Assert.Equal(window is null || time <= window, decision.AcceptIsOffered);
        Assert.NotEmpty(decision.Reasons);
        if (!decision.AcceptIsOffered) Assert.Contains("exit window", decision.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_break_even_is_price_and_upkeep_by_saving()
    {
        // (10 + 2 × 5) ÷ 50 = 0.4 at the mean; with full aversion ÷ 100 = 0.2; half way: 50 + 0.5 × (100 − 50) = 75, 20 ÷ 75 = 0.2667
        Assert.Equal(0.4m, DecisionModel.Decide(Basis(null, null, [Wrap])).BreakEvenProbability);
        Assert.Equal(0.2m, DecisionModel.Decide(Basis(null, null, [Wrap]) with { RiskAversion = 1 }).BreakEvenProbability);
        var half = DecisionModel.Decide(Basis(null, null, [Wrap]) with { RiskAversion = 0.5m });
        Assert.Equal((0.2667m, "wrap"), (half.BreakEvenProbability!.Value, half.BreakEvenOption));
        Assert.Contains("pays from a probability of 0.2667 on", string.Join(' ', half.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void The_benefit_that_would_do_is_named()
    {
        var decision = DecisionModel.Decide(Basis(0.1m, null, []));
        Assert.Equal(200m, decision.BreakEvenBenefit);
        Assert.Contains("200 USD or more", decision.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_day_rate_an_option_may_pay_but_nothing_can_be_accepted()
    {
        var unknown = new LockInMoney { Currency = "USD", Parts = [] };
        Assert.Equal(LockInDecisionKind.Mitigate, DecisionModel.Decide(Basis(0.8m, null, [Wrap]) with { Money = unknown }).Kind);
        var open = DecisionModel.Decide(Basis(0.1m, 100, []) with { Money = unknown });
        Assert.Equal(LockInDecisionKind.Indeterminate, open.Kind);
        Assert.Contains("day rate", open.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_option_that_pays_first_is_first_and_one_that_saves_nothing_is_last()
    {
        var dear = Wrap with { Id = "dear", PriceDays = 100 };
        var idle = Wrap with { Id = "a-idle", SavingP10 = 0, SavingMean = 0, SavingP90 = 0 };
        var decision = DecisionModel.Decide(Basis(0.8m, null, [idle, dear, Wrap]));
        Assert.Equal(["wrap", "dear", "a-idle"], decision.Options.Select(option => option.Id));
        Assert.Equal([true, false, false], decision.Options.Select(option => option.Pays!.Value));
        Assert.Equal([0.4m, 2.2m, null], decision.Options.Select(option => option.BreakEvenProbability));
    }

    [Fact]
    public void An_option_that_pays_but_does_not_bring_leaving_into_the_window_is_said_to_be_too_little()
    {
        var slow = DecisionModel.Decide(Basis(0.8m, null, [Wrap with { TimeP90 = 150 }], 200, 100));
        Assert.Contains("alone it is not enough", string.Join(' ', slow.Reasons), StringComparison.Ordinal);
        var fast = DecisionModel.Decide(Basis(0.8m, null, [Wrap with { TimeP90 = 90 }], 200, 100));
        Assert.Contains("With wrap leaving takes 90 days", string.Join(' ', fast.Reasons), StringComparison.Ordinal);
        Assert.DoesNotContain("not enough", string.Join(' ', fast.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_is_kept_without_the_transfer_of_an_unknown_volume_is_said_to_be()
    {
        var request = Request() with { ExitWindowDays = 10_000 };
        Assert.Contains("whose volume is not known comes on top", Measure([Resource("b", "AWS::S3::Bucket")], request).Decision.Reasons[0], StringComparison.Ordinal);
        Assert.DoesNotContain("on top", string.Join(' ', Measure([Resource("b", "AWS::S3::Bucket").With(gigabytes: 5)], request).Decision.Reasons), StringComparison.Ordinal);
        Assert.DoesNotContain("on top", string.Join(' ', Measure([Resource("q", "AWS::SQS::Queue")], request).Decision.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_measured_decides_nothing() =>
        Assert.Equal(LockInDecisionKind.Indeterminate, DecisionModel.Decide(Basis(0.1m, 100, []) with { IsEmpty = true }).Kind);

    [Fact]
    public void The_probability_of_scenarios_is_that_any_of_them_happens()
    {
        // 1 − exp(−(0.05 + 0.1) × 4) = 1 − exp(−0.6) = 1 − 0.548812 = 0.451188; 0.05 alone: 1 − exp(−0.2) = 0.181269
        var risk = RiskModel.Of(Request() with { HorizonYears = 4, Scenarios = new Dictionary<string, decimal?> { ["price"] = 0.05m, ["merger"] = 0.1m } });
        Assert.Equal(0.451188m, risk.Probability);
        Assert.Equal([("merger", 0.32968m), ("price", 0.181269m)], risk.Scenarios.Select(one => (one.Name, one.Probability)));
        Assert.Null(RiskModel.Of(Request()).Probability);
    }

    [Fact]
    public void A_scenario_takes_its_rate_from_the_posture_and_without_either_is_an_error()
    {
        var named = Request() with { Scenarios = new Dictionary<string, decimal?> { ["PRICE"] = null } };
        Assert.Contains("no posture", Assert.Throws<LockInRequestException>(() => RiskModel.Of(named)).Message, StringComparison.Ordinal);
        var risk = RiskModel.Of(named with { Posture = Facts().Postures[0] });
        Assert.Equal(("price", 0.5m, Judged), (risk.Scenarios[0].Name, risk.Scenarios[0].RatePerYear, risk.Scenarios[0].Evidence));
        var strange = named with { Posture = Facts().Postures[0], Scenarios = new Dictionary<string, decimal?> { ["flood"] = null } };
        Assert.Contains("only merger, price", Assert.Throws<LockInRequestException>(() => RiskModel.Of(strange)).Message, StringComparison.Ordinal);
        Assert.Throws<LockInRequestException>(() => RiskModel.Of(Request() with { Scenarios = new Dictionary<string, decimal?> { ["x"] = -0.1m } }));
    }

    [Fact]
    public void A_posture_brings_horizon_review_and_aversion()
    {
        var measured = Measure([Resource("q", "AWS::SQS::Queue")], Request() with { Posture = Facts().Postures[0] });
        Assert.Equal((5m, 0.0m + 1, Today.AddMonths(6), "careful"), (measured.Settings.HorizonYears, measured.Settings.RiskAversion, measured.Settings.ReviewOn, measured.Settings.Posture));
        Assert.Equal(7, Measure([], Request() with { Posture = Facts().Postures[0], HorizonYears = 7 }).Settings.HorizonYears);
    }

    [Fact]
    public void An_option_takes_its_share_of_what_depends_on_its_resources_alone()
    {
        // Two functions with one coupling each (eventing 0.80): 10.00 + 1.00 × 2^0.68 (1.60) + 1.60 = 13.20; half of it 6.60. Skills stay.
        // The price is for each of the two: 2 × 3; upkeep 2 × 0.5.
        var facts = Facts([Option("wrap", "AWS::Lambda::*", 0.5m, 3, 0.5m), Option("other", "AWS::RDS::*", 0.5m, 3, 0.5m)]);
        var option = Assert.Single(Measure(
            [Resource("a", "AWS::Lambda::Function", ("q", EdgeClass.Eventing)), Resource("b", "AWS::Lambda::Function", ("q", EdgeClass.Eventing)), Resource("q", "AWS::SQS::Queue")],
            facts: facts).Decision.Options);
        Assert.Equal((2, 6m, 1m, 6.60m), (option.Resources, option.PriceDays, option.CarryingDaysPerYear, option.SavingMean));
        Assert.True(option.SavingP10 < 6.6m && option.SavingP90 > 6.6m);
    }

    [Fact]
    public void The_exit_window_binds_the_critical_functions_only()
    {
        InventoryResource[] all = [Resource("a", "AWS::Lambda::Function").With(workload: "pay"), Resource("b", "AWS::Lambda::Function").With(workload: "blog")];
        var request = Request(LockInGrouping.Workload) with { ExitWindowDays = 1, CriticalFunctions = ["PA*"] };
        var assessments = MeasureAll(all, [], Facts(), request);
        Assert.Equal([("Organization", true), ("blog", true), ("pay", false)], assessments.Select(one => (one.Name, one.Decision.AcceptIsOffered)));
        Assert.Equal([null, null, 1], assessments.Select(one => one.Settings.ExitWindowDays));
        Assert.All(MeasureAll(all, [], Facts(), request with { CriticalFunctions = [] }), one => Assert.False(one.Decision.AcceptIsOffered));
    }

    private static DecisionBasis Basis(decimal? probability, decimal? benefit, IReadOnlyList<LockInOptionResult> options, decimal time = 100, int? window = null) =>
        new(false, probability, 5, 0, new() { Currency = "USD", Parts = [], P10 = 1000, Mean = 2000, P90 = 4000 }, benefit, options, time, window);
}
