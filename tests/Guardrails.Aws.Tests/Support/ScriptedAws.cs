using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Guardrails.Aws.Tests;

/// <summary>A request as it came over the wire.</summary>
internal sealed record WireCall(string Operation, int Number, string Body, HttpRequestMessage Request);

/// <summary>Answers what a test says, where the sandbox would never say it. What is not scripted is a small, healthy organization.</summary>
internal sealed class ScriptedAws : HttpMessageHandler
{
    public const string Management = "111111111111";
    public const string Member = "222222222222";

    private readonly Dictionary<string, Func<WireCall, CancellationToken, Task<HttpResponseMessage>>> _script = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public ScriptedAws(string caller = Management)
    {
        On("GetCallerIdentity", _ => Xml($"<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:iam::{caller}:user/ann</Arn><UserId>AIDA</UserId><Account>{caller}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>"));
        On("DescribeOrganization", _ => Json("{\"Organization\":{" + $"\"Id\":\"o-aaaaaaaaaa\",\"Arn\":\"arn:aws:organizations::{Management}:organization/o-aaaaaaaaaa\",\"FeatureSet\":\"ALL\",\"MasterAccountId\":\"{Management}\",\"MasterAccountEmail\":\"root@example.com\"" + "}}"));
        On("ListRoots", _ => Json("""{"Roots":[{"Id":"r-aaaa","Arn":"arn:root","Name":"Root","PolicyTypes":[]}]}"""));
        On("ListOrganizationalUnitsForParent", _ => Json("""{"OrganizationalUnits":[]}"""));
        On("ListAccounts", _ => Json($"{{\"Accounts\":[{Account(Management)}]}}"));
        On("ListPolicies", _ => Json("""{"Policies":[]}"""));
    }

    /// <summary>Requests that came in, by operation.</summary>
    public int Count(string operation) => _counts.GetValueOrDefault(operation);

    public ConcurrentQueue<WireCall> Calls { get; } = new();

    public ScriptedAws On(string operation, Func<WireCall, HttpResponseMessage> answer) => On(operation, (call, _) => Task.FromResult(answer(call)));

    public ScriptedAws On(string operation, Func<WireCall, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script[operation] = answer;
        return this;
    }

    public AwsConnectionOptions Options(TimeProvider? clock = null) => new()
    {
        Keys = new("AKIAEXAMPLE", "secret"),
        Region = "us-east-1",
        Handler = () => this,
        Clock = clock ?? new SteppingClock(),
    };

    public Task<GuardrailConnection> ConnectAsync(Func<AwsConnectionOptions, AwsConnectionOptions>? with = null, CallScope? scope = null)
    {
        var options = Options();
        return AwsCloud.ConnectAsync(with is null ? options : with(options), scope ?? Scope());
    }

    public static CallScope Scope(Action<CallTrace>? calls = null) => new(TestContext.Current.CancellationToken, calls);

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        With(new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1"), status);

    public static HttpResponseMessage Error(string code, string message = "No.", HttpStatusCode status = HttpStatusCode.BadRequest, string? reason = null) =>
        Json($"{{\"__type\":\"{code}\",\"Message\":\"{message}\"{(reason is null ? "" : $",\"Reason\":\"{reason}\"")}}}", status);

    public static HttpResponseMessage Xml(string body, HttpStatusCode status = HttpStatusCode.OK) => With(new StringContent(body, Encoding.UTF8, "text/xml"), status);

    public static HttpResponseMessage StsError(string code, string message, HttpStatusCode status = HttpStatusCode.Forbidden) =>
        Xml($"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>", status);

    public static HttpResponseMessage Html(HttpStatusCode status) =>
        With(new StringContent("<html><body>Bad gateway, have a nice day</body></html>", Encoding.UTF8, "text/html"), status);

    public static string Account(string id, string? path = "o-aaaaaaaaaa/r-aaaa/", string state = "\"State\":\"ACTIVE\"") =>
        $"{{\"Id\":\"{id}\",\"Arn\":\"arn:{id}\",\"Email\":\"a{id}@example.com\",\"Name\":\"n{id}\",{state},\"JoinedMethod\":\"CREATED\",\"JoinedTimestamp\":1700000000.5{(path is null ? "" : $",\"Paths\":[\"{path}{id}/\"]")}}}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var operation = request.Headers.TryGetValues("X-Amz-Target", out var target)
            ? target.Single().Split('.')[1]
            : body.Split('&').Single(p => p.StartsWith("Action=", StringComparison.Ordinal))["Action=".Length..];
        var call = new WireCall(operation, _counts.AddOrUpdate(operation, 1, (_, n) => n + 1), body, request);
        Calls.Enqueue(call);
        var response = _script.TryGetValue(operation, out var answer) ? await answer(call, cancellationToken) : Json("{}");
        response.RequestMessage = request;
        return response;
    }

    private static HttpResponseMessage With(HttpContent content, HttpStatusCode status)
    {
        var response = new HttpResponseMessage(status) { Content = content };
        response.Headers.Add("x-amzn-RequestId", "req-7");
        return response;
    }
}
