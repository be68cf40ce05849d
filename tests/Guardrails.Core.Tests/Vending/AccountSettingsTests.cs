using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Names, contacts, Regions, people's access, and when an account is ready.</summary>
public sealed class AccountSettingsTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5 });
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "+49 30 1234" };

    private static readonly AccountRequest Full = new()
    {
        Name = "shop",
        Email = "aws+shop@example.com",
        Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = Soc },
        Regions = ["eu-central-2"],
        Access = AccountSettingCells.Access("group:Admins=AdministratorAccess;user:jane@example.com=ReadOnly"),
    };

    [Fact]
    public async Task A_new_account_gets_contacts_regions_and_access_and_is_ready_only_then()
    {
        var cloud = new FakeCloud { UsableAfter = TimeSpan.FromMinutes(1) };
        var result = await VendAsync(cloud, Full);
        Assert.Equal((AccountOutcome.Created, true), (result.Outcome, result.Ready));
        Assert.Equal(Soc, cloud.ContactOf(result.AccountId!, AlternateContactType.Security));
        Assert.Equal(RegionState.Enabled, await cloud.GetRegionAsync(result.AccountId!, "eu-central-2", CallScope.None));
        Assert.True(cloud.HasAccess(result.AccountId!, "AdministratorAccess", FakeCloud.Admins));
        Assert.True(cloud.HasAccess(result.AccountId!, "ReadOnly", FakeCloud.Jane));
        var writes = cloud.Writes.Count;
        var again = await VendAsync(cloud, Full);
        Assert.Equal((AccountOutcome.Unchanged, true), (again.Outcome, again.Ready));
        Assert.Equal(writes, cloud.Writes.Count);
    }

    [Fact]
    public async Task Only_what_differs_is_corrected_and_the_name_is_too()
    {
        var cloud = new FakeCloud();
        var account = cloud.AddAccount("old", Full.Email);
        await cloud.SetContactAsync(account.Id, AlternateContactType.Security, Soc, CallScope.None);
        cloud.Give(account.Id, "AdministratorAccess", new(PrincipalType.Group, FakeCloud.Admins));
        var result = await VendAsync(cloud, Full);
        Assert.Equal(AccountOutcome.Renamed, result.Outcome);
        Assert.Equal(["rename", "enable eu-central-2", "assign user:jane@example.com=ReadOnly"], result.Actions);
        Assert.Equal("shop", Assert.Single(cloud.Accounts).Name);
    }

    [Fact]
    public async Task An_account_that_is_not_usable_in_time_is_made_and_not_ready_and_says_why()
    {
        var cloud = new FakeCloud { UsableAfter = TimeSpan.FromHours(2), EnablingTakes = TimeSpan.FromHours(3) };
        var result = await VendAsync(cloud, Full);
        Assert.Equal((AccountOutcome.Created, false), (result.Outcome, result.Ready));
        Assert.Contains("OrganizationAccountAccessRole cannot be assumed", result.Message, StringComparison.Ordinal);
        Assert.Contains("eu-central-2 is enabling", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_was_there_without_the_role_is_told_so_at_once()
    {
        var cloud = new FakeCloud { UsableAfter = null };
        cloud.AddAccount("shop", Full.Email);
        var before = cloud.Clock.GetUtcNow();
        var result = await VendAsync(cloud, Full with { Contacts = new Dictionary<AlternateContactType, AlternateContact>(), Regions = [], Access = [] });
        Assert.Equal((AccountOutcome.Unchanged, false), (result.Outcome, result.Ready));
        Assert.True(cloud.Clock.GetUtcNow() - before < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_permission_set_or_group_that_is_not_there_fails_the_row_before_anything_is_made()
    {
        var cloud = new FakeCloud();
        Assert.Equal("PermissionSetNotFound", (await VendAsync(cloud, Full with { Access = AccountSettingCells.Access("group:Admins=AdminstratorAccess") })).Reason);
        Assert.Equal("PrincipalNotFound", (await VendAsync(cloud, Full with { Access = AccountSettingCells.Access("group:Nobody=ReadOnly") })).Reason);
        Assert.Empty(cloud.Writes);
    }

    [Fact]
    public async Task Without_Identity_Center_the_account_is_made_and_the_result_says_that_nobody_got_access()
    {
        var result = await VendAsync(new FakeCloud { HasIdentityCenter = false }, Full);
        Assert.Equal((AccountOutcome.Created, false), (result.Outcome, result.Ready));
        Assert.Contains("Nobody was given access", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assignment_that_fails_for_good_says_why_and_one_that_fails_once_is_tried_again()
    {
        var failed = await VendAsync(new FakeCloud { AssignmentFails = _ => "no role" }, Full);
        Assert.Equal(("AssignmentFailed", true), (failed.Reason, failed.Message!.Contains("no role", StringComparison.Ordinal)));
        Assert.Equal(AccountOutcome.Created, (await VendAsync(new FakeCloud { AssignmentFails = nth => nth == 1 ? "not yet" : null }, Full)).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lost_answers_of_every_setting_are_looked_into(bool after)
    {
        var cloud = new FakeCloud();
        cloud.Faults = (operation, nth) => nth == 1 && (operation is "EnableRegion" or "CreateAccountAssignment") ? Fault.Lost(after) : null;
        var result = await VendAsync(cloud, Full);
        Assert.Equal((AccountOutcome.Created, true), (result.Outcome, result.Ready));
        Assert.Equal(1, cloud.Writes.Count(write => write == "EnableRegion"));
    }

    [Fact]
    public async Task A_name_that_somebody_else_changes_meanwhile_stays_and_is_a_conflict()
    {
        var cloud = new FakeCloud();
        var account = cloud.AddAccount("old", Full.Email);
        var looks = 0;
        cloud.Meanwhile = operation =>
        {
            // The first look is the plan's.
            if (operation == "GetAccountInformation" && ++looks == 2) cloud.Rename(account.Id, "theirs");
        };
        Assert.Equal("RenamedMeanwhile", (await VendAsync(cloud, Full with { Access = [] })).Reason);
        Assert.Equal("theirs", Assert.Single(cloud.Accounts).Name);
    }

    [Theory]
    [InlineData("old", "shop", "shop")]
    [InlineData("old", "middle", "shop")]
    public async Task The_name_is_compared_with_the_accounts_own_because_the_listing_lags_behind(string listed, string now, string wanted)
    {
        var cloud = new FakeCloud();
        var account = cloud.AddAccount(listed, Full.Email);
        var listing = cloud.Organization();
        cloud.Rename(account.Id, now);
        var result = await VendAsync(cloud, Full with { Name = wanted, Contacts = new Dictionary<AlternateContactType, AlternateContact>(), Regions = [], Access = [] }, listing);
        Assert.Equal(now == wanted ? AccountOutcome.Unchanged : AccountOutcome.Renamed, result.Outcome);
        Assert.Equal(now == wanted ? [] : ["PutAccountName"], cloud.Writes);
        Assert.Equal(wanted, Assert.Single(cloud.Accounts).Name);
    }

    [Fact]
    public async Task A_name_that_cannot_be_read_costs_only_the_rename()
    {
        var cloud = new FakeCloud { Faults = (operation, _) => operation == "GetAccountInformation" ? new Fault(FakeCloud.Refused(operation, "AccessDeniedException"), false) : null };
        var account = cloud.AddAccount("old", Full.Email);
        var result = await VendAsync(cloud, Full with { Tags = Facts.Of(("a", "1")) });
        Assert.Equal((AccountOutcome.Failed, "AccessDeniedException"), (result.Outcome, result.Reason));
        Assert.Equal("1", cloud.TagsOf(account.Id)["a"]);
    }

    [Fact]
    public void Cells_of_a_row_are_read_and_checked()
    {
        var request = AccountRequestRow.Read(
            [
                new("Name", "shop"), new("Email", "aws+shop@example.com"), new("contact:security:email", "soc"), new("Contact:Billing:Name", ""),
                new("Regions", "eu-central-2; Frankfurt"), new("Access", "User:jane@example.com=Read Only"),
            ], null);
        Assert.Equal(AlternateContactType.Security, Assert.Single(request.Contacts).Key);
        Assert.Equal(["eu-central-2", "Frankfurt"], request.Regions);
        var fields = AccountRequestCheck.Faults(request).Select(fault => fault.Field).ToHashSet();
        Assert.Equal(["Access", "Contact:Security:Email", "Contact:Security:Name", "Contact:Security:Phone", "Contact:Security:Title", "Regions"], fields.Order(StringComparer.Ordinal));
        Assert.Throws<FormatException>(() => AccountSettingCells.Access("Admins=ReadOnly"));
    }

    private static async Task<AccountVendingResult> VendAsync(FakeCloud cloud, AccountRequest request, Organization? listing = null)
    {
        using var journal = new MemoryJournal();
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync([request], listing ?? cloud.Organization(), new(true, false), CallScope.None);
        var results = new List<AccountVendingResult>();
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 16, CallScope.None, TimeSpan.FromMinutes(10))) results.Add(result);
        return Assert.Single(results);
    }
}
