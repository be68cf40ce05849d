namespace Guardrails.Cmdlets.Tests.Rollouts;

/// <summary>
/// A process that vends accounts over the wire is killed, while the organization lives on in another process; then a third process goes on
/// with its rollout.
/// </summary>
public sealed class KilledProcessTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    private const int AtOnce = 3;

    // Long enough for any machine under any load: it ends a test that hangs, and says nothing of how fast anything is.
    private const int Hung = 900_000;

    private const string Vend = """
        param($Url, $Requests)
        $null = Connect-Guardrail -EndpointUrl $Url
        New-GuardrailAccount -Path $Requests -CreateOrganizationalUnit
        """;

    private static readonly string Example = Path.Combine(Repository.Root, "examples", "resume.ps1");

    private const string Resume = """
        param($Url, $Requests)
        $null = Connect-Guardrail -EndpointUrl $Url
        foreach ($rollout in Get-GuardrailRollout) { "left $($rollout.State)" }
        foreach ($result in Get-GuardrailRollout | Resume-GuardrailRollout) { "resumed $($result.Status) $($result.Change.Id): $($result.Message)" }
        foreach ($rollout in Get-GuardrailRollout) { "then $($rollout.State) $($rollout.Done) of $($rollout.Changes)" }
        foreach ($result in New-GuardrailAccount -Path $Requests) { "again $($result.Outcome) $($result.Name): $($result.Message)" }
        """;

    private static readonly string[] Names = ["shop", "pay"];

    [Fact(Timeout = Hung)]
    public Task Killed_on_the_wire_before_or_after_a_call_has_its_effect_each_account_is_made_once_and_none_is_lost_or_failed() => AtEachAsync(
        TestContext.Current.CancellationToken,
        ("CreateOrganizationalUnit", 1, WireMoment.BetweenEffectAndAnswer),
        ("CreateAccount", 1, WireMoment.BeforeEffect),
        ("CreateAccount", 1, WireMoment.BetweenEffectAndAnswer),
        ("CreateAccount", 2, WireMoment.BeforeLateEffect),
        // The first listing is the planner's: what is under way already. From the second on the two creations are waited for.
        ("ListCreateAccountStatus", 2, WireMoment.BeforeEffect),
        ("MoveAccount", 1, WireMoment.BeforeEffect),
        ("MoveAccount", 2, WireMoment.BetweenEffectAndAnswer));

    [Fact(Timeout = Hung)]
    public Task Killed_as_soon_as_a_line_of_its_journal_is_on_the_disk_each_account_is_made_once_and_none_is_lost_or_failed() =>
        Task.WhenAll(new[] { 2, 7 }.Select(lines => KilledAndResumedAsync($"line{lines}", async (home, kill) =>
        {
            while (LinesOfJournal(home) < lines) await Task.Delay(1, TestContext.Current.CancellationToken);
            await kill();
        })));

    [Fact(Timeout = Hung)]
    public async Task A_tag_that_was_set_before_the_process_was_killed_is_found_and_not_set_again()
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        using var home = new TemporaryFolder();
        var tagCalls = 0;
        HostProcess? host = null;
        using var tap = new WireTap(sandbox.Endpoint, async (operation, moment) =>
        {
            if (operation != "TagResource" || moment != WireMoment.BetweenEffectAndAnswer || Interlocked.Increment(ref tagCalls) != 2) return false;
            await host!.KillAsync();
            return true;
        });
        host = Host(home, "$null = Connect-Guardrail -EndpointUrl $args[0]; Set-GuardrailAccount -Account management -Tags @{ Killed = 'yes' } -Adopt", tap.Endpoint.ToString());
        using (host) Assert.NotEqual(0, (await host.EndAsync()).ExitCode);
        Assert.Equal("yes", sandbox.TagOfManagement("Killed"));

        using var next = Host(home, "$null = Connect-Guardrail -EndpointUrl $args[0]; foreach ($r in Get-GuardrailRollout | Resume-GuardrailRollout) { $r.Status }", tap.Endpoint.ToString());
        var run = await next.EndAsync();
        Assert.Equal(("Done", "", 0), (run.Output.Trim(), run.Error, run.ExitCode));
        // The first marks the account as ours.
        Assert.Equal(2, tagCalls);
        Assert.Null(tap.Failure);
    }

    [Fact(Timeout = Hung)]
    public async Task The_example_goes_on_with_a_rollout_that_was_killed()
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        using var home = new TemporaryFolder();
        HostProcess? host = null;
        using var tap = new WireTap(sandbox.Endpoint, async (operation, moment) =>
        {
            if ((operation, moment) != ("CreateAccount", WireMoment.BetweenEffectAndAnswer) || host!.HasExited) return false;
            await host.KillAsync();
            return true;
        });
        var requests = home.Write("accounts.csv", "Name,Email,OrganizationalUnit\n" + string.Concat(Names.Select(account => $"{account},aws+{account}@example.example.com,/example\n")));
        var journal = home["vending.journal"];
        host = Host(home, "$null = Connect-Guardrail -EndpointUrl $args[0]; New-GuardrailAccount -Path $args[1] -CreateOrganizationalUnit -Journal $args[2]", tap.Endpoint.ToString(), requests, journal);
        using (host) Assert.NotEqual(0, (await host.EndAsync()).ExitCode);

        var resumed = await HostProcess.RunAsync(SandboxProcess.Environment(home.Path), Example, sandbox.Endpoint.ToString(), journal);
        Assert.Equal(("", 0), (resumed.Error, resumed.ExitCode));
        Assert.Contains("Interrupted", resumed.Output[..resumed.Output.IndexOf("The rest:", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("Completed", resumed.Output[resumed.Output.IndexOf("The rest:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var (paths, creations) = sandbox.Vended(email => email.EndsWith("@example.example.com", StringComparison.Ordinal));
        Assert.Equal(["/example/pay", "/example/shop"], paths);
        Assert.Equal(2, creations);
    }

    private async Task AtEachAsync(CancellationToken cancel, params (string Operation, int Nth, WireMoment Moment)[] points)
    {
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(points.Select(async (point, index) =>
        {
            await room.WaitAsync(cancel);
            try
            {
                await KilledAndResumedAsync($"wire{index}", point);
            }
            finally
            {
                room.Release();
            }
        }));
    }

    /// <summary>Kills the process at a moment of the nth call of an operation.</summary>
    private async Task KilledAndResumedAsync(string name, (string Operation, int Nth, WireMoment Moment) point)
    {
        var calls = 0;
        var killed = new TaskCompletionSource();
        Func<Task>? kill = null;
        using var tap = new WireTap(sandbox.Endpoint, async (operation, moment) =>
        {
            if ((operation, moment) != (point.Operation, point.Moment) || Interlocked.Increment(ref calls) != point.Nth) return false;
            await kill!();
            killed.SetResult();
            return true;
        });
        await KilledAndResumedAsync(name, async (_, how) =>
        {
            kill = how;
            await killed.Task.WaitAsync(TestContext.Current.CancellationToken);
        }, tap.Endpoint, point.ToString());
        Assert.Null(tap.Failure);
    }

    /// <param name="name">Of the organizational unit and of the emails, so that each point has accounts of its own in the one organization.</param>
    private async Task KilledAndResumedAsync(string name, Func<string, Func<Task>, Task> killAsync, Uri? endpoint = null, string? when = null)
    {
        using var home = new TemporaryFolder();
        var requests = home.Write("accounts.csv", "Name,Email,OrganizationalUnit\n" + string.Concat(Names.Select(account => $"{account},aws+{account}@{name}.example.com,/{name}\n")));
        var made = DateTime.UtcNow;
        HostRun vending;
        using (var host = HostProcess.Start([home.Write("vend.ps1", Vend), (endpoint ?? sandbox.Endpoint).ToString(), requests], SandboxProcess.Environment(home.Path)))
        {
            var ended = host.EndAsync();
            await Task.WhenAny(killAsync(home.Path, host.KillAsync), ended);
            Assert.False(ended.IsCompletedSuccessfully && ended.Result.ExitCode is 0 or 1, $"{name} {when}: the process ended before it could be killed: {(ended.IsCompleted ? ended.Result : null)}");
            vending = await ended;
        }

        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var resumed = await HostProcess.RunAsync(SandboxProcess.Environment(home.Path), home.Write("resume.ps1", Resume), sandbox.Endpoint.ToString(), requests);
        var said = $"{name} {when}, {(DateTime.UtcNow - made).TotalSeconds:F1} s\nkilled: {vending}\nresumed: {resumed}\njournal:\n{File.ReadAllText(JournalOf(home.Path)!)}";
        Assert.True(resumed is { ExitCode: 0, Error: "" }, said);
        var lines = resumed.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines[0] == "left Interrupted", said);
        Assert.True(lines.Where(line => line.StartsWith("resumed", StringComparison.Ordinal)).All(line => line.Split(' ')[1] is "Done" or "Unchanged"), said);
        Assert.True(lines.Any(line => line == "then Completed 5 of 5"), said);
        Assert.True(lines.Count(line => line.StartsWith("again Unchanged", StringComparison.Ordinal)) == Names.Length, said);
        var (paths, creations) = sandbox.Vended(email => email.EndsWith($"@{name}.example.com", StringComparison.Ordinal));
        Assert.True(paths.SequenceEqual([$"/{name}/pay", $"/{name}/shop"]), $"{string.Join(", ", paths)}\n{said}");
        Assert.True(creations == Names.Length, $"{creations} creations\n{said}");
    }

    private static HostProcess Host(TemporaryFolder home, string command, params string[] arguments) =>
        HostProcess.Start(["-Command", command, .. arguments], SandboxProcess.Environment(home.Path));

    private static string? JournalOf(string home) => Directory.Exists(home) ? Directory.EnumerateFiles(home, "*.journal", SearchOption.AllDirectories).FirstOrDefault() : null;

    private static int LinesOfJournal(string home)
    {
        if (JournalOf(home) is not { } path) return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Count(c => c == '\n');
    }
}
