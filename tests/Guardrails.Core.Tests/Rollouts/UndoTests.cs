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

        var undo = await Undo(cloud, journal.History);
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
        var result = Assert.Single(await Run(cloud, await Undo(cloud, journal.History)));
        Assert.Equal(UndoOutcome.Failed, result.Outcome);
        Assert.Equal(theirs.Id, cloud.Organization().AccountById(old.Id)!.ParentId);
    }

    [Fact]
    public async Task A_tag_that_somebody_else_has_set_since_stays_theirs_and_the_undo_says_what_differs()
    {
        var cloud = new FakeCloud();
        var old = cloud.AddAccount("old", "aws+old@example.com");
        using var journal = new MemoryJournal();
        await Vend(cloud, journal, new AccountRequest { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/", Tags = Facts.Of(("a", "1")) });
        await cloud.SetTagsAsync(old.Id, Facts.Of(("a", "theirs")), CallScope.None);
        var result = Assert.Single(await Run(cloud, await Undo(cloud, journal.History)));
        Assert.Equal(UndoOutcome.Failed, result.Outcome);
        Assert.Contains("theirs", result.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", cloud.TagsOf(old.Id)["a"]);
    }

    [Fact]
    public async Task A_contact_that_somebody_else_has_set_since_stays_theirs()
    {
        var cloud = new FakeCloud();
        var old = cloud.AddAccount("old", "aws+old@example.com");
        AlternateContact ours = new() { Name = "Ours", Title = "T", Email = "ours@example.com", Phone = "1" };
        using var journal = new MemoryJournal();
        await Vend(cloud, journal, new AccountRequest
        {
            Name = "old",
            Email = "aws+old@example.com",
            OrganizationalUnit = "/",
            Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = ours },
        });
        await cloud.SetContactAsync(old.Id, AlternateContactType.Security, ours with { Phone = "2" }, CallScope.None);
        var result = Assert.Single(await Run(cloud, await Undo(cloud, journal.History)));
        Assert.Equal(UndoOutcome.Failed, result.Outcome);
        Assert.Equal("2", cloud.ContactOf(old.Id, AlternateContactType.Security)!.Phone);
    }

    [Fact]
    public async Task What_was_unchanged_is_left_alone()
    {
        var cloud = new FakeCloud();
        AccountRequest request = new() { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/Workloads" };
        using (var first = new MemoryJournal()) await Vend(cloud, first, request);
        using var second = new MemoryJournal();
        await Vend(cloud, second, request, new AccountRequest { Name = "pay", Email = "aws+pay@example.com" });
        Assert.Equal("create account:/pay", Assert.Single((await Undo(cloud, second.History)).Left).Change.Id);
    }

    // The process dies at each line in turn, so that each call in turn is announced, or answered, and its change not ended.
    [Theory, InlineData(true), InlineData(false)]
    public async Task What_was_announced_and_never_ended_is_looked_for_and_taken_back_or_listed(bool answersLost)
    {
        for (var line = 1; ; line++)
        {
            var cloud = new FakeCloud();
            var lost = new HashSet<string>();
            var old = cloud.AddAccount("old", "aws+old@example.com", cloud.AddUnit("Attic").Id);
            cloud.Faults = (operation, _) => answersLost && operation is "CreateAccount" or "MoveAccount" or "CreateOrganizationalUnit" or "TagResource" && lost.Add(operation) ? Fault.Lost(after: true) : null;
            using var dying = new MemoryJournal(diesAt: line, written: true);
            AccountRequest[] requests =
            [
                new() { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/Workloads", Tags = Facts.Of(("a", "1")) },
                new() { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/Workloads" },
            ];
            try { await Vend(cloud, dying, requests); }
            catch (Exception e) when (dying.Died && e is IOException or Xunit.Sdk.FalseException) { }

            cloud.Faults = (_, _) => null;
            cloud.Clock.Pass(TimeSpan.FromMinutes(5));
            if (dying.History.Planned is null) continue;
            var undo = await Undo(cloud, dying.History);
            var results = await Run(cloud, undo);
            Assert.DoesNotContain(results, result => result.Outcome == UndoOutcome.Failed);
            var found = cloud.Organization();
            Assert.Equal("/Attic/old", found.AccountById(old.Id)!.Path);
            Assert.False(cloud.TagsOf(old.Id).ContainsKey("a"));
            Assert.True(found.AccountByEmail("aws+shop@example.com") is not { } shop || shop.Path == "/shop");
            // Whatever was made and cannot be taken back is named.
            Assert.Equal(found.AccountByEmail("aws+shop@example.com") is null ? 0 : 1, undo.Left.Count(left => left.Outcome == UndoOutcome.Proposed && left.Change.Id == "create account:/Workloads/shop"));
            Assert.Equal(found.UnitAt("/Workloads") is null ? 0 : 1, undo.Left.Count(left => left.Outcome == UndoOutcome.Proposed && left.Change.Id == "create organizational-unit:/Workloads"));
            if (!dying.Died) break;
        }
    }

    [Fact]
    public async Task A_creation_that_is_still_under_way_is_said_to_be()
    {
        var cloud = new FakeCloud();
        using var dying = new MemoryJournal(diesAt: 3, written: true);
        using var stop = new CancellationTokenSource();
        cloud.Meanwhile = operation => { if (operation is "ListCreateAccountStatus" or "DescribeCreateAccountStatus" && dying.Died) stop.Cancel(); };
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync([new AccountRequest { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/" }], cloud.Organization(), new(true, false), CallScope.None);
        await Assert.ThrowsAsync<IOException>(async () => { await foreach (var _ in vending.RunAsync(rows, () => dying.Journal, "o-test", 4, new CallScope(stop.Token))) { } });
        var left = Assert.Single((await Undo(cloud, dying.History)).Left);
        Assert.Equal(UndoOutcome.Proposed, left.Outcome);
        Assert.Contains("still under way", left.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_undone_is_not_undone_again_and_the_rollout_is_not_resumed()
    {
        var folder = Directory.CreateTempSubdirectory("guardrails-test-").FullName;
        try
        {
            var cloud = new FakeCloud();
            var old = cloud.AddAccount("old", "aws+old@example.com", cloud.AddUnit("Attic").Id);
            var store = new RolloutStore(folder);
            string path;
            using (var journal = store.Create(cloud.Clock))
            {
                path = journal.Path;
                await Vend(cloud, journal, new AccountRequest { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/Workloads" });
            }
            var undo = await Undo(cloud, RolloutStore.History(path));
            var (undone, _) = RolloutJournal.TakeUp(path);
            using (undone)
            using (var taking = store.Create(cloud.Clock))
            {
                undone.Write(new RolloutUndone(cloud.Clock.GetUtcNow(), taking.RolloutId, taking.Path, RolloutJournal.Self()));
                await Run(cloud, undo, taking);
            }
            Assert.Equal("/Attic/old", cloud.Organization().AccountById(old.Id)!.Path);
            var state = store.List().Single(one => one.Path == path);
            Assert.Equal(RolloutState.Undone, state.State);
            Assert.Contains("Taken back by", state.Message, StringComparison.Ordinal);

            var history = RolloutStore.History(path);
            var again = await UndoPlan.MakeAsync(history, RolloutKinds.Of(cloud.Ports), RolloutStore.TakenBack(history), CallScope.None);
            Assert.Empty(again.Plan.Changes);
            Assert.Equal(["Proposed create", "Undone move"], again.Left.Select(left => $"{left.Outcome} {left.Change.Action}").Order(StringComparer.Ordinal));
            using var resumed = new MemoryJournal();
            Assert.Throws<PlanException>(() => new RolloutExecutor(RolloutKinds.Of(cloud.Ports), Limits, cloud.Clock).ResumeAsync(history, resumed.Journal, CallScope.None));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static Task<UndoPlan> Undo(FakeCloud cloud, RolloutHistory history) =>
        UndoPlan.MakeAsync(history, RolloutKinds.Of(cloud.Ports), new Dictionary<string, string>(), CallScope.None);

    private static Task Vend(FakeCloud cloud, MemoryJournal journal, params AccountRequest[] requests) => Vend(cloud, journal.Journal, requests);

    private static async Task Vend(FakeCloud cloud, RolloutJournal journal, params AccountRequest[] requests)
    {
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync(requests, cloud.Organization(), new(true, false), CallScope.None);
        await foreach (var result in vending.RunAsync(rows, () => journal, "o-test", 4, CallScope.None)) Assert.False(result.IsTrouble, result.Message);
    }

    private static async Task<List<UndoResult>> Run(FakeCloud cloud, UndoPlan undo)
    {
        using var journal = new MemoryJournal();
        return await Run(cloud, undo, journal.Journal);
    }

    private static async Task<List<UndoResult>> Run(FakeCloud cloud, UndoPlan undo, RolloutJournal journal)
    {
        var results = new List<UndoResult>();
        var executor = new RolloutExecutor(RolloutKinds.Of(cloud.Ports), Limits, cloud.Clock);
        await foreach (var result in executor.RunAsync(undo.Plan, journal, "Undo-GuardrailRollout", "o-test", 4, CallScope.None)) results.Add(undo.ResultOf(result));
        return results;
    }
}
