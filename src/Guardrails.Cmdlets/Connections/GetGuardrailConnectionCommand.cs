using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets the connection of this session.</summary>
/// <remarks>
/// <para>Says who is asking, as what (management account, delegated administrator or member account), in which organization and where.
/// Where the session is not connected, it returns nothing.</para>
/// </remarks>
/// <example>
/// <title>Who am I?</title>
/// <code>Get-GuardrailConnection</code>
/// <para>Shows the current connection.</para>
/// </example>
/// <example>
/// <title>Stop a runbook that is not connected to the management account</title>
/// <code>if ((Get-GuardrailConnection).Role -ne 'ManagementAccount') { throw 'Connect to the management account first.' }</code>
/// </example>
/// <seealso cref="DisconnectGuardrailCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailConnection")]
[OutputType(typeof(GuardrailConnection))]
public sealed class GetGuardrailConnectionCommand : GuardrailCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (CurrentConnection.Get() is { } connection) WriteObject(connection);
    }
}
