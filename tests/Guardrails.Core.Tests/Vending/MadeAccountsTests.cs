using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Accounts that have lost their mark: ours where a journal tells of their creation, and not ours without one.</summary>
public sealed class MadeAccountsTests : IDisposable
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int>());
    private static readonly AccountRequest Request = new() { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/New", Tags = Facts.Of(("a", "1")) };
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-made-").FullName;
    private readonly FakeCloud _cloud = new();

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task An_account_that_has_lost_its_mark_is_ours_as_long_as_a_journal_tells_of_its_creation()
    {
        Assert.Equal(AccountOutcome.Created, (await VendAsync()).Outcome);
        var shop = Assert.Single(_cloud.Accounts);
        await _cloud.RemoveTagsAsync(shop.Id, [Ownership.TagKey], CallScope.None);
        Assert.True((await EditAsync(shop.Id, Journals())).IsOurs);
        Assert.Equal(AccountOutcome.Adopted, (await VendAsync()).Outcome);
        Assert.True(Ownership.IsOurs(_cloud.TagsOf(shop.Id)));

        await _cloud.RemoveTagsAsync(shop.Id, [Ownership.TagKey], CallScope.None);
        // Of another organization, or of a sandbox of this one, the journals tell nothing.
        Assert.Equal(AccountOutcome.Conflict, (await VendAsync(new MadeAccounts(new RolloutStore(_folder), "o-other", rehearsal: false))).Outcome);
        Assert.Equal(AccountOutcome.Conflict, (await VendAsync(new MadeAccounts(new RolloutStore(_folder), "o-test", rehearsal: true))).Outcome);
        foreach (var journal in Directory.EnumerateFiles(_folder)) File.Delete(journal);
        Assert.Equal(AccountOutcome.Conflict, (await VendAsync()).Outcome);
        Assert.False((await EditAsync(shop.Id, Journals())).IsOurs);
    }

    [Fact]
    public async Task An_account_that_this_module_itself_has_let_go_is_not_ours_any_more()
    {
        await VendAsync();
        var shop = Assert.Single(_cloud.Accounts);
        var letGo = await new AccountEditor(_cloud.Ports).PlanAsync(_cloud.Organization().AccountById(shop.Id)!, new AccountEdit { RemoveTags = [Ownership.TagKey] }, adopt: false, CallScope.None);
        using (var journal = new RolloutStore(_folder).Create(_cloud.Clock))
            await foreach (var result in new RolloutExecutor(RolloutKinds.Of(_cloud.Ports), Limits, _cloud.Clock).RunAsync(Plan.Of(letGo.Changes), journal, "Set-GuardrailAccount", "o-test", 4, CallScope.None)) Assert.True(result.Holds);
        Assert.Equal(AccountOutcome.Conflict, (await VendAsync()).Outcome);
    }

    private MadeAccounts Journals() => new(new RolloutStore(_folder), "o-test", rehearsal: false);

    private Task<AccountEditPlan> EditAsync(string id, MadeAccounts made) =>
        new AccountEditor(_cloud.Ports, made).PlanAsync(_cloud.Organization().AccountById(id)!, new AccountEdit { Tags = Facts.Of(("a", "2")) }, adopt: false, CallScope.None);

    private async Task<AccountVendingResult> VendAsync(MadeAccounts? made = null)
    {
        _cloud.Clock.Pass(TimeSpan.FromMinutes(1));
        var vending = new AccountVending(_cloud.Ports, Limits, made ?? Journals());
        var rows = await vending.PlanAsync([Request], _cloud.Organization(), new(true, false), CallScope.None);
        var results = new List<AccountVendingResult>();
        await foreach (var result in vending.RunAsync(rows, () => new RolloutStore(_folder).Create(_cloud.Clock), "o-test", 4, CallScope.None)) results.Add(result);
        return Assert.Single(results);
    }
}
