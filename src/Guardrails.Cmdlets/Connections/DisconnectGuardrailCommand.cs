using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Ends a connection and releases what it holds.</summary>
/// <remarks>
/// <para>Releases a sandbox file for other processes. A connection also ends with its session. Where there is no connection, nothing
/// happens, so that a runbook can end with it whatever went before.</para>
/// </remarks>
/// <example>
/// <title>End this session's connection</title>
/// <code>Disconnect-Guardrail</code>
/// </example>
/// <example>
/// <title>End one of several connections</title>
/// <code>Disconnect-Guardrail -Connection $rehearsal</code>
/// <para>Ends the connection in $rehearsal; the session's current one stays, if it is another.</para>
/// </example>
/// <seealso cref="GetGuardrailConnectionCommand"/>
[Cmdlet(VerbsCommunications.Disconnect, "Guardrail")]
[OutputType(typeof(void))]
public sealed class DisconnectGuardrailCommand : GuardrailCmdlet
{
    /// <summary>The connection to end. Without it the session's current one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuardrailConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if ((Connection ?? CurrentConnection.Get()) is { } connection) CurrentConnection.Close(connection);
    }
}
