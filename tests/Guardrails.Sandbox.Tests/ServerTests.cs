using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class ServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_over_http_and_lets_go_of_the_file_when_it_stops()
    {
        using var files = Files();
        using var client = new HttpClient();
        var server = SandboxServer.Start(files.Path);
        var answer = await SendAsync(client, server, "DescribeOrganization", "{}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(TestSandbox.ManagementAccountId, answer.Body);
        Assert.Equal("application/x-amz-json-1.1", answer.ContentHeaders.ContentType!.ToString());
        Assert.NotEmpty(answer.Headers.GetValues("x-amzn-RequestId"));
        await server.DisposeAsync();
        await server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(client, server, "DescribeOrganization", "{}"));
        using var mine = Sandbox.Open(files.Path);
    }

    [Fact]
    public async Task It_serves_many_at_once_and_everything_is_saved()
    {
        using var files = Files();
        using var client = new HttpClient();
        await using (var server = SandboxServer.Start(files.Path, options: new SandboxOptions { Throttling = false }))
        {
            var root = server.Sandbox.Read(state => state.Root.Id);
            var answers = await Task.WhenAll(Enumerable.Range(0, 60)
                .Select(i => SendAsync(client, server, "CreateOrganizationalUnit", $$"""{"ParentId":"{{root}}","Name":"unit-{{i}}"}""")));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        }
        Assert.Equal(60, SandboxFile.Read(files.Path).State.Units.Count);
    }

    [Fact]
    public async Task Creations_take_about_two_seconds_of_real_time_unless_told_otherwise()
    {
        using var files = Files();
        using var client = new HttpClient();
        await using var server = SandboxServer.Start(files.Path);
        Assert.Equal(TimeSpan.FromSeconds(2), server.Sandbox.Read(state => state.Behavior.CreationTime));
        server.Sandbox.SetAccountCreationTime(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        await SendAsync(client, server, "CreateAccount", """{"AccountName":"shop","Email":"shop@example.com"}""");
        string body;
        do
        {
            await Task.Delay(20, Cancellation);
            body = (await SendAsync(client, server, "ListCreateAccountStatus", "{}")).Body;
        }
        while (body.Contains("IN_PROGRESS", StringComparison.Ordinal) && watch.Elapsed < TimeSpan.FromSeconds(20));
        Assert.Contains("SUCCEEDED", body);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(300), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_only_and_a_taken_port_is_a_clear_error()
    {
        using var files = Files();
        using var others = Files();
        await using var server = SandboxServer.Start(files.Path);
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == server.Port);
        Assert.All(listeners, listener => Assert.Equal(IPAddress.Loopback, listener.Address));
        var error = Assert.Throws<SandboxException>(() => SandboxServer.Start(others.Path, server.Port));
        Assert.Equal(SandboxProblem.Unusable, error.Problem);
        Assert.Contains($"Port {server.Port}", error.Message);
        // And the file of the one that didn't start is free.
        using var free = Sandbox.Open(others.Path);
    }

    [Fact]
    public async Task A_dropped_connection_and_half_an_answer_look_like_that_on_the_wire()
    {
        using var files = Files();
        using var client = new HttpClient();
        await using var server = SandboxServer.Start(files.Path);
        server.Sandbox.Faults.Add(new Fault("ListRoots", new FaultAnswer.Dropped(), 1));
        server.Sandbox.Faults.Add(new Fault("ListRoots", new FaultAnswer.Truncated(), 2, FaultMoment.AfterEffect));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(client, server, "ListRoots", "{}"));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(client, server, "ListRoots", "{}"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, server, "ListRoots", "{}")).Status);
    }

    [Theory]
    [InlineData("not http at all\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999\r\n\r\n{")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\nContent-Type: application/x-amz-json-1.1\r\n"
        + "X-Amz-Target: AWSOrganizationsV20161128.ListRoots\r\n\r\n{\"a\"")]
    [InlineData("GET /../../etc/passwd HTTP/1.1\r\nHost: evil.example\r\n\r\n")]
    public async Task What_is_no_request_harms_nobody_else(string bytes)
    {
        using var files = Files();
        using var client = new HttpClient();
        await using var server = SandboxServer.Start(files.Path);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, Cancellation);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes), Cancellation);
        }
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, server, "ListRoots", "{}")).Status);
    }

    [Fact]
    public async Task A_huge_body_is_refused_over_http()
    {
        using var files = Files();
        using var client = new HttpClient();
        await using var server = SandboxServer.Start(files.Path);
        try
        {
            var answer = await SendAsync(client, server, "CreatePolicy", new string('x', 8 << 20));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        }
        catch (HttpRequestException)
        {
            // The answer came while the client was still writing, and the connection ended: refused all the same.
        }
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, server, "ListRoots", "{}")).Status);
    }

    private static async Task<Answer> SendAsync(HttpClient client, SandboxServer server, string operation, string body)
    {
        using var request = TestSandbox.Request(operation, body);
        request.RequestUri = server.Endpoint;
        using var response = await client.SendAsync(request, Cancellation);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response.Headers, response.Content.Headers);
    }

    /// <summary>A closed sandbox.</summary>
    private static TestSandbox Files()
    {
        var sandbox = new TestSandbox();
        sandbox.Sandbox.Dispose();
        return sandbox;
    }
}
