using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Closing more accounts than AWS takes: what is deferred, until when, and how sure that is.</summary>
public sealed class ClosureTests : IDisposable
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-closure"] = 1 });
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-closures-").FullName;
    private readonly FakeCloud _cloud = new();

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task All_closures_of_the_window_are_in_the_journals_so_the_next_try_is_known()
    {
        var first = _cloud.Clock.GetUtcNow();
        await CloseAsync(limit: 2, "a");
        _cloud.Clock.Pass(TimeSpan.FromDays(3));
        await CloseAsync(limit: 2, "b");
        _cloud.Clock.Pass(TimeSpan.FromDays(1));
        var deferred = await CloseAsync(limit: 2, "c");
        Assert.Equal(ChangeStatus.Deferred, deferred.Status);
        Assert.InRange(deferred.NextTry!.Value, first.AddDays(30), first.AddDays(30).AddMinutes(1));
        Assert.DoesNotContain("estimate", deferred.Message, StringComparison.Ordinal);
        Assert.Contains($"{deferred.NextTry:u}", deferred.NextStep, StringComparison.Ordinal);
        Assert.Equal(AccountState.Active, _cloud.Accounts.Single(account => account.Name == "c").State);
    }

    [Fact]
    public async Task Closures_of_others_have_no_time_so_the_next_try_is_an_estimate_that_says_so()
    {
        _cloud.AddAccount("theirs", "theirs@example.com", state: AccountState.Closed);
        var first = _cloud.Clock.GetUtcNow();
        await CloseAsync(limit: 1, "a");
        var deferred = await CloseAsync(limit: 1, "b", budget: 2);
        Assert.InRange(deferred.NextTry!.Value, first.AddDays(30), first.AddDays(30).AddMinutes(1));
        Assert.Contains("an estimate: of up to 2 accounts that are closed now, the times of 1 closures are known", deferred.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_known_closure_the_next_try_is_unknown_and_said_to_be()
    {
        var deferred = await CloseAsync(limit: 0, "a");
        Assert.Equal((ChangeStatus.Deferred, "CLOSE_ACCOUNT_QUOTA_EXCEEDED", null), (deferred.Status, deferred.Reason, deferred.NextTry));
        Assert.Contains("unknown", deferred.Message, StringComparison.Ordinal);
        Assert.Contains($"{_cloud.Clock.GetUtcNow().AddDays(30):yyyy-MM-dd}", deferred.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closures_older_than_the_window_and_those_of_other_organizations_and_of_rehearsals_do_not_count()
    {
        await CloseAsync(limit: 1, "a");
        await CloseAsync(limit: 2, "other", organization: "o-other");
        await CloseAsync(limit: 3, "rehearsed", rehearsal: true);
        _cloud.Clock.Pass(TimeSpan.FromDays(31));
        Assert.Null((await CloseAsync(limit: 0, "b")).NextTry);
        var budget = new ClosureBudget(30, 3, 0, 1000);
        Assert.Equal((3, 30, 3, 1), budget.Estimate(_cloud.Organization(), Watch("o-test", 3).Known(), _cloud.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Too_many_closures_under_way_are_waited_for()
    {
        _cloud.Faults = (operation, nth) => operation == "CloseAccount" && nth < 4 ? new Fault(FakeCloud.Refused(operation, "ConstraintViolationException", "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED"), false) : null;
        Assert.Equal(ChangeStatus.Done, (await RunAsync("a", "o-test", 5)).Status);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_lost_answer_is_looked_into_and_the_account_closed_once(bool after)
    {
        _cloud.Faults = (operation, nth) => operation == "CloseAccount" && nth == 1 ? Fault.Lost(after) : null;
        Assert.Equal(ChangeStatus.Done, (await RunAsync("a", "o-test", 5)).Status);
        Assert.Single(_cloud.Writes, "CloseAccount");
    }

    private async Task<ChangeResult> CloseAsync(int limit, string name, string organization = "o-test", int? budget = null, bool rehearsal = false)
    {
        _cloud.Faults = (operation, _) => operation == "CloseAccount" && _cloud.Writes.Count(write => write == "CloseAccount") > limit - 1 ? new Fault(FakeCloud.Refused(operation, "ConstraintViolationException", "CLOSE_ACCOUNT_QUOTA_EXCEEDED"), false) : null;
        return await RunAsync(name, organization, budget ?? Math.Max(limit, 1), rehearsal);
    }

    private async Task<ChangeResult> RunAsync(string name, string organization, int budget, bool rehearsal = false)
    {
        var id = _cloud.AddAccount(name, $"{name}@example.com").Id;
        using var journal = new RolloutStore(_folder).Create(_cloud.Clock, rehearsal: rehearsal);
        var executor = new RolloutExecutor(RolloutKinds.Of(_cloud.Ports, Watch(organization, budget)), Limits, _cloud.Clock);
        var results = new List<ChangeResult>();
        await foreach (var result in executor.RunAsync(Plan.Of([AccountChanges.Close(_cloud.Organization().AccountById(id)!)]), journal, "Close-GuardrailAccount", organization, 4, CallScope.None)) results.Add(result);
        return Assert.Single(results);
    }

    private ClosureWatch Watch(string organization, int budget) =>
        new(new ClosureBudget(30, budget, 0, 1000), new RolloutStore(_folder), organization, rehearsal: false, _ => Task.FromResult(_cloud.Organization()), _cloud.Clock);
}
