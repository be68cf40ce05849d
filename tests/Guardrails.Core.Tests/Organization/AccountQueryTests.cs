using Xunit;

namespace Guardrails.Tests;

public sealed class AccountQueryTests
{
    [Fact]
    public void An_empty_query_asks_for_everything() => Assert.Equal(5, new AccountQuery().Run(Samples.Company()).Accounts.Count);

    [Fact]
    public void A_unit_holds_its_own_accounts_and_with_recursion_those_below()
    {
        Assert.Empty(Ids(new AccountQuery { OrganizationalUnits = [new("/Workloads")] }));
        Assert.Equal(["444444444444", "222222222222", "333333333333"], Ids(new AccountQuery { OrganizationalUnits = [new("/Workloads")], Recurse = true }));
        Assert.Equal(5, Ids(new AccountQuery { OrganizationalUnits = [new("/")], Recurse = true }).Length);
        Assert.Equal([Samples.ManagementId], Ids(new AccountQuery { OrganizationalUnits = [new("/")] }));
    }

    [Theory]
    [InlineData("Team", 3)]
    [InlineData("Team=Shop", 2)]
    [InlineData("T*=F*", 1)]
    [InlineData("cost/*", 1)]
    [InlineData("cost/center=4?", 1)]
    [InlineData("Team=", 0)]
    public void Tags_match_by_key_and_value(string tag, int count) => Assert.Equal(count, Ids(new AccountQuery { Tags = [tag] }).Length);

    [Fact]
    public void Conditions_of_different_kinds_must_all_hold()
    {
        Assert.Equal(["222222222222"], Ids(new AccountQuery { Accounts = [new("shop")], OrganizationalUnits = [new("Prod")], Tags = ["Team", "cost/center"], States = [AccountState.Active] }));
        Assert.Empty(Ids(new AccountQuery { Accounts = [new("shop")], States = [AccountState.Closed, AccountState.Suspended] }));
        Assert.Equal(["555555555555", "444444444444"], Ids(new AccountQuery { States = [AccountState.Closed, AccountState.Suspended] }));
    }

    [Fact]
    public void What_is_not_found_is_told_unless_it_is_a_pattern()
    {
        var result = new AccountQuery { Accounts = [new("nobody"), new("no*"), new("play")], OrganizationalUnits = [new("/Nowhere"), new("/Sandbox")] }.Run(Samples.Company());
        Assert.Equal(["555555555555"], result.Accounts.Select(account => account.Id));
        Assert.Equal(["nobody", "/Nowhere"], result.NotFound.Select(error => error.Identity));
    }

    [Fact]
    public void Tags_that_were_not_read_are_not_silently_nothing() =>
        Assert.Throws<InvalidOperationException>(() => new AccountQuery { Tags = ["Team"] }.Run(Organization.From(Samples.Facts())));

    private static string[] Ids(AccountQuery query) => [.. query.Run(Samples.Company()).Accounts.Select(account => account.Id)];
}
