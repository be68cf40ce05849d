using System.Net;
using System.Text;
using Amazon.Runtime;

namespace Guardrails.AwsClients.Tests;

/// <summary>One request as it went out.</summary>
internal sealed record Sent(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>The far end of the wire, in the process: keeps every request and gives the answer made for it.</summary>
internal sealed class Answers(Func<Sent, int, HttpResponseMessage> answer) : HttpClientFactory
{
    private readonly List<Sent> _sent = [];

    public IReadOnlyList<Sent> Sent => _sent;

    public static Answers Always(string body, HttpStatusCode status = HttpStatusCode.OK) => new((_, _) => Json(body, status));

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };
        response.Headers.Add("x-amzn-RequestId", "11111111-2222-3333-4444-555555555555");
        foreach (var (name, value) in headers)
            response.Headers.Add(name, value);
        return response;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this)) { Timeout = TimeSpan.FromSeconds(20) };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(Answers owner) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
            var sent = new Sent(request.Method.Method, request.RequestUri!, headers, body);
            owner._sent.Add(sent);
            cancellationToken.ThrowIfCancellationRequested();
            var response = owner.Answer(sent);
            response.RequestMessage = request;
            return response;
        }
    }

    private HttpResponseMessage Answer(Sent sent) => answer(sent, _sent.Count);
}
