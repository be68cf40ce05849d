using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>What has moved on between a plan and its run is refused with what differs; everything else goes on.</summary>
public sealed class PlanCheckTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int>());
    private readonly FakeCloud _cloud = new();
    private readonly OrganizationalUnitFacts _attic;
    private readonly OrganizationalUnitFacts _work;
    private readonly AccountFacts _old;

    public PlanCheckTests()
    {
        _attic = _cloud.AddUnit("Attic");
        _work = _cloud.AddUnit("Work");
        _old = _cloud.AddAccount("old", "aws+old@example.com", _attic.Id);
    }

    public static TheoryData<string, string> Moves => new()
    {
        { "renamed", "name was 'old' and is 'new'" },
        { "moved", "parentId was " },
        { "closed", "state was 'Active' and is 'Closed'" },
        { "gone", "is not in the organization" },
        { "unit renamed", "path was '/Attic/old' and is '/Loft/old'" },
        { "destination renamed", "was '/Work' and is '/Office'" },
        { "destination gone", "'/Work' is not in the organization" },
    };

    [Theory, MemberData(nameof(Moves))]
    public async Task What_has_moved_on_is_refused_with_what_differs_and_all_else_is_made(string how, string said)
    {
        var plan = await PlanAsync("/Work", Facts.None, ["shop", "other"]);
        switch (how)
        {
            case "renamed": _cloud.Rename(_old.Id, "new"); break;
            case "moved": _cloud.Place(_old.Id, FakeCloud.RootId); break;
            case "closed": _cloud.Change(_old.Id, account => account with { State = AccountState.Closed }); break;
            case "gone": _cloud.Remove(_old.Id); break;
            case "unit renamed": _cloud.RenameUnit(_attic.Id, "Loft"); break;
            case "destination renamed": _cloud.RenameUnit(_work.Id, "Office"); break;
            case "destination gone": _cloud.RemoveUnit(_work.Id); break;
        }
        var results = await RunAsync(plan);
        var refused = results["move account:/Attic/old"];
        Assert.Equal((ChangeStatus.Conflict, "MovedOn"), (refused.Status, refused.Reason));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Done, results["create account:/shop"].Status);
        Assert.Equal(["CreateAccount", "CreateAccount"], _cloud.Writes.Where(write => write != "TagResource"));
    }

    [Fact]
    public async Task What_depends_on_a_refused_change_is_not_tried()
    {
        await _cloud.RemoveTagsAsync(_old.Id, [.. Ownership.Tags.Keys], CallScope.None);
        var plan = await PlanAsync("/Work", Facts.None);
        _cloud.Rename(_old.Id, "new");
        var results = await RunAsync(plan);
        Assert.Equal(ChangeStatus.Conflict, results["adopt account:/Attic/old"].Status);
        Assert.DoesNotContain(results.Values, result => result.Holds);
    }

    [Fact]
    public async Task A_tag_that_has_moved_on_between_plan_and_run_is_refused_by_the_change_itself()
    {
        var plan = await PlanAsync("/Attic", Facts.Of(("a", "1")));
        await _cloud.SetTagsAsync(_old.Id, Facts.Of(("a", "theirs")), CallScope.None);
        Assert.Contains("is 'theirs'", (await RunAsync(plan))["tag account:/Attic/old"].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_what_is_as_it_was_is_made_whole()
    {
        var plan = await PlanAsync("/Work", Facts.Of(("a", "1")), ["shop"]);
        Assert.All((await RunAsync(plan)).Values, result => Assert.Equal(ChangeStatus.Done, result.Status));
        Assert.Equal("/Work/old", _cloud.Organization().AccountById(_old.Id)!.Path);
    }

    // What a reviewer reads is the address; what would be changed is the id.
    [Theory]
    [InlineData("address")]
    [InlineData("fingerprint")]
    [InlineData("source")]
    [InlineData("destination")]
    public async Task A_plan_whose_file_says_something_else_than_the_organization_is_refused(string what)
    {
        var other = _cloud.AddAccount("payments", "aws+payments@example.com", _work.Id);
        var plan = await PlanAsync("/Work", Facts.None);
        var move = plan.Changes.Single();
        var forged = what switch
        {
            "address" => Assert.Single(Fingerprint.Stamp([move with { ResourceId = other.Id }], _cloud.Organization())),
            "fingerprint" => move with { Fingerprint = Facts.None },
            "source" => move with { Before = move.Before.With(("parentId", _work.Id)) },
            _ => move with { After = move.After.With(("parentId", FakeCloud.RootId)) },
        };
        var results = await RunAsync(Plan.Of([forged]));
        Assert.Equal(ChangeStatus.Conflict, Assert.Single(results.Values).Status);
        Assert.Empty(_cloud.Writes);
    }

    [Fact]
    public async Task What_the_plan_itself_has_changed_has_not_moved_on_when_it_is_resumed()
    {
        for (var line = 3; ; line++)
        {
            var bed = new PlanCheckTests();
            var plan = await bed.PlanAsync("/Work", Facts.Of(("a", "1")), rename: "newer");
            using var dying = new MemoryJournal(diesAt: line, written: true);
            try { await bed.RunAsync(plan, dying); }
            catch (IOException) when (dying.Died) { }
            var history = dying.History;
            using var resumed = new MemoryJournal(dying.Bytes);
            var refused = PlanCheck.Refusals(plan, bed._cloud.Organization(), history);
            Assert.Empty(refused);
            await foreach (var result in bed.Executor.ResumeAsync(history, resumed.Journal, CallScope.None, refused)) Assert.True(result.Holds, result.Message);
            Assert.Equal("/Work/newer", bed._cloud.Organization().AccountById(bed._old.Id)!.Path);
            if (!dying.Died) break;
        }
    }

    [Fact]
    public async Task What_had_moved_on_stays_refused_when_the_rollout_is_resumed()
    {
        var plan = await PlanAsync("/Work", Facts.None, rename: "newer");
        _cloud.Change(_old.Id, account => account with { Email = "aws+else@example.com" });
        using var journal = new MemoryJournal();
        Assert.All((await RunAsync(plan, journal)).Values, result => Assert.Equal(ChangeStatus.Conflict, result.Status));
        var refused = PlanCheck.Refusals(plan, _cloud.Organization(), journal.History);
        Assert.Equal(plan.Changes.Select(change => change.Id).Order(), refused.Keys.Order());
    }

    [Theory]
    [InlineData("account", "explode", "nothing that can be done")]
    [InlineData("account", "move", "does not say what 'parentId' was")]
    [InlineData("account", "close", "does not say")]
    [InlineData("account-name", "rename", "does not say what 'name'")]
    [InlineData("alternate-contact", "set", "does not say which contact")]
    [InlineData("region", "enable", "does not say what 'region'")]
    [InlineData("account-access", "assign", "does not say whose")]
    [InlineData("organizational-unit", "paint", "nothing that can be done")]
    [InlineData("organizational-unit", "delete", "does not say which organizational unit")]
    [InlineData("policy-attachment", "detach", "nothing that can be done")]
    [InlineData("unheard-of", "do", "nothing here can make")]
    public void A_change_that_cannot_even_be_tried_ends_the_plan_before_its_first_call(string kind, string action, string said)
    {
        var plan = Plan.Of([Changes.Of("x") with { Kind = kind, Action = action }]);
        Assert.Contains(said, Assert.Throws<PlanException>(() => Executor.Check(plan)).Message, StringComparison.Ordinal);
    }

    private RolloutExecutor Executor => new(RolloutKinds.Of(_cloud.Ports), Limits, _cloud.Clock);

    private async Task<Plan> PlanAsync(string place, IReadOnlyDictionary<string, string> tags, string[]? fresh = null, string rename = "old")
    {
        AccountRequest[] requests =
        [
            new() { Name = rename, Email = "aws+old@example.com", OrganizationalUnit = place, Tags = tags },
            .. (fresh ?? []).Select(name => new AccountRequest { Name = name, Email = $"aws+{name}@example.com", OrganizationalUnit = "/" }),
        ];
        var rows = await new AccountVending(_cloud.Ports, Limits).PlanAsync(requests, _cloud.Organization(), new(true, Adopt: true), CallScope.None);
        return AccountVending.PlanOf([.. rows.Where(row => row.Settled is null)]);
    }

    private async Task<Dictionary<string, ChangeResult>> RunAsync(Plan plan)
    {
        using var journal = new MemoryJournal();
        return await RunAsync(plan, journal);
    }

    private async Task<Dictionary<string, ChangeResult>> RunAsync(Plan plan, MemoryJournal journal)
    {
        var results = new Dictionary<string, ChangeResult>();
        var refused = PlanCheck.Refusals(plan, _cloud.Organization());
        await foreach (var result in Executor.RunAsync(plan, journal.Journal, "Test", "o-test", 4, CallScope.None, refused)) results.Add(result.Change.Id, result);
        return results;
    }
}
