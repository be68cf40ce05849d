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
internal sealed class Answers(Func<Sent, int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpClientFactory
{
    private readonly List<Sent> _sent = [];

    /// <param name="answer">Makes the answer from the request and its number, which begins at 1.</param>
    public Answers(Func<Sent, int, HttpResponseMessage> answer)
        : this((sent, number, _) => Task.FromResult(answer(sent, number)))
    {
    }

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
            cancellationToken.ThrowIfCancellationRequested();
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
            var sent = new Sent(request.Method.Method, request.RequestUri!, headers, body);
            owner._sent.Add(sent);
            var response = await owner.Answer(sent, cancellationToken);
            response.RequestMessage = request;
            return response;
        }
    }

    private Task<HttpResponseMessage> Answer(Sent sent, CancellationToken cancellationToken) => answer(sent, _sent.Count, cancellationToken);
}
