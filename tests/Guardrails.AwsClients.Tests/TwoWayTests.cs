extern alias generated;
extern alias official;

using System.Net;
using System.Text.RegularExpressions;
using Xunit;
using Generated = generated::Guardrails.AwsClients.TwoWay.Consumer;
using Official = official::Guardrails.AwsClients.TwoWay.Consumer;

namespace Guardrails.AwsClients.Tests;

/// <summary>One consumer, built against the official packages and against generated ones: the wire must not show which.</summary>
public sealed partial class TwoWayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_sign_on_sends_the_same_requests_and_reads_the_same_answers_both_ways()
    {
        var (officialWire, generatedWire) = (new Answers(SingleSignOn), new Answers(SingleSignOn));
        var expected = await new Official(officialWire).CallSingleSignOnAsync(Cancel);
        var actual = await new Generated(generatedWire).CallSingleSignOnAsync(Cancel);
        Assert.Equal(4, expected.Count);
        Assert.Equal(expected, actual);
        Assert.Equal(5, officialWire.Sent.Count);
        Assert.Equal(officialWire.Sent.Select(Wire), generatedWire.Sent.Select(Wire));
    }

    [Fact]
    public async Task Open_id_connect_sends_the_same_requests_and_reads_the_same_answers_both_ways()
    {
        var (officialWire, generatedWire) = (new Answers(OpenIdConnect), new Answers(OpenIdConnect));
        var expected = await new Official(officialWire).CallOpenIdConnectAsync(Cancel);
        var actual = await new Generated(generatedWire).CallOpenIdConnectAsync(Cancel);
        Assert.Equal(4, expected.Count);
        Assert.Equal(expected, actual);
        Assert.Equal(officialWire.Sent.Select(Wire), generatedWire.Sent.Select(Wire));
        Assert.Contains("aws_iam=t", generatedWire.Sent[^1].Address.Query, StringComparison.Ordinal);
        foreach (var signed in new[] { officialWire.Sent[^1], generatedWire.Sent[^1] })
            Assert.EndsWith("Signature=" + Signature.Of(signed, Official.Secret), signed.Header("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_request","error_description":"no","reason":"KMS_NotFoundException"}""", "InvalidRequestException")]
    [InlineData(400, """{"error":"invalid_request","reason":"BRAND_NEW"}""", "InvalidRequestException:http://internal.amazon.com/")]
    [InlineData(400, """{"__type":"com.amazonaws.sso#SlowDownException","message":"wait"}""", null)]
    [InlineData(400, """{"message":"x"}""", "NeverHeardOfException")]
    [InlineData(500, "<html><body><h1>500 Internal Server Error</h1></body></html>", null)]
    [InlineData(503, "", null)]
    public async Task Refusals_are_the_same_exceptions_both_ways(int status, string body, string? type)
    {
        HttpResponseMessage Refuse(Sent sent, int count) => Answers.Json(body, (HttpStatusCode)status, type is null ? [] : [("x-amzn-ErrorType", type)]);
        var expected = await new Official(new Answers(Refuse)).BeRefusedAsync(Cancel);
        var actual = await new Generated(new Answers(Refuse)).BeRefusedAsync(Cancel);
        Assert.Equal(expected, actual);
        Assert.NotEqual("nothing thrown", actual);
    }

    [Fact]
    public void Endpoints_are_the_same_both_ways_in_every_region_and_variant()
    {
        var (official, generated) = (new Official(Answers.Always("{}")), new Generated(Answers.Always("{}")));
        string[] regions =
            ["us-east-1", "eu-central-1", "ap-southeast-4", "cn-north-1", "us-gov-west-1", "us-gov-east-1", "us-iso-east-1", "us-isob-east-1", "xx-new-1"];
        bool[] either = [false, true];
        var settings = (from region in regions from fips in either from dual in either select (region, fips, dual)).ToList();
        Assert.Equal(
            settings.Select(s => $"{s}: {official.Endpoints(s.region, s.fips, s.dual)}"),
            settings.Select(s => $"{s}: {generated.Endpoints(s.region, s.fips, s.dual)}"));
    }

    /// <summary>What matters of a request. Not: user agent, invocation id, and what changes with the clock.</summary>
    private static string Wire(Sent sent)
    {
        string[] volatiles = ["User-Agent", "amz-sdk-invocation-id", "X-Amz-Date"];
        var headers = sent.Headers
            .Where(h => !volatiles.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(h => h.Key, StringComparer.OrdinalIgnoreCase);
        return $"{sent.Method} {sent.Address.AbsoluteUri}\n{string.Join("\n", headers.Select(h => $"{h.Key}: {Stable(h.Value)}"))}\n{sent.Body}";
    }

    private static string Stable(string header) => Dated().Replace(SignatureText().Replace(header, "Signature=#"), "/DATE/");

    [GeneratedRegex("Signature=[0-9a-f]{64}")]
    private static partial Regex SignatureText();

    [GeneratedRegex("/[0-9]{8}/")]
    private static partial Regex Dated();

    private static HttpResponseMessage SingleSignOn(Sent sent, int count) => Answers.Json(sent.Address.AbsolutePath switch
    {
        "/federation/credentials" => """{"roleCredentials":{"accessKeyId":"AKIA","expiration":1790000000000,"secretAccessKey":"s","sessionToken":"t"}}""",
        "/assignment/accounts" when count == 2 =>
            """{"accountList":[{"accountId":"1","accountName":"ä","emailAddress":null,"later":{"x":[1]}}],"nextToken":"a+b/c="}""",
        "/assignment/accounts" => """{"accountList":[{"accountId":"2","accountName":"b","emailAddress":"b@example.com"}]}""",
        "/assignment/roles" => """{"roleList":[],"nextToken":""}""",
        _ => "",
    });

    private static HttpResponseMessage OpenIdConnect(Sent sent, int count) => Answers.Json(sent.Address.AbsolutePath switch
    {
        "/client/register" => """{"clientId":"c","clientIdIssuedAt":1790000000,"clientSecretExpiresAt":1790000001}""",
        "/device_authorization" => """{"userCode":"ABCD","interval":5,"expiresIn":600}""",
        _ when sent.Address.Query.Length > 0 => """{"awsAdditionalDetails":{"identityContext":"ctx"},"scope":["a","b"],"issuedTokenType":"t"}""",
        _ => """{"tokenType":"Bearer","expiresIn":28800}""",
    });
}
