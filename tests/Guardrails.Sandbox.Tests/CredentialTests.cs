using System.Net;
using System.Xml.Linq;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class CredentialTests
{
    private static readonly XNamespace Sts = "https://sts.amazonaws.com/doc/2011-06-15/";

    [Fact]
    public async Task Any_key_that_is_no_members_is_the_management_account()
    {
        using var sandbox = new TestSandbox();
        var answer = XDocument.Parse((await sandbox.SendAsync(TestSandbox.StsRequest("Action=GetCallerIdentity&Version=2011-06-15"))).Body);
        Assert.Equal(TestSandbox.ManagementAccountId, answer.Descendants(Sts + "Account").Single().Value);
    }

    [Fact]
    public async Task A_role_of_a_created_account_is_assumed_and_its_session_is_the_member()
    {
        using var sandbox = new TestSandbox();
        var account = await sandbox.CreateAccountAsync("shop");
        var credentials = await AssumeAsync(sandbox, account);

        var identity = XDocument.Parse((await sandbox.SendAsync(TestSandbox.StsRequest("Action=GetCallerIdentity&Version=2011-06-15", credentials))).Body);
        Assert.Equal($"arn:aws:sts::{account}:assumed-role/OrganizationAccountAccessRole/test-session", identity.Descendants(Sts + "Arn").Single().Value);

        var denied = await sandbox.CallAsync("ListAccounts", credentials: credentials);
        Assert.Equal(("AccessDeniedException", HttpStatusCode.BadRequest), (denied.Code, denied.Status));
        Assert.Null((await sandbox.CallAsync("DescribeOrganization", credentials: credentials)).Code);
    }

    [Fact]
    public async Task Without_an_authorization_header_nobody_is_let_in()
    {
        using var sandbox = new TestSandbox();
        var request = TestSandbox.Request("ListRoots", "{}");
        request.Headers.Remove("Authorization");
        var answer = await sandbox.SendAsync(request);
        Assert.Equal((HttpStatusCode.Forbidden, "MissingAuthenticationTokenException"), (answer.Status, answer.Code));

        var sts = TestSandbox.StsRequest("Action=GetCallerIdentity");
        sts.Headers.Remove("Authorization");
        Assert.Equal((HttpStatusCode.Forbidden, "MissingAuthenticationToken"), await ErrorAsync(sandbox, sts));

        var basic = TestSandbox.Request("ListRoots", "{}");
        basic.Headers.Remove("Authorization");
        basic.Headers.TryAddWithoutValidation("Authorization", "Basic abc");
        Assert.Equal("IncompleteSignatureException", (await sandbox.SendAsync(basic)).Code);
    }

    [Fact]
    public async Task An_expired_session_is_told_so_and_never_becomes_the_management_account()
    {
        using var sandbox = new TestSandbox();
        var account = await sandbox.CreateAccountAsync("shop");
        var credentials = await AssumeAsync(sandbox, account, "&DurationSeconds=900");
        Assert.Equal(sandbox.Sandbox.Clock.GetUtcNow().AddSeconds(900), credentials.Expiration!.Value, TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(898), sandbox.Sandbox.Clock, TestContext.Current.CancellationToken);
        Assert.Null((await sandbox.CallAsync("DescribeOrganization", credentials: credentials)).Code);
        await Task.Delay(TimeSpan.FromSeconds(3), sandbox.Sandbox.Clock, TestContext.Current.CancellationToken);
        var answer = await sandbox.CallAsync("DescribeOrganization", credentials: credentials);
        Assert.Equal((HttpStatusCode.Forbidden, "ExpiredTokenException"), (answer.Status, answer.Code));
        Assert.Equal((HttpStatusCode.Forbidden, "ExpiredToken"), await ErrorAsync(sandbox, TestSandbox.StsRequest("Action=GetCallerIdentity", credentials)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("IQoJb3JpZ2luX2VjEXAMPLE")]
    [InlineData("GuardrailsSandbox.!!!")]
    [InlineData("GuardrailsSandbox.e30")]
    public async Task A_session_key_without_its_token_is_refused(string? token)
    {
        using var sandbox = new TestSandbox();
        var key = AccessKeys.ForSession("123456789012", "R", "s", DateTimeOffset.MaxValue) with { SessionToken = token };
        Assert.Equal("UnrecognizedClientException", (await sandbox.CallAsync("ListAccounts", credentials: key)).Code);
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidClientTokenId"), await ErrorAsync(sandbox, TestSandbox.StsRequest("Action=GetCallerIdentity", key)));
    }

    [Fact]
    public async Task A_session_of_one_account_does_not_open_another()
    {
        using var sandbox = new TestSandbox();
        var mine = AccessKeys.ForSession("123456789012", "R", "s", DateTimeOffset.MaxValue);
        var other = AccessKeys.ForSession("210987654321", "R", "s", DateTimeOffset.MaxValue);
        var answer = await sandbox.CallAsync("ListAccounts", credentials: mine with { SessionToken = other.SessionToken });
        Assert.Equal("UnrecognizedClientException", answer.Code);
    }

    [Fact]
    public async Task A_key_of_a_member_is_that_member_and_one_of_a_stranger_has_no_organization()
    {
        using var sandbox = new TestSandbox();
        var account = await sandbox.CreateAccountAsync("shop");
        Assert.Equal("AccessDeniedException", (await sandbox.CallAsync("ListAccounts", credentials: Sandbox.AccessKeyFor(account))).Code);
        Assert.Equal("AWSOrganizationsNotInUseException", (await sandbox.CallAsync("ListAccounts", credentials: Sandbox.AccessKeyFor("999999999999"))).Code);
        Assert.Null((await sandbox.CallAsync("ListAccounts", credentials: sandbox.Sandbox.ManagementCredentials)).Code);
        Assert.Equal(Sandbox.AccessKeyFor(account), Sandbox.AccessKeyFor(account));
    }

    [Fact]
    public async Task A_member_may_write_nothing()
    {
        using var sandbox = new TestSandbox();
        var account = await sandbox.CreateAccountAsync("shop");
        var writes = sandbox.Sandbox.Calls.Writes;
        var before = File.ReadAllBytes(sandbox.Path);
        var key = Sandbox.AccessKeyFor(account);
        var root = sandbox.Sandbox.Read(state => state.Root.Id);
        foreach (var (operation, body) in ((string, string)[])[
            ("CreateAccount", """{"AccountName":"a","Email":"a@example.com"}"""),
            ("CreateOrganizationalUnit", $$"""{"ParentId":"{{root}}","Name":"a"}"""),
            ("MoveAccount", $$"""{"AccountId":"{{account}}","SourceParentId":"{{root}}","DestinationParentId":"{{root}}"}"""),
            ("CloseAccount", $$"""{"AccountId":"{{account}}"}"""),
            ("TagResource", $$"""{"ResourceId":"{{account}}","Tags":[]}"""),
            ("EnablePolicyType", $$"""{"RootId":"{{root}}","PolicyType":"TAG_POLICY"}"""),
            ("DeleteOrganization", "{}")])
            Assert.Equal((operation, "AccessDeniedException"), (operation, (await sandbox.CallAsync(operation, body, key)).Code));
        Assert.Equal(writes, sandbox.Sandbox.Calls.Writes);
        Assert.Equal(before, File.ReadAllBytes(sandbox.Path));
    }

    [Fact]
    public async Task A_role_is_assumed_only_by_whom_its_account_trusts_and_only_when_the_account_is_usable()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Read(state => state.Behavior = state.Behavior with { UsableTime = TimeSpan.FromMinutes(30) });
        var account = await sandbox.CreateAccountAsync("shop");
        var other = await sandbox.CreateAccountAsync("other");
        const string Denied = "AccessDenied";
        Assert.Equal((HttpStatusCode.Forbidden, Denied), await ErrorAsync(sandbox, Assume(account)));
        await Task.Delay(TimeSpan.FromMinutes(40), sandbox.Sandbox.Clock, TestContext.Current.CancellationToken);
        await AssumeAsync(sandbox, account);

        Assert.Equal((HttpStatusCode.Forbidden, Denied), await ErrorAsync(sandbox, Assume(account, "NoSuchRole")));
        Assert.Equal((HttpStatusCode.Forbidden, Denied), await ErrorAsync(sandbox, Assume("999999999999")));
        Assert.Equal((HttpStatusCode.Forbidden, Denied), await ErrorAsync(sandbox, Assume(account, credentials: Sandbox.AccessKeyFor(other))));

        var management = await sandbox.SendAsync(Assume(TestSandbox.ManagementAccountId, "Auditor", Sandbox.AccessKeyFor(other)));
        Assert.Contains($"arn:aws:sts::{TestSandbox.ManagementAccountId}:assumed-role/Auditor/test-session", management.Body);
        var stranger = Assume(TestSandbox.ManagementAccountId, "Auditor", Sandbox.AccessKeyFor("999999999999"));
        Assert.Equal((HttpStatusCode.Forbidden, Denied), await ErrorAsync(sandbox, stranger));

        await sandbox.CallAsync("CloseAccount", $$"""{"AccountId":"{{account}}"}""");
        Assert.Equal((HttpStatusCode.Forbidden, Denied), await ErrorAsync(sandbox, Assume(account)));
    }

    [Fact]
    public async Task A_role_assumed_from_a_role_lasts_an_hour_at_most()
    {
        using var sandbox = new TestSandbox();
        var first = await AssumeAsync(sandbox, TestSandbox.ManagementAccountId, "&DurationSeconds=43200");
        var account = await sandbox.CreateAccountAsync("shop");
        var request = Assume(account, credentials: first, more: "&DurationSeconds=3601");
        Assert.Equal((HttpStatusCode.BadRequest, "ValidationError"), await ErrorAsync(sandbox, request));
        Assert.Equal(HttpStatusCode.OK, (await sandbox.SendAsync(Assume(account, credentials: first))).Status);
    }

    private static HttpRequestMessage Assume(
        string account, string role = "OrganizationAccountAccessRole", SandboxCredentials? credentials = null, string more = "") =>
        TestSandbox.StsRequest("Action=AssumeRole&Version=2011-06-15&RoleSessionName=test-session&ExternalId=abc&RoleArn="
            + Uri.EscapeDataString($"arn:aws:iam::{account}:role/{role}") + more, credentials);

    private static async Task<(HttpStatusCode, string)> ErrorAsync(TestSandbox sandbox, HttpRequestMessage request)
    {
        var answer = await sandbox.SendAsync(request);
        return (answer.Status, XDocument.Parse(answer.Body).Descendants(Sts + "Code").SingleOrDefault()?.Value ?? "no error");
    }

    private static async Task<SandboxCredentials> AssumeAsync(TestSandbox sandbox, string account, string more = "")
    {
        var answer = await sandbox.SendAsync(Assume(account, more: more));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var xml = XDocument.Parse(answer.Body).Descendants(Sts + "Credentials").Single();
        return new SandboxCredentials(xml.Element(Sts + "AccessKeyId")!.Value, xml.Element(Sts + "SecretAccessKey")!.Value,
            xml.Element(Sts + "SessionToken")!.Value, DateTimeOffset.Parse(xml.Element(Sts + "Expiration")!.Value, null));
    }
}
