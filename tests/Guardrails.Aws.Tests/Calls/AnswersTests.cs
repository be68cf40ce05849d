using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Guardrails.Aws.Tests;

/// <summary>What each kind of answer means: whether the call is repeated, by how many requests, and what the error says.</summary>
public sealed class AnswersTests
{
    private const string Read = "ListTagsForResource";
    private const string Repeatable = "TagResource";
    private const string Once = "MoveAccount";

    private static readonly Dictionary<string, string> Tags = new() { ["team"] = "a" };

    private static async Task<(CloudException? Error, int Requests, List<CallTrace> Traces)> CallAsync(
        string operation, Func<WireCall, CancellationToken, Task<HttpResponseMessage>> answer, CallPolicy? policy = null)
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync(o => o with { Calls = policy ?? new() });
        aws.On(operation, answer);
        var traces = new ConcurrentQueue<CallTrace>();
        var scope = ScriptedAws.Scope(traces.Enqueue);
        CloudException? error = null;
        try
        {
            await (operation switch
            {
                Read => connection.Cloud.Organization.ReadTagsAsync("r-aaaa", scope),
                Repeatable => connection.Cloud.Organization.SetTagsAsync("r-aaaa", Tags, scope),
                _ => connection.Cloud.Organization.MoveAccountAsync("333333333333", "r-aaaa", "ou-aaaa-bbbbbbbb", scope),
            });
        }
        catch (CloudException e)
        {
            error = e;
        }
        connection.Cloud.Close();
        return (error, aws.Count(operation), [.. traces]);
    }

    private static Task<(CloudException? Error, int Requests, List<CallTrace> Traces)> CallAsync(string operation, Func<WireCall, HttpResponseMessage> answer) =>
        CallAsync(operation, (call, _) => Task.FromResult(answer(call)));

    private static Func<WireCall, HttpResponseMessage> Bad(string answer) => call => answer switch
    {
        "500" => ScriptedAws.Error("ServiceException", "Internal.", HttpStatusCode.InternalServerError),
        "internal" => ScriptedAws.Error("InternalFailure", "Internal.", HttpStatusCode.InternalServerError),
        "503" => ScriptedAws.Error("ServiceUnavailable", "Later.", HttpStatusCode.ServiceUnavailable),
        "html500" => ScriptedAws.Html(HttpStatusCode.InternalServerError),
        "html502" => ScriptedAws.Html(HttpStatusCode.BadGateway),
        "malformed" => ScriptedAws.Json("{\"Tags\":[{\"Key\":"),
        "notjson" => ScriptedAws.Html(HttpStatusCode.OK),
        "wrongtype" => ScriptedAws.Json(call.Operation == Read ? "{\"Tags\":42}" : "[]"),
        "dropped" => throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended"),
        "throttled" => ScriptedAws.Error("TooManyRequestsException", "Slower."),
        "throttling" => ScriptedAws.Error("ThrottlingException", "Rate exceeded"),
        "html429" => ScriptedAws.Html(HttpStatusCode.TooManyRequests),
        "concurrent" => ScriptedAws.Error("ConcurrentModificationException", "Other change."),
        "refused" => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"),
        "dns" => throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host"),
        "constraint" => ScriptedAws.Error("ConstraintViolationException", "Deep.", reason: "OU_DEPTH_LIMIT_EXCEEDED"),
        "limit" => ScriptedAws.Error("LimitExceededException", "Quota."),
        "html403" => ScriptedAws.Html(HttpStatusCode.Forbidden),
        "redirect" => ScriptedAws.Html(HttpStatusCode.Redirect),
        _ => throw new ArgumentOutOfRangeException(answer),
    };

    [Theory]
    [InlineData("500")]
    [InlineData("internal")]
    [InlineData("503")]
    [InlineData("html500")]
    [InlineData("html502")]
    [InlineData("malformed")]
    [InlineData("dropped")]
    public async Task After_an_unknown_outcome_reads_and_repeatable_writes_are_repeated_and_other_writes_are_not(string answer)
    {
        foreach (var operation in new[] { Read, Repeatable })
        {
            var (error, requests, traces) = await CallAsync(operation, call => call.Number < 3 ? Bad(answer)(call) : ScriptedAws.Json("{}"));
            Assert.Null(error);
            Assert.Equal(3, requests);
            Assert.Equal([1, 2, 3], traces.Select(t => t.Attempt));
            Assert.Equal([true, true, false], traces.Select(t => t.RetryAfter is not null));
            Assert.All(traces, t => Assert.Equal("organizations:" + operation, t.Operation));
        }

        var (once, sent, trace) = await CallAsync(Once, Bad(answer));
        Assert.Equal(1, sent);
        Assert.Equal(CallOutcome.Unknown, once!.Outcome);
        Assert.Contains("Look whether it happened", once.NextStep, StringComparison.Ordinal);
        Assert.Null(Assert.Single(trace).RetryAfter);
    }

    [Theory]
    [InlineData("throttled")]
    [InlineData("throttling")]
    [InlineData("html429")]
    [InlineData("concurrent")]
    [InlineData("refused")]
    [InlineData("dns")]
    public async Task Where_nothing_happened_every_call_is_repeated(string answer)
    {
        foreach (var operation in new[] { Read, Repeatable, Once })
        {
            var (error, requests, traces) = await CallAsync(operation, call => call.Number < 4 ? Bad(answer)(call) : ScriptedAws.Json("{}"));
            Assert.Null(error);
            Assert.Equal(4, requests);
            Assert.Equal(4, traces.Count);
        }
    }

    [Theory]
    [InlineData("constraint", "ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED")]
    [InlineData("limit", "LimitExceededException", null)]
    [InlineData("html403", "InvalidAnswer", null)]
    [InlineData("redirect", "InvalidAnswer", null)]
    public async Task A_refusal_is_final_for_every_call(string answer, string code, string? reason)
    {
        foreach (var operation in new[] { Read, Repeatable, Once })
        {
            var (error, requests, _) = await CallAsync(operation, Bad(answer));
            Assert.Equal(1, requests);
            Assert.Equal(code, error!.Code);
            Assert.Equal(reason, error.Reason);
            Assert.Equal(CallOutcome.NotDone, error.Outcome);
            Assert.Equal("organizations:" + operation, error.Operation);
            Assert.Equal("req-7", error.RequestId);
        }
    }

    [Theory]
    [InlineData("500", 6)]
    [InlineData("malformed", 6)]
    [InlineData("notjson", 6)]
    [InlineData("wrongtype", 6)]
    [InlineData("dropped", 6)]
    [InlineData("refused", 6)]
    public async Task A_peer_that_never_gets_well_is_given_up(string answer, int tries)
    {
        var (error, requests, _) = await CallAsync(Read, Bad(answer));
        Assert.Equal(tries, requests);
        Assert.Contains(error!.Code, new[] { "ServiceException", "InvalidAnswer", "ConnectionFailed" });
        Assert.DoesNotContain("html", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Throttling_and_a_new_organization_are_waited_for_as_long_as_the_policy_says()
    {
        var (throttled, requests, traces) = await CallAsync(Once, Bad("throttled"));
        Assert.Equal("TooManyRequestsException", throttled!.Code);
        Assert.Equal(CallOutcome.NotDone, throttled.Outcome);
        Assert.InRange(traces.Where(t => t.RetryAfter is not null).Sum(t => t.RetryAfter!.Value.TotalSeconds), 60, 300);
        Assert.InRange(requests, 10, 60);

        var (finalizing, asked, waits) = await CallAsync(Once, _ => ScriptedAws.Error("FinalizingOrganizationException", "Still."));
        Assert.Equal("FinalizingOrganizationException", finalizing!.Code);
        Assert.InRange(waits.Where(t => t.RetryAfter is not null).Sum(t => t.RetryAfter!.Value.TotalSeconds), 3000, 3600);
        Assert.InRange(asked, 50, 200);
    }

    [Fact]
    public async Task A_peer_that_hangs_is_given_up_after_the_call_timeout_also_in_the_middle_of_its_answer()
    {
        var policy = new CallPolicy { CallTimeout = TimeSpan.FromMilliseconds(150), LostAttempts = 2 };
        foreach (var inBody in new[] { false, true })
        {
            var (error, requests, _) = await CallAsync(
                Read,
                async (_, cancel) =>
                {
                    if (inBody) return new(HttpStatusCode.OK) { Content = new HangingContent() };
                    await Task.Delay(Timeout.Infinite, cancel);
                    throw new InvalidOperationException();
                },
                policy);
            Assert.Equal("ConnectionFailed", error!.Code);
            Assert.Contains("within 0.2 seconds", error.Message, StringComparison.Ordinal);
            Assert.Equal(2, requests);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_a_read_ends_it_at_once(bool whileWaiting)
    {
        var aws = new ScriptedAws();
        var clock = whileWaiting ? TimeProvider.System : new SteppingClock();
        var connection = await AwsCloud.ConnectAsync(aws.Options(clock), ScriptedAws.Scope());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var arrived = new TaskCompletionSource();
        aws.On(Read, async (_, stop) =>
        {
            arrived.TrySetResult();
            // A new organization is asked again after many seconds only.
            if (whileWaiting) return ScriptedAws.Error("FinalizingOrganizationException");
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException();
        });
        var reading = connection.Cloud.Organization.ReadTagsAsync("r-aaaa", new CallScope(cancel.Token));
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_write_under_way_may_still_answer_after_the_cancellation()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        aws.On(Once, async (_, stop) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(50, stop);
            return ScriptedAws.Json("{}");
        });
        await connection.Cloud.Organization.MoveAccountAsync("1", "r-aaaa", "ou-1", new CallScope(cancel.Token));
        Assert.Equal(1, aws.Count(Once));
    }

    [Fact]
    public async Task A_write_that_does_not_answer_in_time_after_the_cancellation_is_of_unknown_outcome()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync(o => o with { Calls = new() { CancelGrace = TimeSpan.FromMilliseconds(50) } });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        aws.On(Once, async (_, stop) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException();
        });
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.MoveAccountAsync("1", "r-aaaa", "ou-1", new CallScope(cancel.Token)));
        Assert.Equal(CallOutcome.Unknown, e.Outcome);
    }

    [Fact]
    public async Task The_wait_for_a_turn_is_not_taken_off_the_time_to_repeat()
    {
        var aws = new ScriptedAws();
        var connection = await AwsCloud.ConnectAsync(
            aws.Options(TimeProvider.System) with { Calls = new() { Concurrency = 1, RetryTime = TimeSpan.FromMilliseconds(250) } }, ScriptedAws.Scope());
        aws.On(Read, async (call, cancel) =>
        {
            if (call.Number == 1) await Task.Delay(500, cancel);
            return call.Number == 2 ? ScriptedAws.Error("TooManyRequestsException") : ScriptedAws.Json("{}");
        });
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => connection.Cloud.Organization.ReadTagsAsync("r-aaaa", ScriptedAws.Scope())));
        Assert.Equal(3, aws.Count(Read));
    }

    [Fact]
    public async Task A_closed_connection_says_so()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync();
        connection.Cloud.Close();
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.ReadTagsAsync("r-aaaa", ScriptedAws.Scope()));
        Assert.Equal("ConnectionClosed", e.Code);
        Assert.Equal(0, aws.Count(Read));
    }

    [Fact]
    public async Task A_read_only_connection_sends_no_write()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync(o => o with { ReadOnly = true });
        var (ports, scope) = (connection.Cloud, ScriptedAws.Scope());
        var before = aws.Calls.Count;
        var writes = new Func<Task>[]
        {
            () => ports.Organization.CreateOrganizationalUnitAsync("r-aaaa", "a", Tags, scope),
            () => ports.Organization.MoveAccountAsync("1", "r-aaaa", "ou-1", scope),
            () => ports.Organization.SetTagsAsync("1", Tags, scope),
            () => ports.Organization.RemoveTagsAsync("1", ["team"], scope),
            () => ports.Accounts.StartCreationAsync(new("a", "a@example.com", null, Tags), scope),
        };
        foreach (var write in writes)
        {
            var e = await Assert.ThrowsAsync<CloudException>(write);
            Assert.Equal("ReadOnlyConnection", e.Code);
            Assert.Equal(CallOutcome.NotDone, e.Outcome);
            Assert.Contains("-ReadOnly", e.NextStep, StringComparison.Ordinal);
        }
        Assert.Equal(before, aws.Calls.Count);
    }

    /// <summary>A body whose first half comes and whose second never does.</summary>
    private sealed class HangingContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("{\"Tags\":["), cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
