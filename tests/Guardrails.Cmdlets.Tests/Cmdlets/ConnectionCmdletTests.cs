using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets.Tests;

public sealed class ConnectionCmdletTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Sandbox
    {
        get
        {
            var path = _folder["company.sandbox"];
            if (File.Exists(path)) return path;
            using var engine = new Engine();
            engine.Run("New-GuardrailSandbox $args[0]", path).ThrowOnError();
            return path;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_connection_says_who_asks_and_where()
    {
        using var engine = new Engine();
        var connection = engine.Run("Connect-Guardrail -Sandbox $args[0]", Sandbox).Single;
        Assert.Equal("ManagementAccount", connection.Properties["Role"].Value.ToString());
        Assert.Equal(Sandbox, connection.Properties["Sandbox"].Value);
        Assert.Same(connection.BaseObject, engine.Run("Get-GuardrailConnection").Single.BaseObject);
        Assert.Contains(Sandbox, engine.Show("Get-GuardrailConnection"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_connection_nothing_is_returned_and_cmdlets_say_what_to_do()
    {
        using var engine = new Engine();
        Assert.Empty(engine.Run("Get-GuardrailConnection").ThrowOnError().Output);
        engine.Run("Disconnect-Guardrail").ThrowOnError();
        var error = engine.Run("Get-GuardrailAccount").Error("NotConnected");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Contains("Connect-Guardrail", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_connection_is_refused()
    {
        using var engine = new Engine();
        engine.Run("$global:c = Connect-Guardrail -Sandbox $args[0]; Disconnect-Guardrail", Sandbox).ThrowOnError();
        Assert.Empty(engine.Run("Get-GuardrailConnection").ThrowOnError().Output);
        engine.Run("Get-GuardrailAccount -Connection $c").Error("ConnectionClosed");
    }

    [Fact]
    public void Each_runspace_has_its_own_connection()
    {
        using var one = new Engine();
        using var other = new Engine();
        one.Run("$null = Connect-Guardrail -Sandbox $args[0]", Sandbox).ThrowOnError();
        Assert.Empty(other.Run("Get-GuardrailConnection").ThrowOnError().Output);
    }

    [Fact]
    public async Task Runspaces_work_on_one_connection_in_parallel()
    {
        using var one = new Engine();
        var connection = one.Run("Connect-Guardrail -Sandbox $args[0]", Sandbox).Single.BaseObject;
        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            using var engine = new Engine();
            return engine.Run("Get-GuardrailAccount -Connection $args[0] -Refresh", connection).ThrowOnError().Output.Count;
        })));
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task The_end_of_a_session_gives_the_sandbox_free()
    {
        using (var engine = new Engine()) engine.Run("$null = Connect-Guardrail -Sandbox $args[0]", Sandbox).ThrowOnError();
        var run = await HostProcess.RunAsync("-Command", "(Connect-Guardrail -Sandbox $args[0]).Role", Sandbox);
        Assert.Equal("ManagementAccount", run.Output.Trim());
    }

    [Fact]
    public async Task A_sandbox_that_another_process_uses_is_refused()
    {
        using var engine = new Engine();
        engine.Run("$null = Connect-Guardrail -Sandbox $args[0]", Sandbox).ThrowOnError();
        var run = await HostProcess.RunAsync("-Command", "try { Connect-Guardrail -Sandbox $args[0] } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }", Sandbox);
        Assert.Contains("SandboxLocked,", run.Output, StringComparison.Ordinal);
        Assert.Contains("Disconnect-Guardrail", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sandbox_file_that_is_missing_damaged_or_newer_is_one_clear_error_and_stays_as_it_is()
    {
        using var engine = new Engine();
        engine.Run("Connect-Guardrail -Sandbox $args[0]", _folder["no-such-file"]).Error("FileNotFound");

        var whole = File.ReadAllText(Sandbox);
        var damaged = _folder.Write("damaged.sandbox", whole[..(whole.Length / 2)]);
        engine.Run("Connect-Guardrail -Sandbox $args[0]", damaged).Error("SandboxDamaged");
        Assert.Equal(whole[..(whole.Length / 2)], File.ReadAllText(damaged));

        Assert.Contains("guardrails-sandbox/1", whole, StringComparison.Ordinal);
        var newer = _folder.Write("newer.sandbox", whole.Replace("guardrails-sandbox/1", "guardrails-sandbox/2", StringComparison.Ordinal));
        engine.Run("Connect-Guardrail -Sandbox $args[0]", newer).Error("SandboxTooNew");
    }

    [Fact]
    public void An_external_id_without_a_role_is_refused()
    {
        using var engine = new Engine();
        Assert.Contains("-ExternalId", engine.Run("Connect-Guardrail -Sandbox $args[0] -ExternalId x", Sandbox).Error("RoleMissing").ToString(), StringComparison.Ordinal);
        Assert.Contains("-RoleSessionName", engine.Run("Connect-Guardrail -Sandbox $args[0] -RoleSessionName x", Sandbox).Error("RoleMissing").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_profile_and_a_missing_Region_say_what_to_do()
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,
            ["AWS_CONFIG_FILE"] = _folder.Write("config", ""),
            ["AWS_SHARED_CREDENTIALS_FILE"] = _folder.Write("credentials", ""),
            ["AWS_REGION"] = "",
            ["AWS_DEFAULT_REGION"] = "",
            ["AWS_PROFILE"] = "",
            ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        };
        const string Script = "try { $to = $args; Connect-Guardrail @to } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }";
        var profile = await HostProcess.RunAsync(environment, "-Command", Script, "no-such-profile");
        Assert.Contains("ProfileNotFound,", profile.Output, StringComparison.Ordinal);
        var region = await HostProcess.RunAsync(environment, "-Command", Script);
        Assert.Contains("RegionMissing,", region.Output, StringComparison.Ordinal);
        Assert.Contains("-Region", region.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_answers_at_is_one_clear_error_without_the_secret()
    {
        const string Canary = "canary0123456789canary0123456789canary00";
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_PROFILE"] = "",
            ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = Canary,
            ["AWS_SESSION_TOKEN"] = Canary + "token",
        };
        var script = _folder.Write("runbook.ps1", """
            $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'
            try { Connect-Guardrail -EndpointUrl http://127.0.0.1:9 } catch { $_.FullyQualifiedErrorId; "$_"; $_.Exception.ToString() }
            """);
        var run = await HostProcess.RunAsync(environment, script);
        Assert.StartsWith("ConnectionFailed,", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_stopped_pipeline_ends_at_once_though_nobody_answers()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var engine = new Engine();
        using var shell = PowerShell.Create(engine.Runspace);
        // Without credentials it would end before it connects.
        shell.AddScript("""
            $env:AWS_ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'; $env:AWS_SECRET_ACCESS_KEY = 'x'
            Connect-Guardrail -Region us-east-1 -EndpointUrl "http://127.0.0.1:$($args[0])"
            """).AddArgument(port);
        var running = shell.InvokeAsync();
        using (await silent.AcceptSocketAsync(TestContext.Current.CancellationToken))
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await shell.StopAsync(null, null);
            await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
        }
        Assert.Empty(engine.Run("Get-GuardrailConnection").ThrowOnError().Output);
    }
}
