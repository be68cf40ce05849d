using System.Collections.Concurrent;
using System.Net;

namespace Guardrails.Aws.Tests;

public sealed class SecretsTests
{
    private const string Key = "CANARYkey0123456789abcdefghij/+ABCDEFGHI";
    private const string Token = "CANARYtoken0123456789/abcdefghijklmnopqrstuvwxyz+ABCDEFGHIJKLMNOPQRSTUVWXYZ==";
    private const string RoleSecret = "CANARYrole0123456789";

    /// <summary>A peer that says back what it was sent, in each way it could.</summary>
    [Theory]
    [InlineData("canonical")]
    [InlineData("message")]
    [InlineData("malformed")]
    [InlineData("html")]
    [InlineData("truncated")]
    [InlineData("dropped")]
    public async Task No_secret_is_in_any_error_or_trace(string peer)
    {
        var aws = new ScriptedAws();
        var traces = new ConcurrentQueue<CallTrace>();
        var scope = ScriptedAws.Scope(traces.Enqueue);
        var connection = await AwsCloud.ConnectAsync(aws.Options() with { Keys = new("AKIAEXAMPLE", Key, Token) }, scope);
        aws.On("MoveAccount", _ => peer switch
        {
            "canonical" => ScriptedAws.Error("InvalidSignatureException", $"The request signature we calculated does not match. The Canonical String for this request should have been 'POST / x-amz-security-token:{Token}'"),
            "message" => ScriptedAws.Error("InvalidInputException", $"Bad: {Token} and {Key}"),
            "malformed" => ScriptedAws.Json($"{{\"{Token}\": {Key}"),
            "html" => ScriptedAws.Html(HttpStatusCode.BadGateway),
            "truncated" => ScriptedAws.Json($"{{\"SecretAccessKey\":\"{Key}"),
            _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended"),
        });
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.MoveAccountAsync("1", "r-aaaa", "ou-1", scope));
        AssertClean(e, traces);
        Assert.DoesNotContain("CANARY", connection.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", (aws.Options() with { Keys = new("AKIAEXAMPLE", Key, Token) }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_answer_with_a_roles_keys_in_it_is_not_quoted()
    {
        var aws = new ScriptedAws().On("AssumeRole", _ => ScriptedAws.Xml($"<AssumeRoleResponse><AssumeRoleResult><Credentials><SecretAccessKey>{RoleSecret}</SecretAccessKey><SessionTok"));
        var traces = new ConcurrentQueue<CallTrace>();
        var e = await Assert.ThrowsAsync<CloudException>(() => aws.ConnectAsync(
            o => o with { Keys = new("AKIAEXAMPLE", Key, Token), RoleArn = "arn:aws:iam::111111111111:role/audit", Calls = new() { LostAttempts = 2 } }, ScriptedAws.Scope(traces.Enqueue)));
        Assert.Equal("InvalidAnswer", e.Code);
        AssertClean(e, traces);
    }

    private static void AssertClean(CloudException e, IEnumerable<CallTrace> traces)
    {
        foreach (var text in traces.Select(t => t.ToString()).Concat([e.ToString(), e.Message, e.NextStep ?? "", e.Reason ?? "", e.Code]))
            Assert.DoesNotContain("CANARY", text, StringComparison.Ordinal);
    }
}
