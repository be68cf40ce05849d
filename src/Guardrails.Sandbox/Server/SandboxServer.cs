using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Guardrails.Sandbox;

/// <summary>A sandbox on a port of 127.0.0.1, for the AWS CLI and other SDKs. Real time; http only; signatures are not checked.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _serving = new();
    private readonly Task _accepting;

    private SandboxServer(Sandbox sandbox, HttpListener listener, int port)
    {
        Sandbox = sandbox;
        _listener = listener;
        Port = port;
        _accepting = Task.Run(AcceptAsync);
    }

    public Sandbox Sandbox { get; }

    public int Port { get; }

    /// <summary>For <c>--endpoint-url</c>.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{Port}/");

    /// <param name="path">The state file.</param>
    /// <param name="port">0: a free one.</param>
    /// <param name="options">RealTime is always on.</param>
    /// <exception cref="SandboxException">As <see cref="Sandbox.Open"/>; Unusable: the port is taken.</exception>
    public static SandboxServer Start(string path, int port = 0, SandboxOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        var sandbox = Sandbox.Open(path, (options ?? new SandboxOptions()) with { RealTime = true });
        try
        {
            var (listener, actual) = Listen(port);
            return new SandboxServer(sandbox, listener, actual);
        }
        catch
        {
            sandbox.Dispose();
            throw;
        }
    }

    /// <summary>Takes no more requests, finishes those that are there (up to five seconds), closes the sandbox.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_serving.Keys), Task.Delay(Farewell)).ConfigureAwait(false);
        _listener.Close();
        await _accepting.ConfigureAwait(false);
        Sandbox.Dispose();
        _stopping.Dispose();
    }

    private static (HttpListener Listener, int Port) Listen(int port)
    {
        // A free port is only known by taking it, and HttpListener cannot take "any": between the two somebody else may have it.
        for (var attempt = 0; ; attempt++)
        {
            var candidate = port == 0 ? FreePort() : port;
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add($"http://127.0.0.1:{candidate}/");
            try
            {
                listener.Start();
                return (listener, candidate);
            }
            catch (HttpListenerException e)
            {
                listener.Close();
                if (port == 0 && attempt < 5) continue;
                throw new SandboxException(SandboxProblem.Unusable,
                    $"Port {candidate} of 127.0.0.1 cannot be used: {e.Message} Choose another, or 0 for a free one.", e);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (!_listener.IsListening) return;
                continue;
            }
            var task = ServeAsync(context);
            _serving.TryAdd(task, 0);
            _ = task.ContinueWith(done => _serving.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        await Task.Yield();
        try
        {
            if (_stopping.IsCancellationRequested)
            {
                context.Response.Abort();
                return;
            }
            var request = await ReadAsync(context.Request).ConfigureAwait(false);
            var answer = await Sandbox.Endpoint.AnswerAsync(request, CancellationToken.None).ConfigureAwait(false);
            await WriteAsync(context.Response, answer).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The client went away, or sent what isn't HTTP: nobody is there to be told.
            context.Response.Abort();
        }
    }

    private static async Task<WireRequest> ReadAsync(HttpListenerRequest request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in request.Headers.AllKeys)
            if (name is not null) headers[name] = request.Headers[name] ?? "";
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (body.Length <= WireRequest.MaximumBody && (read = await request.InputStream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            body.Write(buffer, 0, read);
        var tooLarge = body.Length > WireRequest.MaximumBody;
        return new WireRequest(request.HttpMethod, headers, tooLarge ? default : body.ToArray(), tooLarge) { Path = request.Url?.AbsolutePath ?? "/" };
    }

    private static async Task WriteAsync(HttpListenerResponse response, WireResponse answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength64 = answer.Body.Length;
        if (answer.Delivery == Delivery.Dropped)
        {
            // Outside Windows, Abort sends the headers before it closes the socket. They promise a body, so the client sees a connection that ended.
            response.Abort();
            return;
        }
        response.Headers["x-amzn-RequestId"] = answer.RequestId;
        if (answer.ErrorType is { } error) response.Headers["x-amzn-ErrorType"] = error;
        if (answer.Delivery == Delivery.Truncated)
        {
            await response.OutputStream.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2)).ConfigureAwait(false);
            await response.OutputStream.FlushAsync().ConfigureAwait(false);
            response.Abort();
            return;
        }
        await response.OutputStream.WriteAsync(answer.Body).ConfigureAwait(false);
        response.Close();
    }
}
