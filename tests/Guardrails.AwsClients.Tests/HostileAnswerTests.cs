using System.Net;
using System.Text.Json;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using Xunit;

namespace Guardrails.AwsClients.Tests;

/// <summary>
/// Answers that no service should give. Each leads to a right result or to one exception with the cause in it, and soon.
/// Two guards are not here but in Guardrails.Aws, where they hold for the official packages too: against a listing that never ends,
/// and against a body that stops in the middle without the connection's closing (the SDK reads bodies without timeout or cancellation).
/// </summary>
public sealed class HostileAnswerTests
{
    private const int Soon = 15_000; // milliseconds; a call in the process takes a few

    public static TheoryData<string, string> UnreadableAnswers => new()
    {
        { "{", "" },
        { """{"Accounts":[{"Id":"1"}""", "" },
        { """{"Accounts":[{"Id":"1"}]} trailing""", "" },
        { """{"Accounts":[{"Id":"1"},]}""", "" },
        { "not json at all", "" },
        { "<html><body>OK</body></html>", "" },
        { "\0\u0001\u0002", "" },
        { "[]", "ListAccountsResponse: an object was expected, not Array" },
        { "null", "ListAccountsResponse: an object was expected, not Null" },
        { "\"text\"", "ListAccountsResponse: an object was expected, not String" },
        { """{"Accounts":"x"}""", "ListAccountsResponse.Accounts: " },
        { """{"Accounts":{}}""", "ListAccountsResponse.Accounts: " },
        { """{"Accounts":[5]}""", "Account: an object was expected, not Number" },
        { """{"Accounts":[{"Id":{}}]}""", "Account.Id: A text was expected, not Object" },
        { """{"Accounts":[{"State":[]}]}""", "Account.State: A text was expected, not Array" },
        { """{"Accounts":[{"JoinedTimestamp":"yesterday"}]}""", "Account.JoinedTimestamp: " },
        { """{"Accounts":[{"JoinedTimestamp":1e300}]}""", "Account.JoinedTimestamp: " },
        { """{"Accounts":[{"JoinedTimestamp":1e400}]}""", "Account.JoinedTimestamp: " },
        { """{"Accounts":[{"JoinedTimestamp":true}]}""", "Account.JoinedTimestamp: " },
        { """{"Accounts":[{"Name":"\ud800"}]}""", "Account.Name: " },
        { """{"Later":""" + new string('[', 100_000) + new string(']', 100_000) + "}", "depth" },
        { """{"Accounts":""" + new string('[', 100_000), "depth" },
        { string.Concat(Enumerable.Repeat("""{"Accounts":[""", 50_000)), "depth" },
    };

    [Theory(Timeout = Soon)]
    [MemberData(nameof(UnreadableAnswers))]
    public async Task Answer_that_cannot_be_read_is_one_error_that_says_where(string body, string cause)
    {
        var answers = Answers.Always(body);
        using var client = Clients.Organizations(answers);
        var thrown = await Assert.ThrowsAsync<AmazonUnmarshallingException>(
            () => client.ListAccountsAsync(new ListAccountsRequest(), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, thrown.StatusCode);
        Assert.Equal("11111111-2222-3333-4444-555555555555", thrown.RequestId);
        Assert.Contains(Causes(thrown), e => e is JsonException && e.Message.Contains(cause, StringComparison.Ordinal));
        Assert.Single(answers.Sent);
    }

    [Fact(Timeout = Soon)]
    public async Task Oddities_that_can_be_read_are_read()
    {
        var answers = Answers.Always("""
            {"Unknown":{"deep":[1,{"x":null}]},"NextToken":null,
             "Accounts":[null,
              {"Id":"1","Id":"2","State":"FROZEN_IN_2031","Name":null,"Paths":[null,"p"],"JoinedTimestamp":"2026-01-02T03:04:05Z","Brand":[]},
              {"Id":12,"Name":true,"Email":"😀","Paths":null},
              {}]}
            """);
        using var client = Clients.Organizations(answers);
        var response = await client.ListAccountsAsync(new ListAccountsRequest(), TestContext.Current.CancellationToken);
        Assert.Null(response.NextToken);
        Assert.Equal(["2", "12", null], response.Accounts.Select(a => a.Id));
        var (odd, typed) = (response.Accounts[0], response.Accounts[1]);
        Assert.Equal("FROZEN_IN_2031", odd.State.Value);
        Assert.NotEqual(AccountState.ACTIVE, odd.State);
        Assert.Null(odd.Name);
        Assert.Equal(["p"], odd.Paths);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), odd.JoinedTimestamp);
        Assert.Equal(("true", "😀"), (typed.Name, typed.Email));
        Assert.Null(typed.Paths);
    }

    [Fact(Timeout = Soon)]
    public async Task Empty_answer_is_a_response_without_members()
    {
        using var client = Clients.Organizations(Answers.Always(""));
        var response = await client.ListAccountsAsync(new ListAccountsRequest(), TestContext.Current.CancellationToken);
        Assert.Null(response.Accounts);
        Assert.Null(response.NextToken);
    }

    [Theory(Timeout = Soon)]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task Body_that_breaks_off_is_an_error(HttpStatusCode status)
    {
        var answers = new Answers((_, _) =>
        {
            var response = Answers.Json("", status);
            response.Content = new StreamContent(new BrokenStream("""{"Accounts":[{"Id":"1"},"""));
            return response;
        });
        using var client = Clients.Organizations(answers);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => client.ListAccountsAsync(new ListAccountsRequest(), TestContext.Current.CancellationToken));
        Assert.Contains(Causes(thrown), e => e is HttpIOException);
        Assert.Single(answers.Sent);
    }

    public static TheoryData<HttpStatusCode, string> UnreadableErrors => new()
    {
        { HttpStatusCode.InternalServerError, "<html><body><h1>500 Internal Server Error</h1></body></html>" },
        { HttpStatusCode.BadGateway, "<!DOCTYPE html><html><body><br>&nbsp;502 <p>Bad Gateway</body></html>" },
        { HttpStatusCode.ServiceUnavailable, "" },
        { HttpStatusCode.InternalServerError, "Service Unavailable" },
        { HttpStatusCode.InternalServerError, "{" },
        { HttpStatusCode.BadRequest, "[]" },
        { HttpStatusCode.BadRequest, "null" },
        { HttpStatusCode.BadRequest, "{}" },
        { HttpStatusCode.BadRequest, """{"__type":5,"message":{"a":1}}""" },
        { HttpStatusCode.BadRequest, """{"__type":"AccessDeniedException","message":["x"]""" },
        { HttpStatusCode.BadRequest, """{"__type":""" + new string('[', 100_000) },
        { HttpStatusCode.Forbidden, "\0\u0001\u0002" },
        { HttpStatusCode.NotFound, "<?xml version=\"1.0\"?><Error><Code>NoSuch</Code><Message>x</Message></Error>" },
    };

    [Theory(Timeout = Soon)]
    [MemberData(nameof(UnreadableErrors))]
    public async Task Error_that_cannot_be_read_still_tells_its_status(HttpStatusCode status, string body)
    {
        var answers = Answers.Always(body, status);
        using var client = Clients.Organizations(answers);
        var thrown = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.CreateAccountAsync(new CreateAccountRequest(), TestContext.Current.CancellationToken));
        Assert.Equal(status, thrown.StatusCode);
        Assert.Single(answers.Sent);
    }

    [Theory(Timeout = Soon)]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Error_whose_own_member_is_broken_keeps_type_and_message(string reason)
    {
        using var client = Clients.Organizations(Answers.Always(
            $$"""{"__type":"ConstraintViolationException","Message":"too many","Reason":{{reason}}}""", HttpStatusCode.BadRequest));
        var thrown = await Assert.ThrowsAsync<ConstraintViolationException>(
            () => client.ListRootsAsync(new ListRootsRequest(), TestContext.Current.CancellationToken));
        Assert.Null(thrown.Reason);
        Assert.Equal("too many", thrown.Message);
    }

    [Theory(Timeout = Soon)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listing_whose_token_never_ends_is_followed_only_as_far_as_it_is_asked_for(bool sameToken)
    {
        var answers = new Answers((_, number) => Answers.Json($$"""{"Accounts":[],"NextToken":"{{(sameToken ? 0 : number)}}"}"""));
        using var client = Clients.Organizations(answers);
        var pages = 0;
        await foreach (var page in client.Paginators.ListAccounts(new ListAccountsRequest()).Responses.WithCancellation(TestContext.Current.CancellationToken))
        {
            if (++pages == 500)
                break;
        }

        Assert.Equal(500, answers.Sent.Count);
    }

    [Fact(Timeout = Soon)]
    public async Task Large_page_is_read_whole()
    {
        var accounts = string.Join(',', Enumerable.Range(0, 50_000).Select(n => $$"""{"Id":"{{n:D12}}","Name":"{{new string('x', 50)}}"}"""));
        using var client = Clients.Organizations(Answers.Always($$"""{"Accounts":[{{accounts}}]}"""));
        var response = await client.ListAccountsAsync(new ListAccountsRequest(), TestContext.Current.CancellationToken);
        Assert.Equal(50_000, response.Accounts.Count);
        Assert.Equal("000000049999", response.Accounts[^1].Id);
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    /// <summary>Gives a beginning, then fails as a connection does that closes before the announced length.</summary>
    private sealed class BrokenStream(string beginning) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(beginning))
    {
        public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Position < Length ? base.Read(buffer) : Checked(0);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void CopyTo(Stream destination, int bufferSize)
        {
            base.CopyTo(destination, bufferSize);
            Checked(0);
        }

        private static int Checked(int read) => read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
