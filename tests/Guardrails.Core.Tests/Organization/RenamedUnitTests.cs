using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>The rename of an organizational unit: the process dies at each line of its journal and another goes on; and it is taken back.</summary>
public sealed class RenamedUnitTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int>());
    private readonly FakeCloud _cloud = new();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Dead_at_any_line_and_resumed_it_is_renamed_once(bool written, bool lost)
    {
        for (var line = 1; ; line++)
        {
            var cloud = new FakeCloud();
            var plan = Plan.Of([Rename(cloud)]);
            cloud.Faults = (operation, nth) => lost && operation == "UpdateOrganizationalUnit" && nth == 1 ? Fault.Lost(after: true) : null;
            using var dying = new MemoryJournal(diesAt: line, written: written);
            try { await RunAsync(cloud, dying, plan); }
            catch (IOException) when (dying.Died) { }
            if (!dying.Died) { Assert.True(line > 4, $"{line} lines"); break; }
            using var resumed = new MemoryJournal(dying.Bytes);
            var history = resumed.History;
            if (history.Planned is null) { Assert.Empty(cloud.Writes); continue; }
            await foreach (var result in Executor(cloud).ResumeAsync(history, resumed.Journal, CallScope.None, PlanCheck.Refusals(plan, cloud.Organization(), history)))
                Assert.True(result.Holds, $"line {line}: {result.Status} {result.Message}");
            Assert.Equal("new", Assert.Single(cloud.Units).Name);
            Assert.Single(cloud.Writes, "UpdateOrganizationalUnit");
        }
    }

    [Fact]
    public async Task Taken_back_it_has_the_name_that_it_had_unless_somebody_else_has_renamed_it_since()
    {
        foreach (var theirs in new[] { false, true })
        {
            var cloud = new FakeCloud();
            using var journal = new MemoryJournal();
            Assert.Equal(ChangeStatus.Done, Assert.Single(await RunAsync(cloud, journal, Plan.Of([Rename(cloud)]))).Status);
            if (theirs) cloud.RenameUnit(cloud.Units[0].Id, "theirs");
            var undo = await UndoPlan.MakeAsync(journal.History, RolloutKinds.Of(cloud.Ports), new Dictionary<string, string>(), CallScope.None);
            using var back = new MemoryJournal();
            Assert.Equal(theirs ? UndoOutcome.Failed : UndoOutcome.Undone, undo.ResultOf(Assert.Single(await RunAsync(cloud, back, undo.Plan))).Outcome);
            Assert.Equal(theirs ? "theirs" : "old", cloud.Units[0].Name);
        }
    }

    [Fact]
    public async Task One_that_is_gone_or_has_another_name_meanwhile_is_a_conflict()
    {
        var change = Rename(_cloud);
        _cloud.RenameUnit(change.ResourceId!, "theirs");
        using var journal = new MemoryJournal();
        var renamed = Assert.Single(await RunAsync(_cloud, journal, Plan.Of([change])));
        Assert.Equal((ChangeStatus.Conflict, "RenamedMeanwhile"), (renamed.Status, renamed.Reason));
        _cloud.RemoveUnit(change.ResourceId!);
        using var second = new MemoryJournal();
        Assert.Equal("DeletedMeanwhile", Assert.Single(await RunAsync(_cloud, second, Plan.Of([change]))).Reason);
        Assert.Empty(_cloud.Writes);
    }

    private static Change Rename(FakeCloud cloud)
    {
        var unit = cloud.AddUnit("old");
        var organization = cloud.Organization();
        return Assert.Single(Fingerprint.Stamp([OrganizationalUnitChanges.Rename(organization.UnitById(unit.Id)!, "new")], organization));
    }

    private static async Task<List<ChangeResult>> RunAsync(FakeCloud cloud, MemoryJournal journal, Plan plan)
    {
        var results = new List<ChangeResult>();
        await foreach (var result in Executor(cloud).RunAsync(plan, journal.Journal, "test", "o-test", 4, CallScope.None)) results.Add(result);
        return results;
    }

    private static RolloutExecutor Executor(FakeCloud cloud) => new(RolloutKinds.Of(cloud.Ports), Limits, cloud.Clock);
}
