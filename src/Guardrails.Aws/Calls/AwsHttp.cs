using Amazon.Runtime;

namespace Guardrails.Aws;

/// <summary>The one HTTP client of a connection, handed to every service client.</summary>
internal sealed class AwsHttp : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client;

    /// <param name="handler">Answers instead of the network; null for the network.</param>
    /// <param name="timeout">One request with its whole answer.</param>
    public AwsHttp(HttpMessageHandler? handler, TimeSpan timeout)
    {
        // The SDK ignores ClientConfig.Timeout when the client comes from a factory, so it is set here.
        _client = new HttpClient(new WholeAnswer(handler ?? Network()), disposeHandler: true) { Timeout = timeout };
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Shorter than any server keeps an idle connection: a write on one that is just being closed would have an unknown outcome.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>
    /// Reads the whole body before the SDK sees the answer. The SDK reads it without the call's cancellation, so a peer that stops
    /// in the middle would hang it for good; here timeout and cancellation cover the body too.
    /// </summary>
    private sealed class WholeAnswer(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const long Largest = 64 * 1024 * 1024;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(Largest, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
