using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Makes a sandbox: an AWS organization in a file.</summary>
/// <remarks>
/// <para>The organization is empty, is made from a snapshot of a real one, or is generated. An empty one has its management account, its
/// root and AWS's own policies. The same numbers and the same seed give the same organization.</para>
/// <para>A sandbox answers AWS's wire protocol with AWS's validation, quotas and errors. It checks no signatures: any access key is taken.</para>
/// </remarks>
/// <example>
/// <title>An empty organization</title>
/// <code>New-GuardrailSandbox -Path ./company.sandbox
/// Connect-Guardrail -Sandbox ./company.sandbox</code>
/// </example>
/// <example>
/// <title>An organization in which accounts can get contacts, Regions and people's access</title>
/// <code>New-GuardrailSandbox -Path ./company.sandbox -TrustedAccess account.amazonaws.com -Group Admins, Developers -PermissionSet AdministratorAccess, ReadOnly</code>
/// </example>
/// <example>
/// <title>Rehearse on a copy of the real organization</title>
/// <code>Connect-Guardrail -Profile audit -ReadOnly
/// Export-GuardrailSnapshot -Path ./today.json
/// New-GuardrailSandbox -Path ./rehearsal.sandbox -FromSnapshot ./today.json</code>
/// </example>
/// <example>
/// <title>An organization of any size</title>
/// <code>New-GuardrailSandbox -Path ./large.sandbox -AccountCount 5000 -OrganizationalUnitCount 400 -PolicyCount 150 -Seed 7</code>
/// </example>
/// <seealso cref="ConnectGuardrailCommand"/>
/// <seealso cref="StartGuardrailSandboxCommand"/>
[Cmdlet(VerbsCommon.New, "GuardrailSandbox", SupportsShouldProcess = true, DefaultParameterSetName = EmptySet)]
[OutputType(typeof(SandboxInfo))]
public sealed class NewGuardrailSandboxCommand : AsyncCmdlet
{
    private const string EmptySet = "Empty";
    private const string SnapshotSet = "Snapshot";
    private const string GeneratedSet = "Generated";

    private SandboxRequest? _request;

    /// <summary>The file to make.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A snapshot of an organization, from Export-GuardrailSnapshot.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SnapshotSet)]
    [ValidateNotNullOrEmpty]
    public string? FromSnapshot { get; set; }

    /// <summary>How many accounts to generate, the management account included.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GeneratedSet)]
    [ValidateRange(1, 100_000)]
    public int AccountCount { get; set; }

    /// <summary>How many organizational units to generate.</summary>
    [Parameter(ParameterSetName = GeneratedSet)]
    [ValidateRange(0, 2_000)]
    public int OrganizationalUnitCount { get; set; }

    /// <summary>How many policies to generate.</summary>
    [Parameter(ParameterSetName = GeneratedSet)]
    [ValidateRange(0, 10_000)]
    public int PolicyCount { get; set; }

    /// <summary>
    /// How many accounts it may have, closed ones included. AWS's default for a new organization is 10; where there are accounts already, room for
    /// as many again.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? AccountQuota { get; set; }

    /// <summary>
    /// Turns on IAM Identity Center, with some permission sets, groups and users, or those that are named. Generated organizations have it; an
    /// empty one and one from a snapshot have it only on demand.
    /// </summary>
    [Parameter]
    public SwitchParameter IdentityCenter { get; set; }

    /// <summary>The names of Identity Center's permission sets; turns it on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? PermissionSet { get; set; }

    /// <summary>The display names of Identity Center's groups; turns it on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Group { get; set; }

    /// <summary>The names of Identity Center's users; one with an @ is the user's email address too. Turns it on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    /// <summary>AWS services to enable trusted access for, by service principal: account.amazonaws.com for accounts' contacts, Regions and names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidatePattern(@"^[A-Za-z0-9-][A-Za-z0-9.-]*\.amazonaws\.com$")]
    public string[] TrustedAccess { get; set; } = [];

    /// <summary>Where ids and generated names come from: the same seed gives the same ones.</summary>
    [Parameter]
    public long Seed { get; set; } = 1;

    /// <summary>Overwrite the file if it is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Making a sandbox";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var path = NewFile(Path, Force);
        var snapshot = FromSnapshot is null ? null : ExistingFile(FromSnapshot);
        var size = ParameterSetName == GeneratedSet ? new SandboxSize(AccountCount, OrganizationalUnitCount, PolicyCount) : null;
        _request = new SandboxRequest(path, snapshot, size, AccountQuota, Seed, Force)
        {
            IdentityCenter = IdentityCenter || PermissionSet is not null || Group is not null || User is not null ? new(PermissionSet, Group, User) : null,
            TrustedAccess = TrustedAccess,
        };
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        if (await ShouldProcessAsync(_request!.Path, "Make a sandbox")) Emit(Composition.CreateSandbox(_request));
    }
}
