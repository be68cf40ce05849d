using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsAccountTests
{
    [Fact]
    public void A_move_changes_parent_and_path()
    {
        var bed = new OrganizationsTestBed();
        var (account, unit) = (bed.CreateAccount("shop"), bed.CreateUnit(bed.Root, "Prod"));
        bed.Call("MoveAccount", Move(account, bed.Root, unit));
        Assert.Equal($"{bed.State.Organization!.Id}/{bed.Root}/{unit}/{account}/", (string)bed.Account(account)["Paths"]![0]!);
        Assert.Equal(account, (string)Assert.Single(bed.All("ListAccountsForParent", "Accounts", new() { ["ParentId"] = unit }))["Id"]!);
        Assert.DoesNotContain(bed.All("ListAccountsForParent", "Accounts", new() { ["ParentId"] = bed.Root }), other => (string)other["Id"]! == account);
    }

    [Fact]
    public void A_move_that_cannot_be_says_what_is_wrong()
    {
        var bed = new OrganizationsTestBed();
        var (account, unit, other) = (bed.CreateAccount("shop"), bed.CreateUnit(bed.Root, "Prod"), bed.CreateUnit(bed.Root, "Test"));
        Assert.Equal("AccountNotFoundException", bed.Refused("MoveAccount", Move("000000000000", bed.Root, unit)));
        Assert.Equal("SourceParentNotFoundException", bed.Refused("MoveAccount", Move(account, "ou-aaaa-bbbbbbbb", unit)));
        Assert.Equal("DestinationParentNotFoundException", bed.Refused("MoveAccount", Move(account, bed.Root, "ou-aaaa-bbbbbbbb")));
        Assert.Equal("AccountNotFoundException", bed.Refused("MoveAccount", Move(account, other, unit)));
        bed.Call("MoveAccount", Move(account, bed.Root, unit));
        Assert.Equal("DuplicateAccountException", bed.Refused("MoveAccount", Move(account, bed.Root, unit)));
    }

    [Fact]
    public void A_closure_goes_through_PENDING_CLOSURE_to_CLOSED_and_the_account_is_gone_after_ninety_days()
    {
        var bed = new OrganizationsTestBed();
        var account = bed.CreateAccount("shop");
        bed.Call("CloseAccount", Id(account));
        Assert.Equal("PENDING_CLOSURE", (string)bed.Account(account)["State"]!);
        Assert.Equal("ConflictException", bed.Refused("CloseAccount", Id(account)));
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("CLOSED", (string)bed.Account(account)["State"]!);
        Assert.Equal("AccountAlreadyClosedException", bed.Refused("CloseAccount", Id(account)));
        bed.Pass(TimeSpan.FromDays(90));
        bed.Call("ListRoots", "{}");
        Assert.Equal("AccountNotFoundException", bed.Refused("DescribeAccount", Id(account)));
        var request = (string)bed.AskForAccount("shop")["Id"]!;
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("EMAIL_ALREADY_EXISTS", (string)bed.Status(request)["FailureReason"]!);
    }

    [Fact]
    public void CANNOT_CLOSE_MANAGEMENT_ACCOUNT()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("ConstraintViolationException/CANNOT_CLOSE_MANAGEMENT_ACCOUNT", bed.Refused("CloseAccount", Id(OrganizationsTestBed.Management)));
    }

    [Fact]
    public void An_account_that_is_not_yet_active_is_not_closed()
    {
        var bed = new OrganizationsTestBed();
        bed.State.Behavior = bed.State.Behavior with { ActivationTime = TimeSpan.FromHours(1) };
        var account = bed.CreateAccount("shop");
        Assert.Equal("ConflictException", bed.Refused("CloseAccount", Id(account)));
    }

    [Fact]
    public void CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED_with_three_at_once()
    {
        var bed = new OrganizationsTestBed();
        var accounts = Enumerable.Range(0, 4).Select(i => bed.CreateAccount($"account{i}")).ToList();
        foreach (var account in accounts.Take(3)) bed.Call("CloseAccount", Id(account));
        Assert.Equal("ConstraintViolationException/CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED", bed.Refused("CloseAccount", Id(accounts[3])));
        bed.Pass(TimeSpan.FromMinutes(1));
        bed.Call("CloseAccount", Id(accounts[3]));
    }

    [Theory]
    [InlineData(400, 250)]
    [InlineData(2000, 400)]
    [InlineData(6000, 1000)]
    public void CLOSE_ACCOUNT_QUOTA_EXCEEDED_after_the_higher_of_250_or_a_fifth_at_most_1000_in_rolling_30_days(int accounts, int budget)
    {
        var bed = new OrganizationsTestBed("""{"organizations":{"accountClosuresInProgress":{"value":5000}}}""");
        bed.State = NewOrganization.Generate(accounts, 0, 0, 3, bed.Now);
        bed.State.Behavior = bed.State.Behavior with { ClosureTime = TimeSpan.Zero };
        bed.Caller = bed.State.ManagementAccountId;
        var members = bed.State.Accounts.Where(account => account.Id != bed.Caller).Select(account => account.Id).ToList();
        foreach (var account in members.Take(budget)) bed.Call("CloseAccount", Id(account));
        bed.Call("ListRoots", "{}");
        bed.Pass(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal("ConstraintViolationException/CLOSE_ACCOUNT_QUOTA_EXCEEDED", bed.Refused("CloseAccount", Id(members[budget])));
        bed.Pass(TimeSpan.FromSeconds(1));
        bed.Call("CloseAccount", Id(members[budget]));
    }

    [Fact]
    public void WAIT_PERIOD_ACTIVE_for_four_days_after_the_creation()
    {
        var bed = new OrganizationsTestBed();
        var (removed, leaving) = (bed.CreateAccount("removed"), bed.CreateAccount("leaving"));
        Assert.Equal("ConstraintViolationException/WAIT_PERIOD_ACTIVE", bed.Refused("RemoveAccountFromOrganization", Id(removed)));
        bed.Caller = leaving;
        Assert.Equal("ConstraintViolationException/WAIT_PERIOD_ACTIVE", bed.Refused("LeaveOrganization", "{}"));
        bed.Pass(TimeSpan.FromDays(4));
        bed.Call("LeaveOrganization", "{}");
        Assert.Equal("AWSOrganizationsNotInUseException", bed.Refused("DescribeOrganization", "{}"));
        bed.Caller = OrganizationsTestBed.Management;
        bed.Call("RemoveAccountFromOrganization", Id(removed));
        Assert.Single(bed.All("ListAccounts", "Accounts"));
    }

    [Fact]
    public void The_management_account_cannot_leave()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("MasterCannotLeaveOrganizationException", bed.Refused("RemoveAccountFromOrganization", Id(OrganizationsTestBed.Management)));
        Assert.Equal("MasterCannotLeaveOrganizationException", bed.Refused("LeaveOrganization", "{}"));
    }

    [Fact]
    public void CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG()
    {
        var bed = new OrganizationsTestBed();
        var account = bed.CreateAccount("audit");
        bed.Pass(TimeSpan.FromDays(5));
        bed.Call("EnableAWSServiceAccess", """{"ServicePrincipal":"config.amazonaws.com"}""");
        bed.Call("RegisterDelegatedAdministrator", $$"""{"AccountId":"{{account}}","ServicePrincipal":"config.amazonaws.com"}""");
        Assert.Equal("ConstraintViolationException/CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG", bed.Refused("RemoveAccountFromOrganization", Id(account)));
    }

    [Fact]
    public void Status_is_retired_and_comes_only_where_it_is_asked_for()
    {
        var bed = new OrganizationsTestBed();
        var account = bed.CreateAccount("shop");
        Assert.Null(bed.Account(account)["Status"]);
        bed.State.Behavior = bed.State.Behavior with { LegacyStatus = true };
        Assert.Equal("ACTIVE", (string)bed.Account(account)["Status"]!);
        bed.Call("CloseAccount", Id(account));
        Assert.Equal("PENDING_CLOSURE", (string)bed.Account(account)["Status"]!);
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(("SUSPENDED", "CLOSED"), ((string)bed.Account(account)["Status"]!, (string)bed.Account(account)["State"]!));
    }

    private static string Id(string account) => $$"""{"AccountId":"{{account}}"}""";

    private static string Move(string account, string from, string to) =>
        $$"""{"AccountId":"{{account}}","SourceParentId":"{{from}}","DestinationParentId":"{{to}}"}""";
}
