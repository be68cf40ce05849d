using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

/// <summary>
/// A process that is killed before and after every write and flush of its journal, before every writing call and between its effect and its
/// answer, while the organization lives on in another process; and what goes on with its rollout.
/// </summary>
public sealed class KilledRolloutTests : IAsyncLifetime
{
    private const int AtOnce = 4;

    // Ends a test that hangs; says nothing of how fast anything is.
    private const int Hung = 900_000;
    private const string Again = "again-";

    // The rollout is opened and planned; each of its five changes is announced, answered and ended; then it is closed.
    private const int Lines = 18;
    private const int Calls = 5;
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-killed-").FullName;
    private SandboxServer _server = null!;

    public ValueTask InitializeAsync()
    {
        var path = Path.Combine(_folder, "organization.json");
        var state = NewOrganization.Empty(1, DateTimeOffset.UtcNow);
        state.AccountQuota = 1000;
        string[] moments = [DyingFile.BeforeWrite, DyingFile.BeforeFlush, DyingFile.AfterFlush, DyingWire.BeforeEffect, DyingWire.BeforeAnswer, Again + DyingWire.BeforeEffect, Again + DyingWire.BeforeAnswer];
        foreach (var moment in moments)
            for (var nth = 1; nth <= Lines + 1; nth++) AddOld(state, NameOf(moment, nth));
        Guardrails.Sandbox.Sandbox.Create(path, state);
        _server = SandboxServer.Start(path, options: new SandboxOptions { AccountCreationTime = TimeSpan.FromMilliseconds(100), Throttling = false });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    [Theory(Timeout = Hung)]
    [InlineData(DyingFile.BeforeWrite, Lines)]
    [InlineData(DyingFile.BeforeFlush, Lines)]
    [InlineData(DyingFile.AfterFlush, Lines)]
    [InlineData(DyingWire.BeforeEffect, Calls)]
    [InlineData(DyingWire.BeforeAnswer, Calls)]
    public Task Killed_at_each_point_and_resumed_each_account_is_made_once_and_none_is_lost_or_failed(string moment, int points) => AtEachAsync(points, async nth =>
    {
        var name = NameOf(moment, nth);
        var journal = await KilledAsync(name, moment, nth, points);
        if (!File.Exists(journal)) return;
        var planned = RolloutStore.History(journal).Planned is not null;
        var results = await KilledRollout.ResumeAsync(_server.Endpoint, journal, new CallScope(TestContext.Current.CancellationToken));
        Assert.All(results, result => Assert.True(result.Holds, $"{name}: {result.Change.Id} {result.Status} {result.Message}"));
        if (!planned) return;
        Assert.True(RolloutStore.Read(journal) is { State: RolloutState.Completed, Done: 5, Failed: 0 }, $"{name}: {File.ReadAllText(journal)}");
        EachIsThereOnce(name);
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = Hung)]
    [InlineData(DyingWire.BeforeEffect)]
    [InlineData(DyingWire.BeforeAnswer)]
    public Task Killed_at_each_call_and_run_again_from_another_machine_each_account_is_made_once_and_none_is_failed(string moment) => AtEachAsync(Calls, async nth =>
    {
        var name = NameOf(Again + moment, nth);
        File.Delete(await KilledAsync(name, moment, nth, Calls));
        // It knows nothing of the first one: its state folder is another, and it ends in an error where any row is in trouble.
        foreach (var machine in new[] { "second", "third" })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, name, machine)).FullName;
            await KilledRollout.RunAsync(_server.Endpoint, Path.Combine(folder, "vending.journal"), name, "never", 0);
        }
        EachIsThereOnce(name);
    }, TestContext.Current.CancellationToken);

    /// <summary>One more than there are points: then nothing is left to be killed at, and the count is right.</summary>
    private static async Task AtEachAsync(int points, Func<int, Task> work, CancellationToken cancel)
    {
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(Enumerable.Range(1, points + 1).Select(async nth =>
        {
            await room.WaitAsync(cancel);
            try
            {
                await work(nth);
            }
            finally
            {
                room.Release();
            }
        }));
    }

    /// <summary>The journal of a process that was killed at a point, or ended where there is none.</summary>
    private async Task<string> KilledAsync(string name, string moment, int nth, int points)
    {
        var journal = Path.Combine(_folder, name + ".journal");
        using var process = Program.StartVending(_server.Endpoint, journal, name, moment, nth);
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(nth <= points ? process.ExitCode != 0 : process.ExitCode == 0, $"{name}: {process.ExitCode} {await said}");
        return journal;
    }

    private void EachIsThereOnce(string name) => _server.Sandbox.Read(state =>
    {
        var unit = Assert.Single(state.Units, unit => unit.Name == name);
        Assert.Equal(unit, Assert.Single(state.Accounts, account => account.Email == KilledRollout.EmailOf(name, "shop")).Parent);
        var old = Assert.Single(state.Accounts, account => account.Email == KilledRollout.EmailOf(name, "old"));
        Assert.Equal(unit, old.Parent);
        Assert.Equal("1", old.Tags["a"]);
        Assert.Single(state.Creations, creation => creation.Email == KilledRollout.EmailOf(name, "shop"));
        return true;
    });

    private static string NameOf(string moment, int nth) => $"{moment}-{nth}";

    private static void AddOld(OrganizationState state, string name)
    {
        var id = state.Unused(state.Ids.Account);
        var account = new AccountEntity
        {
            Sequence = state.Ids.NextSequence(),
            Id = id,
            Arn = state.Arn("account", id),
            Name = "old",
            Email = KilledRollout.EmailOf(name, "old"),
            JoinedMethod = "CREATED",
            Joined = DateTimeOffset.UnixEpoch,
            State = "ACTIVE",
            ActiveAt = DateTimeOffset.UnixEpoch,
            UsableAt = DateTimeOffset.UnixEpoch,
        };
        foreach (var (key, value) in Ownership.Tags) account.Tags[key] = value;
        state.Add(account, state.Root);
    }
}
