using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>The rename of an organizational unit: the process dies at each line of its journal and another goes on; and it is taken back.</summary>
public sealed class RenamedUnitTests
{
    private readonly FakeCloud _cloud = new();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public Task Dead_at_any_line_and_resumed_it_is_renamed_once(bool written, bool lost) => FakeRollouts.KillAtEachLineAsync(written, moreThan: 4, () =>
    {
        var cloud = new FakeCloud { Faults = (operation, nth) => lost && operation == "UpdateOrganizationalUnit" && nth == 1 ? Fault.Lost(after: true) : null };
        return (cloud, Plan.Of([Rename(cloud)]));
    }, cloud =>
    {
        Assert.Equal("new", Assert.Single(cloud.Units).Name);
        Assert.Single(cloud.Writes, "UpdateOrganizationalUnit");
    });

    [Fact]
    public async Task Taken_back_it_has_the_name_that_it_had_unless_somebody_else_has_renamed_it_since()
    {
        foreach (var theirs in new[] { false, true })
        {
            var cloud = new FakeCloud();
            using var journal = new MemoryJournal();
            Assert.Equal(ChangeStatus.Done, Assert.Single(await cloud.RunAsync(journal, Plan.Of([Rename(cloud)]))).Status);
            if (theirs) cloud.RenameUnit(cloud.Units[0].Id, "theirs");
            var undo = await cloud.UndoAsync(journal);
            using var back = new MemoryJournal();
            Assert.Equal(theirs ? UndoOutcome.Failed : UndoOutcome.Undone, undo.ResultOf(Assert.Single(await cloud.RunAsync(back, undo.Plan))).Outcome);
            Assert.Equal(theirs ? "theirs" : "old", cloud.Units[0].Name);
        }
    }

    [Fact]
    public async Task One_that_is_gone_or_has_another_name_meanwhile_is_a_conflict()
    {
        var change = Rename(_cloud);
        _cloud.RenameUnit(change.ResourceId!, "theirs");
        using var journal = new MemoryJournal();
        var renamed = Assert.Single(await _cloud.RunAsync(journal, Plan.Of([change])));
        Assert.Equal((ChangeStatus.Conflict, "RenamedMeanwhile"), (renamed.Status, renamed.Reason));
        _cloud.RemoveUnit(change.ResourceId!);
        using var second = new MemoryJournal();
        Assert.Equal("DeletedMeanwhile", Assert.Single(await _cloud.RunAsync(second, Plan.Of([change]))).Reason);
        Assert.Empty(_cloud.Writes);
    }

    private static Change Rename(FakeCloud cloud)
    {
        var unit = cloud.AddUnit("old");
        var organization = cloud.Organization();
        return Assert.Single(Fingerprint.Stamp([OrganizationalUnitChanges.Rename(organization.UnitById(unit.Id)!, "new")], organization));
    }
}
