using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Rollouts on an organization in memory: run, killed, resumed and taken back.</summary>
internal static class FakeRollouts
{
    private static readonly LaneLimits NoLimits = new(new Dictionary<string, int>());

    public static RolloutExecutor Executor(this FakeCloud cloud, LaneLimits? limits = null) => new(RolloutKinds.Of(cloud.Ports), limits ?? NoLimits, cloud.Clock);

    public static Task<List<ChangeResult>> RunAsync(this FakeCloud cloud, MemoryJournal journal, Plan plan) =>
        AllOf(cloud.Executor().RunAsync(plan, journal.Journal, "test", "o-test", 4, CallScope.None));

    /// <param name="planned">Where it is given, what has moved on since is refused, as the cmdlet does it.</param>
    public static Task<List<ChangeResult>> ResumeAsync(this FakeCloud cloud, RolloutHistory history, MemoryJournal journal, Plan? planned = null, LaneLimits? limits = null) =>
        AllOf(cloud.Executor(limits).ResumeAsync(history, journal.Journal, CallScope.None, planned is null ? null : PlanCheck.Refusals(planned, cloud.Organization(), history)));

    public static Task<UndoPlan> UndoAsync(this FakeCloud cloud, MemoryJournal journal) =>
        UndoPlan.MakeAsync(journal.History, RolloutKinds.Of(cloud.Ports), new Dictionary<string, string>(), CallScope.None);

    /// <summary>Vends to the end, or until the journal's death.</summary>
    public static async Task VendUntilDeathAsync(this FakeCloud cloud, MemoryJournal journal, IReadOnlyList<AccountRequest> requests, LaneLimits limits)
    {
        var vending = new AccountVending(cloud.Ports, limits);
        var rows = await vending.PlanAsync(requests, cloud.Organization(), new(true, false), CallScope.None);
        try
        {
            await foreach (var _ in vending.RunAsync(rows, () => journal.Journal, "o-test", 4, CallScope.None)) { }
        }
        catch (IOException) when (journal.Died) { }
    }

    /// <summary>Kills a rollout at each line of its journal, and goes on with what stands in it then: everything that is left must be made.</summary>
    /// <param name="written">Whether the line at which it dies still reaches the disk.</param>
    /// <param name="moreThan">How many lines the journal has at least.</param>
    /// <param name="arrange">A new cloud and the plan.</param>
    /// <param name="assert">What must hold at the end.</param>
    public static async Task KillAtEachLineAsync(bool written, int moreThan, Func<(FakeCloud Cloud, Plan Plan)> arrange, Action<FakeCloud> assert)
    {
        for (var line = 1; ; line++)
        {
            var (cloud, plan) = arrange();
            using var dying = new MemoryJournal(diesAt: line, written: written);
            try { await cloud.RunAsync(dying, plan); }
            catch (IOException) when (dying.Died) { }
            if (!dying.Died)
            {
                Assert.True(line > moreThan, $"{line} lines");
                return;
            }
            using var resumed = new MemoryJournal(dying.Bytes);
            var history = resumed.History;
            if (history.Planned is null)
            {
                Assert.Empty(cloud.Writes);
                continue;
            }
            Assert.All(await cloud.ResumeAsync(history, resumed, plan), result => Assert.True(result.Holds, $"line {line}: {result.Change.Id}: {result.Status} {result.Message}"));
            assert(cloud);
        }
    }

    private static async Task<List<ChangeResult>> AllOf(IAsyncEnumerable<ChangeResult> results)
    {
        var all = new List<ChangeResult>();
        await foreach (var result in results) all.Add(result);
        return all;
    }
}
