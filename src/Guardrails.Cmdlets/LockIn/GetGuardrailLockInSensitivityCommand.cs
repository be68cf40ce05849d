using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Says which constants matter, how stable the ranks of groups are, and which decisions hang on a constant.</summary>
/// <remarks>
/// <para>For each constant that is in the effort: the mean effort with it at its low and at its high bound, all others at their means, the largest swing first; and
/// what halving it, or taking half as much again, does to the ranks of the groups (Kendall's τ-b: 1 is no change) and to their decisions. The constants are judgement
/// for the most part: a rank or a decision that turns with one of them is not to be trusted more than that constant.</para>
/// <para>Decisions need -Scenario, and most of them -DayRate and -Benefit. It measures everything twice for each constant: with many resources that takes a while.</para>
/// </remarks>
/// <example>
/// <title>What matters most?</title>
/// <code>$inventory | Get-GuardrailLockInSensitivity</code>
/// </example>
/// <example>
/// <title>Do decisions hold?</title>
/// <code>$inventory |
///     Get-GuardrailLockInSensitivity -GroupBy Workload -Posture enterprise -Scenario price -DayRate 900 -Benefit @{ shop = 250000 }</code>
/// </example>
/// <seealso cref="MeasureGuardrailLockInCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailLockInSensitivity")]
[OutputType(typeof(LockInSensitivity))]
public sealed class GetGuardrailLockInSensitivityCommand : MeasuringCmdlet
{
    /// <summary>The groups that are ranked and decided on. Workload where nothing is given.</summary>
    [Parameter(Position = 0)]
    public LockInGrouping GroupBy { get; set; } = LockInGrouping.Workload;

    /// <inheritdoc/>
    private protected override Task EndAsync(CallScope scope)
    {
        var facts = Facts();
        foreach (var request in Requests(facts, GroupBy))
        {
            ReportProgress($"{Resources.Count} resources, to {request.Target}");
            foreach (var sensitivity in SensitivityAnalysis.Of(Resources, Gaps, facts, request, scope.Cancel)) Emit(sensitivity);
        }
        return Task.CompletedTask;
    }
}
