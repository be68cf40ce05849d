using System.Net;

namespace Guardrails.Aws.Tests;

public sealed class ConnectTests
{
    private static AwsConnectionOptions ByProfile(string? profile, ScriptedAws? aws = null) => new()
    {
        Profile = profile,
        Handler = () => aws ?? new ScriptedAws(),
        Clock = new SteppingClock(),
    };

    private static Task<CloudException> Refused(AwsConnectionOptions options) =>
        Assert.ThrowsAsync<CloudException>(() => AwsCloud.ConnectAsync(options, ScriptedAws.Scope()));

    [Fact]
    public async Task A_connection_says_who_is_asking_as_what_and_where()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync(o => o with { Sandbox = "/tmp/org.json", ReadOnly = true, EndpointUrl = new("http://127.0.0.1:4566") });
        Assert.Equal(ScriptedAws.Management, connection.AccountId);
        Assert.Equal($"arn:aws:iam::{ScriptedAws.Management}:user/ann", connection.CallerArn);
        Assert.Equal(CallerRole.ManagementAccount, connection.Role);
        Assert.Equal("o-aaaaaaaaaa", connection.OrganizationId);
        Assert.Equal(ScriptedAws.Management, connection.ManagementAccountId);
        Assert.Equal("us-east-1", connection.Region);
        Assert.Equal("/tmp/org.json", connection.Sandbox);
        Assert.True(connection.ReadOnly);
        Assert.Equal(new Uri("http://127.0.0.1:4566"), connection.EndpointUrl);
        Assert.Equal(new SteppingClock().GetUtcNow(), connection.ConnectedAt);
        Assert.Null(connection.Profile);
        Assert.All(aws.Calls, call => Assert.Equal("127.0.0.1:4566", call.Request.RequestUri!.Authority));
    }

    [Fact]
    public async Task Organizations_is_asked_at_the_partitions_one_endpoint_and_STS_in_the_Region()
    {
        var aws = new ScriptedAws();
        await aws.ConnectAsync(o => o with { Region = "eu-central-1" });
        Assert.Equal("sts.eu-central-1.amazonaws.com", aws.Calls.First(c => c.Operation == "GetCallerIdentity").Request.RequestUri!.Host);
        Assert.Equal("organizations.us-east-1.amazonaws.com", aws.Calls.First(c => c.Operation == "DescribeOrganization").Request.RequestUri!.Host);
    }

    [Fact]
    public async Task A_profile_gives_keys_and_Region()
    {
        var aws = new ScriptedAws();
        var connection = await AwsCloud.ConnectAsync(ByProfile("audit", aws), ScriptedAws.Scope());
        Assert.Equal("audit", connection.Profile);
        Assert.Equal("eu-central-1", connection.Region);
        Assert.Contains("AKIAAUDIT/", aws.Calls.First().Request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Region_parameter_wins_over_the_profiles()
    {
        var connection = await AwsCloud.ConnectAsync(ByProfile("audit") with { Region = "us-west-2" }, ScriptedAws.Scope());
        Assert.Equal("us-west-2", connection.Region);
    }

    [Fact]
    public async Task An_unknown_profile_names_the_files_and_the_profiles_there_are()
    {
        var e = await Refused(ByProfile("prod"));
        Assert.Equal("UnknownProfile", e.Code);
        Assert.Contains("'prod'", e.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.GetEnvironmentVariable("AWS_CONFIG_FILE")!, e.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE")!, e.Message, StringComparison.Ordinal);
        Assert.EndsWith("They hold: audit, no-region, session, sign-in.", e.Message, StringComparison.Ordinal);
        Assert.NotNull(e.NextStep);
    }

    [Fact]
    public async Task Without_a_Region_nothing_is_guessed()
    {
        var e = await Refused(ByProfile("no-region"));
        Assert.Equal("NoRegion", e.Code);
        Assert.Contains("-Region", e.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("europe")]
    [InlineData("us-east-1.evil.example")]
    [InlineData("US-EAST-1")]
    public async Task A_Region_that_is_none_is_refused(string region)
    {
        var e = await Refused(ByProfile("audit") with { Region = region });
        Assert.Equal("InvalidRegion", e.Code);
    }

    [Fact]
    public async Task Without_credentials_the_error_says_where_they_may_come_from_and_no_sandbox_steps_in()
    {
        var aws = new ScriptedAws();
        var e = await Refused(ByProfile(null, aws) with { Region = "us-east-1" });
        Assert.Equal("NoCredentials", e.Code);
        Assert.Contains("-Profile", e.NextStep, StringComparison.Ordinal);
        Assert.Empty(aws.Calls);
    }

    [Fact]
    public async Task A_profile_without_credentials_is_named()
    {
        var e = await Refused(ByProfile("empty"));
        Assert.Equal("NoCredentials", e.Code);
        Assert.Contains("'empty'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("session")]
    public async Task A_sign_in_that_was_never_made_or_has_expired_names_the_command(string profile)
    {
        var e = await Refused(ByProfile(profile));
        Assert.Equal("ExpiredToken", e.Code);
        Assert.Equal($"Run: aws sso login --profile {profile}", e.NextStep);
    }

    [Fact]
    public async Task An_expired_session_says_whose_credentials_to_renew()
    {
        var aws = new ScriptedAws().On("GetCallerIdentity", _ => ScriptedAws.StsError("ExpiredToken", "The security token included in the request is expired"));
        var e = await Refused(ByProfile("audit", aws));
        Assert.Equal("ExpiredToken", e.Code);
        Assert.Contains("'audit'", e.NextStep, StringComparison.Ordinal);
        Assert.Equal(1, aws.Count("GetCallerIdentity"));
    }

    [Theory]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.", "other credentials")]
    [InlineData("SignatureDoesNotMatch", "Signature expired: 20260901T080000Z is now earlier than 20260901T081000Z", "clock")]
    [InlineData("RequestExpired", "Request has expired.", "clock")]
    public async Task Wrong_keys_and_wrong_clocks_get_a_next_step(string code, string message, string step)
    {
        var e = await Refused(ByProfile("audit", new ScriptedAws().On("GetCallerIdentity", _ => ScriptedAws.StsError(code, message))));
        Assert.Equal(code, e.Code);
        Assert.Contains(step, e.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("arn:aws:iam::111111111111:user/ann")]
    public async Task A_role_must_be_given_by_its_ARN(string role)
    {
        var e = await Refused(ByProfile("audit") with { RoleArn = role });
        Assert.Equal("InvalidRole", e.Code);
    }

    [Fact]
    public async Task An_endpoint_must_be_an_address()
    {
        var e = await Refused(ByProfile("audit") with { EndpointUrl = new("ftp://example.com") });
        Assert.Equal("InvalidEndpoint", e.Code);
    }

    [Fact]
    public async Task A_role_that_cannot_be_assumed_says_what_to_allow()
    {
        var aws = new ScriptedAws().On("AssumeRole", _ => ScriptedAws.StsError("AccessDenied", "User: arn:aws:iam::111111111111:user/ann is not authorized to perform: sts:AssumeRole"));
        var e = await Assert.ThrowsAsync<CloudException>(() => aws.ConnectAsync(o => o with { RoleArn = "arn:aws:iam::111111111111:role/audit" }));
        Assert.Equal("sts:AssumeRole", e.Operation);
        Assert.Equal("AccessDenied", e.Code);
        Assert.Contains("role/audit", e.Message, StringComparison.Ordinal);
        Assert.Contains("trust policy", e.NextStep, StringComparison.Ordinal);
        Assert.Equal(0, aws.Count("GetCallerIdentity"));
    }

    [Fact]
    public async Task A_role_is_assumed_with_external_id_and_session_name_and_renewed_when_it_ends()
    {
        var clock = new SteppingClock();
        var issued = 0;
        var aws = new ScriptedAws();
        aws.On("AssumeRole", _ => ScriptedAws.Xml($"<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>ASIA{++issued}</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>{clock.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"));
        var connection = await aws.ConnectAsync(o => o with { Clock = clock, RoleArn = "arn:aws:iam::111111111111:role/audit", ExternalId = "x-17", RoleSessionName = "nightly" });
        var assume = aws.Calls.Single(c => c.Operation == "AssumeRole").Body;
        Assert.Contains("ExternalId=x-17", assume, StringComparison.Ordinal);
        Assert.Contains("RoleSessionName=nightly", assume, StringComparison.Ordinal);
        Assert.Equal("arn:aws:iam::111111111111:role/audit", connection.RoleArn);
        await connection.Cloud.Organization.ReadTagsAsync("r-aaaa", ScriptedAws.Scope());
        Assert.Equal(1, issued);
        Assert.Contains("ASIA1/", Authorization(aws), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMinutes(61));
        await connection.Cloud.Organization.ReadTagsAsync("r-aaaa", ScriptedAws.Scope());
        Assert.Equal(2, issued);
        Assert.Contains("ASIA2/", Authorization(aws), StringComparison.Ordinal);

        static string Authorization(ScriptedAws aws) => aws.Calls.Last().Request.Headers.GetValues("Authorization").Single();
    }

    [Fact]
    public async Task An_account_without_an_organization_connects_and_is_told_at_the_first_read()
    {
        var aws = new ScriptedAws().On("DescribeOrganization", _ => ScriptedAws.Error("AWSOrganizationsNotInUseException", "Your account is not a member of an organization."));
        var connection = await aws.ConnectAsync();
        Assert.Equal(CallerRole.NoOrganization, connection.Role);
        Assert.Null(connection.OrganizationId);
        Assert.Null(connection.ManagementAccountId);
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.ReadAsync(OrganizationDetail.None, ScriptedAws.Scope()));
        Assert.Equal("AWSOrganizationsNotInUseException", e.Code);
        Assert.Contains("belongs to an organization", e.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_is_told_which_account_this_needs()
    {
        var aws = new ScriptedAws(ScriptedAws.Member).On("ListRoots", _ => Denied()).On("MoveAccount", _ => Denied());
        var connection = await aws.ConnectAsync();
        Assert.Equal(CallerRole.MemberAccount, connection.Role);
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.MoveAccountAsync("1", "r-aaaa", "ou-1", ScriptedAws.Scope()));
        Assert.Equal("AccessDeniedException", e.Code);
        Assert.Equal(CallOutcome.NotDone, e.Outcome);
        Assert.Equal($"You are in member account {ScriptedAws.Member}; this needs the management account {ScriptedAws.Management} or a delegated administrator.", e.NextStep);
    }

    [Fact]
    public async Task A_member_that_may_list_is_a_delegated_administrator()
    {
        var aws = new ScriptedAws(ScriptedAws.Member).On("MoveAccount", _ => Denied());
        var connection = await aws.ConnectAsync();
        Assert.Equal(CallerRole.DelegatedAdministrator, connection.Role);
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.MoveAccountAsync("1", "r-aaaa", "ou-1", ScriptedAws.Scope()));
        Assert.Contains($"management account {ScriptedAws.Management}", e.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_connection_holds_is_released_once_also_when_it_cannot_be_made()
    {
        var closed = 0;
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync(o => o with { Close = () => closed++ });
        Assert.Equal(0, closed);
        connection.Cloud.Close();
        connection.Cloud.Close();
        Assert.Equal(1, closed);

        aws.On("GetCallerIdentity", _ => ScriptedAws.StsError("AccessDenied", "no"));
        await Assert.ThrowsAsync<CloudException>(() => aws.ConnectAsync(o => o with { Close = () => closed++ }));
        Assert.Equal(2, closed);
    }

    private static HttpResponseMessage Denied() => ScriptedAws.Error("AccessDeniedException", "You don't have permissions to access this resource.", HttpStatusCode.BadRequest);
}
