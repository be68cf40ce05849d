using System.Net;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_dropped_connection_comes_before_or_after_the_effect(bool after, int units)
    {
        var moment = after ? FaultMoment.AfterEffect : FaultMoment.BeforeEffect;
        using var sandbox = new TestSandbox();
        var root = await RootAsync(sandbox);
        await CreateUnitAsync(sandbox, root, "first");
        sandbox.Sandbox.Faults.Add(new Fault("CreateOrganizationalUnit", new FaultAnswer.Dropped(), 1, moment));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => CreateUnitAsync(sandbox, root, "second"));
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.Equal(units, sandbox.Sandbox.Read(state => state.Units.Count));
        Assert.Equal(1, sandbox.Sandbox.Calls.Count("CreateOrganizationalUnit", "Dropped"));
        Assert.Equal(units, sandbox.Sandbox.Calls.Writes);
        // Only that one call.
        Assert.Null((await CreateUnitAsync(sandbox, root, "third")).Code);
    }

    [Fact]
    public async Task The_nth_call_of_an_operation_fails_with_the_error_asked_for()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Faults.Add(new Fault("ListRoots", new FaultAnswer.Error("ConcurrentModificationException", "busy"), 2));
        Assert.Null((await sandbox.CallAsync("ListRoots")).Code);
        Assert.Null((await sandbox.CallAsync("DescribeOrganization")).Code);
        var second = await sandbox.CallAsync("ListRoots");
        Assert.Equal(("ConcurrentModificationException", "busy"), (second.Code, second.Message));
        Assert.Null((await sandbox.CallAsync("ListRoots")).Code);
    }

    [Fact]
    public async Task Pages_malformed_and_truncated_bodies_reach_the_client()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Faults.Add(new Fault("ListRoots", new FaultAnswer.Page(500, "<html>Bad gateway</html>"), 1));
        sandbox.Sandbox.Faults.Add(new Fault("ListRoots", new FaultAnswer.Malformed(), 2));
        sandbox.Sandbox.Faults.Add(new Fault("ListRoots", new FaultAnswer.Truncated(), 3, FaultMoment.AfterEffect));
        var page = await sandbox.CallAsync("ListRoots");
        Assert.Equal((HttpStatusCode.InternalServerError, "<html>Bad gateway</html>"), (page.Status, page.Body));
        var malformed = await sandbox.CallAsync("ListRoots");
        Assert.Equal(HttpStatusCode.OK, malformed.Status);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => malformed.Json);
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.CallAsync("ListRoots"));
        sandbox.Sandbox.Faults.Add(new Fault(null, new FaultAnswer.Error("ServiceException", "down", Status: 500)));
        Assert.Equal(HttpStatusCode.InternalServerError, (await sandbox.CallAsync("ListAccounts")).Status);
        sandbox.Sandbox.Faults.Clear();
        Assert.Null((await sandbox.CallAsync("ListAccounts")).Code);
    }

    [Fact]
    public async Task Sts_has_its_own_names_for_the_errors_of_a_service()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Faults.Add(new Fault("GetCallerIdentity", ServiceErrors.TooManyRequests, 1));
        sandbox.Sandbox.Faults.Add(new Fault("GetCallerIdentity", ServiceErrors.Internal, 2));
        Assert.Contains("<Code>Throttling</Code>", (await sandbox.SendAsync(TestSandbox.StsRequest("Action=GetCallerIdentity"))).Body);
        Assert.Contains("<Code>InternalFailure</Code>", (await sandbox.SendAsync(TestSandbox.StsRequest("Action=GetCallerIdentity"))).Body);
    }

    [Fact]
    public async Task Chance_is_the_same_for_the_same_seed_and_near_its_rates()
    {
        var rates = new FaultRates(7, Throttled: 0.3, InternalErrors: 0.05, Dropped: 0.02);
        var first = await OutcomesAsync(rates);
        Assert.Equal(first, await OutcomesAsync(rates));
        Assert.NotEqual(first, await OutcomesAsync(rates with { Seed = 8 }));
        Assert.InRange(first.Count(outcome => outcome == "TooManyRequestsException"), 240, 360);
        Assert.InRange(first.Count(outcome => outcome == "ServiceException"), 25, 80);
        Assert.InRange(first.Count(outcome => outcome == "Dropped"), 5, 40);
    }

    [Fact]
    public async Task A_share_of_internal_errors_comes_after_the_effect()
    {
        using var sandbox = new TestSandbox();
        var root = await RootAsync(sandbox);
        sandbox.Sandbox.Faults.Rates = new FaultRates(3, InternalErrors: 1);
        for (var i = 0; i < 40; i++) Assert.Equal("ServiceException", (await CreateUnitAsync(sandbox, root, $"unit-{i}")).Code);
        Assert.InRange(sandbox.Sandbox.Read(state => state.Units.Count), 10, 30);
    }

    [Fact]
    public async Task Latency_is_waited_in_the_sandboxs_time_and_can_be_cancelled()
    {
        using var sandbox = new TestSandbox();
        var before = sandbox.Sandbox.Clock.GetUtcNow();
        sandbox.Sandbox.Faults.Latency = TimeSpan.FromSeconds(60);
        sandbox.Sandbox.Faults.SetLatency("ListRoots", TimeSpan.FromSeconds(5));
        Task calls;
        using (((VirtualClock)sandbox.Sandbox.Clock).Hold())
            calls = Task.WhenAll(sandbox.CallAsync("ListRoots"), sandbox.CallAsync("ListAccounts"), sandbox.CallAsync("DescribeOrganization"));
        await calls;
        Assert.Equal(TimeSpan.FromSeconds(60), sandbox.Sandbox.Clock.GetUtcNow() - before);

        using var client = new HttpClient(sandbox.Sandbox.CreateHandler());
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1), sandbox.Sandbox.Clock);
        using var request = TestSandbox.Request("ListAccounts", "{}");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(request, timeout.Token));
    }

    [Fact]
    public async Task More_calls_than_the_bucket_holds_are_too_many_until_time_passes()
    {
        using var sandbox = new TestSandbox(new SandboxOptions { Rates = new CallRates(10, 5, 2, 3) });
        for (var i = 0; i < 5; i++) Assert.Null((await sandbox.CallAsync("ListRoots")).Code);
        var refused = await sandbox.CallAsync("ListRoots");
        Assert.Equal((HttpStatusCode.BadRequest, "TooManyRequestsException"), (refused.Status, refused.Code));
        // Writes have a bucket of their own, STS has none.
        var root = sandbox.Sandbox.Read(state => state.Root.Id);
        for (var i = 0; i < 3; i++) Assert.Null((await CreateUnitAsync(sandbox, root, $"unit-{i}")).Code);
        Assert.Equal("TooManyRequestsException", (await CreateUnitAsync(sandbox, root, "refused")).Code);
        Assert.Equal(3, sandbox.Sandbox.Read(state => state.Units.Count));
        Assert.Equal(HttpStatusCode.OK, (await sandbox.SendAsync(TestSandbox.StsRequest("Action=GetCallerIdentity"))).Status);

        await Task.Delay(TimeSpan.FromMilliseconds(200), sandbox.Sandbox.Clock, TestContext.Current.CancellationToken);
        Assert.Null((await sandbox.CallAsync("ListRoots")).Code);
        Assert.Null((await sandbox.CallAsync("ListRoots")).Code);
        Assert.Equal("TooManyRequestsException", (await sandbox.CallAsync("ListRoots")).Code);
        Assert.Equal(3, sandbox.Sandbox.Calls.CountOutcome("TooManyRequestsException"));
    }

    [Fact]
    public async Task A_creation_fails_with_the_reason_asked_for()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.FailAccountCreation("INTERNAL_FAILURE", "shop@example.com");
        var created = await sandbox.CallAsync("CreateAccount", """{"AccountName":"shop","Email":"shop@example.com"}""");
        var id = (string)created.Json["CreateAccountStatus"]!["Id"]!;
        await Task.Delay(TimeSpan.FromMinutes(1), sandbox.Sandbox.Clock, TestContext.Current.CancellationToken);
        var status = (await sandbox.CallAsync("DescribeCreateAccountStatus", $$"""{"CreateAccountRequestId":"{{id}}"}""")).Json["CreateAccountStatus"]!;
        Assert.Equal(("FAILED", "INTERNAL_FAILURE"), ((string?)status["State"], (string?)status["FailureReason"]));
    }

    private static async Task<List<string>> OutcomesAsync(FaultRates rates)
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Faults.Rates = rates;
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                await sandbox.CallAsync("ListRoots");
            }
            catch (HttpRequestException)
            {
                // A dropped connection; the log has it.
            }
        }
        return [.. sandbox.Sandbox.Calls.Recent.Select(call => call.Outcome)];
    }

    private static async Task<string> RootAsync(TestSandbox sandbox) => (string)(await sandbox.CallAsync("ListRoots")).Json["Roots"]![0]!["Id"]!;

    private static Task<Answer> CreateUnitAsync(TestSandbox sandbox, string root, string name) =>
        sandbox.CallAsync("CreateOrganizationalUnit", $$"""{"ParentId":"{{root}}","Name":"{{name}}"}""");
}
