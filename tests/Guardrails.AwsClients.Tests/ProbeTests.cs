using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Amazon;
using Amazon.Probe;
using Amazon.Probe.Model;
using Amazon.Runtime.Documents;
using Xunit;

namespace Guardrails.AwsClients.Tests;

/// <summary>
/// A service that does not exist and has every kind of member: what Organizations does not use today, later services will
/// (labels, query, headers, maps, blobs, times, documents, structures within themselves, idempotency tokens, error codes of their own).
/// </summary>
public sealed class ProbeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_puts_each_member_where_its_model_says()
    {
        var answers = Answers.Always("{}");
        using var client = Client(answers);
        await client.PutThingAsync(
            new PutThingRequest
            {
                Id = "a/b c",
                Path = "/x/y z",
                Mode = Mode.ReallySlow,
                Limit = 7,
                Count = 3,
                Flag = true,
                Tags = ["one", "t&o"],
                At = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Token = "fixed",
                Names = new() { ["k"] = "v" },
                Modes = ["fast", "new"],
                Content = new MemoryStream([1, 2, 3]),
                When = DateTime.UnixEpoch.AddSeconds(1.5),
                Stamp = DateTime.UnixEpoch,
                Ratio = 0.5,
                Share = 0.25f,
                Size = 5_000_000_000,
                Free = new Document(new Dictionary<string, Document> { ["x"] = new Document(1) }),
                Tree = new Tree { Name = "root", Children = [new Tree { Name = "leaf" }], ByName = new() { ["l"] = new Tree() } },
            },
            Cancel);
        var sent = Assert.Single(answers.Sent);
        Assert.Equal("PUT", sent.Method);
        Assert.Equal(
            "https://probe.eu-central-1.amazonaws.com/things/a%2Fb%20c/x/y%20z?kind=x&y&at=2026-01-02T03%3A04%3A05.000Z&flag=true&n=3&tag=one&tag=t%26o",
            sent.Address.AbsoluteUri);
        Assert.Equal(("really-slow", "7"), (sent.Header("x-mode"), sent.Header("x-limit")));
        Assert.Equal(
            """{"content":"AQID","free":{"x":1},"modes":["fast","new"],"names":{"k":"v"},"ratio":0.5,"share":0.25,"size":5000000000"""
            + ""","stamp":"1970-01-01T00:00:00.000Z","clientToken":"fixed","tree":{"byName":{"l":{}},"children":[{"name":"leaf"}],"name":"root"},"when":1.5}""",
            sent.Body);
        Assert.EndsWith("Signature=" + Signature.Of(sent, Clients.Secret), sent.Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_is_read_from_body_and_headers()
    {
        var answers = new Answers((_, _) => Answers.Json(
            """
            {"content":"AQID","flag":true,"free":{"x":[1,2.5,5000000000,"s",true,null]},"modes":["fast","new"],"names":{"k":"v","n":null},
             "ratio":0.5,"share":0.25,"size":5000000000,"stamp":"2026-01-02T03:04:05.5Z",
             "tree":{"children":[{"name":"leaf"}],"byName":{"l":{"name":"x"}}},"when":1.5}
            """,
            HttpStatusCode.OK,
            ("ETag", "\"abc\""), ("x-mode", "2x"), ("x-version", "12")));
        using var client = Client(answers);
        var response = await client.PutThingAsync(new PutThingRequest { Id = "1", Path = "p" }, Cancel);
        Assert.Equal(("\"abc\"", Mode._2x, 12), (response.Etag, response.Mode, response.Version));
        Assert.Equal([1, 2, 3], response.Content.ToArray());
        Assert.Equal((true, 0.5, 0.25f, 5_000_000_000), (response.Flag, response.Ratio, response.Share, response.Size));
        Assert.Equal(["fast", "new"], response.Modes);
        Assert.Equal(["k"], response.Names.Keys);
        Assert.Equal("2026-01-02T03:04:05.5000000Z", response.Stamp!.Value.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1.5), response.When);
        Assert.Equal("leaf", response.Tree.Children[0].Name);
        Assert.Equal("x", response.Tree.ByName["l"].Name);
        var free = response.Free.AsDictionary()["x"].AsList();
        Assert.Equal((1, 2.5, 5_000_000_000, "s", true), (free[0].AsInt(), free[1].AsDouble(), free[2].AsLong(), free[3].AsString(), free[4].AsBool()));
    }

    [Fact]
    public async Task Idempotency_token_is_made_once_per_call_and_kept_over_retries()
    {
        var answers = new Answers((_, number) => Answers.Json("{}", number == 1 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK));
        using var client = Client(answers, retries: 1);
        await client.PutThingAsync(new PutThingRequest { Id = "1", Path = "p" }, Cancel);
        await client.PutThingAsync(new PutThingRequest { Id = "1", Path = "p" }, Cancel);
        var tokens = answers.Sent.Select(s => JsonDocument.Parse(s.Body).RootElement.GetProperty("clientToken").GetGuid()).ToList();
        Assert.Equal(3, tokens.Count);
        Assert.Equal(tokens[0], tokens[1]);
        Assert.NotEqual(tokens[1], tokens[2]);
    }

    [Fact]
    public async Task Missing_label_is_refused_before_anything_is_sent()
    {
        var answers = Answers.Always("{}");
        using var client = Client(answers);
        var thrown = await Assert.ThrowsAsync<AmazonProbeException>(() => client.PutThingAsync(new PutThingRequest { Path = "p" }, Cancel));
        Assert.Contains("Id", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(answers.Sent);
    }

    [Theory]
    [InlineData("Busy", "7", 7)]
    [InlineData("BusyException", "soon", null)]
    public async Task Error_is_found_by_its_code_and_has_members_from_body_and_headers(string code, string after, int? seconds)
    {
        var answers = new Answers((_, _) => Answers.Json(
            """{"message":"later","Detail":{"name":"queue"}}""", HttpStatusCode.TooManyRequests, ("x-amzn-ErrorType", code), ("X-Retry", after)));
        using var client = Client(answers);
        var thrown = await Assert.ThrowsAsync<BusyException>(() => client.ListThingsAsync(new ListThingsRequest(), Cancel));
        Assert.Equal(("later", code, "queue", seconds), (thrown.Message, thrown.ErrorCode, thrown.Detail.Name, thrown.RetryAfter));
    }

    [Fact]
    public async Task Paginator_with_items_hands_them_out_over_all_pages()
    {
        var answers = new Answers((sent, _) => Answers.Json(sent.Address.Query.Contains("next=b%26", StringComparison.Ordinal)
            ? """{"things":[{"name":"3"}]}"""
            : """{"things":[{"name":"1"},{"name":"2"}],"nextToken":"b&"}"""));
        using var client = Client(answers);
        var names = new StringBuilder();
        await foreach (var thing in client.Paginators.ListThings(new ListThingsRequest()).Things.WithCancellation(Cancel))
            names.Append(thing.Name);
        Assert.Equal("123", names.ToString());
        Assert.All(answers.Sent, s => Assert.Equal(("GET", ""), (s.Method, s.Body)));
    }

    private static AmazonProbeClient Client(Answers answers, int retries = 0) => new("AKIDEXAMPLE", Clients.Secret, new AmazonProbeConfig
    {
        RegionEndpoint = RegionEndpoint.EUCentral1,
        HttpClientFactory = answers,
        MaxErrorRetry = retries,
        IgnoreConfiguredEndpointUrls = true,
    });
}
