using CsCheck;
using Xunit;

namespace Guardrails.Core.Tests;

public sealed class PlanTests
{
    [Fact]
    public void Changes_come_after_those_they_depend_on_and_otherwise_as_given()
    {
        var plan = Plan.Of([Changes.Of("c", dependsOn: ["a"]), Changes.Of("b"), Changes.Of("a")]);
        Assert.Equal(["do b", "do a", "do c"], plan.Changes.Select(change => change.Id));
    }

    [Fact]
    public void Changes_that_wait_for_each_other_are_refused_with_their_names()
    {
        var refused = Assert.Throws<PlanException>(() => Plan.Of([Changes.Of("a", dependsOn: ["b"]), Changes.Of("b", dependsOn: ["a"]), Changes.Of("c")]));
        Assert.Contains("do a", refused.Message, StringComparison.Ordinal);
        Assert.Contains("do b", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("do c", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var refused = Assert.Throws<PlanException>(() => Plan.Of([Changes.Of("a"), Changes.Of("a"), Changes.Of("b", dependsOn: ["missing"])]));
        Assert.Equal(2, refused.Faults.Count);
    }

    [Fact]
    public void Any_graph_without_a_circle_is_ordered_and_any_with_one_is_refused() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 40]).SelectMany((size, edges) => Gen.Select(Gen.Const(size), Gen.Select(Gen.Int[0, size - 1], Gen.Int[0, size - 1]).Array[edges])).Sample((size, edges) =>
        {
            var changes = Enumerable.Range(0, size).Select(i => Changes.Of($"{i}", dependsOn: [.. edges.Where(edge => edge.Item1 == i).Select(edge => $"{edge.Item2}")])).ToList();
            if (HasCircle(size, edges)) { Assert.Throws<PlanException>(() => Plan.Of(changes)); return; }
            var seen = new HashSet<string>();
            foreach (var change in Plan.Of(changes).Changes)
            {
                Assert.All(change.DependsOn, id => Assert.Contains(id, seen));
                seen.Add(change.Id);
            }
            Assert.Equal(size, seen.Count);
        });

    // By removing edges whose target has none left, until nothing changes: not the way that Plan does it.
    private static bool HasCircle(int size, (int From, int To)[] edges)
    {
        var left = edges.ToHashSet();
        while (left.RemoveWhere(edge => left.All(other => other.From != edge.To)) > 0) { }
        return left.Count > 0 && size > 0;
    }
}
