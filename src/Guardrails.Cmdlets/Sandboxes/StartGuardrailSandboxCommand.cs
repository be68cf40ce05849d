using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Serves a sandbox on 127.0.0.1, for the AWS CLI, other SDKs and other processes.</summary>
/// <remarks>
/// <para>Time passes as it really does: creating an account takes about two seconds, unless <see cref="AccountCreationSeconds"/> says
/// otherwise. Only this machine can reach it, over http. Any access key is taken: one that was given for a member account stands for that
/// member, every other for the management account. Signatures are not checked.</para>
/// <para>It runs until <see cref="StopGuardrailSandboxCommand"/> or the end of the session. The file is locked meanwhile.</para>
/// </remarks>
/// <example>
/// <title>Use the AWS CLI on a sandbox</title>
/// <code>$server = Start-GuardrailSandbox -Path ./company.sandbox
/// aws organizations list-accounts --endpoint-url $server.Uri --region us-east-1
/// Stop-GuardrailSandbox</code>
/// </example>
/// <example>
/// <title>On a port that others know</title>
/// <code>Start-GuardrailSandbox -Path ./company.sandbox -Port 4566 -AccountCreationSeconds 0</code>
/// </example>
/// <seealso cref="NewGuardrailSandboxCommand"/>
/// <seealso cref="StopGuardrailSandboxCommand"/>
[Cmdlet(VerbsLifecycle.Start, "GuardrailSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(SandboxServer))]
public sealed class StartGuardrailSandboxCommand : GuardrailCmdlet
{
    /// <summary>The file of the sandbox.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The port. 0 for a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>How long the creation of an account takes, in seconds. Without it as the sandbox's file says, which is 2 at first.</summary>
    [Parameter]
    [ValidateRange(0d, 3600d)]
    public double? AccountCreationSeconds { get; set; }

    /// <summary>A file with quotas of your own: JSON of the shape of module/data/quotas.json, with the values that differ only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? QuotaPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = ExistingFile(Path);
        var quotas = QuotaPath is null ? null : ExistingFile(QuotaPath);
        if (!ShouldProcess(path, "Serve on 127.0.0.1")) return;
        try
        {
            var server = Composition.StartSandbox(path, Port, AccountCreationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, quotas);
            Session.ForCurrentRunspace().Add(server);
            WriteObject(server);
        }
        catch (ErrorRecordException e)
        {
            Fail(e.ErrorRecord);
        }
    }
}
