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

    private static async Task<SandboxCredentials> AssumeAsync(TestSandbox sandbox, string account)
    {
        var answer = await sandbox.SendAsync(TestSandbox.StsRequest("Action=AssumeRole&Version=2011-06-15&RoleSessionName=test-session&ExternalId=abc&RoleArn="
            + Uri.EscapeDataString($"arn:aws:iam::{account}:role/OrganizationAccountAccessRole")));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var xml = XDocument.Parse(answer.Body).Descendants(Sts + "Credentials").Single();
        return new SandboxCredentials(xml.Element(Sts + "AccessKeyId")!.Value, xml.Element(Sts + "SecretAccessKey")!.Value,
            xml.Element(Sts + "SessionToken")!.Value, DateTimeOffset.Parse(xml.Element(Sts + "Expiration")!.Value, null));
    }
}
