using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

/// <summary>
/// A process that is killed before and after every write and flush of its journal, before every writing call and between its effect and its
/// answer, while the organization lives on in another process; and what goes on with its rollout.
/// </summary>
public sealed class KilledRolloutTests : IAsyncLifetime
{
    private const int AtOnce = 4;

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
        foreach (var moment in new[] { DyingFile.BeforeWrite, DyingFile.BeforeFlush, DyingFile.AfterFlush, DyingWire.BeforeEffect, DyingWire.BeforeAnswer })
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

    [Theory(Timeout = 240_000)]
    [InlineData(DyingFile.BeforeWrite, Lines)]
    [InlineData(DyingFile.BeforeFlush, Lines)]
    [InlineData(DyingFile.AfterFlush, Lines)]
    [InlineData(DyingWire.BeforeEffect, Calls)]
    [InlineData(DyingWire.BeforeAnswer, Calls)]
    public async Task Killed_at_each_point_and_resumed_each_account_is_made_once_and_none_is_lost_or_failed(string moment, int points)
    {
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(Enumerable.Range(1, points + 1).Select(async nth =>
        {
            await room.WaitAsync(TestContext.Current.CancellationToken);
            try
            {
                // One more than there are: then nothing is left to be killed at, and the count is right.
                await KilledAndResumedAsync(moment, nth, killed: nth <= points);
            }
            finally
            {
                room.Release();
            }
        }));
    }

    private async Task KilledAndResumedAsync(string moment, int nth, bool killed)
    {
        var scope = new CallScope(TestContext.Current.CancellationToken);
        var name = NameOf(moment, nth);
        var journal = Path.Combine(_folder, name + ".journal");
        using var process = Program.StartVending(_server.Endpoint, journal, name, moment, nth);
        var said = process.StandardError.ReadToEndAsync(scope.Cancel);
        await process.WaitForExitAsync(scope.Cancel);
        Assert.True(killed ? process.ExitCode != 0 : process.ExitCode == 0, $"{name}: {process.ExitCode} {await said}");

        if (!File.Exists(journal)) return;
        var planned = RolloutStore.History(journal).Planned is not null;
        var results = await KilledRollout.ResumeAsync(_server.Endpoint, journal, scope);
        Assert.All(results, result => Assert.True(result.Holds, $"{name}: {result.Change.Id} {result.Status} {result.Message}"));
        if (!planned) return;
        Assert.True(RolloutStore.Read(journal) is { State: RolloutState.Completed, Done: 5, Failed: 0 }, $"{name}: {File.ReadAllText(journal)}");
        _server.Sandbox.Read(state =>
        {
            var unit = Assert.Single(state.Units, unit => unit.Name == name);
            Assert.Equal(unit, Assert.Single(state.Accounts, account => account.Email == KilledRollout.EmailOf(name, "shop")).Parent);
            var old = Assert.Single(state.Accounts, account => account.Email == KilledRollout.EmailOf(name, "old"));
            Assert.Equal(unit, old.Parent);
            Assert.Equal("1", old.Tags["a"]);
            Assert.Single(state.Creations, creation => creation.Email == KilledRollout.EmailOf(name, "shop"));
            return true;
        });
    }

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
