using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

public sealed class MoneyModelTests
{
    private static readonly DateOnly Before = new(2027, 1, 11);
    private static readonly DateOnly Until = new(2027, 1, 12);

    public static TheoryData<EgressPurpose, DateOnly, string?, decimal, decimal, decimal> Charges => new()
    {
        // 1,100 GB: the first 100 for nothing, 1,000 × 0.10 = 100. At cost: from a fifth to three fifths of it.
        { EgressPurpose.Switching, Before, "eu-central-1", 20, 40, 60 },
        { EgressPurpose.Switching, Until, "eu-central-1", 0, 0, 0 },
        { EgressPurpose.ParallelUse, Before, "eu-central-1", 20, 40, 60 },
        { EgressPurpose.ParallelUse, Until, "eu-central-1", 20, 40, 60 },
        { EgressPurpose.ParallelUse, new(2025, 9, 11), "eu-central-1", 100, 100, 100 },
        { EgressPurpose.Switching, new(2024, 1, 10), "eu-central-1", 100, 100, 100 },
        { EgressPurpose.Switching, Before, "us-east-1", 100, 100, 100 },
        { EgressPurpose.Switching, Until, "us-east-1", 100, 100, 100 },
        { EgressPurpose.Switching, Before, null, 20, 100, 100 },
        { EgressPurpose.Switching, Until, null, 0, 100, 100 },
    };

    [Theory]
    [MemberData(nameof(Charges))]
    public void Taking_data_out_costs_what_the_Data_Act_allows_on_that_day_for_that_purpose(EgressPurpose purpose, DateOnly date, string? region, decimal low, decimal mean, decimal high)
    {
        var part = Part(LockInMoneyKind.Egress, Request() with { Purpose = purpose, Date = date }, Resource("b", "AWS::S3::Bucket").With(gigabytes: 1_100, region: region));
        Assert.Equal((low, mean, high), (part.Low!.Value, part.Mean!.Value, part.High!.Value));
        Assert.False(part.IsAtLeast);
    }

    [Fact]
    public void What_is_in_the_Union_and_what_is_not_divide_the_price_by_volume()
    {
        // 20,000 GB: 9,900 × 0.10 + 10,000 × 0.05 = 1,490. A quarter in the Union: 372.50, at cost 74.50 to 223.50; the rest 1,117.50.
        var part = Part(LockInMoneyKind.Egress, Request(), Resource("a", "AWS::S3::Bucket").With(gigabytes: 5_000), Resource("b", "AWS::S3::Bucket").With(gigabytes: 15_000, region: "us-east-1"));
        Assert.Equal((1192m, 1266.5m, 1341m), (part.Low!.Value, part.Mean!.Value, part.High!.Value));
    }

    [Fact]
    public void What_is_not_known_is_null_and_named_and_what_there_is_not_is_nothing()
    {
        var unknown = Measure([Resource("b", "AWS::S3::Bucket")]).Money;
        Assert.All(unknown.Parts, part => Assert.Null(part.Mean));
        Assert.All(unknown.Parts, part => Assert.False(string.IsNullOrEmpty(part.Note)));
        Assert.Equal("unknown", unknown.ToString());
        var queue = Measure([Resource("q", "AWS::SQS::Queue").With(cost: 10)], Request() with { DayRate = 1000, Commitments = 5 }).Money;
        Assert.Equal([null, 0m, 0m, 30m, 5m], queue.Parts.Select(part => part.Kind == LockInMoneyKind.Effort ? null : part.Mean));
        Assert.True(queue.IsComplete);
        // 6.00 + 1.00 + 4.00 = 11 person-days
        Assert.Equal(11_035m, queue.Mean);
    }

    [Fact]
    public void A_sum_with_an_unknown_part_is_at_least()
    {
        InventoryResource[] some = [Resource("a", "AWS::S3::Bucket").With(gigabytes: 1_100, cost: 7), Resource("b", "AWS::S3::Bucket")];
        var money = Measure(some, Request() with { DayRate = 1000, Commitments = 0 }).Money;
        Assert.True(money.Parts.Single(part => part.Kind == LockInMoneyKind.Egress).IsAtLeast);
        Assert.True(money.Parts.Single(part => part.Kind == LockInMoneyKind.Overlap).IsAtLeast);
        Assert.StartsWith("at least", money.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_may_keep_data_too() =>
        Assert.Null(Part(LockInMoneyKind.Egress, Request(), Resource("x", "Vendor::A::B")).Mean);

    [Fact]
    public void Other_currencies_are_not_converted()
    {
        InventoryResource[] some = [Resource("a", "AWS::S3::Bucket").With(gigabytes: 1_100, cost: 7, currency: "USD"), Resource("b", "AWS::SQS::Queue").With(cost: 3, currency: "EUR")];
        var measured = Measure(some, Request() with { Currency = "EUR" });
        Assert.Equal(3, measured.Counts.MonthlyCost);
        Assert.Null(measured.Money.Parts.Single(part => part.Kind == LockInMoneyKind.Egress).Mean);
        Assert.Equal((9m, true), (measured.Money.Parts.Single(part => part.Kind == LockInMoneyKind.Overlap).Mean!.Value, measured.Money.Parts.Single(part => part.Kind == LockInMoneyKind.Overlap).IsAtLeast));
        Assert.Contains(measured.Gaps, gap => gap is { Kind: LockInGapKind.OtherCurrency, Count: 1 });
    }

    [Fact]
    public void Another_service_of_the_same_provider_takes_no_data_out()
    {
        var request = Request() with { Target = LockInTarget.OtherAwsService };
        Assert.Equal(0, Part(LockInMoneyKind.Egress, request, Resource("x", "Vendor::A::B")).Mean);
    }

    private static LockInMoneyPart Part(LockInMoneyKind kind, LockInRequest request, params InventoryResource[] resources) =>
        Measure(resources, request).Money.Parts.Single(part => part.Kind == kind);
}
