using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>The move of an organizational unit: made of creations, moves and deletions, at whichever line of its journal the process dies.</summary>
public sealed class MovedUnitTests
{
    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "")]
    [InlineData(true, "CreateOrganizationalUnit")]
    [InlineData(true, "AttachPolicy")]
    [InlineData(true, "MoveAccount")]
    [InlineData(true, "DeleteOrganizationalUnit")]
    public Task Dead_at_any_line_and_resumed_everything_is_at_the_new_place_once_and_the_old_one_is_gone(bool written, string lost) => FakeRollouts.KillAtEachLineAsync(written, moreThan: 20, () =>
    {
        var cloud = Cloud();
        var plan = PlanOf(cloud);
        cloud.Faults = (operation, nth) => operation == lost && nth == 1 ? Fault.Lost(after: true) : null;
        cloud.Meanwhile = operation => { if (operation == "MoveAccount") AssertBound(cloud); };
        return (cloud, plan);
    }, AssertMoved);

    [Fact]
    public async Task Where_a_policy_cannot_be_attached_no_account_is_moved_and_nothing_is_deleted()
    {
        var cloud = Cloud();
        cloud.Faults = (operation, _) => operation == "AttachPolicy" ? new Fault(new CloudException("organizations:AttachPolicy", "ConstraintViolationException", "There are five."), After: false) : null;
        using var journal = new MemoryJournal();
        await cloud.RunAsync(journal, PlanOf(cloud));
        Assert.Equal(["/Old/Team/a", "/Old/Team/Sub/b"], cloud.Organization().Accounts.Select(account => account.Path).Order(StringComparer.Ordinal).Reverse());
        Assert.DoesNotContain(cloud.Writes, write => write is "MoveAccount" or "DeleteOrganizationalUnit");
    }

    [Fact]
    public async Task Tags_go_with_it_but_those_that_are_set_by_AWS()
    {
        var cloud = Cloud();
        var unit = cloud.Organization().UnitAt("/Old/Team")! with { Tags = Facts.Of(("Owner", "me"), ("aws:made-by", "them")) };
        Assert.Equal([new("Owner", "me"), .. Ownership.Tags], OrganizationalUnitMove.Changes(cloud.Organization(), unit, cloud.Organization().UnitAt("/New")!)[0].After.Tags());
        using var journal = new MemoryJournal();
        Assert.All(await cloud.RunAsync(journal, PlanOf(cloud)), result => Assert.Equal(ChangeStatus.Done, result.Status));
        AssertMoved(cloud);
    }

    [Fact]
    public async Task What_somebody_else_puts_into_it_meanwhile_stays_and_it_is_not_deleted()
    {
        var cloud = Cloud();
        var plan = PlanOf(cloud);
        var team = cloud.Organization().UnitAt("/Old/Team")!;
        var guest = cloud.AddAccount("guest", "guest@example.com");
        cloud.Meanwhile = operation => { if (operation == "DeleteOrganizationalUnit") cloud.Place(guest.Id, team.Id); };
        using var journal = new MemoryJournal();
        var results = await cloud.RunAsync(journal, plan);
        var kept = Assert.Single(results, result => result.Change.Id == "delete organizational-unit:/Old/Team");
        Assert.Equal((ChangeStatus.Conflict, "NotEmpty"), (kept.Status, kept.Reason));
        Assert.Equal("/Old/Team/guest", cloud.Organization().AccountById(guest.Id)!.Path);
        Assert.Equal(2, cloud.Organization().Accounts.Count(account => account.Path.StartsWith("/New/Team/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Undo_proposes_the_way_back_and_changes_nothing()
    {
        var cloud = Cloud();
        using var journal = new MemoryJournal();
        await cloud.RunAsync(journal, PlanOf(cloud));
        var undo = await cloud.UndoAsync(journal);
        Assert.Empty(undo.Plan.Changes);
        Assert.Equal(8, undo.Left.Count);
        Assert.All(undo.Left, left => Assert.Equal(UndoOutcome.Proposed, left.Outcome));
    }

    [Fact]
    public void Into_itself_beside_its_namesake_without_FullAWSAccess_or_half_read_it_is_refused_with_the_reason()
    {
        var cloud = Cloud();
        string? Refusal(string unit, string parent, Func<OrganizationFacts, OrganizationFacts>? with = null)
        {
            var organization = Guardrails.Organization.From((with ?? (facts => facts))(cloud.Facts()));
            return OrganizationalUnitMove.Refusal(organization, organization.UnitAt(unit)!, organization.UnitAt(parent)!);
        }
        Assert.Null(Refusal("/Old/Team", "/New"));
        Assert.Contains("root", Refusal("/", "/New"), StringComparison.Ordinal);
        Assert.Contains("into itself", Refusal("/Old", "/Old/Team/Sub"), StringComparison.Ordinal);
        Assert.Contains("into itself", Refusal("/Old", "/Old"), StringComparison.Ordinal);
        cloud.AddUnit("Team");
        Assert.Contains("'/Team' already", Refusal("/Old/Team", "/"), StringComparison.Ordinal);
        Assert.Contains("could not be read", Refusal("/Old/Team", "/New", facts => facts with { Gaps = ["Policies were not read."] }), StringComparison.Ordinal);
        string[] everywhere = [.. cloud.Organization().OrganizationalUnits.Select(unit => unit.Id)];
        var sub = cloud.Organization().UnitAt("/Old/Team/Sub")!.Id;
        OrganizationPolicy FullAccess(IEnumerable<string> targets) => new() { Id = "p-FullAWSAccess", Arn = "arn", Name = "FullAWSAccess", Type = "SERVICE_CONTROL_POLICY", AwsManaged = true, Targets = [.. targets] };
        Assert.Null(Refusal("/Old/Team", "/New", facts => facts with { PolicyTypes = ["SERVICE_CONTROL_POLICY"], Policies = [FullAccess(everywhere)] }));
        Assert.Contains("taken off '/Old/Team/Sub'", Refusal("/Old/Team", "/New", facts => facts with { PolicyTypes = ["SERVICE_CONTROL_POLICY"], Policies = [FullAccess(everywhere.Except([sub]))] }), StringComparison.Ordinal);
        // Where such policies are not enabled they are attached to nothing, and restrict nothing.
        Assert.Null(Refusal("/Old/Team", "/New", facts => facts with { Policies = [FullAccess([])] }));
    }

    private static FakeCloud Cloud()
    {
        var cloud = new FakeCloud();
        cloud.AddUnit("New");
        var team = cloud.AddUnit("Team", cloud.AddUnit("Old").Id);
        cloud.AddAccount("a", "a@example.com", team.Id);
        var sub = cloud.AddUnit("Sub", team.Id);
        cloud.AddAccount("b", "b@example.com", sub.Id, ours: false);
        cloud.Policies.Add(Policy("p-team", team.Id));
        cloud.Policies.Add(Policy("p-sub", sub.Id));
        return cloud;
    }

    private static Plan PlanOf(FakeCloud cloud)
    {
        var organization = cloud.Organization();
        return Plan.Of(Fingerprint.Stamp(OrganizationalUnitMove.Changes(organization, organization.UnitAt("/Old/Team")!, organization.UnitAt("/New")!), organization));
    }

    private static OrganizationPolicy Policy(string id, string target) => new() { Id = id, Arn = "arn", Name = id, Type = "SERVICE_CONTROL_POLICY", Targets = [target] };

    /// <summary>At whatever moment: each account is bound by what bound it before.</summary>
    private static void AssertBound(FakeCloud cloud)
    {
        var now = cloud.Organization();
        foreach (var account in now.Accounts)
        {
            var bound = now.Ancestors(account.Id).SelectMany(unit => now.PoliciesOn(unit.Id)).Select(policy => policy.Id).Order().ToList();
            Assert.Equal(account.Name == "a" ? ["p-team"] : ["p-sub", "p-team"], bound);
        }
    }

    private static void AssertMoved(FakeCloud cloud)
    {
        AssertBound(cloud);
        var now = cloud.Organization();
        Assert.Equal(["/New", "/New/Team", "/New/Team/Sub", "/Old"], now.OrganizationalUnits.Select(unit => unit.Path));
        Assert.Equal(["/New/Team/a", "/New/Team/Sub/b"], now.Accounts.Select(account => account.Path));
        Assert.Equal(2, cloud.Writes.Count(write => write == "MoveAccount"));
    }
}
