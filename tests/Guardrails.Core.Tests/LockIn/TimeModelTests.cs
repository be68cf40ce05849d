using CsCheck;
using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

public sealed class TimeModelTests
{
    // Without width, so that all draws are the mean.
    private static readonly LockInFacts Sure = Facts().Constants.Values.Aggregate(Facts(), (facts, constant) => facts.With(constant with { Low = constant.Likely, High = constant.Likely }));

    [Fact]
    public void Learning_the_longest_chain_and_the_transfer_recomputed_by_hand()
    {
        // f uses q and b; q uses m. f: 1.00 + 0.80 + 0.60 = 2.40; q: 1.00 + 0.80 = 1.80; m: 3.00; b: 0.50 + migration 2.00 = 2.50.
        // The longest chain: m, q, f = 7.20. The longest to learn: workflows, 9. (9 + 7.20) × 7 ÷ 5 = 22.68; 2,500 GB ÷ 1,000 = 2.5 days.
        var time = Measure(
        [
            Resource("f", "AWS::Lambda::Function", ("q", EdgeClass.Eventing), ("b", EdgeClass.Data)), Resource("q", "AWS::SQS::Queue", ("m", EdgeClass.Eventing)),
            Resource("m", "AWS::StepFunctions::StateMachine"), Resource("b", "AWS::S3::Bucket").With(gigabytes: 2_500),
        ], facts: Sure).Time;
        Assert.Equal((25.18m, 25.18m, 25.18m), (time.P10, time.P50, time.P90));
        Assert.Equal((12.6m, 10.08m, 2.5m), (time.LearningDays, time.ChainDays, time.TransferDays!.Value));
        Assert.Equal(["m", "q", "f"], time.Chain);
        Assert.Equal((0, 0), (time.Circles, time.LargestCircle));
    }

    [Fact]
    public void A_circle_moves_together()
    {
        // a → b → c → a, each 1.00 + 0.80 = 1.80, c also → d (1.00 + 2 × 0.80 = 2.60 for c): 1.80 + 1.80 + 2.60 + 1.00 = 7.20 × 1.4 = 10.08
        var time = Measure(
        [
            Resource("a", "AWS::SQS::Queue", ("b", EdgeClass.Eventing)), Resource("b", "AWS::SQS::Queue", ("c", EdgeClass.Eventing)),
            Resource("c", "AWS::SQS::Queue", ("a", EdgeClass.Eventing), ("d", EdgeClass.Eventing)), Resource("d", "AWS::SQS::Queue"),
        ], facts: Sure).Time;
        Assert.Equal((1, 3, 10.08m), (time.Circles, time.LargestCircle, time.ChainDays));
        Assert.Equal(["d", "a", "b", "c"], time.Chain);
    }

    [Fact]
    public void An_unknown_volume_is_no_zero_and_no_store_is_one()
    {
        Assert.Null(Measure([Resource("b", "AWS::S3::Bucket")], facts: Sure).Time.TransferDays);
        Assert.Equal(0, Measure([Resource("q", "AWS::SQS::Queue")], facts: Sure).Time.TransferDays);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_does_not_end_the_stack()
    {
        const int Count = 100_000;
        int[] first = [.. Enumerable.Range(0, Count), Count - 1];
        var order = CouplingOrder.Of(first, [.. Enumerable.Range(1, Count - 1)]);
        Assert.Equal(Count, order.Count);
        Assert.Equal(0, order.Component[Count - 1]);
        var circle = CouplingOrder.Of([.. Enumerable.Range(0, Count + 1)], [.. Enumerable.Range(1, Count - 1), 0]);
        Assert.Equal(1, circle.Count);
    }

    [Fact]
    public void Components_are_what_reaches_each_other_and_use_only_earlier_ones() =>
        Gen.Select(Gen.Int[1, 12], Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11]).Array[0, 30]).Sample((nodes, pairs) =>
        {
            var edges = pairs.Where(pair => pair.Item1 < nodes && pair.Item2 < nodes).OrderBy(pair => pair.Item1).ToArray();
            int[] first = [.. Enumerable.Range(0, nodes + 1).Select(node => edges.Count(edge => edge.Item1 < node))];
            var order = CouplingOrder.Of(first, [.. edges.Select(edge => edge.Item2)]);
            // Warshall's closure as the reference.
            var reaches = new bool[nodes, nodes];
            foreach (var (from, to) in edges) reaches[from, to] = true;
            for (var via = 0; via < nodes; via++)
                for (var from = 0; from < nodes; from++)
                    for (var to = 0; to < nodes; to++) reaches[from, to] |= reaches[from, via] && reaches[via, to];
            for (var one = 0; one < nodes; one++)
                for (var other = 0; other < nodes; other++)
                {
                    var together = one == other || reaches[one, other] && reaches[other, one];
                    Assert.Equal(together, order.Component[one] == order.Component[other]);
                    if (reaches[one, other] && !together) Assert.True(order.Component[other] < order.Component[one]);
                }
            Assert.Equal(nodes, order.Sizes.Sum());
        }, iter: 2_000);
}
