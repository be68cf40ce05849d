using Xunit;

namespace Guardrails.Core.Tests;

public sealed class AccountPreflightTests
{
    [Theory]
    [InlineData("Web Shop (Prod)", "web-shop-prod")]
    [InlineData("a_b.c+d", "a_b-c-d")]
    [InlineData(" -x- ", "x")]
    [InlineData("Bäckerei", "b-ckerei")]
    public void A_name_is_made_safe_for_an_email(string name, string safe) => Assert.Equal($"aws+{safe}@example.com", EmailTemplate.Expand("aws+{NAME}@example.com", name));

    [Theory]
    [InlineData("aws+{nmae}@example.com", "shop")]
    [InlineData("aws+{name}@example.com", "!!!")]
    public void A_template_that_cannot_be_filled_is_refused(string template, string name) => Assert.Throws<FormatException>(() => EmailTemplate.Expand(template, name));

    [Theory]
    [InlineData("Owner", "Jörg Ö. <j@x>", "<")]
    [InlineData("Owner", "a;b", ";")]
    [InlineData("a&b", "x", "&")]
    [InlineData("Cost_center.:/=+-@ 7", "Ärzte_.:/=+-@ 7", null)]
    public void Characters_that_AWS_does_not_take_in_tags_are_found(string key, string value, string? odd)
    {
        var findings = AccountPreflight.Offline([Request("shop", "s@example.com") with { Tags = Facts.Of((key, value)) }]).ToList();
        if (odd is null) Assert.Empty(findings);
        else Assert.Contains($"holds '{odd}'", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Emails_and_names_that_are_twice_in_the_batch_are_found()
    {
        var findings = AccountPreflight.Offline([Request("shop", "a@example.com"), Request("Shop", "b@example.com"), Request("pay", "A@example.com")]).ToList();
        Assert.Equal([("Shop", "Name", FindingSeverity.Warning), ("pay", "Email", FindingSeverity.Error)], findings.Select(one => (one.Name!, one.Field!, one.Severity)));
    }

    [Theory]
    [InlineData(10, FindingSeverity.Information, "allows 10")]
    [InlineData(2, FindingSeverity.Warning, "whether it was is unknown")]
    [InlineData(1, FindingSeverity.Information, "is unknown")]
    [InlineData(null, FindingSeverity.Information, "is unknown")]
    public async Task The_number_of_accounts_is_an_estimate(int? quota, FindingSeverity severity, string text)
    {
        var cloud = new FakeCloud();
        cloud.AddAccount("a", "a@example.com");
        cloud.AddAccount("b", "b@example.com", state: AccountState.Closed);
        var findings = await Online(cloud, quota, Request("shop", "s@example.com"));
        var estimate = Assert.Single(findings, one => one.Message.StartsWith("Estimate: 2 accounts are there, closed ones included, and 1 would be made: 3.", StringComparison.Ordinal));
        Assert.Equal(severity, estimate.Severity);
        Assert.Contains(text, estimate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_account_is_said_to_be_closed_whoever_made_it()
    {
        var cloud = new FakeCloud();
        cloud.AddAccount("a", "s@example.com", ours: false, state: AccountState.Closed);
        var error = Assert.Single(await Online(cloud, null, Request("shop", "s@example.com")), one => one.Severity == FindingSeverity.Error);
        Assert.Contains("Closed", error.Message, StringComparison.Ordinal);
        Assert.Equal("Email", error.Field);
        Assert.DoesNotContain("-Adopt", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_of_that_name_under_way_is_told()
    {
        var cloud = new FakeCloud();
        await cloud.StartCreationAsync(new AccountCreationOrder("shop", "other@example.com", null, Facts.None), CallScope.None);
        Assert.Contains(await Online(cloud, null, Request("shop", "s@example.com")), one => one is { Severity: FindingSeverity.Warning, Field: "Name" } && one.Message.Contains("in progress", StringComparison.Ordinal));
        Assert.DoesNotContain(await Online(cloud, null, Request("pay", "s@example.com")), one => one.Message.Contains("in progress", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<AccountRequestFinding>> Online(FakeCloud cloud, int? quota, params AccountRequest[] requests)
    {
        var organization = cloud.Organization();
        var rows = await new AccountVending(cloud.Ports, new LaneLimits(new Dictionary<string, int>())).PlanAsync(requests, organization, new AccountPlanOptions(false, false), CallScope.None);
        return [.. AccountPreflight.Online(rows, organization, quota)];
    }

    private static AccountRequest Request(string name, string email) => new() { Name = name, Email = email };
}
