using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

/// <summary>Vending through the real clients, marshalling and retries, against the sandbox's wire.</summary>
public sealed class VendingOverTheWireTests : IDisposable
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5, ["account-move"] = 1, ["organizational-unit"] = 1 });
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "+49 30 1234" };
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-vending-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Five_hundred_accounts_arrive_each_once_under_throttling_and_errors_half_of_them_after_the_effect()
    {
        using var cloud = new SandboxCloud(1, 0, 0, arrange: state => state.AccountQuota = 1000);
        var connection = await cloud.ConnectAsync();
        cloud.Sandbox.Faults.Rates = new FaultRates(Seed: 7, Throttled: 0.3, InternalErrors: 0.05, AfterEffect: 0.5);
        AccountRequest[] requests = [.. Enumerable.Range(0, 500).Select(i => Request(i, $"/Workloads/Team{i % 10}") with
        {
            Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = Soc },
            Regions = ["eu-central-2"],
            Access = [new() { PrincipalType = PrincipalType.Group, Principal = "Admins", PermissionSet = "ReadOnlyAccess" }],
        })];
        var results = await VendAsync(connection, requests);
        Assert.Empty(results.Where(result => result.Outcome != AccountOutcome.Created).Select(result => $"{result.Name}: {result.Outcome} {result.Reason} {result.Message}"));
        Assert.Equal(500, results.Select(result => result.AccountId).Distinct().Count());

        // And what is changed about accounts that are there.
        AccountRequest[] changed = [.. requests.Select((request, i) => request with { Name = $"renamed-{i}", OrganizationalUnit = $"/Other/Team{i % 10}", Tags = new Dictionary<string, string> { ["Owner"] = "me" } })];
        Assert.Empty((await VendAsync(connection, changed)).Where(result => result.Outcome != AccountOutcome.Moved).Select(result => $"{result.Name}: {result.Outcome} {result.Reason} {result.Message}"));

        cloud.Sandbox.Faults.Clear();
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.Tags, refresh: true, CallScope.None);
        Assert.Equal(501, organization.Accounts.Count);
        foreach (var request in changed)
        {
            var account = organization.AccountByEmail(request.Email)!;
            Assert.Equal($"{request.OrganizationalUnit}/{request.Name}", account.Path);
            Assert.Equal("me", account.Tags!["Owner"]);
        }
        Assert.All(await VendAsync(connection, changed), result => Assert.Equal(AccountOutcome.Unchanged, result.Outcome));
        foreach (var operation in new[] { "CreateAccount", "MoveAccount", "TagResource", "PutAlternateContact", "EnableRegion", "PutAccountName", "CreateAccountAssignment" })
            Assert.True(cloud.Sandbox.Calls.Count(operation) > 600, $"{operation}: {cloud.Sandbox.Calls.Count(operation)} calls, so faults were few");
    }

    [Theory]
    [InlineData("CreateAccount", true)]
    [InlineData("CreateAccount", false)]
    [InlineData("MoveAccount", true)]
    [InlineData("CreateOrganizationalUnit", true)]
    [InlineData("CreateOrganizationalUnit", false)]
    [InlineData("DescribeCreateAccountStatus", true)]
    [InlineData("ListCreateAccountStatus", true)]
    public async Task A_dropped_connection_or_a_cut_answer_makes_nothing_twice_and_nothing_fail(string operation, bool afterTheEffect)
    {
        foreach (FaultAnswer answer in new FaultAnswer[] { new FaultAnswer.Dropped(), new FaultAnswer.Truncated(), new FaultAnswer.Malformed(), new FaultAnswer.Page(500, "<html>") })
        {
            using var cloud = new SandboxCloud(1, 0, 0, arrange: state => state.AccountQuota = 50);
            var connection = await cloud.ConnectAsync();
            cloud.Sandbox.Faults.Add(new Fault(operation, answer, Nth: 1, afterTheEffect ? FaultMoment.AfterEffect : FaultMoment.BeforeEffect));
            var results = await VendAsync(connection, [Request(1, "/Workloads"), Request(2, "/Workloads")]);
            Assert.All(results, result => Assert.Equal((AccountOutcome.Created, null), (result.Outcome, result.Message)));
            Assert.Equal(3, cloud.Sandbox.Read(state => state.Accounts.Count));
        }
    }

    [Theory]
    [InlineData("ACCOUNT_LIMIT_EXCEEDED")]
    [InlineData("INVALID_EMAIL")]
    [InlineData("INTERNAL_FAILURE")]
    [InlineData("MISSING_PAYMENT_INSTRUMENT")]
    public async Task A_creation_that_AWS_fails_has_its_reason_on_the_result_and_stops_no_other(string reason)
    {
        using var cloud = new SandboxCloud(1, 0, 0, arrange: state => state.AccountQuota = 50);
        var connection = await cloud.ConnectAsync();
        cloud.Sandbox.FailAccountCreation(reason, Request(1, "/").Email);
        var results = await VendAsync(connection, [Request(1, "/Workloads"), Request(2, "/Workloads")]);
        Assert.Equal(reason, Assert.Single(results, result => result.Outcome == AccountOutcome.Failed).Reason);
        Assert.Single(results, result => result.Outcome == AccountOutcome.Created);
    }

    [Fact]
    public async Task An_email_that_belongs_to_an_account_elsewhere_in_AWS_is_a_failure_that_says_so()
    {
        using var cloud = new SandboxCloud(1, 0, 0, arrange: state => state.AccountQuota = 50);
        var connection = await cloud.ConnectAsync();
        cloud.Sandbox.FailAccountCreation("EMAIL_ALREADY_EXISTS", Request(1, "/").Email);
        var failed = Assert.Single(await VendAsync(connection, [Request(1, "/")]));
        Assert.Equal("EMAIL_ALREADY_EXISTS", failed.Reason);
        Assert.Contains("outside this organization", failed.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_at_once_with_journals_of_their_own_make_each_account_once_and_none_failed()
    {
        using var cloud = new SandboxCloud(1, 0, 0, arrange: state => state.AccountQuota = 50);
        AccountRequest[] requests = [.. Enumerable.Range(0, 12).Select(i => Request(i, $"/Workloads/Team{i % 3}"))];
        var first = await cloud.ConnectAsync();
        var second = await cloud.ConnectAsync();
        var both = await Task.WhenAll(VendAsync(first, requests), VendAsync(second, requests));
        Assert.Empty(both.SelectMany(results => results).Where(result => result.IsTrouble).Select(result => $"{result.Name} {result.Outcome} {result.Reason} {result.Message}"));
        Assert.Equal(13, cloud.Sandbox.Read(state => state.Accounts.Count));
    }

    private static AccountRequest Request(int i, string unit) => new() { Name = $"team-{i}", Email = $"aws+team-{i}@example.com", OrganizationalUnit = unit };

    private async Task<List<AccountVendingResult>> VendAsync(GuardrailConnection connection, AccountRequest[] requests)
    {
        var scope = new CallScope(TestContext.Current.CancellationToken);
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: true, scope);
        var vending = new AccountVending(connection.Cloud, Limits);
        var rows = await vending.PlanAsync(requests, organization, new(true, false), scope);
        var results = new List<AccountVendingResult>();
        var store = new RolloutStore(_folder);
        await foreach (var result in vending.RunAsync(rows, () => store.Create(TimeProvider.System), organization.Id, 16, scope)) results.Add(result);
        return results;
    }
}
