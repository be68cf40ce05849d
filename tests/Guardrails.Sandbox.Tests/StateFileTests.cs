using System.Diagnostics;
using System.Text;
using CsCheck;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class StateFileTests
{
    [Fact]
    public async Task What_was_answered_is_in_the_file_and_comes_back()
    {
        using var sandbox = new TestSandbox();
        await CreateUnitAsync(sandbox, "kept");
        // Another reader of the file, while it is open: the answer has left, so it is there.
        Assert.Equal("kept", SandboxFile.Read(sandbox.Path).State.Units.Single().Name);
        sandbox.Sandbox.Dispose();
        using var again = Sandbox.Open(sandbox.Path);
        Assert.Equal("kept", again.Read(state => state.Units.Single().Name));
    }

    [Fact]
    public async Task Reading_and_refused_calls_write_nothing()
    {
        using var sandbox = new TestSandbox();
        var before = File.ReadAllBytes(sandbox.Path);
        await sandbox.CallAsync("ListAccounts");
        await sandbox.CallAsync("CreateOrganizationalUnit", """{"ParentId":"r-zzzz","Name":"x"}""");
        await sandbox.SendAsync(TestSandbox.StsRequest("Action=GetCallerIdentity"));
        Assert.Equal(0, sandbox.Sandbox.Saves);
        sandbox.Sandbox.Dispose();
        Assert.Equal(before, File.ReadAllBytes(sandbox.Path));
    }

    [Fact]
    public async Task Calls_that_wait_at_the_same_time_share_saves_and_all_are_durable()
    {
        using var sandbox = new TestSandbox();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (i, _) =>
        {
            await CreateUnitAsync(sandbox, $"unit-{i}");
            // Each answer is durable when it arrives, not only when all are there.
            if (i % 20 == 0) Assert.Contains(SandboxFile.Read(sandbox.Path).State.Units, unit => unit.Name == $"unit-{i}");
        });
        Assert.InRange(sandbox.Sandbox.Saves, 1, 199);
        Assert.Equal(200, SandboxFile.Read(sandbox.Path).State.Units.Count);
    }

    [Fact]
    public async Task The_folder_holds_the_state_file_alone_once_it_is_closed()
    {
        using var sandbox = new TestSandbox();
        await CreateUnitAsync(sandbox, "a");
        Assert.Equal(["org.sandbox.json", "org.sandbox.json.lock"], Files(sandbox));
        sandbox.Sandbox.Dispose();
        Assert.Equal(["org.sandbox.json"], Files(sandbox));
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows files take the folder's permissions.");
            return;
        }
        using var sandbox = new TestSandbox();
        File.SetUnixFileMode(sandbox.Path, (UnixFileMode)0b110_100_100);
        await CreateUnitAsync(sandbox, "a");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sandbox.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SandboxLock.PathOf(sandbox.Path)));
    }

    [Fact]
    public async Task A_link_to_the_file_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var sandbox = new TestSandbox();
        var link = Path.Combine(sandbox.Folder, "link.json");
        File.CreateSymbolicLink(link, sandbox.Path);
        using var through = Sandbox.Open(link);
        Assert.Equal(sandbox.Sandbox.Path, through.Path);
        await CreateUnitAsync(sandbox, "a");
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task A_crash_between_writing_and_renaming_leaves_the_state_before()
    {
        using var sandbox = new TestSandbox();
        await CreateUnitAsync(sandbox, "before");
        sandbox.Sandbox.Dispose();
        File.WriteAllText(SandboxFile.TemporaryPath(sandbox.Path), """{"format":"guardrails-sandbox/1","ti""");
        using var again = Sandbox.Open(sandbox.Path);
        Assert.Equal("before", again.Read(state => state.Units.Single().Name));
        Assert.False(File.Exists(SandboxFile.TemporaryPath(sandbox.Path)));
    }

    [Fact]
    public async Task A_save_that_fails_is_an_error_to_the_caller_and_the_next_one_saves_all()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Blocks the temporary file by a folder of its name.");
        using var sandbox = new TestSandbox();
        var block = Directory.CreateDirectory(SandboxFile.TemporaryPath(sandbox.Path));
        var failed = await CreateUnitAsync(sandbox, "a");
        Assert.Equal("ServiceException", failed.Code);
        Assert.Contains("The sandbox failed in CreateOrganizationalUnit", failed.Message);
        Assert.Empty(SandboxFile.Read(sandbox.Path).State.Units);
        block.Delete();
        Assert.Null((await CreateUnitAsync(sandbox, "b")).Code);
        Assert.Equal(2, SandboxFile.Read(sandbox.Path).State.Units.Count);
    }

    [Fact]
    public async Task A_file_that_is_cut_or_changed_anywhere_is_damaged_or_still_whole_never_anything_else()
    {
        using var sandbox = new TestSandbox();
        await CreateUnitAsync(sandbox, "a");
        await sandbox.CallAsync("CreateAccount", """{"AccountName":"shop","Email":"shop@example.com","Tags":[{"Key":"a","Value":"b"}]}""");
        sandbox.Sandbox.Dispose();
        var whole = File.ReadAllBytes(sandbox.Path);
        var copy = Path.Combine(sandbox.Folder, "copy.json");

        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 200)) Check(whole[..length], mustFail: true);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, (at, value) =>
        {
            var changed = (byte[])whole.Clone();
            changed[at] = value;
            return changed;
        }).Sample(changed => Check(changed, mustFail: false), iter: 300, threads: 1);

        // Each member removed, nulled and of another type, at every depth.
        var text = Encoding.UTF8.GetString(whole);
        foreach (var at in Enumerable.Range(0, text.Length).Where(i => text[i] == ':' && text[i - 1] == '"'))
            foreach (var other in (string[])["null", "[]", "{}", "\"x\"", "-1", "true"])
                Check(Encoding.UTF8.GetBytes(ReplaceValue(text, at + 1, other)), mustFail: false);

        void Check(byte[] content, bool mustFail)
        {
            File.WriteAllBytes(copy, content);
            try
            {
                using var opened = Sandbox.Open(copy);
                opened.Read(state => state.Accounts.Count);
                Assert.False(mustFail, "A cut file was opened.");
            }
            catch (SandboxException e)
            {
                Assert.Contains(e.Problem, (SandboxProblem[])[SandboxProblem.Damaged, SandboxProblem.NewerVersion]);
                Assert.Contains(copy, e.Message);
            }
            Assert.Equal(content, File.ReadAllBytes(copy));
        }
    }

    [Theory]
    [InlineData("guardrails-sandbox/2", SandboxProblemName.NewerVersion, "Update the module")]
    [InlineData("guardrails-sandbox/1.1", SandboxProblemName.NewerVersion, "Update the module")]
    [InlineData("something-else/1", SandboxProblemName.Damaged, "is not a sandbox file")]
    public void Another_format_is_refused_and_nothing_is_lost(string format, SandboxProblemName problem, string text)
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Dispose();
        var content = File.ReadAllText(sandbox.Path).Replace("guardrails-sandbox/1", format, StringComparison.Ordinal);
        File.WriteAllText(sandbox.Path, content);
        var error = Assert.Throws<SandboxException>(() => Sandbox.Open(sandbox.Path));
        Assert.Equal(problem.ToString(), error.Problem.ToString());
        Assert.Contains(text, error.Message);
        Assert.Equal(content, File.ReadAllText(sandbox.Path));
        Assert.Equal(["org.sandbox.json"], Files(sandbox));
    }

    [Fact]
    public void A_missing_file_a_missing_folder_a_folder_and_an_existing_file_have_each_their_error()
    {
        using var sandbox = new TestSandbox();
        Assert.Equal(SandboxProblem.NotFound, Assert.Throws<SandboxException>(() => Sandbox.Open(Path.Combine(sandbox.Folder, "none.json"))).Problem);
        Assert.Equal(SandboxProblem.NotFound, Assert.Throws<SandboxException>(() => Sandbox.Open(Path.Combine(sandbox.Folder, "none", "none.json"))).Problem);
        Assert.Equal(SandboxProblem.Unusable, Assert.Throws<SandboxException>(() => Sandbox.Open(sandbox.Folder)).Problem);
        Assert.Equal(SandboxProblem.AlreadyExists, Assert.Throws<SandboxException>(() => Sandbox.Create(sandbox.Path, TestSandbox.NewState())).Problem);
        sandbox.Sandbox.Dispose();
        Assert.Equal(SandboxProblem.AlreadyExists, Assert.Throws<SandboxException>(() => Sandbox.Create(sandbox.Path, TestSandbox.NewState())).Problem);
        Sandbox.Create(sandbox.Path, TestSandbox.NewState(founded: false), overwrite: true);
        Assert.Null(SandboxFile.Read(sandbox.Path).State.Organization);
    }

    [Fact]
    public async Task Opens_of_one_path_in_a_process_share_the_sandbox_until_the_last_is_closed()
    {
        using var sandbox = new TestSandbox();
        var second = Sandbox.Open(Path.Combine(sandbox.Folder, ".", "org.sandbox.json"));
        await CreateUnitAsync(sandbox, "a");
        Assert.Same(sandbox.Sandbox.Clock, second.Clock);
        Assert.Equal(1, second.Read(state => state.Units.Count));
        second.Dispose();
        second.Dispose();
        Assert.Null((await CreateUnitAsync(sandbox, "b")).Code);
        Assert.Throws<ObjectDisposedException>(second.CreateHandler);
        var error = Assert.Throws<SandboxException>(() => Sandbox.Open(sandbox.Path, new SandboxOptions { RealTime = true }));
        Assert.Equal(SandboxProblem.Unusable, error.Problem);
    }

    [Fact]
    public void Time_goes_on_where_the_file_ended()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Dispose();
        var future = DateTimeOffset.UtcNow.AddYears(1);
        Sandbox.Create(sandbox.Path, TestSandbox.NewState(), future, overwrite: true);
        using (var inVirtualTime = Sandbox.Open(sandbox.Path)) Assert.Equal(future, inVirtualTime.Clock.GetUtcNow());
        using var inRealTime = Sandbox.Open(sandbox.Path, new SandboxOptions { RealTime = true });
        Assert.InRange(inRealTime.Clock.GetUtcNow(), future, future.AddMinutes(1));
    }

    [Fact]
    public async Task Another_process_is_refused_and_told_who_has_it_and_since_when()
    {
        using var sandbox = new TestSandbox();
        sandbox.Sandbox.Dispose();
        using var other = Program.StartHolding(sandbox.Path);
        Assert.Equal("open", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        var error = Assert.Throws<SandboxException>(() => Sandbox.Open(sandbox.Path));
        Assert.Equal(SandboxProblem.Locked, error.Problem);
        Assert.Matches($@"is open in process {other.Id} since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", error.Message);
        error = Assert.Throws<SandboxException>(() => Sandbox.Create(sandbox.Path, TestSandbox.NewState(), overwrite: true));
        Assert.Equal(SandboxProblem.Locked, error.Problem);

        // The lock ends with its process, however that ends.
        other.Kill();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var mine = Sandbox.Open(sandbox.Path);
        Assert.Equal("management", mine.Read(state => state.ManagementAccountName));
    }

    [Fact]
    public void Of_many_who_take_the_lock_at_once_one_has_it()
    {
        var folder = Directory.CreateTempSubdirectory("guardrails-lock-").FullName;
        var path = Path.Combine(folder, "a.json");
        var holders = 0;
        var taken = 0;
        var watch = Stopwatch.StartNew();
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 200 && watch.Elapsed < TimeSpan.FromSeconds(10); i++)
            {
                try
                {
                    using (SandboxLock.Take(path, DateTimeOffset.UtcNow))
                    {
                        Assert.Equal(1, Interlocked.Increment(ref holders));
                        Interlocked.Increment(ref taken);
                        Thread.Yield();
                        Interlocked.Decrement(ref holders);
                    }
                }
                catch (SandboxException e)
                {
                    Assert.Equal(SandboxProblem.Locked, e.Problem);
                }
            }
        });
        Assert.True(taken > 8, $"taken {taken} times");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary><see cref="SandboxProblem"/> for the data of a public test.</summary>
    public enum SandboxProblemName
    {
        NewerVersion,
        Damaged,
    }

    private static string[] Files(TestSandbox sandbox) =>
        [.. Directory.GetFileSystemEntries(sandbox.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    private static Task<Answer> CreateUnitAsync(TestSandbox sandbox, string name) =>
        sandbox.CallAsync("CreateOrganizationalUnit", $$"""{"ParentId":"{{sandbox.Sandbox.Read(state => state.Root.Id)}}","Name":"{{name}}"}""");

    /// <summary>The JSON text with the value that begins at a place replaced.</summary>
    private static string ReplaceValue(string text, int at, string other)
    {
        var reader = new System.Text.Json.Utf8JsonReader(Encoding.UTF8.GetBytes(text[at..]));
        reader.Read();
        reader.Skip();
        return string.Concat(text.AsSpan(0, at), other, text.AsSpan(at + (int)reader.BytesConsumed));
    }
}
