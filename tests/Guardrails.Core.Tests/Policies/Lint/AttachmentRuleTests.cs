using Xunit;

namespace Guardrails.Core.Tests.Policies.Lint;

public sealed class AttachmentRuleTests
{
    private const string Root = "r-root";
    private const string Unit = "ou-root-prod";
    private const string Management = "900000000001";
    private const string Shop = "900000000002";
    private const string FullAccess = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string DenyOnly = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}""";

    private const OrganizationDetail Everything = OrganizationDetail.PolicyContent | OrganizationDetail.AwsManagedAttachments;

    [Fact]
    public void A_target_with_as_many_policies_as_there_may_be_has_no_room()
    {
        var nine = Enumerable.Range(1, 9).Select(i => Scp($"deny{i}", DenyOnly, Unit)).ToArray();
        Assert.DoesNotContain("GR-POL-080", Rules(Build([Full(Root, Shop), .. nine])));
        var finding = Assert.Single(Findings(Build([Full(Root, Unit, Shop), .. nine])), one => one.Rule == "GR-POL-080");
        Assert.Contains("10 of 10 policies of type SERVICE_CONTROL_POLICY are attached to /Prod (ou-root-prod)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_on_the_management_account_has_no_effect()
    {
        Assert.Contains("GR-POL-081", Rules(Build([Full(Root, Unit, Shop), Scp("deny", DenyOnly, Management)])));
        Assert.DoesNotContain("GR-POL-081", Rules(Build([Full(Root, Unit, Shop, Management), Scp("deny", DenyOnly, Shop)])));
    }

    [Fact]
    public void A_policy_on_the_root_binds_all_at_once()
    {
        Assert.Contains("GR-POL-082", Rules(Build([Full(Root, Unit, Shop), Scp("deny", DenyOnly, Root)])));
        Assert.DoesNotContain("GR-POL-082", Rules(Build([Full(Root, Unit, Shop), Scp("deny", DenyOnly, Unit)])));
    }

    [Fact]
    public void A_policy_on_nothing_is_told()
    {
        Assert.Contains("GR-POL-083", Rules(Build([Full(Root, Unit, Shop), Scp("deny", DenyOnly)])));
        Assert.DoesNotContain("GR-POL-083", Rules(Build([Full(), Scp("deny", DenyOnly, Unit)])));
    }

    [Fact]
    public void A_level_without_an_allow_locks_out_what_is_below_and_is_told_once()
    {
        var finding = Assert.Single(Findings(Build([Full(Root, Shop), Scp("deny", DenyOnly, Unit)])), one => one.Rule == "GR-SCP-010");
        Assert.Equal((FindingSeverity.Error, "/Prod"), (finding.Severity, finding.Source));
        Assert.Contains("GR-SCP-010", Rules(Build([Full(Root, Unit)])));
        Assert.DoesNotContain("GR-SCP-010", Rules(Build([Full(Root, Unit, Shop), Scp("deny", DenyOnly, Unit)])));
    }

    [Fact]
    public void Levels_that_allow_nothing_in_common_lock_out_the_account()
    {
        var s3 = Allow("s3", "\"s3:*\"", Unit);
        var finding = Assert.Single(Findings(Build([Full(Root), s3, Allow("ec2", "[\"ec2:*\",\"rds:Describe*\"]", Shop)])), one => one.Rule == "GR-SCP-010");
        Assert.Contains("/Prod/shop (900000000002)", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("GR-SCP-010", Rules(Build([Full(Root), s3, Allow("get", "\"*:GetObject\"", Shop)])));
        Assert.DoesNotContain("GR-SCP-010", Rules(Build([Full(Root), s3, AllowAllBut("most", "\"iam:*\"", Shop)])));
        Assert.Contains("GR-SCP-010", Rules(Build([Full(Root), s3, AllowAllBut("most", "\"s3:*\"", Shop)])));
    }

    [Fact]
    public void An_allow_of_a_service_newer_than_the_data_is_no_lockout()
    {
        var newer = Allow("newer", "\"quantum:*\"", Unit, Shop);
        Assert.DoesNotContain("GR-SCP-010", Rules(Build([Full(Root), newer])));
    }

    [Fact]
    public void An_allow_list_beside_full_access_has_no_effect()
    {
        var list = Allow("list", "\"s3:*\"", Unit);
        Assert.Contains("GR-SCP-011", Rules(Build([Full(Root, Unit, Shop), list])));
        Assert.DoesNotContain("GR-SCP-011", Rules(Build([Full(Root, Shop), list])));
        Assert.DoesNotContain("GR-SCP-011", Rules(Build([Full(Root, Unit, Shop), Scp("deny", DenyOnly, Unit)])));
    }

    [Theory]
    [InlineData(OrganizationDetail.None)]
    [InlineData(OrganizationDetail.PolicyContent)]
    [InlineData(OrganizationDetail.AwsManagedAttachments)]
    public void What_a_level_allows_is_not_guessed_without_documents_and_attachments(OrganizationDetail detail) =>
        Assert.DoesNotContain("GR-SCP-010", Rules(Build([Full(), Scp("deny", DenyOnly, Unit)], detail)));

    [Fact]
    public void Where_SCPs_are_off_no_level_locks_out() => Assert.DoesNotContain("GR-SCP-010", Rules(Build([], Everything, [])));

    [Fact]
    public void Rules_left_out_are_not_told() =>
        Assert.Equal(["GR-POL-082"], LintData.With(new(["GR-POL-08*"], ["GR-POL-083"])).Check(Build([Full(Root, Unit, Shop), Scp("a", DenyOnly), Scp("b", DenyOnly, Root)])).Select(one => one.Rule));

    private static IEnumerable<string> Rules(Organization organization) => Findings(organization).Select(one => one.Rule);

    private static IReadOnlyList<PolicyFinding> Findings(Organization organization) => LintData.Lint.Check(organization);

    private static OrganizationPolicy Full(params string[] targets) => Scp("FullAWSAccess", FullAccess, targets) with { AwsManaged = true };

    private static OrganizationPolicy Allow(string name, string? action, params string[] targets) => Allow(name, action, targets, null);

    private static OrganizationPolicy AllowAllBut(string name, string notAction, string target) => Allow(name, null, [target], notAction);

    private static OrganizationPolicy Allow(string name, string? action, string[] targets, string? notAction) => Scp(
        name, LintCase.Policy($$"""{"Effect":"Allow",{{(action is null ? "\"NotAction\":" + notAction : "\"Action\":" + action)}},"Resource":"*"}"""), targets);

    private static OrganizationPolicy Scp(string name, string content, params string[] targets) => new()
    {
        Id = "p-" + name,
        Arn = $"arn:aws:organizations::{Management}:policy/o-1/service_control_policy/p-{name}",
        Name = name,
        Type = PolicyTypes.ServiceControlPolicy,
        Targets = targets,
        Content = content,
    };

    private static Organization Build(OrganizationPolicy[] policies, OrganizationDetail detail = Everything, string[]? types = null) => Organization.From(new OrganizationFacts
    {
        Id = "o-1",
        Arn = $"arn:aws:organizations::{Management}:organization/o-1",
        ManagementAccountId = Management,
        ManagementAccountEmail = "root@example.org",
        FeatureSet = "ALL",
        PolicyTypes = types ?? [PolicyTypes.ServiceControlPolicy],
        Root = new OrganizationalUnitFacts(Root, "arn:root", "Root", null),
        OrganizationalUnits = [new OrganizationalUnitFacts(Unit, "arn:ou", "Prod", Root)],
        Accounts =
        [
            new AccountFacts(Management, "arn:m", "management", "root@example.org", AccountState.Active, Root),
            new AccountFacts(Shop, "arn:s", "shop", "shop@example.org", AccountState.Active, Unit),
        ],
        Policies = policies,
        ReadAt = DateTimeOffset.UnixEpoch,
        Detail = detail,
    });
}
