using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Guardrails.Aws.Tests;

/// <summary>Over a real socket: what is sent is what the gate asked for, and not once more by SDK or HTTP client.</summary>
public sealed class WireTests
{
    /// <summary>The SDK by itself would send each of these again: four times with its retries, ten times more on a connection that went stale.</summary>
    [Theory]
    [InlineData("500")]
    [InlineData("throttled")]
    [InlineData("malformed")]
    [InlineData("cut")]
    [InlineData("closed")]
    [InlineData("reset")]
    public async Task A_write_is_one_request_whatever_the_peer_does(string peer)
    {
        using var server = new RawServer(peer);
        var policy = new CallPolicy { RetryTime = TimeSpan.Zero };
        var connection = await AwsCloud.ConnectAsync(
            new() { Keys = new("AKIAEXAMPLE", "secret"), Region = "us-east-1", EndpointUrl = server.Url, Calls = policy }, ScriptedAws.Scope());
        var e = await Assert.ThrowsAsync<CloudException>(() =>
            connection.Cloud.Accounts.StartCreationAsync(new("shop", "shop@example.com", null, new Dictionary<string, string>()), ScriptedAws.Scope()));
        Assert.Equal(peer == "throttled" ? CallOutcome.NotDone : CallOutcome.Unknown, e.Outcome);
        Assert.Equal(1, server.Count("CreateAccount"));
        connection.Cloud.Close();
    }

    [Fact]
    public async Task A_read_is_one_request_an_attempt()
    {
        using var server = new RawServer("reset");
        var attempts = 0;
        var policy = new CallPolicy { LostAttempts = 3 };
        var connection = await AwsCloud.ConnectAsync(
            new() { Keys = new("AKIAEXAMPLE", "secret"), Region = "us-east-1", EndpointUrl = server.Url, Calls = policy }, ScriptedAws.Scope());
        await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Accounts.GetCreationAsync("car-1", ScriptedAws.Scope(_ => Interlocked.Increment(ref attempts))));
        Assert.Equal(3, attempts);
        Assert.Equal(3, server.Count("DescribeCreateAccountStatus"));
        connection.Cloud.Close();
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_happened()
    {
        using var server = new RawServer("500");
        var connection = await AwsCloud.ConnectAsync(
            new() { Keys = new("AKIAEXAMPLE", "secret"), Region = "us-east-1", EndpointUrl = server.Url, Calls = new() { LostAttempts = 2 } }, ScriptedAws.Scope());
        server.Dispose();
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.MoveAccountAsync("333333333333", "r-aaaa", "ou-aaaa-bbbbbbbb", ScriptedAws.Scope()));
        Assert.Equal("ConnectionFailed", e.Code);
        connection.Cloud.Close();
    }

    /// <summary>A server on a loopback port: a healthy connect on kept-alive connections, then one kind of misbehaviour.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Lock _lock = new();
        private readonly List<string> _requests = [];
        private readonly List<Socket> _sockets = [];
        private readonly string _peer;

        public RawServer(string peer)
        {
            _peer = peer;
            _listener.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
            _ = AcceptAsync();
        }

        public Uri Url { get; }

        public int Count(string operation)
        {
            lock (_lock) return _requests.Count(r => r == operation);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Dispose();
            lock (_lock)
            {
                foreach (var socket in _sockets) socket.Dispose();
            }
        }

        private async Task AcceptAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                lock (_lock) _sockets.Add(socket);
                _ = ServeAsync(socket);
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            var buffer = new byte[65536];
            var text = new StringBuilder();
            while (await socket.ReceiveAsync(buffer, _stop.Token) is > 0 and var n)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, n));
                var all = text.ToString();
                var head = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (head < 0) continue;
                var length = int.Parse(all.Split("\r\n").Single(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
                if (all.Length < head + 4 + length) continue;
                text.Clear();
                if (!await AnswerAsync(socket, all)) return;
            }
        }

        private async Task<bool> AnswerAsync(Socket socket, string request)
        {
            var target = request.Split("\r\n").FirstOrDefault(l => l.StartsWith("X-Amz-Target:", StringComparison.OrdinalIgnoreCase));
            var operation = target is null ? "GetCallerIdentity" : target.Split('.')[1].Trim();
            lock (_lock) _requests.Add(operation);
            switch (operation)
            {
                case "GetCallerIdentity":
                    return await SendAsync(socket, 200, "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:a</Arn><UserId>u</UserId><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
                case "DescribeOrganization":
                    return await SendAsync(socket, 200, "{\"Organization\":{\"Id\":\"o-aaaaaaaaaa\",\"MasterAccountId\":\"111111111111\"}}");
            }
            switch (_peer)
            {
                case "500": return await SendAsync(socket, 500, "{\"__type\":\"ServiceException\"}");
                case "throttled": return await SendAsync(socket, 400, "{\"__type\":\"TooManyRequestsException\"}");
                case "malformed": return await SendAsync(socket, 200, "{\"CreateAccountStatus\":{\"Id\"");
                case "cut":
                    await socket.SendAsync(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"Create"), _stop.Token);
                    socket.Shutdown(SocketShutdown.Both);
                    return false;
                case "closed":
                    socket.Shutdown(SocketShutdown.Both);
                    return false;
                default:
                    socket.Close(0);
                    return false;
            }
        }

        private async Task<bool> SendAsync(Socket socket, int status, string body)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}"), _stop.Token);
            return true;
        }
    }
}
