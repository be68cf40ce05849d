using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

public sealed class MeasurementTests
{
    [Fact]
    public void Nothing_gives_no_confident_zero()
    {
        var nothing = Measure([], Request() with { DayRate = 1000, Scenarios = new Dictionary<string, decimal?> { ["x"] = 0.1m }, Benefit = 5 });
        Assert.Equal((0m, 0m), (nothing.Effort.Mean, nothing.Confidence.Value));
        Assert.Equal("Nothing was measured.", nothing.Confidence.Words);
        Assert.Equal(LockInDecisionKind.Indeterminate, nothing.Decision.Kind);
        Assert.Null(nothing.Band);
        Assert.Null(nothing.LargestDriver);
        Assert.Null(nothing.Counts.MonthlyCost);
        Assert.Contains(nothing.Gaps, gap => gap.Kind == LockInGapKind.Nothing);
        Assert.All(nothing.Money.Parts, part => Assert.Null(part.Mean));
    }

    [Fact]
    public void Unknown_types_alone_are_a_wide_range_with_little_confidence()
    {
        var measured = Measure([Resource("a", "Vendor::A::B").With(cost: 5), Resource("b", "google_thing").With(cost: 5)]);
        Assert.True(measured.Effort.P10 > 0);
        Assert.Equal(LockInBand.Low, measured.Confidence.Band);
        Assert.Equal(2, measured.Counts.UnknownTypes.Count);
        Assert.Equal(0, measured.Confidence.Components.Single(one => one.Name == "Types").Value);
    }

    [Fact]
    public void Without_a_bill_the_spend_is_not_known_and_the_confidence_falls()
    {
        var without = Measure([Resource("a", "AWS::SQS::Queue")]);
        var with = Measure([Resource("a", "AWS::SQS::Queue").With(cost: 5)]);
        Assert.Null(without.Counts.MonthlyCost);
        Assert.Contains(without.Gaps, gap => gap.Kind == LockInGapKind.UnknownCost);
        Assert.True(without.Confidence.Value < with.Confidence.Value);
        Assert.Contains("no bill", without.Confidence.Words, StringComparison.Ordinal);
        // Cost that is in the bill and zero is known.
        Assert.Equal(0, Measure([Resource("a", "AWS::SQS::Queue").With(cost: 0)]).Counts.MonthlyCost);
    }

    [Fact]
    public void Each_component_of_the_confidence_goes_by_what_is_missing()
    {
        InventoryResource[] resources =
        [
            Resource("a", "AWS::SQS::Queue").With(cost: 60), Resource("b", "AWS::SQS::New", ("a", EdgeClass.Eventing)).With(isMatched: false), Resource("c", "AWS::S3::BucketPolicy"),
        ];
        InventoryGap[] gaps =
        [
            new() { Kind = InventoryGapKind.UnattributedCost, MonthlyCost = 40, Message = "tax" }, new() { Kind = InventoryGapKind.FailedCollector, File = "x", Message = "damaged" },
        ];
        var parts = Measure(resources, gaps: gaps).Confidence.Components.ToDictionary(one => one.Name, one => one.Value);
        // Of two that are not glue one has a profile (documented, 0.8) and one nothing; 60 of 100 are attributed; the only file failed; 2 of 3 are matched.
        Assert.Equal((0.5m, 0.4m, 0.6m, 0m, 0.67m), (parts["Types"], parts["Grades"], parts["Spend"], parts["Collectors"], parts["Matched"]));
        Assert.Contains(Measure(resources, gaps: gaps).Gaps, gap => gap is { Kind: LockInGapKind.Inventory, Message: "damaged" });
    }

    [Fact]
    public void What_groups_share_stands_apart_and_what_they_have_in_common_is_divided_by_number()
    {
        // Queues of both: 6.00 once and skills 4.00 are shared; 3 queues cost 2.11 = 211: divided 1 to 2: 70.33 and 140.67, so 70 and 141.
        InventoryResource[] all =
        [
            Resource("q1", "AWS::SQS::Queue").With(workload: "a"), Resource("q2", "AWS::SQS::Queue").With(workload: "b"), Resource("q3", "AWS::SQS::Queue").With(workload: "b"),
            Resource("f", "AWS::Lambda::Function", ("q1", EdgeClass.Eventing)).With(workload: "b"),
        ];
        var assessments = MeasureAll(all, [], Facts(), Request(LockInGrouping.Workload));
        Assert.Equal(["Organization", "a", "b"], assessments.Select(one => one.Name));
        // a alone: 6.00 + 1.00 + 4.00. b alone: 6.00 + 1.60 + 4.00 + 10.00 + 1.00 + 7.00 + 0.80, of which its own 1.41 + 18.80.
        Assert.Equal([(3091, 2091, 1000), (1100, 70, 1000), (3040, 2021, 1000)], assessments.Select(one => ((int)one.Effort.MeanHundredths, (int)one.Effort.OwnHundredths, (int)one.Effort.SharedHundredths)));
        Assert.Equal(1, assessments[2].Counts.OutwardCouplings);
        Assert.Equal([("b", "a", 1)], assessments[0].Graph!.Edges.Select(edge => (edge.Source, edge.Target, edge.Count)));
        Assert.Contains(assessments[2].Graph!.Edges, edge => edge is { Source: "functions", Target: "(outside)" });
    }

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(5, new long[] { 1, 2, 7 }, new long[] { 1, 1, 3 })]
    [InlineData(0, new long[] { 3, 4 }, new long[] { 0, 0 })]
    public void An_amount_is_divided_by_largest_remainders(long amount, long[] weights, long[] expected) => Assert.Equal(expected, Sharing.Divide(amount, weights));

    [Fact]
    public void Groups_come_from_the_fields_of_the_resources_and_none_is_a_group_too()
    {
        InventoryResource[] all = [Resource("a", "AWS::SQS::Queue").With(workload: null, unit: "/Workloads"), Resource("b", "AWS::SQS::Queue").With(workload: "w")];
        Assert.Equal(["(none)", "w"], Names(LockInGrouping.Workload));
        Assert.Equal(["(none)", "/Workloads"], Names(LockInGrouping.OrganizationalUnit));
        Assert.Equal(["111122223333"], Names(LockInGrouping.Account));
        Assert.Equal(["a", "b"], Names(LockInGrouping.Resource));
        Assert.Empty(Names(LockInGrouping.Organization));
        IEnumerable<string> Names(LockInGrouping grouping) => MeasureAll(all, [], Facts(), Request(grouping)).Skip(1).Select(one => one.Name);
    }

    [Fact]
    public void Both_sides_of_learning_are_shown()
    {
        var learning = Measure([Resource("q", "AWS::SQS::Queue"), Resource("r", "AWS::IAM::Role"), Resource("x", "Vendor::A::B")]).Learning;
        Assert.Equal([("messaging", 1m, (decimal?)4m), ("roles", 6m, null)], learning.Families.Select(one => (one.Family, one.ServiceDays!.Value, one.AlternativeDays)));
        Assert.Equal((7m, 4m), (learning.ServiceDays!.Value, learning.AlternativeDays!.Value));
        Assert.Null(Measure([Resource("x", "Vendor::A::B")]).Learning.ServiceDays);
    }

    [Fact]
    public void A_machine_holds_less_than_functions_and_queues_and_a_container_less_than_a_function()
    {
        var platform = Measure([Resource("f", "AWS::Lambda::Function", ("q", EdgeClass.Eventing)), Resource("q", "AWS::SQS::Queue")]);
        var machines = Measure([Resource("a", "AWS::EC2::Instance", ("b", EdgeClass.Network)), Resource("b", "AWS::EC2::Instance")]);
        Assert.True(machines.Effort.Mean < platform.Effort.Mean && machines.Effort.P90 < platform.Effort.P90);
        var image = Measure([Resource("f", "AWS::Lambda::Function", ("q", EdgeClass.Eventing)).With(variant: "Image"), Resource("q", "AWS::SQS::Queue")]);
        Assert.True(image.Effort.Mean < platform.Effort.Mean && image.Effort.P90 < platform.Effort.P90);
    }

    [Fact]
    public void A_benefit_belongs_to_its_group()
    {
        InventoryResource[] all = [Resource("a", "AWS::SQS::Queue").With(workload: "x"), Resource("b", "AWS::SQS::Queue").With(workload: "y")];
        var request = Request(LockInGrouping.Workload) with { Benefit = 9, Benefits = new Dictionary<string, decimal> { ["X"] = 5 } };
        Assert.Equal([9m, 5m, null], MeasureAll(all, [], Facts(), request).Select(one => one.Benefit));
    }
}
