using System.Collections.Concurrent;
using CsCheck;
using Xunit;

namespace Guardrails.Core.Tests;

public sealed class RolloutExecutorTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["narrow"] = 2 });

    [Fact]
    public async Task What_depends_on_a_failed_change_is_skipped_and_all_else_goes_on()
    {
        var kind = new ScriptedKind(change => change.Address == "a" ? throw Refusal() : ChangeStatus.Done);
        var results = await Run(kind, Changes.Of("a"), Changes.Of("b", dependsOn: ["a"]), Changes.Of("c", dependsOn: ["b"]), Changes.Of("d"));
        Assert.Equal(ChangeStatus.Failed, results["a"].Status);
        Assert.Equal(ChangeStatus.Skipped, results["b"].Status);
        Assert.Equal(ChangeStatus.Skipped, results["c"].Status);
        Assert.Equal(ChangeStatus.Done, results["d"].Status);
    }

    [Fact]
    public async Task A_refusal_keeps_the_call_the_reason_and_the_next_step()
    {
        var failed = (await Run(new ScriptedKind(Refuse), Changes.Of("a")))["a"];
        Assert.Contains("organizations:MoveAccount", failed.Message, StringComparison.Ordinal);
        Assert.Equal("OU_DEPTH_LIMIT_EXCEEDED", failed.Reason);
        Assert.Equal("Do this.", failed.NextStep);
    }

    [Fact]
    public async Task A_defect_in_one_change_does_not_end_the_others()
    {
        var results = await Run(new ScriptedKind(change => change.Address == "a" ? throw new InvalidOperationException("boom") : ChangeStatus.Done), Changes.Of("a"), Changes.Of("b"));
        Assert.Equal(ChangeStatus.Failed, results["a"].Status);
        Assert.Equal(ChangeStatus.Done, results["b"].Status);
    }

    [Fact]
    public async Task A_plan_with_a_kind_that_nobody_makes_is_refused_before_anything_runs()
    {
        var kind = new ScriptedKind(_ => ChangeStatus.Done);
        await Assert.ThrowsAsync<PlanException>(() => Run(kind, Changes.Of("a"), Changes.Of("b") with { Kind = "unheard-of" }));
        Assert.Equal(0, kind.Applied);
    }

    [Fact]
    public async Task Once_stopped_nothing_is_started_and_what_runs_is_brought_to_its_end()
    {
        using var stop = new CancellationTokenSource();
        var kind = new ScriptedKind(async _ =>
        {
            await stop.CancelAsync();
            await Task.Delay(20, TestContext.Current.CancellationToken);
            return ChangeStatus.Done;
        });
        var results = await Run(kind, new CallScope(stop.Token), 1, Changes.Of("a"), Changes.Of("b"), Changes.Of("c", dependsOn: ["a"]));
        Assert.Equal(ChangeStatus.Done, results["a"].Status);
        Assert.Equal(ChangeStatus.Stopped, results["b"].Status);
        Assert.Equal(ChangeStatus.Stopped, results["c"].Status);
        Assert.Equal(1, kind.Applied);
    }

    // Lines: the plan, the announcement of a, its answer, which the disk does not take.
    [Fact]
    public async Task When_the_disk_fails_after_an_answer_the_change_is_said_to_be_done_and_nothing_more_is_started()
    {
        var kind = new WritingKind();
        using var journal = new MemoryJournal(diesAt: 3);
        var results = new Dictionary<string, ChangeResult>();
        var failed = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var result in new RolloutExecutor([kind], Limits, TimeProvider.System).RunAsync(Plan.Of([Changes.Of("a"), Changes.Of("b"), Changes.Of("c", dependsOn: ["a"])]),
                journal.Journal, "Test", "o-test", 1, CallScope.None)) results.Add(result.Change.Address, result);
        });
        Assert.Equal(ChangeStatus.Done, results["a"].Status);
        Assert.Contains("not recorded", results["a"].Message, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Stopped, results["b"].Status);
        Assert.Equal(ChangeStatus.Stopped, results["c"].Status);
        Assert.Equal(["a"], kind.Made);
        Assert.Contains("do a", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_disk_does_not_take_an_announcement_its_call_is_not_made_and_not_called_failed()
    {
        var kind = new WritingKind();
        using var journal = new MemoryJournal(diesAt: 2);
        var results = new Dictionary<string, ChangeResult>();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var result in new RolloutExecutor([kind], Limits, TimeProvider.System).RunAsync(Plan.Of([Changes.Of("a"), Changes.Of("b")]),
                journal.Journal, "Test", "o-test", 1, CallScope.None)) results.Add(result.Change.Address, result);
        });
        Assert.All(results.Values, result => Assert.Equal(ChangeStatus.Stopped, result.Status));
        Assert.Equal(2, results.Count);
        Assert.Empty(kind.Made);
    }

    [Fact]
    public async Task A_lane_is_kept_full_and_never_over()
    {
        var kind = new ScriptedKind(async _ =>
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            return ChangeStatus.Done;
        });
        await Run(kind, [.. Enumerable.Range(0, 12).Select(i => Changes.Of($"n{i}", "narrow")), .. Enumerable.Range(0, 12).Select(i => Changes.Of($"w{i}", "wide"))]);
        Assert.Equal(2, kind.MostAtOnce["narrow"]);
        Assert.True(kind.MostAtOnce["wide"] > 2);
    }

    [Fact]
    public async Task Each_place_of_a_lane_has_its_own_limit()
    {
        var kind = new ScriptedKind(async _ =>
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            return ChangeStatus.Done;
        });
        await Run(kind, [.. Enumerable.Range(0, 6).SelectMany(i => new[] { Changes.Of($"x{i}", "narrow:/x"), Changes.Of($"y{i}", "narrow:/y") })]);
        Assert.Equal(2, kind.MostAtOnce["narrow:/x"]);
        Assert.Equal(2, kind.MostAtOnce["narrow:/y"]);
    }

    [Fact]
    public void Every_change_gets_one_result_whatever_fails() =>
        Gen.Select(Gen.Int[1, 15], Gen.Int[1, 4]).SelectMany((size, throttle) => Gen.Select(Gen.Const(size), Gen.Const(throttle), Gen.Bool.Array[size],
            Gen.Select(Gen.Int[0, size - 1], Gen.Int[0, size - 1]).Array[0, 20])).Sample((size, throttle, fails, edges) =>
        {
            // Edges only from later to earlier: never a circle.
            var changes = Enumerable.Range(0, size).Select(i => Changes.Of($"{i}", i % 2 == 0 ? "narrow" : "",
                [.. edges.Where(edge => Math.Max(edge.Item1, edge.Item2) == i && edge.Item1 != edge.Item2).Select(edge => $"{Math.Min(edge.Item1, edge.Item2)}")])).ToArray();
            var kind = new ScriptedKind(change => fails[int.Parse(change.Address, null)] ? ChangeStatus.Conflict : ChangeStatus.Done);
            var results = Run(kind, CallScope.None, throttle, changes).GetAwaiter().GetResult();
            Assert.Equal(size, results.Count);
            foreach (var change in changes)
            {
                var blocked = change.DependsOn.Any(id => results[id["do ".Length..]].Status is ChangeStatus.Conflict or ChangeStatus.Skipped);
                var expected = blocked ? ChangeStatus.Skipped : fails[int.Parse(change.Address, null)] ? ChangeStatus.Conflict : ChangeStatus.Done;
                Assert.Equal(expected, results[change.Address].Status);
            }
        }, iter: 200);

    private static Task<Dictionary<string, ChangeResult>> Run(ChangeKind kind, params Change[] changes) => Run(kind, CallScope.None, 16, changes);

    private static async Task<Dictionary<string, ChangeResult>> Run(ChangeKind kind, CallScope scope, int throttle, params Change[] changes)
    {
        var results = new Dictionary<string, ChangeResult>();
        using var journal = new MemoryJournal();
        await foreach (var result in new RolloutExecutor([kind], Limits, TimeProvider.System).RunAsync(Plan.Of(changes), journal.Journal, "Test", "o-test", throttle, scope)) results.Add(result.Change.Address, result);
        return results;
    }

    private static ChangeStatus Refuse(Change change) => throw Refusal();

    private static CloudException Refusal() => new("organizations:MoveAccount", "ConstraintViolationException", "no") { Reason = "OU_DEPTH_LIMIT_EXCEEDED", NextStep = "Do this." };

    private sealed class ScriptedKind(Func<Change, Task<ChangeStatus>> apply) : ChangeKind
    {
        private readonly ConcurrentDictionary<string, int> _now = new();
        private int _applied;

        public ScriptedKind(Func<Change, ChangeStatus> apply) : this(change => Task.FromResult(apply(change))) { }

        public override string Kind => "test";

        public int Applied => _applied;

        public ConcurrentDictionary<string, int> MostAtOnce { get; } = new();

        public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => new(null);

        public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
        {
            Interlocked.Increment(ref _applied);
            var now = _now.AddOrUpdate(change.Lane, 1, (_, running) => running + 1);
            MostAtOnce.AddOrUpdate(change.Lane, now, (_, most) => Math.Max(most, now));
            try { return new ChangeOutcome(await apply(change), change.Address); }
            finally { _now.AddOrUpdate(change.Lane, 0, (_, running) => running - 1); }
        }
    }

    /// <summary>Each change is one writing call.</summary>
    private sealed class WritingKind : ChangeKind
    {
        public override string Kind => "test";

        public ConcurrentQueue<string> Made { get; } = [];

        public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => new(null);

        public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
        {
            await run.WriteAsync("test:Do", _ =>
            {
                Made.Enqueue(change.Address);
                return Task.CompletedTask;
            });
            return new ChangeOutcome(ChangeStatus.Done, change.Address);
        }
    }
}
