namespace Guardrails.Cmdlets.Tests;

public sealed class HostTests
{
    private static readonly string[] EnginesOwn =
    [
        "home", "tmp", "home/.cache", "home/.cache/powershell", "home/.local", "home/.local/share", "home/.local/share/powershell", "home/.local/share/powershell/Modules",
    ];

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit 0", 0)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("if (", 1)]
    [InlineData("Connect-Guardrail -Sandbox ./no-such-file", 1)]
    public async Task The_exit_code_is_the_runbooks(string script, int expected)
    {
        using var folder = new TemporaryFolder();
        var runs = await Task.WhenAll(HostProcess.RunAsync(folder.Write("runbook.ps1", script)), HostProcess.RunAsync("-Command", script));
        Assert.All(runs, run => Assert.Equal(expected, run.ExitCode));
        Assert.All(runs, run => Assert.Equal(expected == 1, run.Error.Length > 0));
    }

    [Fact]
    public async Task Without_a_runbook_it_explains_itself()
    {
        var run = await HostProcess.RunAsync();
        Assert.Equal(64, run.ExitCode);
        Assert.StartsWith("Usage:", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_runbook_that_is_not_there_is_named()
    {
        var run = await HostProcess.RunAsync("no-such-runbook.ps1");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(Path.GetFullPath("no-such-runbook.ps1"), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_reach_the_runbook_by_name_and_by_position()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("with [brackets].ps1", """
            param([string] $Name, [switch] $Loud, [switch] $Quiet, [int] $Count, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name|$Loud|$Quiet|$Count|$Rest|$PSScriptRoot"
            """);
        var run = await HostProcess.RunAsync(script, "-Name", "a b", "-Loud", "-Quiet:$false", "5", "-3", "*");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"a b|True|False|5|-3 *|{folder.Path}", run.Output.TrimEnd());
    }

    [Fact]
    public async Task Errors_go_to_standard_error_and_output_to_standard_output_without_colour()
    {
        using var folder = new TemporaryFolder();
        var run = await HostProcess.RunAsync(folder.Write("runbook.ps1", """
            $ErrorActionPreference = 'Continue'
            "$($PSStyle.Foreground.Red)before$($PSStyle.Reset)"
            Get-Command no-such-command
            $null = Get-GuardrailConnection -Verbose
            'after'
            """));
        Assert.Equal("before\nafter\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Contains("no-such-command", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_question_is_an_error_that_says_what_to_give()
    {
        var run = await HostProcess.RunAsync("-Command", "function Remove-It { [CmdletBinding(SupportsShouldProcess)] param() $PSCmdlet.ShouldProcess('it') }; Remove-It -Confirm");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("-Confirm:$false", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_the_runbook_and_its_finally_block_runs(string signal, int expected)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There is no kill on Windows.");
        using var folder = new TemporaryFolder();
        var script = folder.Write("runbook.ps1", """
            param($Mark)
            try { 'running'; while ($true) { [Threading.Thread]::Sleep(20) } }
            finally { [IO.File]::WriteAllText($Mark, 'bookkeeping done') }
            """);
        using var host = HostProcess.Start([script, folder["mark"]]);
        await host.WaitForAsync("running");
        await host.SignalAsync(signal);
        var run = await host.EndAsync();
        Assert.Equal(expected, run.ExitCode);
        Assert.Equal("bookkeeping done", await File.ReadAllTextAsync(folder["mark"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ctrl_C_waits_until_the_journal_of_a_rollout_is_closed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There is no kill on Windows.");
        using var folder = new TemporaryFolder();
        // Creations take an hour: the cmdlet waits for them when the signal comes.
        var script = folder.Write("runbook.ps1", """
            param($Folder)
            $null = New-GuardrailSandbox "$Folder/a.sandbox"
            $server = Start-GuardrailSandbox "$Folder/a.sandbox" -AccountCreationSeconds 3600
            $env:AWS_ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'; $env:AWS_SECRET_ACCESS_KEY = 'any'
            $null = Connect-Guardrail -EndpointUrl $server.Uri -Region us-east-1
            'running'
            New-GuardrailAccount -Name shop -Email aws+shop@example.com -Journal "$Folder/a.journal" -Confirm:$false
            """);
        using var host = HostProcess.Start([script, folder.Path]);
        await host.WaitForAsync("running");
        while (!File.Exists(folder["a.journal"]) || !ReadShared(folder["a.journal"]).Contains("requestId", StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await host.SignalAsync("INT");
        Assert.Equal(130, (await host.EndAsync()).ExitCode);
        var lines = ReadShared(folder["a.journal"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.Contains("\"event\":\"ended\"", StringComparison.Ordinal) && line.Contains("\"status\":\"Stopped\"", StringComparison.Ordinal));
        Assert.Contains("\"event\":\"closed\"", lines[^1], StringComparison.Ordinal);
    }

    private static string ReadShared(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd();
    }

    [Fact]
    public async Task Nothing_is_written_to_home_or_to_the_temporary_folder()
    {
        using var folder = new TemporaryFolder();
        var (home, temporary) = (Directory.CreateDirectory(folder["home"]).FullName, Directory.CreateDirectory(folder["tmp"]).FullName);
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["USERPROFILE"] = home,
            ["XDG_CACHE_HOME"] = "",
            ["XDG_DATA_HOME"] = "",
            ["XDG_CONFIG_HOME"] = "",
            ["TMPDIR"] = temporary,
            ["TEMP"] = temporary,
            ["TMP"] = temporary,
            // The runtime's own debugger and tracing pipes, which every .NET program has.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        var run = await HostProcess.RunAsync(environment, "-Command", "Get-GuardrailConnection; $null = Get-Help Get-GuardrailConnection; 'done'");
        Assert.Equal("done", run.Output.TrimEnd());
        // The engine makes these folders, empty, as pwsh does.
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories),
            path => File.Exists(path) || !EnginesOwn.Contains(Path.GetRelativePath(folder.Path, path)));
    }
}
