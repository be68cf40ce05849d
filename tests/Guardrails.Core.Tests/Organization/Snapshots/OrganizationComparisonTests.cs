using CsCheck;
using Xunit;

namespace Guardrails.Tests;

public sealed class OrganizationComparisonTests
{
    private static readonly OrganizationFacts Before = Samples.CompanyFacts();

    [Fact]
    public void Accounts_added_removed_moved_and_changed_read_like_a_diff()
    {
        var after = Before with
        {
            Accounts =
            [
                Samples.Account("222222222222", "shop", "ou-test", tags: Samples.Tags("Team", "Sales", "New", "")),
                Samples.Account("333333333333", "shop2", "ou-test", AccountState.PendingClosure, Samples.Tags("Team", "Shop")),
                Samples.Account("444444444444", "billing", "ou-prod", AccountState.Suspended, Samples.Tags("Team", "Finance")),
                Samples.Account("666666666666", "a/b", "ou-sand"),
                Samples.Account(Samples.ManagementId, "Management"),
            ],
        };
        Assert.Equal(
            [
                "+ account /Sandbox/a`/b (666666666666)",
                "- account /Sandbox/play (555555555555)",
                "> account /Workloads/Prod/shop → /Workloads/Test/shop (222222222222)",
                "~ account /Workloads/Test/shop (222222222222) Tag:New: (none) → (empty)",
                "~ account /Workloads/Test/shop (222222222222) Tag:Team: Shop → Sales",
                "~ account /Workloads/Test/shop (222222222222) Tag:cost/center: 42 → (none)",
                "~ account /Workloads/Test/shop2 (333333333333) Name: shop → shop2",
                "~ account /Workloads/Test/shop2 (333333333333) State: Active → PendingClosure",
            ],
            Texts(Before, after));
    }

    [Fact]
    public void A_unit_that_moves_or_is_renamed_does_not_move_what_it_holds()
    {
        var after = Before with
        {
            OrganizationalUnits = [Samples.Unit("ou-prod", "Production", "ou-sand"), Samples.Unit("ou-work", "Workloads"), Samples.Unit("ou-test", "Test", "ou-work"), Samples.Unit("ou-sand", "Sandbox")],
        };
        Assert.Equal(
            ["> organizational unit /Workloads/Prod → /Sandbox/Production (ou-prod)", "~ organizational unit /Sandbox/Production (ou-prod) Name: Prod → Production"],
            Texts(Before, after));
    }

    [Fact]
    public void Attachments_are_told_by_policy_and_place()
    {
        var after = Before with
        {
            Policies = [Samples.Policy("p-full", "FullAWSAccess", Samples.RootId, "ou-work"), Samples.Policy("p-deny", "DenyLeave", "ou-prod", "ou-sand"), Samples.Policy("p-new", "New", Samples.RootId)],
        };
        Assert.Equal(
            [
                "+ policy New (p-new)",
                "+ attachment of New (p-new) to /",
                "+ attachment of DenyLeave (p-deny) to /Sandbox",
                "- attachment of DenyLeave (p-deny) to /Workloads/Prod/shop",
            ],
            Texts(Before, after));
    }

    [Fact]
    public void Attachments_that_aws_makes_to_something_new_are_left_out_and_others_are_not()
    {
        var full = Samples.Policy("p-full", "FullAWSAccess", Samples.RootId, "ou-work") with { AwsManaged = true };
        var before = Before with { Policies = [full] };
        var after = before with
        {
            OrganizationalUnits = [.. Before.OrganizationalUnits, Samples.Unit("ou-new", "New")],
            Policies = [full with { Targets = [Samples.RootId, "ou-new", "ou-sand"] }],
        };
        Assert.Equal(
            [
                "+ organizational unit /New (ou-new)",
                "+ attachment of FullAWSAccess (p-full) to /Sandbox",
                "- attachment of FullAWSAccess (p-full) to /Workloads",
            ],
            Texts(before, after));
    }

    [Fact]
    public void Documents_differ_by_meaning_and_only_where_both_were_read()
    {
        var before = WithContent("""{"Version":"2012-10-17","Statement":[]}""");
        Assert.Empty(Texts(before, WithContent("""{ "Statement": [], "Version": "2012-10-17" }""")));
        Assert.Empty(Texts(before, WithContent(null)));
        Assert.Equal(["~ policy Deny (p-1) Content"], Texts(before, WithContent("""{"Version":"2012-10-17","Statement":[{}]}""")));
        Assert.Equal(["~ policy Deny (p-1) Content"], Texts(before, WithContent("no json")));
        static OrganizationFacts WithContent(string? content) => Samples.Facts(policies: [Samples.Policy("p-1", "Deny") with { Content = content }]);
    }

    [Fact]
    public void Services_and_policy_types_are_compared_and_what_was_not_read_is_no_difference()
    {
        var before = Before with
        {
            Detail = OrganizationDetail.Services,
            ServiceAccess = ["sso.amazonaws.com"],
            DelegatedAdministrators = [new DelegatedAdministrator("222222222222", ["config.amazonaws.com"])],
        };
        var after = before with
        {
            FeatureSet = "CONSOLIDATED_BILLING",
            PolicyTypes = ["TAG_POLICY"],
            ServiceAccess = ["ram.amazonaws.com"],
            DelegatedAdministrators = [new DelegatedAdministrator("222222222222", ["config.amazonaws.com", "guardduty.amazonaws.com"])],
        };
        Assert.Equal(
            [
                "~ organization o-a1b2c3d4e5 FeatureSet: ALL → CONSOLIDATED_BILLING",
                "- policy type SERVICE_CONTROL_POLICY",
                "+ policy type TAG_POLICY",
                "+ delegated administrator /Workloads/Prod/shop (222222222222) of guardduty.amazonaws.com",
                "+ service access of ram.amazonaws.com",
                "- service access of sso.amazonaws.com",
            ],
            Texts(before, after));
        Assert.Equal(3, Texts(before, after with { Detail = OrganizationDetail.None, ServiceAccess = [], DelegatedAdministrators = [] }).Length);
    }

    [Fact]
    public void Tags_can_neither_draw_nor_steer_the_terminal()
    {
        var before = Samples.Facts(accounts: [Samples.Account("222222222222", "shop", tags: Samples.Tags())]);
        var after = Samples.Facts(accounts: [Samples.Account("222222222222", "shop", tags: Samples.Tags("a", "x\n\u001b[31m" + new string('y', 200)))]);
        var text = Assert.Single(Texts(before, after));
        Assert.DoesNotContain(text, char.IsControl);
        Assert.True(text.Length < 160);
    }

    [Fact]
    public void An_organization_does_not_differ_from_itself_in_any_order() =>
        Samples.Hostile.SelectMany(facts => Gen.Select(
            Gen.Const(facts), Gen.Shuffle(facts.OrganizationalUnits.ToArray()), Gen.Shuffle(facts.Accounts.ToArray()), Gen.Shuffle(facts.Policies.ToArray())))
            .Sample((facts, units, accounts, policies) =>
                Assert.Empty(OrganizationComparison.Compare(
                    Organization.From(facts), Organization.From(facts with { OrganizationalUnits = units, Accounts = accounts, Policies = policies }))), iter: 200);

    [Fact]
    public void Forth_and_back_mirror_each_other() =>
        Gen.Select(Samples.Hostile, Samples.Hostile).Sample((a, b) =>
        {
            var forth = OrganizationComparison.Compare(Organization.From(a), Organization.From(b));
            var back = OrganizationComparison.Compare(Organization.From(b), Organization.From(a));
            Assert.Equal(forth.Select(one => one.ToMirror()).ToHashSet(), back.ToHashSet());
            Assert.Equal(forth.Count, back.Count);
            Assert.Equal(forth.Count, forth.Distinct().Count());
        }, iter: 500);

    [Fact]
    public void The_order_of_what_is_read_does_not_matter() =>
        Gen.Select(Samples.Hostile, Samples.Hostile).SelectMany((a, b) => Gen.Select(
            Gen.Const(a), Gen.Const(b), Gen.Shuffle(b.OrganizationalUnits.ToArray()), Gen.Shuffle(b.Accounts.ToArray()), Gen.Shuffle(b.Policies.ToArray())))
            .Sample((a, b, units, accounts, policies) => Assert.Equal(
                OrganizationComparison.Compare(Organization.From(a), Organization.From(b)),
                OrganizationComparison.Compare(
                    Organization.From(a), Organization.From(b with { OrganizationalUnits = units, Accounts = accounts, Policies = policies }))), iter: 300);

    private static string[] Texts(OrganizationFacts before, OrganizationFacts after) =>
        [.. OrganizationComparison.Compare(Organization.From(before), Organization.From(after)).Select(difference => difference.Text)];
}

internal static class DifferenceMirror
{
    public static OrganizationDifference ToMirror(this OrganizationDifference one) => one with
    {
        Change = one.Change switch
        {
            DifferenceChange.Added => DifferenceChange.Removed,
            DifferenceChange.Removed => DifferenceChange.Added,
            var same => same,
        },
        PathBefore = one.PathAfter,
        PathAfter = one.PathBefore,
        Before = one.After,
        After = one.Before,
    };
}
