using CsCheck;
using Xunit;

namespace Guardrails.Tests;

public sealed class OrganizationSearchTests
{
    [Theory]
    [InlineData("222222222222", "222222222222")]
    [InlineData("arn:aws:organizations::100000000000:account/o-a1b2c3d4e5/222222222222", "222222222222")]
    [InlineData("/Workloads/Prod/shop", "222222222222")]
    [InlineData("/workloads/PROD/Shop", "222222222222")]
    [InlineData("Workloads/Prod/shop", "222222222222")]
    [InlineData("shop", "222222222222,333333333333")]
    [InlineData("SHOP", "222222222222,333333333333")]
    [InlineData("/Workloads/*/shop", "222222222222,333333333333")]
    [InlineData("/Workloads/[P-Q]rod/*", "444444444444,222222222222")]
    [InlineData("/*/shop", "")]
    [InlineData("/*", "100000000000")]
    [InlineData("sho?", "222222222222,333333333333")]
    [InlineData("s*p", "222222222222,333333333333")]
    [InlineData("/Workloads/Prod", "")]
    [InlineData("999999999999", "")]
    [InlineData("/", "")]
    public void Accounts_are_found_by_what_is_given(string identity, string ids) =>
        Assert.Equal(ids, string.Join(',', Samples.Company().FindAccounts(new AccountIdentity(identity)).Select(account => account.Id)));

    [Theory]
    [InlineData("/", "r-a1b2")]
    [InlineData("root", "r-a1b2")]
    [InlineData("ou-prod", "ou-prod")]
    [InlineData("/Workloads/*", "ou-prod,ou-test")]
    [InlineData("/Workloads/", "ou-work")]
    [InlineData("prod", "ou-prod")]
    public void Units_are_found_by_what_is_given(string identity, string ids) =>
        Assert.Equal(ids, string.Join(',', Samples.Company().FindUnits(new OrganizationalUnitIdentity(identity)).Select(unit => unit.Id)));

    [Fact]
    public void A_path_that_the_module_writes_means_just_its_own_object_whatever_the_names()
    {
        Samples.Hostile.Sample(facts =>
        {
            var organization = Organization.From(facts);
            foreach (var account in organization.Accounts)
            {
                Assert.Equal([account], organization.FindAccounts(new AccountIdentity(account.Path)));
                Assert.Same(account, organization.ResolveAccount(new AccountIdentity(account.Path)));
                Assert.Equal(account.Name, OrganizationPath.Name(account.Path));
                Assert.False(PathPattern.Parse(account.Path).HasWildcards);
                Assert.Equal(account.Path, OrganizationPath.Canonical(account.Path));
                Assert.Equal([.. organization.Ancestors(account.Id).Skip(1).Select(unit => unit.Name), account.Name], OrganizationPath.Split(account.Path));
            }
            foreach (var unit in organization.OrganizationalUnits)
            {
                Assert.Equal([unit], organization.FindUnits(new OrganizationalUnitIdentity(unit.Path)));
                Assert.Same(unit, organization.ResolveUnit(new OrganizationalUnitIdentity(unit.Path)));
            }
        }, iter: 500);
    }

    [Fact]
    public void An_escaped_name_finds_every_account_of_that_name_and_no_other() =>
        Samples.Hostile.Sample(facts =>
        {
            var organization = Organization.From(facts);
            foreach (var account in organization.Accounts.Where(account => !string.IsNullOrWhiteSpace(account.Name)))
            {
                var found = organization.FindAccounts(new AccountIdentity(OrganizationPath.Escape(account.Name)));
                Assert.Equal(organization.Accounts.Where(other => other.Name == account.Name), found);
            }
        }, iter: 300);

    [Fact]
    public void Names_with_wildcards_in_them_are_found_as_they_are_where_the_pattern_matches_nothing()
    {
        var organization = Organization.From(Samples.Facts(
            [Samples.Unit("ou-1", "Prod [EU]")], [Samples.Account("222222222222", "shop [old]", "ou-1"), Samples.Account("333333333333", "shop *", "ou-1")]));
        Assert.Equal("222222222222", Assert.Single(organization.FindAccounts(new AccountIdentity("shop [old]"))).Id);
        Assert.Equal("222222222222", organization.ResolveAccount(new AccountIdentity("/Prod [EU]/shop [old]")).Id);
        Assert.Equal(2, organization.FindAccounts(new AccountIdentity("shop *")).Count);
        Assert.Equal("333333333333", organization.ResolveAccount(new AccountIdentity("shop *")).Id);
    }

    [Fact]
    public void A_name_in_the_same_case_of_letters_wins()
    {
        var organization = Organization.From(Samples.Facts([], [Samples.Account("222222222222", "shop"), Samples.Account("333333333333", "Shop")]));
        Assert.Equal("333333333333", Assert.Single(organization.FindAccounts(new AccountIdentity("Shop"))).Id);
        Assert.Equal("222222222222", organization.ResolveAccount(new AccountIdentity("/shop")).Id);
        Assert.Equal(2, organization.FindAccounts(new AccountIdentity("SHOP")).Count);
        Assert.Throws<AmbiguousIdentityException>(() => organization.ResolveAccount(new AccountIdentity("SHOP")));
    }

    [Fact]
    public void A_change_to_an_ambiguous_name_is_refused_with_ids_and_paths()
    {
        var error = Assert.Throws<AmbiguousIdentityException>(() => Samples.Company().ResolveAccount(new AccountIdentity("shop")));
        Assert.Equal(
            [new IdentityCandidate("222222222222", "/Workloads/Prod/shop"), new IdentityCandidate("333333333333", "/Workloads/Test/shop")], error.Candidates);
        Assert.Contains("222222222222 (/Workloads/Prod/shop), 333333333333 (/Workloads/Test/shop)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_with_the_same_path_are_told_apart_by_id_only()
    {
        var organization = Organization.From(Samples.Facts([], [Samples.Account("222222222222", "shop"), Samples.Account("333333333333", "shop")]));
        Assert.Equal(2, Assert.Throws<AmbiguousIdentityException>(() => organization.ResolveAccount(new AccountIdentity("/shop"))).Candidates.Count);
        Assert.Equal("333333333333", organization.ResolveAccount(new AccountIdentity("333333333333")).Id);
    }

    [Fact]
    public void A_name_that_is_not_there_brings_near_names()
    {
        var error = Assert.Throws<IdentityNotFoundException>(() => Samples.Company().ResolveAccount(new AccountIdentity("/Workloads/Prod/biling")));
        Assert.Equal(["/Workloads/Prod/billing"], error.Near);
        Assert.Equal(
            "The organization has no organizational unit 'Prd'. Is /Workloads/Prod meant?",
            Assert.Throws<IdentityNotFoundException>(() => Samples.Company().ResolveUnit(new OrganizationalUnitIdentity("Prd"))).Message);
    }

    [Fact]
    public void An_id_wins_over_a_name_that_looks_like_it()
    {
        var organization = Organization.From(Samples.Facts([], [Samples.Account("222222222222", "333333333333"), Samples.Account("333333333333", "x")]));
        Assert.Equal("333333333333", organization.ResolveAccount(new AccountIdentity("333333333333")).Id);
        Assert.Equal("222222222222", organization.ResolveAccount(new AccountIdentity("/333333333333")).Id);
    }

    [Fact]
    public void Identities_keep_what_was_given()
    {
        Assert.Equal(" shop ", new AccountIdentity(" shop ").ToString());
        Assert.Equal("222222222222", new AccountIdentity(Samples.Company().AccountById("222222222222")!).Value);
        Assert.Throws<ArgumentException>(() => new AccountIdentity(" "));
    }
}
