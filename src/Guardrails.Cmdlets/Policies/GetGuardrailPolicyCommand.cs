using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets policies of the organization, with their targets and, if asked for, their documents.</summary>
/// <remarks>
/// <para>Without parameters it gets every policy of every type, those of AWS as well. With <see cref="Target"/> it gets what binds an account
/// or organizational unit: the policies attached to it directly, and those attached to what holds it, marked as inherited.</para>
/// <para>What AWS's own policies, such as FullAWSAccess, are attached to takes long to read in a large organization, so it is read for
/// <see cref="Target"/> only; without it their list of targets is empty.</para>
/// </remarks>
/// <example>
/// <title>Every service control policy</title>
/// <code>Get-GuardrailPolicy -PolicyType SCP</code>
/// </example>
/// <example>
/// <title>A policy's document</title>
/// <code>(Get-GuardrailPolicy deny-regions -Content).Content</code>
/// </example>
/// <example>
/// <title>What binds an account, direct or inherited</title>
/// <code>Get-GuardrailPolicy -Target /Workloads/Prod/shop</code>
/// </example>
/// <example>
/// <title>Check the live policies</title>
/// <code>Get-GuardrailPolicy deny-* -Content | Test-GuardrailPolicy</code>
/// </example>
/// <seealso cref="TestGuardrailPolicyCommand"/>
/// <seealso cref="GetGuardrailEffectivePolicyCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailPolicy")]
[OutputType(typeof(OrganizationPolicy), typeof(PolicyAttachment))]
public sealed class GetGuardrailPolicyCommand : ConnectedCmdlet
{
    private readonly List<string> _policies = [];
    private bool _nothingCame = true;

    /// <summary>Policies by name, id or ARN. Names may hold wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    public string[]? Policy { get; set; }

    /// <summary>Only policies of these types, as AWS names them or short: SCP, RCP, tag, backup.</summary>
    [Parameter]
    [Alias("Type")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PolicyTypeCompleter))]
    public string[] PolicyType { get; set; } = [];

    /// <summary>Only what binds these accounts or organizational units, by name, path, id or ARN. Names and paths may hold wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public string[] Target { get; set; } = [];

    /// <summary>Read the documents as well, with one call for each policy the first time.</summary>
    [Parameter]
    public SwitchParameter Content { get; set; }

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _nothingCame = false;
        _policies.AddRange(Policy ?? []);
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        // An empty pipeline asks for nothing, not for everything.
        if (_nothingCame) return;
        var detail = (Content ? OrganizationDetail.PolicyContent : OrganizationDetail.None) | (Target.Length > 0 ? OrganizationDetail.AwsManagedAttachments : OrganizationDetail.None);
        var organization = await ReadOrganizationAsync(detail, Refresh, scope);
        // A type that is not known is taken as it is: AWS may have it since yesterday.
        var query = new PolicyQuery { Policies = _policies, Types = [.. PolicyType.Select(type => PolicyTypes.Parse(type) ?? type)] };
        var policies = query.Run(organization, out var notFound);
        foreach (var missing in notFound) Report(Errors.Describe(missing));
        if (Target.Length == 0)
        {
            foreach (var policy in policies) Emit(policy);
            return;
        }
        foreach (var (id, path) in Targets(organization).DistinctBy(target => target.Id))
        {
            foreach (var attachment in PolicyQuery.On(organization, id, path, policies)) Emit(attachment);
        }
    }

    private IEnumerable<(string Id, string Path)> Targets(Organization organization)
    {
        foreach (var target in Target)
        {
            var unit = new OrganizationalUnitIdentity(target);
            var account = new AccountIdentity(target);
            var found = organization.FindUnits(unit).Select(one => (one.Id, one.Path)).Concat(organization.FindAccounts(account).Select(one => (one.Id, one.Path))).ToList();
            if (found.Count == 0)
            {
                foreach (var missing in organization.NotFound(account)) Report(Errors.Describe(missing));
            }
            foreach (var one in found) yield return one;
        }
    }
}
