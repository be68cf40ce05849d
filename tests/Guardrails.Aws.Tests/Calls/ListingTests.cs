namespace Guardrails.Aws.Tests;

public sealed class ListingTests
{
    [Fact]
    public async Task A_token_that_comes_again_ends_the_listing()
    {
        var e = await Listing(call => Page(call.Number, "same"));
        Assert.Equal("EndlessListing", e.Code);
        Assert.Equal("organizations:ListTagsForResource", e.Operation);
    }

    [Fact]
    public async Task Tokens_in_a_circle_end_the_listing()
    {
        var e = await Listing(call => Page(call.Number, "t" + (call.Number % 3)));
        Assert.Equal("EndlessListing", e.Code);
    }

    [Fact]
    public async Task Empty_pages_without_end_end_the_listing()
    {
        var e = await Listing(call => ScriptedAws.Json($"{{\"Tags\":[],\"NextToken\":\"t{call.Number}\"}}"));
        Assert.Equal("EndlessListing", e.Code);
    }

    [Fact]
    public async Task The_same_page_without_end_ends_the_listing()
    {
        var e = await Listing(call => Page(1, "t" + call.Number));
        Assert.Equal("EndlessListing", e.Code);
    }

    [Fact]
    public async Task Empty_pages_with_a_token_are_read_over_and_a_failing_page_is_asked_again_alone()
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync();
        aws.On("ListTagsForResource", call => call.Number switch
        {
            1 => Page(1, "a"),
            2 => ScriptedAws.Json("{\"Tags\":[],\"NextToken\":\"b\"}"),
            3 => ScriptedAws.Json("{\"NextToken\":\"c\"}"),
            4 => ScriptedAws.Error("TooManyRequestsException"),
            _ => ScriptedAws.Json("{\"Tags\":[{\"Key\":\"last\",\"Value\":\"v\"}]}"),
        });
        var tags = await connection.Cloud.Organization.ReadTagsAsync("r-aaaa", ScriptedAws.Scope());
        Assert.Equal(["k1", "last"], tags.Keys.Order());
        Assert.Equal(["a", "b", "c", "c"], aws.Calls.Where(c => c.Operation == "ListTagsForResource").Skip(1).Select(c => System.Text.Json.Nodes.JsonNode.Parse(c.Body)!["NextToken"]!.ToString()));
    }

    private static async Task<CloudException> Listing(Func<WireCall, HttpResponseMessage> answer)
    {
        var aws = new ScriptedAws();
        var connection = await aws.ConnectAsync();
        aws.On("ListTagsForResource", answer);
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Organization.ReadTagsAsync("r-aaaa", ScriptedAws.Scope()));
        Assert.InRange(aws.Count("ListTagsForResource"), 2, 200);
        return e;
    }

    private static HttpResponseMessage Page(int number, string token) => ScriptedAws.Json($"{{\"Tags\":[{{\"Key\":\"k{number}\",\"Value\":\"v\"}}],\"NextToken\":\"{token}\"}}");
}
