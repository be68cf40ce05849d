namespace Guardrails.Cmdlets.Tests;

public sealed class SandboxCmdletTests(Engine engine) : IClassFixture<Engine>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Sandbox => _folder["company.sandbox"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_sandbox_has_its_management_account_only()
    {
        var made = engine.Run("New-GuardrailSandbox -Path $args[0]", Sandbox).Single;
        Assert.Equal(1, made.Properties["AccountCount"].Value);
        Assert.Equal(0, made.Properties["OrganizationalUnitCount"].Value);
        Assert.Equal(Sandbox, made.Properties["Path"].Value);
        Assert.Equal([Sandbox], Directory.GetFiles(_folder.Path));
        Assert.Contains("company.sandbox", engine.Show("New-GuardrailSandbox -Path $args[0] -Force", Sandbox), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_organization()
    {
        var script = "$null = New-GuardrailSandbox $args[0] -AccountCount 20 -OrganizationalUnitCount 5 -PolicyCount 3 -Seed 5; $null = Connect-Guardrail -Sandbox $args[0]; Get-GuardrailAccount";
        var one = engine.Run(script, _folder["one"]).Texts("Arn").ToList();
        var other = engine.Run(script, _folder["other"]).Texts("Arn").ToList();
        Assert.Equal(20, one.Count);
        Assert.Equal(one, other);
        engine.Run("Disconnect-Guardrail").ThrowOnError();
    }

    [Fact]
    public void A_sandbox_that_is_there_is_overwritten_only_with_Force()
    {
        engine.Run("$null = New-GuardrailSandbox $args[0]", Sandbox).ThrowOnError();
        var before = File.ReadAllText(Sandbox);
        engine.Run("New-GuardrailSandbox $args[0] -AccountCount 3", Sandbox).Error("FileExists");
        Assert.Empty(engine.Run("New-GuardrailSandbox $args[0] -AccountCount 3 -Force -WhatIf", Sandbox).ThrowOnError().Output);
        Assert.Equal(before, File.ReadAllText(Sandbox));
        Assert.Equal(3, engine.Run("New-GuardrailSandbox $args[0] -AccountCount 3 -Force", Sandbox).Single.Properties["AccountCount"].Value);
    }

    [Fact]
    public async Task A_served_sandbox_answers_another_process_until_it_is_stopped()
    {
        engine.Run("$null = New-GuardrailSandbox $args[0] -AccountCount 7", Sandbox).ThrowOnError();
        var server = engine.Run("Start-GuardrailSandbox $args[0] -AccountCreationSeconds 0", Sandbox).Single;
        var uri = server.Properties["Uri"].Value.ToString()!;
        Assert.StartsWith("http://127.0.0.1:", uri, StringComparison.Ordinal);
        Assert.Contains(uri, engine.Show("$args[0]", server), StringComparison.Ordinal);

        var environment = new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "any", ["HOME"] = _folder.Path };
        var run = await HostProcess.RunAsync(environment, "-Command", "$null = Connect-Guardrail -EndpointUrl $args[0] -Region us-east-1; (Get-GuardrailAccount).Count", uri);
        Assert.Equal("7", run.Output.Trim());

        engine.Run("Stop-GuardrailSandbox -WhatIf").ThrowOnError();
        Assert.Equal(true, server.Properties["Running"].Value);
        engine.Run("$args[0] | Stop-GuardrailSandbox", server).ThrowOnError();
        Assert.Equal(false, server.Properties["Running"].Value);
        engine.Run("Stop-GuardrailSandbox").ThrowOnError();
        engine.Run("$null = Connect-Guardrail -Sandbox $args[0]; Disconnect-Guardrail", Sandbox).ThrowOnError();
    }

    [Fact]
    public void A_port_that_is_taken_is_one_clear_error()
    {
        engine.Run("$null = New-GuardrailSandbox $args[0]; $null = New-GuardrailSandbox $args[1]", _folder["a"], _folder["b"]).ThrowOnError();
        var port = engine.Run("(Start-GuardrailSandbox $args[0]).Port", _folder["a"]).Single.BaseObject;
        var error = engine.Run("Start-GuardrailSandbox $args[0] -Port $args[1]", _folder["b"], port).Error("SandboxUnusable");
        Assert.Contains(port.ToString()!, error.ToString(), StringComparison.Ordinal);
        engine.Run("Stop-GuardrailSandbox").ThrowOnError();
    }

    [Fact]
    public void The_end_of_a_session_stops_what_it_serves()
    {
        engine.Run("$null = New-GuardrailSandbox $args[0]", Sandbox).ThrowOnError();
        using (var other = new Engine()) other.Run("$null = Start-GuardrailSandbox $args[0]", Sandbox).ThrowOnError();
        engine.Run("$null = Connect-Guardrail -Sandbox $args[0]; Disconnect-Guardrail", Sandbox).ThrowOnError();
    }

    [Fact]
    public async Task Nothing_is_written_but_the_files_that_were_named()
    {
        var (home, temporary) = (Directory.CreateDirectory(_folder["home"]).FullName, Directory.CreateDirectory(_folder["tmp"]).FullName);
        var work = Directory.CreateDirectory(_folder["work"]).FullName;
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
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        var script = _folder.Write("runbook.ps1", """
            param($Work)
            $null = New-GuardrailSandbox "$Work/a.sandbox" -AccountCount 5 -OrganizationalUnitCount 2
            $null = Connect-Guardrail -Sandbox "$Work/a.sandbox"
            $null = Get-GuardrailAccount -Tag x
            $null = Export-GuardrailSnapshot "$Work/a.json"
            Compare-GuardrailSnapshot "$Work/a.json"
            Disconnect-Guardrail
            $null = Start-GuardrailSandbox "$Work/a.sandbox"
            Stop-GuardrailSandbox
            'done'
            """);
        var run = await HostProcess.RunAsync(environment, script, work);
        Assert.Equal("done", run.Output.Trim());
        Assert.Equal(["a.json", "a.sandbox"], Directory.EnumerateFiles(work).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
    }
}
