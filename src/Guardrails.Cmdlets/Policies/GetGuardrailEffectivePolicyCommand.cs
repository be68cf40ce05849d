using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets the policies that bind an account, level by level from the root.</summary>
/// <remarks>
/// <para>For service and resource control policies it returns one object for each policy on each level, and one without a policy for a level
/// that has none: of service control policies such a level allows nothing. For other types (tag, backup, …) it returns the one policy that
/// AWS works out from all that the account inherits, with one call for each account and type.</para>
/// </remarks>
/// <example>
/// <title>What binds an account?</title>
/// <code>Get-GuardrailEffectivePolicy shop-prod</code>
/// </example>
/// <example>
/// <title>Levels that allow nothing</title>
/// <code>Get-GuardrailAccount | Get-GuardrailEffectivePolicy -PolicyType SCP | ForEach-Object { if (-not $_.Policy) { $_ } }</code>
/// </example>
/// <example>
/// <title>The tag policy in force</title>
/// <code>(Get-GuardrailEffectivePolicy shop-prod -PolicyType TAG_POLICY).Content</code>
/// </example>
/// <seealso cref="TestGuardrailAccessCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailEffectivePolicy")]
[OutputType(typeof(EffectivePolicy))]
public sealed class GetGuardrailEffectivePolicyCommand : ConnectedCmdlet
{
    private readonly List<AccountIdentity> _accounts = [];

    /// <summary>Accounts by name, path, id or ARN. Names and paths may hold wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity[] Account { get; set; } = [];

    /// <summary>The types, as AWS names them or short: SCP, RCP, tag, backup. Without it service and resource control policies.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] PolicyType { get; set; } = ["SCP", "RCP"];

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    protected override void ProcessRecord() => _accounts.AddRange(Account);

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        if (_accounts.Count == 0) return;
        var types = PolicyType.Select(type => PolicyTypes.Parse(type) ?? type).Distinct().ToList();
        var organization = await ReadOrganizationAsync(types.Exists(PolicyTypes.IsAuthorization) ? OrganizationCompiler.Needed : OrganizationDetail.None, Refresh, scope);
        var result = new AccountQuery { Accounts = _accounts }.Run(organization);
        foreach (var missing in result.NotFound) Report(Errors.Describe(missing));
        foreach (var account in result.Accounts)
        {
            foreach (var type in types)
            {
                if (!PolicyTypes.IsAuthorization(type)) await EmitEffectiveAsync(account, type, scope);
                else foreach (var policy in EffectivePolicy.Chain(organization, account, type)) Emit(policy);
            }
        }
    }

    private async Task EmitEffectiveAsync(Account account, string type, CallScope scope)
    {
        try
        {
            var content = await Connected.Cloud.Organization.ReadEffectivePolicyAsync(account.Id, type, scope);
            if (content is not null) Emit(new EffectivePolicy { AccountId = account.Id, Account = account.Path, PolicyType = type, Content = content });
        }
        catch (CloudException refused)
        {
            Report(Errors.Describe(refused, account));
        }
    }
}
