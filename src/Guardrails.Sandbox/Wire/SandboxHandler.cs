using System.Net;

namespace Guardrails.Sandbox;

/// <summary>The sandbox as the transport of clients in this process: the requests are the real ones, only no socket is opened.</summary>
internal sealed class SandboxHandler(Func<SandboxEndpoint> endpoint) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var tooLarge = body.Length > WireRequest.MaximumBody;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in request.Headers.NonValidated) headers[header.Key] = header.Value.ToString();
        if (request.Content is not null)
            foreach (var header in request.Content.Headers.NonValidated) headers[header.Key] = header.Value.ToString();
        var answer = await endpoint().AnswerAsync(new WireRequest(request.Method.Method, headers, tooLarge ? default : body, tooLarge) { Path = request.RequestUri?.AbsolutePath ?? "/" }, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Delivery == Delivery.Dropped)
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was closed before an answer came.",
                new IOException("Connection reset by peer."));

        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request };
        response.Content = answer.Delivery == Delivery.Truncated ? new StreamContent(new BrokenStream(answer.Body)) : new ByteArrayContent(answer.Body);
        response.Content.Headers.ContentLength = answer.Body.Length;
        response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        response.Headers.TryAddWithoutValidation("x-amzn-RequestId", answer.RequestId);
        if (answer.ErrorType is { } error) response.Headers.TryAddWithoutValidation("x-amzn-ErrorType", error);
        response.Headers.Date = DateTimeOffset.UtcNow;
        return response;
    }

    /// <summary>Half of the content, then the end of the connection.</summary>
    private sealed class BrokenStream(byte[] content) : MemoryStream(content, 0, content.Length / 2, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => OrEnd(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => OrEnd(base.Read(buffer));

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            OrEnd(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            OrEnd(await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            WriteTo(destination);
            throw Ended();
        }

        private static int OrEnd(int read) => read > 0 ? read : throw Ended();

        private static HttpIOException Ended() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
