using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Connects this session to an AWS organization or to a sandbox.</summary>
/// <remarks>
/// <para>Finds credentials and Region as the AWS SDK does (a profile, an SSO profile too, environment variables, an instance's or a
/// container's role), assumes a role if one is given, and learns whether the caller is in the management account, a delegated
/// administrator or another member account. The connection becomes the session's current one and is returned.</para>
/// <para>A sandbox is used only when it is asked for with <see cref="Sandbox"/>. It runs in this process with a clock of its own:
/// what takes minutes in AWS takes milliseconds. The file is locked until the connection ends.</para>
/// <para>A connection made before stays open. Give it to a cmdlet with -Connection, or end it with <see cref="DisconnectGuardrailCommand"/>.
/// All connections of a session end with it.</para>
/// </remarks>
/// <example>
/// <title>Connect with a profile</title>
/// <code>Connect-Guardrail -Profile management</code>
/// </example>
/// <example>
/// <title>Look, but never touch</title>
/// <code>Connect-Guardrail -Profile audit -RoleArn arn:aws:iam::111122223333:role/auditor -ReadOnly</code>
/// <para>Assumes a role. Every call that writes is refused before it is sent.</para>
/// </example>
/// <example>
/// <title>Try things out</title>
/// <code>New-GuardrailSandbox -Path ./company.sandbox -AccountCount 200
/// Connect-Guardrail -Sandbox ./company.sandbox</code>
/// <para>Makes an organization of 200 accounts in a file, and connects to it.</para>
/// </example>
/// <seealso cref="DisconnectGuardrailCommand"/>
/// <seealso cref="GetGuardrailConnectionCommand"/>
[Cmdlet(VerbsCommunications.Connect, "Guardrail", DefaultParameterSetName = AwsSet)]
[OutputType(typeof(GuardrailConnection))]
public sealed class ConnectGuardrailCommand : AsyncCmdlet
{
    private const string AwsSet = "Aws";
    private const string SandboxSet = "Sandbox";

    private ConnectionRequest? _request;

    /// <summary>A profile of the shared AWS files. Without it the SDK's chain decides, which begins with AWS_PROFILE.</summary>
    [Parameter(Position = 0, ParameterSetName = AwsSet)]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>The AWS Region, such as eu-central-1. Without it the profile's, then AWS_REGION.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>The ARN of a role to assume with the credentials found.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>The external id that the role's trust policy asks for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExternalId { get; set; }

    /// <summary>The name of the role's session, as CloudTrail shows it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RoleSessionName { get; set; }

    /// <summary>An endpoint instead of AWS's own, such as that of Start-GuardrailSandbox.</summary>
    [Parameter(ParameterSetName = AwsSet)]
    [ValidateNotNull]
    public Uri? EndpointUrl { get; set; }

    /// <summary>The file of a sandbox to work on instead of AWS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SandboxSet)]
    [ValidateNotNullOrEmpty]
    public string? Sandbox { get; set; }

    /// <summary>Refuse every call that writes, before it is sent.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>
    /// A file with quotas of your own: JSON of the shape of module/data/quotas.json, with the values that differ only. It holds for what this
    /// connection changes, and for its sandbox.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? QuotaPath { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Connecting";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (RoleArn is null && (ExternalId ?? RoleSessionName) is { } lost)
            Fail(Errors.RoleMissing.Record($"-{(ExternalId is null ? nameof(RoleSessionName) : nameof(ExternalId))} '{lost}' belongs to a role, and no role is given.", lost));
        var sandbox = Sandbox is null ? null : ExistingFile(Sandbox);
        _request = new ConnectionRequest(Profile, Region, RoleArn, ExternalId, RoleSessionName, EndpointUrl, ReadOnly, sandbox, QuotaPath is null ? null : ExistingFile(QuotaPath));
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        var connection = await Composition.ConnectAsync(_request!, scope);
        try
        {
            await AskAsync(() => CurrentConnection.Set(connection));
        }
        catch
        {
            CurrentConnection.Close(connection);
            throw;
        }
        Emit(connection);
    }
}
