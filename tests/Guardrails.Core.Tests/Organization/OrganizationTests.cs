using CsCheck;
using Xunit;

namespace Guardrails.Tests;

public sealed class OrganizationTests
{
    [Fact]
    public void Units_and_accounts_are_placed_by_names_and_sorted_by_path()
    {
        var organization = Samples.Company();
        Assert.Equal(["/Sandbox", "/Workloads", "/Workloads/Prod", "/Workloads/Test"], organization.OrganizationalUnits.Select(unit => unit.Path));
        Assert.Equal(
            ["/Management", "/Sandbox/play", "/Workloads/Prod/billing", "/Workloads/Prod/shop", "/Workloads/Test/shop"],
            organization.Accounts.Select(account => account.Path));
        Assert.Equal("/Workloads/Prod", organization.AccountById("222222222222")!.OrganizationalUnit);
        Assert.True(organization.AccountById(Samples.ManagementId)!.IsManagementAccount);
        Assert.Empty(organization.Gaps);
    }

    [Fact]
    public void A_parent_comes_directly_before_what_it_holds_even_beside_names_that_begin_alike()
    {
        var organization = Organization.From(Samples.Facts(
            [Samples.Unit("ou-1", "Work"), Samples.Unit("ou-2", "Work-old"), Samples.Unit("ou-3", "prod", "ou-1"), Samples.Unit("ou-4", "WORK!"), Samples.Unit("ou-5", "a")]));
        Assert.Equal(["/a", "/Work", "/Work/prod", "/WORK!", "/Work-old"], organization.OrganizationalUnits.Select(unit => unit.Path));
    }

    [Fact]
    public void Lookups_find_by_id_email_and_path()
    {
        var organization = Samples.Company();
        Assert.Equal("222222222222", organization.AccountByEmail("222222222222@EXAMPLE.com")!.Id);
        Assert.Null(organization.AccountByEmail("nobody@example.com"));
        Assert.Equal("444444444444", organization.AccountsByPath("/Workloads/Prod/billing")[0].Id);
        Assert.True(organization.AccountsByPath("/Workloads/Prod").IsEmpty);
        Assert.Equal("ou-prod", organization.UnitsByPath("/Workloads/Prod")[0].Id);
        Assert.Equal(Samples.RootId, organization.UnitsByPath("/")[0].Id);
        Assert.Equal(["ou-prod", "ou-test"], organization.UnitsIn("ou-work").Select(unit => unit.Id));
        Assert.Equal(["444444444444", "222222222222"], organization.AccountsIn("ou-prod").Select(account => account.Id));
        Assert.Equal(["r-a1b2", "ou-work", "ou-prod"], organization.Ancestors("222222222222").Select(unit => unit.Id));
        Assert.Equal(3, organization.Depth("222222222222"));
        Assert.Equal(0, organization.Depth(Samples.RootId));
    }

    [Fact]
    public void Policies_are_told_direct_from_inherited()
    {
        var organization = Samples.Company();
        Assert.Equal(["DenyLeave"], organization.PoliciesOn("222222222222").Select(policy => policy.Name));
        Assert.Equal(
            [("/", "FullAWSAccess"), ("/Workloads", "FullAWSAccess"), ("/Workloads/Prod", "DenyLeave")],
            organization.PoliciesAbove("222222222222").Select(above => (above.On.Path, above.Policy.Name)));
    }

    [Fact]
    public void An_account_in_a_unit_that_was_not_read_is_a_gap_and_keeps_what_is_known()
    {
        var organization = Organization.From(Samples.Facts([], [Samples.Account("222222222222", "a/b", "ou-gone")]));
        Assert.Equal("ou-gone/a`/b", organization.Accounts[0].Path);
        Assert.Equal("ou-gone", organization.Accounts[0].OrganizationalUnit);
        Assert.Empty(organization.Ancestors("222222222222"));
        Assert.Contains("222222222222", Assert.Single(organization.Gaps), StringComparison.Ordinal);
        Assert.Equal("222222222222", organization.ResolveAccount(new AccountIdentity("ou-gone/a`/b")).Id);
    }

    [Fact]
    public void Units_in_a_circle_are_a_gap_and_what_they_hold_stays_below_them()
    {
        OrganizationalUnitFacts[] units =
            [Samples.Unit("ou-1", "one", "ou-3"), Samples.Unit("ou-2", "two", "ou-1"), Samples.Unit("ou-3", "three", "ou-2"), Samples.Unit("ou-4", "tail", "ou-3")];
        Gen.Shuffle(units).Sample(shuffled =>
        {
            var organization = Organization.From(Samples.Facts(shuffled, [Samples.Account("222222222222", "shop", "ou-4")]));
            Assert.Equal("ou-3/one/two/three/tail/shop", organization.Accounts[0].Path);
            Assert.Equal(["ou-1", "ou-2", "ou-3", "ou-4"], organization.Ancestors("222222222222").Select(unit => unit.Id));
            Assert.Contains("ou-1, ou-2, ou-3", Assert.Single(organization.Gaps), StringComparison.Ordinal);
        }, iter: 50);
    }

    [Fact]
    public void Facts_that_come_twice_count_once_and_are_a_gap()
    {
        var shop = Samples.Account("222222222222", "shop");
        var unit = Samples.Unit("ou-1", "one");
        var organization = Organization.From(Samples.Facts([unit, unit], [shop, shop], [Samples.Policy("p-1", "one"), Samples.Policy("p-1", "one")]));
        Assert.Equal((1, 1, 1, 3), (organization.Accounts.Count, organization.OrganizationalUnits.Count, organization.Policies.Count, organization.Gaps.Count));
    }

    [Fact]
    public void The_order_of_the_facts_does_not_matter() =>
        Samples.Hostile.SelectMany(facts => Gen.Select(
            Gen.Const(facts), Gen.Shuffle(facts.OrganizationalUnits.ToArray()), Gen.Shuffle(facts.Accounts.ToArray()))).Sample((facts, units, accounts) =>
        {
            var organization = Organization.From(facts);
            var other = Organization.From(facts with { OrganizationalUnits = units, Accounts = accounts });
            Assert.Equal(organization.OrganizationalUnits, other.OrganizationalUnits);
            Assert.Equal(organization.Accounts, other.Accounts);
        }, iter: 200);

    [Fact]
    public void Ten_thousand_accounts_fit_into_40_MB()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var organization = Organization.From(Samples.Big());
        var used = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        TestContext.Current.TestOutputHelper?.WriteLine($"{used:F1} MB");
        Assert.True(used < 40, $"{used:F1} MB");
        GC.KeepAlive(organization);
    }

    [Fact]
    public void A_deep_chain_of_units_is_placed_without_recursion()
    {
        var units = Enumerable.Range(1, 2_000).Select(i => Samples.Unit($"ou-{i}", "u", i == 1 ? Samples.RootId : $"ou-{i - 1}")).Reverse().ToArray();
        var organization = Organization.From(Samples.Facts(units));
        Assert.Equal(2_000, organization.Depth("ou-2000"));
        Assert.Equal(2_001, OrganizationDrawing.Draw(organization).Count());
    }
}
