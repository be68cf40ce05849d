using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace Guardrails.Sandbox.Tests;

/// <summary>The protocols' edges: what is no request, and what no request should do.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task An_error_has_awss_form()
    {
        using var sandbox = new TestSandbox();
        var answer = await sandbox.CallAsync("DescribeAccount", """{"AccountId":"999999999999"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "AccountNotFoundException"), (answer.Status, answer.Code));
        Assert.NotEmpty((string)answer.Json["Message"]!);
        Assert.Equal("application/x-amz-json-1.1", answer.ContentHeaders.ContentType!.ToString());
        Assert.True(Guid.TryParse(answer.Headers.GetValues("x-amzn-RequestId").Single(), out _));
    }

    [Theory]
    [InlineData("NoSuchOperation", HttpStatusCode.NotFound, "UnknownOperationException", "NoSuchOperation")]
    [InlineData("", HttpStatusCode.NotFound, "UnknownOperationException", "")]
    [InlineData("AcceptHandshake", HttpStatusCode.BadRequest, "UnsupportedOperationException", "The sandbox does not have AcceptHandshake")]
    public async Task An_operation_that_is_not_here_is_named(string operation, HttpStatusCode status, string code, string text)
    {
        using var sandbox = new TestSandbox();
        var answer = await sandbox.CallAsync(operation);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(text, answer.Message);
    }

    [Fact]
    public void Every_operation_of_the_models_is_served()
    {
        Assert.Empty(ServiceModel.Load("organizations.model.json").Inputs.Keys.Except(OrganizationsOperations.All.Keys));
        Assert.Empty(ServiceModel.Load("sts.model.json").Inputs.Keys.Except(StsOperations.All.Keys));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"AccountId\":123456789012}")]
    [InlineData("{\"AccountId\":{\"a\":1}}")]
    [InlineData("{\"AccountId\":\"\\ud800\"}")]
    [InlineData("{\"AccountId\":\"1\"} trailing")]
    [InlineData("<html>")]
    public async Task A_body_that_is_not_of_the_model_is_a_serialization_exception(string body)
    {
        using var sandbox = new TestSandbox();
        var answer = await sandbox.CallAsync("DescribeAccount", body);
        Assert.Equal((HttpStatusCode.BadRequest, "SerializationException"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Invalid_utf8_deep_nesting_and_fractions_are_refused_without_harm()
    {
        using var sandbox = new TestSandbox();
        var invalid = TestSandbox.Request("DescribeAccount", "");
        invalid.Content = Json([.. "{\"AccountId\":\""u8, 0xFF, 0xC3, .. "\"}"u8]);
        Assert.Equal("SerializationException", (await sandbox.SendAsync(invalid)).Code);

        var invalidName = TestSandbox.Request("DescribeAccount", "");
        invalidName.Content = Json([.. "{\""u8, 0xFF, 0xC3, .. "\":1}"u8]);
        Assert.Equal("SerializationException", (await sandbox.SendAsync(invalidName)).Code);

        var deep = string.Concat(Enumerable.Repeat("{\"Tags\":[", 50_000));
        Assert.Equal("SerializationException", (await sandbox.CallAsync("CreateAccount", deep)).Code);
        Assert.Equal("SerializationException", (await sandbox.CallAsync("ListAccounts", """{"MaxResults":1.5}""")).Code);
        Assert.Equal("SerializationException", (await sandbox.CallAsync("ListAccounts", """{"MaxResults":1e300}""")).Code);
        Assert.Null((await sandbox.CallAsync("ListAccounts", """{"MaxResults":1.0}""")).Code);
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        using var sandbox = new TestSandbox();
        var answer = await sandbox.CallAsync("CreatePolicy", $$"""{"Content":"{{new string('x', 3 << 20)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Null((await sandbox.CallAsync("ListRoots")).Code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-amz-json-1.0")]
    [InlineData("application/cbor")]
    public async Task Another_content_type_is_no_operation(string contentType)
    {
        using var sandbox = new TestSandbox();
        var request = TestSandbox.Request("ListRoots", "{}");
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        var answer = await sandbox.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotFound, "UnknownOperationException"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Another_service_or_method_is_told_what_the_sandbox_has()
    {
        using var sandbox = new TestSandbox();
        var request = TestSandbox.Request("ListRoots", "{}");
        request.Headers.Remove("X-Amz-Target");
        request.Headers.Add("X-Amz-Target", "AmazonAthena.ListWorkGroups");
        Assert.Contains("AmazonAthena.ListWorkGroups", (await sandbox.SendAsync(request)).Message);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://example.com/"))).Status);
    }

    [Fact]
    public async Task Unknown_members_and_nulls_are_dropped_and_the_last_of_two_counts()
    {
        using var sandbox = new TestSandbox();
        Assert.Null((await sandbox.CallAsync("ListRoots", """{"Unknown":{"a":[1]},"NextToken":null}""")).Code);
        var answer = await sandbox.CallAsync("DescribeAccount", $$"""{"AccountId":"x","AccountId":"{{TestSandbox.ManagementAccountId}}"}""");
        Assert.Equal("management", (string?)answer.Json["Account"]?["Name"]);
    }

    [Theory]
    [InlineData("Version=2011-06-15", "MissingAction")]
    [InlineData("Action=NoSuchThing&Version=2011-06-15", "InvalidAction")]
    [InlineData("Action=GetSessionToken&Version=2011-06-15", "UnsupportedOperationException")]
    [InlineData("Action=AssumeRole&DurationSeconds=abc&RoleArn=a&RoleSessionName=b", "MalformedInput")]
    [InlineData("Action=AssumeRole&RoleArn=arn%3Aaws%3As3%3A%3A%3Anot-a-role&RoleSessionName=bb", "ValidationError")]
    public async Task Sts_answers_errors_in_xml(string form, string code)
    {
        using var sandbox = new TestSandbox();
        var answer = await sandbox.SendAsync(TestSandbox.StsRequest(form));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var error = XDocument.Parse(answer.Body).Root!;
        Assert.Equal("ErrorResponse", error.Name.LocalName);
        Assert.Equal(code, error.Descendants().Single(element => element.Name.LocalName == "Code").Value);
        Assert.Equal(error.Elements().Single(element => element.Name.LocalName == "RequestId").Value, answer.Headers.GetValues("x-amzn-RequestId").Single());
    }

    [Fact]
    public async Task Sts_counts_all_violations_and_survives_control_characters()
    {
        using var sandbox = new TestSandbox();
        var answer = await sandbox.SendAsync(TestSandbox.StsRequest("Action=AssumeRole&RoleSessionName=%01"));
        var message = XDocument.Parse(answer.Body).Descendants().Single(element => element.Name.LocalName == "Message").Value;
        Assert.Contains("2 validation errors detected: Value null at 'roleArn'", message);
        var notUtf8 = new HttpRequestMessage(HttpMethod.Post, "https://sts.amazonaws.com/") { Content = new ByteArrayContent([0x41, 0xFF]) };
        notUtf8.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.SendAsync(notUtf8)).Status);
    }

    [Fact]
    public async Task The_calls_tell_what_was_written_and_by_whom()
    {
        using var sandbox = new TestSandbox();
        await sandbox.CallAsync("ListRoots");
        await sandbox.CallAsync("CreateOrganizationalUnit", """{"ParentId":"r-zzzz","Name":"a"}""");
        Assert.Equal(0, sandbox.Sandbox.Calls.Writes);
        var root = (string)(await sandbox.CallAsync("ListRoots")).Json["Roots"]![0]!["Id"]!;
        await sandbox.CallAsync("CreateOrganizationalUnit", $$"""{"ParentId":"{{root}}","Name":"a"}""");
        var calls = sandbox.Sandbox.Calls;
        Assert.Equal((1, 4, 2), (calls.Writes, calls.Total, calls.Count("ListRoots", "OK")));
        Assert.Equal(1, calls.Count("CreateOrganizationalUnit", "ParentNotFoundException"));
        Assert.All(calls.Recent, call => Assert.Equal(TestSandbox.ManagementAccountId, call.CallerAccountId));
    }

    [Fact]
    public async Task Only_the_last_ten_thousand_calls_are_kept()
    {
        using var sandbox = new TestSandbox();
        var request = new WireRequest("GET", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(""), false);
        for (var i = 0; i < 10_050; i++) await sandbox.Sandbox.Endpoint.AnswerAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((10_050, 10_000, 51), (sandbox.Sandbox.Calls.Total, sandbox.Sandbox.Calls.Recent.Count, sandbox.Sandbox.Calls.Recent[0].Number));
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return content;
    }
}
