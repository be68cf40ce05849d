using System.Text;
using System.Text.Json;
using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>A process that dies at any line of its journal, and another that goes on.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-test-").FullName;
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 2, ["account-move"] = 1, ["organizational-unit"] = 1 });
    private static readonly AccountRequest[] Requests =
    [
        new() { Name = "shop", Email = "aws+shop@example.com", OrganizationalUnit = "/Workloads/Prod", Tags = Facts.Of(("a", "1")) },
        new() { Name = "pay", Email = "aws+pay@example.com", OrganizationalUnit = "/Workloads/Prod" },
        new() { Name = "old", Email = "aws+old@example.com", OrganizationalUnit = "/Workloads", Tags = Facts.Of(("a", "1")) },
    ];

    public void Dispose() => Directory.Delete(_folder, true);

    public static TheoryData<bool, bool> Deaths => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    /// <param name="written">Whether the line at which it dies still reaches the disk.</param>
    /// <param name="answersLost">Whether, besides, each first answer of a creation is lost after its effect.</param>
    [Theory, MemberData(nameof(Deaths))]
    public async Task Dead_at_any_line_and_resumed_each_account_is_made_once_and_none_is_lost_or_failed(bool written, bool answersLost)
    {
        for (var line = 1; ; line++)
        {
            var cloud = Cloud(answersLost);
            using var dying = new MemoryJournal(diesAt: line, written: written);
            await cloud.VendUntilDeathAsync(dying, Requests, Limits);
            if (!dying.Died) { Assert.True(line > 20); break; }

            using var resumed = new MemoryJournal(dying.Bytes);
            var history = resumed.History;
            if (history.Planned is null) { Assert.Empty(cloud.Writes); continue; }
            var results = await cloud.ResumeAsync(history, resumed, limits: Limits);
            Assert.DoesNotContain(results, result => !result.Holds);
            AssertVended(cloud);
            Assert.True(resumed.History.Closed is { Stopped: false });
            Assert.Empty(await cloud.ResumeAsync(resumed.History, resumed, limits: Limits));
        }
    }

    [Fact]
    public async Task Dead_again_and_again_at_every_line_of_every_resume_it_still_ends_well()
    {
        var cloud = Cloud(answersLost: true);
        byte[] bytes;
        using (var first = new MemoryJournal(diesAt: 2, written: true))
        {
            await cloud.VendUntilDeathAsync(first, Requests, Limits);
            bytes = first.Bytes;
        }
        for (var death = 0; death < 200; death++)
        {
            using var dying = new MemoryJournal(bytes, diesAt: 2, written: true);
            try { await cloud.ResumeAsync(dying.History, dying, limits: Limits); }
            catch (IOException) { }
            bytes = dying.Bytes;
            if (!dying.Died) break;
        }
        Assert.True(MemoryJournal.HistoryOf(bytes).Closed is { Stopped: false });
        AssertVended(cloud);
    }

    [Fact]
    public async Task What_an_earlier_run_finished_is_not_touched_again()
    {
        var cloud = Cloud(answersLost: false);
        using var journal = new MemoryJournal();
        await cloud.VendUntilDeathAsync(journal, Requests, Limits);
        var writes = cloud.Writes.Count;
        Assert.Empty(await cloud.ResumeAsync(journal.History, journal, limits: Limits));
        Assert.Equal(writes, cloud.Writes.Count);
    }

    [Fact]
    public async Task A_change_that_failed_before_is_tried_again()
    {
        var cloud = Cloud(answersLost: false);
        cloud.CreationFails = order => order.Name == "pay" ? "INTERNAL_FAILURE" : null;
        using var journal = new MemoryJournal();
        await cloud.VendUntilDeathAsync(journal, Requests, Limits);
        cloud.CreationFails = _ => null;
        Assert.All(await cloud.ResumeAsync(journal.History, journal, limits: Limits), result => Assert.Equal(ChangeStatus.Done, result.Status));
        AssertVended(cloud);
    }

    [Fact]
    public async Task A_rollout_that_was_stopped_says_so_also_when_everything_left_was_under_way()
    {
        using var stop = new CancellationTokenSource();
        var cloud = new FakeCloud { Meanwhile = operation => { if (operation == "CreateAccount") stop.Cancel(); } };
        using var journal = new MemoryJournal();
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync([new AccountRequest { Name = "shop", Email = "aws+shop@example.com" }], cloud.Organization(), new(true, false), CallScope.None);
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 4, new CallScope(stop.Token))) Assert.Equal(AccountOutcome.Stopped, result.Outcome);
        Assert.True(journal.History.Closed is { Stopped: true });
        Assert.All(await cloud.ResumeAsync(journal.History, journal, limits: Limits), result => Assert.Equal(ChangeStatus.Done, result.Status));
        Assert.Single(cloud.Accounts);
    }

    [Fact]
    public async Task Every_writing_call_is_announced_before_it_is_made()
    {
        var cloud = Cloud(answersLost: true);
        using var journal = new MemoryJournal();
        var unannounced = new List<string>();
        var made = new Dictionary<string, int>();
        cloud.Meanwhile = operation =>
        {
            if (operation is not ("CreateAccount" or "MoveAccount" or "TagResource" or "CreateOrganizationalUnit")) return;
            made[operation] = made.GetValueOrDefault(operation) + 1;
            var history = journal.History;
            var announced = history.Planned!.Plan.Changes.Sum(change => history.CallsOf(change.Id).Count(call => call.Announced.Operation == $"organizations:{operation}"));
            if (announced < made[operation]) unannounced.Add(operation);
        };
        await cloud.VendUntilDeathAsync(journal, Requests, Limits);
        Assert.Empty(unannounced);
        Assert.Equal(4, made.Count);
    }

    /// <param name="event">The kind of the last line: the announcement of an account's creation, its answer, or its end.</param>
    [Theory, InlineData("call"), InlineData("answer"), InlineData("ended")]
    public async Task With_its_last_line_cut_at_any_byte_a_journal_is_resumed_and_each_account_is_made_once(string @event)
    {
        var line = await LineOf(@event);
        for (var kept = 0; ; kept++)
        {
            var cloud = Cloud(answersLost: false);
            using var dying = new MemoryJournal(diesAt: line, written: true);
            await cloud.VendUntilDeathAsync(dying, Requests, Limits);
            var whole = dying.Bytes;
            var length = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1 + kept;
            if (length > whole.Length) break;

            var path = Path.Combine(_folder, $"{kept}.journal");
            await File.WriteAllBytesAsync(path, whole[..length], TestContext.Current.CancellationToken);
            var (journal, history) = RolloutJournal.Resume(path, cloud.Clock);
            using (journal)
                await foreach (var result in cloud.Executor(Limits).ResumeAsync(history, journal, CallScope.None)) Assert.True(result.Holds, $"{kept}: {result.Message}");
            AssertVended(cloud);
            Assert.Equal(RolloutState.Completed, RolloutStore.Read(path).State);
        }
    }

    /// <summary>The first line of that kind after the first account's creation was announced.</summary>
    private static async Task<int> LineOf(string @event)
    {
        for (var line = 1; ; line++)
        {
            using var dying = new MemoryJournal(diesAt: line, written: true);
            await Cloud(answersLost: false).VendUntilDeathAsync(dying, Requests, Limits);
            Assert.True(dying.Died);
            if (EventOf(dying.Bytes) == @event && Encoding.UTF8.GetString(dying.Bytes).Contains("organizations:CreateAccount", StringComparison.Ordinal)) return line;
        }
    }

    private static string EventOf(byte[] journal)
    {
        using var line = JsonDocument.Parse(Encoding.UTF8.GetString(journal).TrimEnd('\n').Split('\n')[^1]);
        return line.RootElement.GetProperty("event").GetString()!;
    }

    private static FakeCloud Cloud(bool answersLost)
    {
        var lost = new HashSet<string>();
        var cloud = new FakeCloud();
        if (answersLost) cloud.Faults = (operation, _) => operation is "CreateAccount" or "MoveAccount" or "CreateOrganizationalUnit" && lost.Add(operation) ? Fault.Lost(after: true) : null;
        cloud.AddAccount("old", "aws+old@example.com", cloud.AddUnit("Attic").Id);
        return cloud;
    }

    private static void AssertVended(FakeCloud cloud)
    {
        Assert.Equal(["/Workloads/Prod/pay", "/Workloads/Prod/shop", "/Workloads/old"], cloud.Organization().Accounts.Select(account => account.Path).Order(StringComparer.Ordinal));
        Assert.All(cloud.Accounts.Where(account => account.Name != "pay"), account => Assert.Equal("1", cloud.TagsOf(account.Id)["a"]));
        Assert.Equal(3, cloud.Units.Count);
    }
}
