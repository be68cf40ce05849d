using Xunit;

namespace Guardrails.Core.Tests;

public sealed class UndoTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int>());

    [Fact]
    public async Task Moves_and_tags_are_taken_back_and_what_was_made_is_proposed()
    {
        var cloud = new FakeCloud();
        var attic = cloud.AddUnit("Attic");
        var old = cloud.AddAccount("old", "aws+old@example.com", attic.Id);
        await cloud.SetTagsAsync(old.Id, Facts.Of(("a", "0"), ("keep", "x")), CallScope.None);
        using var journal = new MemoryJournal();
        await Vend(cloud, journal,
            new AccountRequest { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/Workloads", Tags = Facts.Of(("a", "1"), ("b", "2")) },
            new AccountRequest { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/Workloads" });

        var undo = UndoPlan.Make(journal.History, RolloutKinds.Of(cloud.Ports));
        Assert.Equal(["create account:/Workloads/shop", "create organizational-unit:/Workloads"], undo.Left.Select(left => left.Change.Id).Order());
        Assert.All(undo.Left, left => Assert.Equal(UndoOutcome.Proposed, left.Outcome));
        var results = await Run(cloud, undo);
        Assert.All(results, result => Assert.Equal(UndoOutcome.Undone, result.Outcome));
        Assert.Equal("/Attic/old", cloud.Organization().AccountById(old.Id)!.Path);
        Assert.Equal("0", cloud.TagsOf(old.Id)["a"]);
        Assert.False(cloud.TagsOf(old.Id).ContainsKey("b"));
        Assert.Equal("x", cloud.TagsOf(old.Id)["keep"]);
        Assert.Equal("/shop", cloud.Organization().AccountByEmail("aws+shop@example.com")!.Path);
    }

    [Fact]
    public async Task What_somebody_else_has_changed_since_is_not_taken_back()
    {
        var cloud = new FakeCloud();
        var theirs = cloud.AddUnit("Theirs");
        var old = cloud.AddAccount("old", "aws+old@example.com", cloud.AddUnit("Attic").Id);
        using var journal = new MemoryJournal();
        await Vend(cloud, journal, new AccountRequest { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/Workloads" });
        cloud.Place(old.Id, theirs.Id);
        var result = Assert.Single(await Run(cloud, UndoPlan.Make(journal.History, RolloutKinds.Of(cloud.Ports))));
        Assert.Equal(UndoOutcome.Failed, result.Outcome);
        Assert.Equal(theirs.Id, cloud.Organization().AccountById(old.Id)!.ParentId);
    }

    [Fact]
    public async Task What_was_unchanged_is_left_alone()
    {
        var cloud = new FakeCloud();
        AccountRequest request = new() { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/Workloads" };
        using (var first = new MemoryJournal()) await Vend(cloud, first, request);
        using var second = new MemoryJournal();
        await Vend(cloud, second, request, new AccountRequest { Name = "pay", Email = "aws+pay@example.com" });
        Assert.Equal("create account:/pay", Assert.Single(UndoPlan.Make(second.History, RolloutKinds.Of(cloud.Ports)).Left).Change.Id);
    }

    private static async Task Vend(FakeCloud cloud, MemoryJournal journal, params AccountRequest[] requests)
    {
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync(requests, cloud.Organization(), new(true, false), CallScope.None);
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 4, CallScope.None)) Assert.False(result.IsTrouble, result.Message);
    }

    private static async Task<List<UndoResult>> Run(FakeCloud cloud, UndoPlan undo)
    {
        var results = new List<UndoResult>();
        using var journal = new MemoryJournal();
        var executor = new RolloutExecutor(RolloutKinds.Of(cloud.Ports), Limits, cloud.Clock);
        await foreach (var result in executor.RunAsync(undo.Plan, journal.Journal, "Undo-GuardrailRollout", "o-test", 4, CallScope.None)) results.Add(undo.ResultOf(result));
        return results;
    }
}
