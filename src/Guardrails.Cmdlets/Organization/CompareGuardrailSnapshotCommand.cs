using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Compares two snapshots, or a snapshot with the organization as it is now.</summary>
/// <remarks>
/// <para>Says what was added, removed, moved and changed, one object for each difference; shown, they read like a diff. Objects are the same
/// where their ids are, so that a renamed account is a change and not a new account. What one side does not hold (tags, policy
/// documents, services) is no difference.</para>
/// </remarks>
/// <example>
/// <title>Two snapshots</title>
/// <code>Compare-GuardrailSnapshot -ReferencePath ./monday.json -DifferencePath ./friday.json</code>
/// </example>
/// <example>
/// <title>What has changed since a snapshot was taken?</title>
/// <code>Connect-Guardrail -Profile audit -ReadOnly
/// Compare-GuardrailSnapshot ./monday.json</code>
/// <para>Reads the organization anew, with as much detail as the snapshot holds, and compares.</para>
/// </example>
/// <example>
/// <title>Only accounts that moved</title>
/// <code>foreach ($one in Compare-GuardrailSnapshot ./monday.json ./friday.json) {
///     if ($one.Kind -eq 'Account' -and $one.Change -eq 'Moved') { '{0} is now {1}' -f $one.PathBefore, $one.PathAfter }
/// }</code>
/// </example>
/// <seealso cref="ExportGuardrailSnapshotCommand"/>
[Cmdlet(VerbsData.Compare, "GuardrailSnapshot")]
[OutputType(typeof(OrganizationDifference))]
public sealed class CompareGuardrailSnapshotCommand : ConnectedCmdlet
{
    private string _reference = "";
    private string? _difference;

    /// <summary>The snapshot of before.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ReferencePath { get; set; } = "";

    /// <summary>The snapshot of after. Without it the organization as it is now.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DifferencePath { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsConnection => DifferencePath is null;

    /// <inheritdoc/>
    private protected override string Activity => "Reading the organization";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _reference = ExistingFile(ReferencePath);
        _difference = DifferencePath is null ? null : ExistingFile(DifferencePath);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        var before = OrganizationSnapshot.Load(_reference);
        var after = _difference is null ? await ReadOrganizationAsync(before.Detail, refresh: true, scope) : OrganizationSnapshot.Load(_difference);
        // What one side could not read looks added or removed: that must not pass for a finding.
        foreach (var (side, organization) in new[] { ("before", before), ("after", after) })
            if (organization.Gaps.Count > 0) Warn($"The organization of {side} was not read whole, so differences there may be none: {string.Join(" ", organization.Gaps)}");
        foreach (var difference in OrganizationComparison.Compare(before, after)) Emit(difference);
    }
}
