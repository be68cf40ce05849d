using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Guardrails.Cmdlets.Tests.Rollouts;

/// <summary>Where on the wire something is to happen.</summary>
public enum WireMoment
{
    /// <summary>The request has left the client, and never reaches the service.</summary>
    BeforeEffect,

    /// <summary>The request has left the client, and reaches the service later.</summary>
    BeforeLateEffect,

    /// <summary>The service has done it, and the client has not heard of it.</summary>
    BetweenEffectAndAnswer,
}

/// <summary>Stands between a client and a service that both are processes of their own, and knows each request and answer as it passes.</summary>
internal sealed class WireTap : IDisposable
{
    private readonly HttpListener _listener;
    private readonly HttpClient _service = new();
    private readonly Uri _target;
    private readonly Func<string, WireMoment, Task<bool>> _strike;
    private readonly Task _accepting;

    /// <param name="strike">Asked at both moments of each call, by its operation. Where it returns true the client is gone.</param>
    public WireTap(Uri target, Func<string, WireMoment, Task<bool>> strike)
    {
        _target = target;
        _strike = strike;
        (_listener, Endpoint) = Listen();
        _accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>A failure of the tap itself.</summary>
    public Exception? Failure { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _accepting.Wait(TimeSpan.FromSeconds(5));
        _service.Dispose();
    }

    private static (HttpListener Listener, Uri Endpoint) Listen()
    {
        // HttpListener cannot take any free port by itself; between finding one and taking it somebody else may have it.
        for (var attempt = 0; ; attempt++)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            var endpoint = new Uri($"http://127.0.0.1:{port}/");
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(endpoint.ToString());
            try
            {
                listener.Start();
                return (listener, endpoint);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            _ = PassAsync(context);
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        try
        {
            using var request = await ReadAsync(context.Request);
            // The service Account names its operations by the path; STS by neither.
            var operation = context.Request.Headers["X-Amz-Target"]?.Split('.')[^1] ?? context.Request.RawUrl!.Trim('/');
            var gone = await _strike(operation, WireMoment.BeforeEffect);
            if (gone || await _strike(operation, WireMoment.BeforeLateEffect))
            {
                if (!gone) (await _service.SendAsync(request)).Dispose();
                context.Response.Abort();
                return;
            }
            using var answer = await _service.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            if (answer.IsSuccessStatusCode && await _strike(operation, WireMoment.BetweenEffectAndAnswer))
            {
                context.Response.Abort();
                return;
            }
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            // Where the service Account says which error it is.
            if (answer.Headers.TryGetValues("x-amzn-ErrorType", out var error)) context.Response.Headers["x-amzn-ErrorType"] = error.First();
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client was killed with the call under way.
        }
#pragma warning disable CA1031 // Told by the test: nobody else waits for this task.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = e;
            context.Response.Abort();
        }
    }

    private async Task<HttpRequestMessage> ReadAsync(HttpListenerRequest asked)
    {
        using var body = new MemoryStream();
        await asked.InputStream.CopyToAsync(body);
        var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), new Uri(_target, asked.RawUrl)) { Content = new ByteArrayContent(body.ToArray()) };
        if (asked.ContentType is { } type) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var name in new[] { "X-Amz-Target", "Authorization", "X-Amz-Date", "X-Amz-Security-Token" })
            if (asked.Headers[name] is { } value) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
