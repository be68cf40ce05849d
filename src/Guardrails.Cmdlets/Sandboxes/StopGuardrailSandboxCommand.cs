using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Stops serving a sandbox.</summary>
/// <remarks>
/// <para>Requests under way are finished, and the file is free for other processes. Without parameters it stops every sandbox that this
/// session started. Where none is running, nothing happens.</para>
/// </remarks>
/// <example>
/// <title>Stop all that this session started</title>
/// <code>Stop-GuardrailSandbox</code>
/// </example>
/// <example>
/// <title>Stop one</title>
/// <code>$server = Start-GuardrailSandbox -Path ./company.sandbox
/// $server | Stop-GuardrailSandbox</code>
/// </example>
/// <seealso cref="StartGuardrailSandboxCommand"/>
[Cmdlet(VerbsLifecycle.Stop, "GuardrailSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopGuardrailSandboxCommand : AsyncCmdlet
{
    private List<SandboxServer> _servers = [];

    /// <summary>What Start-GuardrailSandbox returned. Without it, every sandbox that this session started.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public SandboxServer[]? Server { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Stopping a sandbox";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _servers = [.. Server ?? Session.Current?.Servers ?? []];
        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CallScope scope)
    {
        foreach (var server in _servers)
            if (server.Running && await ShouldProcessAsync($"{server.Uri} ({server.Path})", "Stop serving")) await server.StopAsync();
    }
}
