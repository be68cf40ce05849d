using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets accounts of the organization by name, path, id, ARN, tag or state.</summary>
/// <remarks>
/// <para>Without parameters it gets every account. An account that is named without wildcards and is not there is an error about that
/// one; a pattern that matches nothing is none. AWS does not keep names unique: every account of that name is returned.</para>
/// <para>The organization is read once for each connection and kept; <see cref="Refresh"/> reads it again. Tags are read when
/// <see cref="Tag"/> asks for them, with one call for each account the first time.</para>
/// </remarks>
/// <example>
/// <title>Every account</title>
/// <code>Get-GuardrailAccount</code>
/// </example>
/// <example>
/// <title>By name, id or path</title>
/// <code>Get-GuardrailAccount shop-prod, 111122223333, /Workloads/Prod/*</code>
/// <para>A wildcard does not cross a slash: the last one means the accounts directly in /Workloads/Prod.</para>
/// </example>
/// <example>
/// <title>Everything below an organizational unit that is not in use any more</title>
/// <code>Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse -State Suspended, PendingClosure, Closed</code>
/// </example>
/// <example>
/// <title>By tag</title>
/// <code>Get-GuardrailAccount -Tag CostCenter=42*, Owner</code>
/// <para>Accounts with a cost center that begins with 42 and any owner.</para>
/// </example>
/// <example>
/// <title>From a pipeline</title>
/// <code>Get-GuardrailOrganizationalUnit /Sandboxes | Get-GuardrailAccount</code>
/// </example>
/// <seealso cref="GetGuardrailOrganizationCommand"/>
/// <seealso cref="GetGuardrailOrganizationalUnitCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailAccount", DefaultParameterSetName = AccountSet)]
[OutputType(typeof(Account))]
public sealed class GetGuardrailAccountCommand : ConnectedCmdlet
{
    private const string AccountSet = "Account";
    private const string OrganizationalUnitSet = "OrganizationalUnit";

    private readonly List<AccountIdentity> _accounts = [];
    private readonly List<OrganizationalUnitIdentity> _units = [];
    private bool _nothingCame = true;

    /// <summary>Accounts by name, path, id or ARN. Names and paths may hold wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = AccountSet)]
    [Parameter(Position = 0, ParameterSetName = OrganizationalUnitSet)]
    [Alias("AccountId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity[]? Account { get; set; }

    /// <summary>Only accounts directly in these organizational units, by name, path, id or ARN. Names and paths may hold wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = OrganizationalUnitSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public OrganizationalUnitIdentity[]? OrganizationalUnit { get; set; }

    /// <summary>Also accounts in the organizational units below those.</summary>
    [Parameter(ParameterSetName = OrganizationalUnitSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only accounts with all these tags: Key or Key=Value, both with wildcards. A backtick before an equals sign makes it part of the key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>Only accounts in one of these states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AccountState[] State { get; set; } = [];

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _nothingCame = false;
        _accounts.AddRange(Account ?? []);
        _units.AddRange(OrganizationalUnit ?? []);
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        // An empty pipeline asks for nothing, not for everything.
        if (_nothingCame) return;
        var query = new AccountQuery { Accounts = _accounts, OrganizationalUnits = _units, Recurse = Recurse, Tags = Tag, States = State };
        var result = query.Run(await ReadOrganizationAsync(query.Detail, Refresh, scope));
        foreach (var missing in result.NotFound) Report(Errors.Describe(missing));
        foreach (var account in result.Accounts) Emit(account);
    }
}
