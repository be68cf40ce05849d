using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>What is planned where accounts that are there are to be different.</summary>
public sealed class AccountEditorTests
{
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "+49 30 1234" };

    [Fact]
    public async Task Only_what_differs_is_planned_and_what_is_not_named_stays()
    {
        var (cloud, account) = Cloud();
        await cloud.SetTagsAsync(account.Id, Facts.Of(("a", "1"), ("b", "2"), ("c", "3")), CallScope.None);
        await cloud.SetContactAsync(account.Id, AlternateContactType.Security, Soc, CallScope.None);
        var plan = await PlanAsync(cloud, account, new AccountEdit
        {
            Name = "shop",
            Tags = Facts.Of(("a", "1"), ("b", "new")),
            RemoveTags = ["c", "not there"],
            Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = Soc, [AlternateContactType.Billing] = Soc },
            RemoveContacts = [AlternateContactType.Operations],
            Regions = ["us-east-1", "eu-central-2"],
        });
        Assert.Equal(["tag", "set", "enable"], plan.Changes.Select(change => change.Action));
        Assert.Equal([("b", "2"), ("c", "3")], plan.Changes[0].Before.Tags().Select(tag => (tag.Key, tag.Value)));
        Assert.Equal([("b", "new")], plan.Changes[0].After.Tags().Select(tag => (tag.Key, tag.Value)));
        Assert.Equal("Tag b=new, remove tag c, set BILLING contact, enable eu-central-2", AccountVending.ActionsOf(plan.Changes));
        Assert.Empty((await PlanAsync(cloud, account, new AccountEdit { Tags = Facts.Of(("a", "1")), Name = "shop" })).Changes);
    }

    [Fact]
    public async Task An_account_that_is_not_ours_is_marked_as_ours_before_anything_else_is_changed_about_it()
    {
        var (cloud, account) = Cloud(ours: false);
        AccountEdit edit = new() { Name = "new", Tags = Facts.Of(("a", "1")), Regions = ["eu-central-2"] };
        Assert.False((await PlanAsync(cloud, account, edit)).IsOurs);
        var plan = await PlanAsync(cloud, account, edit, adopt: true);
        Assert.Equal(["adopt", "tag", "rename", "enable"], plan.Changes.Select(change => change.Action));
        Assert.All(plan.Changes.Skip(1), change => Assert.Equal([plan.Changes[0].Id], change.DependsOn));
    }

    [Fact]
    public async Task The_name_is_compared_with_the_accounts_own_because_the_listing_lags_behind()
    {
        var (cloud, listed) = Cloud();
        cloud.Rename(listed.Id, "renamed an hour ago");
        var rename = Assert.Single((await PlanAsync(cloud, listed, new AccountEdit { Name = "again" })).Changes);
        Assert.Equal("renamed an hour ago", rename.Before["name"]);
        Assert.Empty((await PlanAsync(cloud, listed, new AccountEdit { Name = "renamed an hour ago" })).Changes);
    }

    [Fact]
    public async Task Everything_that_is_planned_is_done_and_nothing_is_left_to_plan()
    {
        var (cloud, account) = Cloud(ours: false);
        await cloud.SetTagsAsync(account.Id, Facts.Of(("a", "1")), CallScope.None);
        await cloud.SetContactAsync(account.Id, AlternateContactType.Operations, Soc, CallScope.None);
        var plan = await PlanAsync(cloud, account, new AccountEdit
        {
            Name = "new",
            Tags = Facts.Of(("b", "2")),
            RemoveTags = ["a"],
            Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = Soc },
            RemoveContacts = [AlternateContactType.Operations],
        }, adopt: true);
        using var journal = new MemoryJournal();
        await foreach (var result in cloud.Executor().RunAsync(Plan.Of(plan.Changes), journal.Journal, "Set-GuardrailAccount", "o-test", 4, CallScope.None)) Assert.Equal(ChangeStatus.Done, result.Status);
        Assert.Equal("new", cloud.Accounts.Single().Name);
        Assert.Equal(["b", Ownership.TagKey], cloud.TagsOf(account.Id).Keys.Order(StringComparer.Ordinal));
        Assert.Equal((null, Soc), (cloud.ContactOf(account.Id, AlternateContactType.Operations), cloud.ContactOf(account.Id, AlternateContactType.Security)));
        Assert.Empty((await PlanAsync(cloud, account, new AccountEdit { Name = "new", Tags = Facts.Of(("b", "2")), RemoveTags = ["a"] }, adopt: true)).Changes);
    }

    [Theory]
    [InlineData("", "a", "Name")]
    [InlineData("ok", "aws:x", "aws:")]
    [InlineData("ok", Ownership.TagKey, "set by this module")]
    [InlineData("ok", "gone", "set and to be removed")]
    public void What_cannot_be_meant_is_said_before_anything_is_read(string name, string tag, string says) =>
        Assert.Contains(new AccountEdit { Name = name, Tags = Facts.Of((tag, "1")), RemoveTags = ["gone"] }.Faults(), fault => fault.Message.Contains(says, StringComparison.Ordinal));

    private static (FakeCloud Cloud, Account Account) Cloud(bool ours = true)
    {
        var cloud = new FakeCloud();
        var id = cloud.AddAccount("shop", "aws+shop@example.com", ours: ours).Id;
        return (cloud, cloud.Organization().AccountById(id)!);
    }

    private static Task<AccountEditPlan> PlanAsync(FakeCloud cloud, Account account, AccountEdit edit, bool adopt = false) =>
        new AccountEditor(cloud.Ports).PlanAsync(account, edit, adopt, CallScope.None);
}
