using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

/// <summary>A sandbox in a folder of its own, called as any client would: HTTP requests with AWS's headers.</summary>
internal sealed class TestSandbox : IDisposable
{
    public const string ManagementAccountId = "111122223333";

    private readonly HttpClient _client;

    public TestSandbox(SandboxOptions? options = null, bool founded = true)
    {
        Folder = Directory.CreateTempSubdirectory("guardrails-sandbox-").FullName;
        Path = System.IO.Path.Combine(Folder, "org.sandbox.json");
        Sandbox.Create(Path, NewState(founded), Start);
        Sandbox = Sandbox.Open(Path, options ?? new SandboxOptions { Throttling = false });
        _client = new HttpClient(Sandbox.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>In the past, so that a clock which starts at the present is seen.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    public string Folder { get; }

    public string Path { get; }

    public Sandbox Sandbox { get; }

    public static OrganizationState NewState(bool founded = true)
    {
        var state = new OrganizationState(1, ManagementAccountId, "management@example.com", "management") { AccountQuota = founded ? 1000 : null };
        if (founded) state.Found(Start, "ALL");
        return state;
    }

    public static HttpRequestMessage Request(string operation, string body, SandboxCredentials? credentials = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://organizations.us-east-1.amazonaws.com/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSOrganizationsV20161128." + operation);
        Sign(request, credentials, "organizations");
        return request;
    }

    public static HttpRequestMessage StsRequest(string form, SandboxCredentials? credentials = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://sts.us-east-1.amazonaws.com/")
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        Sign(request, credentials, "sts");
        return request;
    }

    public static void Sign(HttpRequestMessage request, SandboxCredentials? credentials, string service)
    {
        var key = credentials?.AccessKeyId ?? "AKIAIOSFODNN7EXAMPLE";
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/20260901/us-east-1/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000");
        if (credentials?.SessionToken is { } token) request.Headers.Add("X-Amz-Security-Token", token);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new Answer(response.StatusCode, body, response.Headers, response.Content.Headers);
        }
    }

    public Task<Answer> CallAsync(string operation, string body = "{}", SandboxCredentials? credentials = null) =>
        SendAsync(Request(operation, body, credentials));

    /// <summary>Creates an account and waits until its role can be assumed.</summary>
    public async Task<string> CreateAccountAsync(string name)
    {
        var created = (await CallAsync("CreateAccount", $$"""{"AccountName":"{{name}}","Email":"{{name}}@example.com"}""")).Json;
        var id = (string)created["CreateAccountStatus"]!["Id"]!;
        for (var i = 0; i < 50; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), Sandbox.Clock, TestContext.Current.CancellationToken);
            var status = (await CallAsync("DescribeCreateAccountStatus", $$"""{"CreateAccountRequestId":"{{id}}"}""")).Json["CreateAccountStatus"]!;
            if ((string)status["State"]! == "SUCCEEDED")
            {
                await Task.Delay(TimeSpan.FromMinutes(1), Sandbox.Clock, TestContext.Current.CancellationToken);
                return (string)status["AccountId"]!;
            }
        }
        throw new InvalidOperationException("The account was not created.");
    }

    public void Dispose()
    {
        _client.Dispose();
        Sandbox.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

internal sealed record Answer(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    /// <summary>The error's code, null for a success.</summary>
    public string? Code => (string?)Json["__type"];

    public string? Reason => (string?)Json[nameof(Reason)];

    public string Message => (string?)Json[nameof(Message)] ?? (string?)Json["message"] ?? "";
}
