using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>A vending that runs from its plan or is resumed waits until its accounts are ready, as the vending itself does.</summary>
public sealed class PlannedAccountsTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5 });
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "1" };

    private static readonly AccountRequest[] Requests =
    [
        new()
        {
            Name = "shop",
            Email = "aws+shop@example.com",
            OrganizationalUnit = "/New",
            Tags = Facts.Of(("a", "1")),
            Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = Soc },
            Regions = ["eu-central-2"],
            Access = AccountSettingCells.Access("group:Admins=ReadOnly"),
        },
        new() { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/New" },
    ];

    [Fact]
    public async Task Dead_at_any_line_and_resumed_the_last_word_on_each_account_is_that_it_is_ready()
    {
        for (var line = 3; ; line++)
        {
            var cloud = Cloud();
            using var dying = new MemoryJournal(diesAt: line, written: true);
            await cloud.VendUntilDeathAsync(dying, Requests, Limits);
            if (!dying.Died) { Assert.True(line > 20); break; }
            using var resumed = new MemoryJournal(dying.Bytes);
            // Its last line says that it was put down in order.
            if (resumed.History.Closed is not null) continue;
            var results = await ResumeAsync(cloud, resumed, TimeSpan.FromHours(2));
            Assert.All(results, result => Assert.True(result.Holds, result.Message));
            Assert.All(cloud.Accounts, account => Assert.Equal(true, results.Last(result => result.ResourceId == account.Id && result.Change.Kind != OrganizationalUnitChanges.KindName).Ready));
            Assert.Equal(cloud.Accounts.Count, results.Count(result => result.Ready is not null));
            Assert.Equal(RegionState.Enabled, await cloud.GetRegionAsync(cloud.Accounts.Single(account => account.Name == "shop").Id, "eu-central-2", CallScope.None));
        }
    }

    [Fact]
    public async Task An_account_that_is_not_ready_in_time_is_made_and_says_why()
    {
        var cloud = Cloud();
        cloud.UsableAfter = TimeSpan.FromHours(5);
        cloud.EnablingTakes = TimeSpan.FromHours(5);
        using var dying = new MemoryJournal(diesAt: 6, written: true);
        await cloud.VendUntilDeathAsync(dying, Requests, Limits);
        using var resumed = new MemoryJournal(dying.Bytes);
        var shop = Assert.Single(await ResumeAsync(cloud, resumed, TimeSpan.FromMinutes(5)), result => result.Ready == false);
        Assert.True(shop.Holds);
        Assert.Contains("not ready", shop.Message, StringComparison.Ordinal);
        Assert.Contains("OrganizationAccountAccessRole cannot be assumed", shop.Message, StringComparison.Ordinal);
        Assert.Contains("eu-central-2 is enabling", shop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_which_a_change_fails_is_not_waited_for()
    {
        var cloud = Cloud();
        using var dying = new MemoryJournal(diesAt: 4, written: true);
        await cloud.VendUntilDeathAsync(dying, Requests, Limits);
        cloud.Faults = (operation, _) => operation == "EnableRegion" ? new Fault(FakeCloud.Refused(operation, "AccessDeniedException"), false) : null;
        using var resumed = new MemoryJournal(dying.Bytes);
        var results = await ResumeAsync(cloud, resumed, TimeSpan.FromHours(2));
        Assert.Single(results, result => result.Status == ChangeStatus.Failed);
        Assert.DoesNotContain(results, result => result.Ready is not null && result.ResourceId == cloud.Accounts.Single(account => account.Name == "shop").Id);
    }

    [Fact]
    public async Task Of_a_vending_that_ended_in_order_nothing_more_is_said()
    {
        var cloud = Cloud();
        using var journal = new MemoryJournal();
        await cloud.VendUntilDeathAsync(journal, Requests, Limits);
        Assert.Empty(await ResumeAsync(cloud, journal, TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task A_plan_that_is_run_later_says_of_each_account_when_it_is_ready_or_why_not()
    {
        foreach (var (timeout, ready) in new[] { (TimeSpan.FromHours(2), true), (TimeSpan.Zero, false) })
        {
            var cloud = Cloud();
            var rows = await new AccountVending(cloud.Ports, Limits).PlanAsync(Requests, cloud.Organization(), new(true, false), CallScope.None);
            var plan = AccountVending.PlanOf(rows) with { Command = AccountVending.Command };
            using var journal = new MemoryJournal();
            var running = cloud.Executor(Limits).RunAsync(plan, journal.Journal, plan.Command, "o-test", 4, CallScope.None);
            var results = new List<ChangeResult>();
            await foreach (var result in PlannedAccounts.Of(plan, new AccountReadiness(cloud.Ports, timeout)).WaitAsync(running, CallScope.None)) results.Add(result);
            Assert.Equal(plan.Changes.Count, results.Count);
            var shop = Assert.Single(results, result => result.Ready is not null && result.ResourceId == cloud.Accounts.Single(account => account.Name == "shop").Id);
            Assert.Equal(ready, shop.Ready);
            if (!ready) Assert.Contains("eu-central-2 is enabling", shop.Message, StringComparison.Ordinal);
        }
    }

    private static FakeCloud Cloud()
    {
        var cloud = new FakeCloud { UsableAfter = TimeSpan.FromMinutes(10), EnablingTakes = TimeSpan.FromMinutes(40) };
        cloud.AddAccount("old", "aws+old@example.com");
        return cloud;
    }

    private static async Task<List<ChangeResult>> ResumeAsync(FakeCloud cloud, MemoryJournal journal, TimeSpan timeout)
    {
        var history = journal.History;
        var resumed = cloud.Executor(Limits).ResumeAsync(history, journal.Journal, CallScope.None);
        var results = new List<ChangeResult>();
        await foreach (var result in PlannedAccounts.Of(history, new AccountReadiness(cloud.Ports, timeout)).WaitAsync(resumed, CallScope.None)) results.Add(result);
        return results;
    }
}
