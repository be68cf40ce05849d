using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using Xunit;

namespace Guardrails.AwsClients.Tests;

/// <summary>The generated client of Organizations on the wire.</summary>
public sealed class ProtocolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_names_its_operation_and_carries_a_valid_signature()
    {
        var answers = Answers.Always("{}");
        using var client = Clients.Organizations(answers);
        await client.MoveAccountAsync(
            new MoveAccountRequest { AccountId = "111122223333", SourceParentId = "r-abcd", DestinationParentId = "ou-abcd-11111111" }, Cancel);
        var sent = Assert.Single(answers.Sent);
        Assert.Equal("POST https://organizations.us-east-1.amazonaws.com/", $"{sent.Method} {sent.Address}");
        Assert.Equal("AWSOrganizationsV20161128.MoveAccount", sent.Header("X-Amz-Target"));
        Assert.Equal("application/x-amz-json-1.1", sent.Header("Content-Type"));
        Assert.Equal("session/+=", sent.Header("X-Amz-Security-Token"));
        Assert.Contains("/us-east-1/organizations/aws4_request", sent.Header("Authorization"), StringComparison.Ordinal);
        Assert.EndsWith("Signature=" + Signature.Of(sent, Clients.Secret), sent.Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("""{"AccountId":"111122223333","DestinationParentId":"ou-abcd-11111111","SourceParentId":"r-abcd"}""", sent.Body);
    }

    [Fact]
    public async Task Every_operation_of_the_model_can_be_called_and_names_itself()
    {
        using var model = Model();
        var operations = model.RootElement.GetProperty("operations").EnumerateObject().Select(o => o.Name).ToList();
        Assert.True(operations.Count > 40);
        var answers = Answers.Always("{}");
        using var client = Clients.Organizations(answers);
        foreach (var operation in operations)
        {
            var request = Activator.CreateInstance(typeof(Account).Assembly.GetType($"Amazon.Organizations.Model.{operation}Request", throwOnError: true)!);
            await (Task)typeof(IAmazonOrganizations).GetMethod(operation + "Async")!.Invoke(client, [request, Cancel])!;
        }

        Assert.Equal(operations.Select(o => "AWSOrganizationsV20161128." + o), answers.Sent.Select(s => s.Header("X-Amz-Target")));
        Assert.All(answers.Sent, s => Assert.Equal("{}", s.Body));
    }

    [Fact]
    public async Task Members_are_sent_when_set_and_only_then()
    {
        var answers = Answers.Always("{}");
        using var client = Clients.Organizations(answers);
        await client.CreateAccountAsync(
            new CreateAccountRequest
            {
                AccountName = "Ü & \"x\"\n",
                Email = "a@example.com",
                IamUserAccessToBilling = IAMUserAccessToBilling.DENY,
                Tags = [new Tag { Key = "k", Value = "" }],
            },
            Cancel);
        await client.ListCreateAccountStatusAsync(
            new ListCreateAccountStatusRequest { States = [CreateAccountState.IN_PROGRESS, "NEW"], MaxResults = 0 }, Cancel);
        await client.UntagResourceAsync(new UntagResourceRequest { ResourceId = "", TagKeys = [] }, Cancel);
        using var create = JsonDocument.Parse(answers.Sent[0].Body);
        Assert.Equal("Ü & \"x\"\n", create.RootElement.GetProperty("AccountName").GetString());
        Assert.Equal(["AccountName", "Email", "IamUserAccessToBilling", "Tags"], create.RootElement.EnumerateObject().Select(m => m.Name));
        Assert.Equal("""[{"Key":"k","Value":""}]""", create.RootElement.GetProperty("Tags").GetRawText());
        Assert.Equal("""{"MaxResults":0,"States":["IN_PROGRESS","NEW"]}""", answers.Sent[1].Body);
        Assert.Equal("""{"ResourceId":"","TagKeys":[]}""", answers.Sent[2].Body);
    }

    [Fact]
    public async Task Answer_is_read_into_the_types_of_the_official_package()
    {
        var answers = Answers.Always("""
            {"Account":{"Arn":"a","Id":"111122223333","JoinedMethod":"CREATED","JoinedTimestamp":1790000000.125,"Name":"shop",
             "Paths":["o-1/r-1/111122223333/"],"State":"ACTIVE"}}
            """);
        using var client = Clients.Organizations(answers);
        var response = await client.DescribeAccountAsync(new DescribeAccountRequest { AccountId = "111122223333" }, Cancel);
        Assert.Equal(AccountState.ACTIVE, response.Account.State);
        Assert.Equal(AccountJoinedMethod.CREATED, response.Account.JoinedMethod);
        Assert.Equal(new DateTime(2026, 9, 21, 14, 13, 20, 125, DateTimeKind.Utc), response.Account.JoinedTimestamp);
        Assert.Equal(DateTimeKind.Utc, response.Account.JoinedTimestamp!.Value.Kind);
        Assert.Equal(["o-1/r-1/111122223333/"], response.Account.Paths);
        Assert.Null(response.Account.Email);
        Assert.Equal("11111111-2222-3333-4444-555555555555", response.ResponseMetadata.RequestId);
        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
    }

    [Fact]
    public async Task Every_error_of_the_model_is_its_own_exception()
    {
        using var model = Model();
        foreach (var error in model.RootElement.GetProperty("exceptions").EnumerateObject().Select(e => e.Name))
        {
            var body = $$"""{"__type":"com.amazonaws.organizations#{{error}}","Message":"why"}""";
            using var client = Clients.Organizations(Answers.Always(body, HttpStatusCode.BadRequest));
            var thrown = await Assert.ThrowsAnyAsync<AmazonOrganizationsException>(() => client.ListRootsAsync(new ListRootsRequest(), Cancel));
            Assert.Equal(error, thrown.GetType().Name);
            Assert.Equal((error, "why", HttpStatusCode.BadRequest), (thrown.ErrorCode, thrown.Message, thrown.StatusCode));
        }
    }

    [Fact]
    public async Task Exception_carries_its_reason_even_one_that_is_not_known_here()
    {
        using var known = Clients.Organizations(Answers.Always(
            """{"__type":"ConstraintViolationException","Message":"too many","Reason":"OU_DEPTH_LIMIT_EXCEEDED"}""", HttpStatusCode.BadRequest));
        var constraint = await Assert.ThrowsAsync<ConstraintViolationException>(() => known.ListRootsAsync(new ListRootsRequest(), Cancel));
        Assert.Equal(ConstraintViolationExceptionReason.OU_DEPTH_LIMIT_EXCEEDED, constraint.Reason);
        Assert.Equal(("too many", "11111111-2222-3333-4444-555555555555"), (constraint.Message, constraint.RequestId));

        using var later = Clients.Organizations(Answers.Always(
            """{"__type":"InvalidInputException","message":"no","Reason":"MADE_UP_LATER","More":{"a":[1]}}""", HttpStatusCode.BadRequest));
        var input = await Assert.ThrowsAsync<InvalidInputException>(() => later.ListRootsAsync(new ListRootsRequest(), Cancel));
        Assert.Equal("MADE_UP_LATER", input.Reason.Value);
        Assert.Equal("no", input.Message);
    }

    [Fact]
    public async Task Unknown_error_code_is_the_services_base_exception_with_that_code()
    {
        using var client = Clients.Organizations(Answers.Always("""{"__type":"NeverHeardOfException","message":"no"}""", HttpStatusCode.BadRequest));
        var thrown = await Assert.ThrowsAsync<AmazonOrganizationsException>(() => client.ListRootsAsync(new ListRootsRequest(), Cancel));
        Assert.Equal(("NeverHeardOfException", "no"), (thrown.ErrorCode, thrown.Message));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"TooManyRequestsException","Type":"RATE"}""")]
    [InlineData(HttpStatusCode.InternalServerError, """{"__type":"ServiceException"}""")]
    [InlineData(HttpStatusCode.OK, "{")]
    public async Task Without_the_sdks_retries_a_call_is_sent_once(HttpStatusCode status, string body)
    {
        var answers = Answers.Always(body, status);
        using var client = Clients.Organizations(answers, retries: 0);
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => client.CreateAccountAsync(new CreateAccountRequest(), Cancel));
        Assert.Single(answers.Sent);
    }

    [Fact]
    public async Task Without_the_sdks_retries_a_connection_that_breaks_is_not_used_for_a_second_attempt()
    {
        var reset = new IOException("reset", new SocketException((int)SocketError.ConnectionReset));
        var answers = new Answers((_, _) => throw new HttpRequestException("broken", reset));
        using var client = Clients.Organizations(answers, retries: 0);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => client.CreateAccountAsync(new CreateAccountRequest(), Cancel));
        Assert.True(thrown == reset || thrown.InnerException == reset, thrown.ToString());
        Assert.Single(answers.Sent);
    }

    [Fact]
    public async Task Listing_goes_on_through_an_empty_page_that_has_a_token()
    {
        var answers = new Answers((_, number) => Answers.Json(number switch
        {
            1 => """{"Accounts":[{"Id":"1"},{"Id":"2"}],"NextToken":"one"}""",
            2 => """{"Accounts":[],"NextToken":"two"}""",
            3 => """{"NextToken":"three"}""",
            _ => """{"Accounts":[{"Id":"3"}]}""",
        }));
        using var client = Clients.Organizations(answers);
        List<string> ids = [];
        await foreach (var page in client.Paginators.ListAccounts(new ListAccountsRequest { MaxResults = 2 }).Responses.WithCancellation(Cancel))
            ids.AddRange(page.Accounts?.Select(a => a.Id) ?? []);
        Assert.Equal(["1", "2", "3"], ids);
        Assert.Equal(
            [
                """{"MaxResults":2}""",
                """{"MaxResults":2,"NextToken":"one"}""",
                """{"MaxResults":2,"NextToken":"two"}""",
                """{"MaxResults":2,"NextToken":"three"}""",
            ],
            answers.Sent.Select(s => s.Body));
    }

    [Fact]
    public async Task Paginator_can_be_used_once()
    {
        using var client = Clients.Organizations(Answers.Always("""{"Roots":[]}"""));
        var paginator = client.Paginators.ListRoots(new ListRootsRequest());
        await foreach (var page in paginator.Responses.WithCancellation(Cancel))
            Assert.Empty(page.Roots);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await paginator.Responses.GetAsyncEnumerator(Cancel).MoveNextAsync());
    }

    [Fact]
    public async Task Cancelling_ends_a_call_under_way()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var answers = new Answers(async (_, _, cancel) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
            return Answers.Json("{}");
        });
        using var client = Clients.Organizations(answers, retries: 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ListRootsAsync(new ListRootsRequest(), source.Token));
        Assert.Single(answers.Sent);
    }

    [Fact]
    public async Task Cancelling_ends_a_listing_between_pages()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var answers = Answers.Always("""{"Accounts":[],"NextToken":"more"}""");
        using var client = Clients.Organizations(answers);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var page in client.Paginators.ListAccounts(new ListAccountsRequest()).Responses.WithCancellation(source.Token))
            {
                if (answers.Sent.Count == 3)
                    await source.CancelAsync();
            }
        });
        Assert.Equal(3, answers.Sent.Count);
    }

    [Fact]
    public async Task User_agent_is_this_products_own()
    {
        var answers = Answers.Always("{}");
        using var client = Clients.Organizations(answers);
        await client.ListRootsAsync(new ListRootsRequest(), Cancel);
        var agent = answers.Sent[0].Header("User-Agent")!;
        Assert.StartsWith("guardrails-awsclients/", agent, StringComparison.Ordinal);
        Assert.DoesNotContain("aws-sdk-dotnet", agent, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonDocument Model()
    {
        var root = typeof(ProtocolTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "GuardrailsRoot").Value!;
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "src/Guardrails.AwsClients/Models/organizations.model.json")));
    }
}
