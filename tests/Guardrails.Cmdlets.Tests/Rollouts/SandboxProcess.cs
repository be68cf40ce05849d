using System.Text.Json;

namespace Guardrails.Cmdlets.Tests.Rollouts;

/// <summary>An empty organization that a process of its own serves in real time, whatever becomes of its clients.</summary>
public sealed class SandboxProcess : IAsyncLifetime
{
    private const string Serve = """
        param($Sandbox, $Port, $End)
        $null = New-GuardrailSandbox -Path $Sandbox -AccountQuota 500
        [IO.File]::WriteAllText($Port, (Start-GuardrailSandbox -Path $Sandbox -AccountCreationSeconds 0.5).Port)
        'serving'
        # Its tests end it; this is for a test run that was killed.
        $until = [DateTime]::UtcNow.AddMinutes(30)
        while (-not [IO.File]::Exists($End) -and [DateTime]::UtcNow -lt $until) { [Threading.Thread]::Sleep(50) }
        """;

    private readonly TemporaryFolder _folder = new();
    private HostProcess? _host;

    public Uri Endpoint { get; private set; } = null!;

    private string File => _folder["organization.json"];

    /// <summary>What a process needs to reach it, and to keep what it writes in <paramref name="home"/>.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string home) => new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "any",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["HOME"] = home,
        ["XDG_STATE_HOME"] = home,
        ["LOCALAPPDATA"] = home,
    };

    public async ValueTask InitializeAsync()
    {
        _host = HostProcess.Start([_folder.Write("serve.ps1", Serve), File, _folder["port"], _folder["end"]]);
        await _host.WaitForAsync("serving");
        Endpoint = new Uri($"http://127.0.0.1:{await System.IO.File.ReadAllTextAsync(_folder["port"])}/");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Write("end", "");
        if (_host is not null) Assert.Equal(0, (await _host.EndAsync()).ExitCode);
        _host?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Where the accounts with these emails are, and how often each was asked for: read from the file, past everything that is tested.</summary>
    internal (IReadOnlyList<string> Paths, int Creations) Vended(Func<string, bool> email)
    {
        using var file = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
        var organization = file.RootElement.GetProperty("organization").GetProperty("organization");
        var units = organization.GetProperty("organizationalUnits").EnumerateArray().ToDictionary(unit => Text(unit, "id"));
        string PathOf(string id) => units.TryGetValue(id, out var unit) ? $"{PathOf(Text(unit, "parent"))}/{Text(unit, "name")}" : "";
        var accounts = organization.GetProperty("accounts").EnumerateArray().Where(account => email(Text(account, "email")));
        var creations = organization.GetProperty("creations").EnumerateArray().Count(creation => email(Text(creation, "email")));
        return ([.. accounts.Select(account => $"{PathOf(Text(account, "parent"))}/{Text(account, "name")}").Order(StringComparer.Ordinal)], creations);
    }

    internal string TagOfManagement(string key)
    {
        using var file = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
        var management = file.RootElement.GetProperty("organization").GetProperty("organization").GetProperty("accounts")[0];
        return management.TryGetProperty("tags", out var tags) && tags.TryGetProperty(key, out var value) ? value.GetString()! : "";
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
