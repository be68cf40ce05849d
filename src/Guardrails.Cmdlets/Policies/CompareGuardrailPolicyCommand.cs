using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Compares what two versions of a service or resource control policy do to requests.</summary>
/// <remarks>
/// <para>Returns one object for each difference: what is newly denied or newly allowed, the statements that decide, and a witness: a request
/// that was evaluated on both versions, with different results. What the witness does not say does not matter. Other order, case where AWS
/// does not heed it, white space and Sids are no difference.</para>
/// <para>Each version is looked at by itself. Allowed is more than not named, and not named is more than denied: other policies beside it
/// may make a difference smaller, never turn it round.</para>
/// <para>What cannot be decided is returned as Undecided, with the reason, and counted in a warning.</para>
/// </remarks>
/// <example>
/// <title>Two files</title>
/// <code>Compare-GuardrailPolicy ./policies/deny-regions.json ./draft/deny-regions.json</code>
/// </example>
/// <example>
/// <title>The policy in the organization and a draft</title>
/// <code>Compare-GuardrailPolicy -Policy deny-regions -DifferencePath ./deny-regions.json</code>
/// </example>
/// <example>
/// <title>Refuse a change that allows more</title>
/// <code>foreach ($one in Compare-GuardrailPolicy -Policy deny-regions -DifferencePath ./deny-regions.json) {
///     if ($one.Change -ne 'NewlyDenied') { throw "$one" }
/// }</code>
/// </example>
/// <example>
/// <title>The texts, line by line</title>
/// <code>Compare-GuardrailPolicy ./before.json ./after.json -Text</code>
/// <para>Both are written in the same form first, so that white space is no difference.</para>
/// </example>
/// <seealso cref="TestGuardrailAccessCommand"/>
[Cmdlet(VerbsData.Compare, "GuardrailPolicy", DefaultParameterSetName = FileSet)]
[OutputType(typeof(PolicyDifference), typeof(string))]
public sealed class CompareGuardrailPolicyCommand : ConnectedCmdlet
{
    private const string FileSet = "File";
    private const string PolicySet = "Policy";

    private string _reference = "";
    private string _difference = "";

    /// <summary>The file with the version before.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string ReferencePath { get; set; } = "";

    /// <summary>The policy of the organization whose content is the version before, by name or id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PolicySet)]
    [ValidateNotNullOrEmpty]
    public string Policy { get; set; } = "";

    /// <summary>The file with the version after.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string DifferencePath { get; set; } = "";

    /// <summary>Return the lines of the texts that differ, instead of what they do.</summary>
    [Parameter]
    public SwitchParameter Text { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsConnection => ParameterSetName == PolicySet;

    /// <inheritdoc/>
    private protected override string Activity => "Comparing policies";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName == FileSet) _reference = ExistingFile(ReferencePath);
        _difference = ExistingFile(DifferencePath);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        var before = ParameterSetName == FileSet ? DraftPolicies.Read(_reference) : DraftPolicies.Evaluable(await LiveAsync(scope));
        var after = DraftPolicies.Read(_difference, before.Type);
        if (Text)
        {
            foreach (var line in TextDifference.Lines(PolicyWriter.Pretty(before.Root!), PolicyWriter.Pretty(after.Root!))) Emit(line);
            return;
        }
        var differences = PolicyVersions.Compare(before, after, PolicyFacts.Actions);
        foreach (var difference in differences) Emit(difference);
        var undecided = differences.Count(one => one.Change == AccessChange.Undecided);
        if (undecided > 0) Warn(string.Create(CultureInfo.InvariantCulture, $"{undecided} of {differences.Count} could not be decided: look at their reasons."));
    }

    private async Task<PolicyDocument> LiveAsync(CallScope scope)
    {
        var organization = await ReadOrganizationAsync(OrganizationDetail.PolicyContent, refresh: false, scope);
        var named = organization.Policies.Where(policy => policy.Id == Policy || policy.Name == Policy).ToList();
        if (named.Count == 1) return OrganizationCompiler.Read(named[0]);
        throw named.Count == 0
            ? new IdentityNotFoundException("policy", Policy, [])
            : new AmbiguousIdentityException("policy", Policy, [.. named.Select(policy => new IdentityCandidate(policy.Id, $"{policy.Type} {policy.Name}"))]);
    }
}
