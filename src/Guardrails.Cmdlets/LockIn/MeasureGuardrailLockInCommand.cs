using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Measures lock-in as a risk with a size: what leaving would take, how sure that is, and what follows from it.</summary>
/// <remarks>
/// <para>Lock-in is no yes or no. For each group of resources and for the whole it says the effort of leaving in person-days (P10, P50, P90 and
/// the mean, whose terms add up exactly), how long it takes over the couplings, what it costs as far as that is known, what there is to learn on
/// both sides, and a decision: accept, mitigate, avoid, or indeterminate, with the probability from which on mitigating pays.</para>
/// <para>The whole comes first, then the groups by name, each as if it left alone. What groups share, such as skills, is marked in the terms and in
/// Effort.Shared: the groups' Effort.Own and the whole's Effort.Shared are the whole's mean. Percentiles are of the sum and do not add up.</para>
/// <para>Probability is never inferred from an inventory: name scenarios with -Scenario. What is not known (the volume of a store, a cost, a type) is
/// named in Gaps and lowers the confidence; it is never taken for zero. All constants are starting values with source and grade in module/data/lockin, to
/// be replaced with -ProfilePath. No claim of accuracy is made: no public data on real switching effort exists.</para>
/// </remarks>
/// <example>
/// <title>The workloads of some exports</title>
/// <code>$inventory | Measure-GuardrailLockIn -GroupBy Workload -Target OpenSource, Azure</code>
/// </example>
/// <example>
/// <title>Organizational units, with cost and a decision</title>
/// <code>$inventory |
///     Measure-GuardrailLockIn -GroupBy OrganizationalUnit -Posture enterprise -Scenario price, regulation -DayRate 900 -Benefit @{ '/Workloads' = 400000 }</code>
/// </example>
/// <example>
/// <title>A supervised function with an exit window, kept as a baseline</title>
/// <code>$inventory |
///     Measure-GuardrailLockIn -GroupBy Workload -Posture regulated -CriticalFunction payments -ExitWindow 180 |
///     Export-GuardrailLockIn -Path ./baseline.json</code>
/// </example>
/// <example>
/// <title>Why is it so much?</title>
/// <code>($inventory | Measure-GuardrailLockIn).Terms</code>
/// <para>Every additive term with how it comes about and where its constants come from, the largest first.</para>
/// </example>
/// <seealso cref="CompareGuardrailLockInCommand"/>
/// <seealso cref="TestGuardrailLockInCommand"/>
/// <seealso cref="GetGuardrailLockInSensitivityCommand"/>
/// <seealso cref="ExportGuardrailLockInCommand"/>
[Cmdlet(VerbsDiagnostic.Measure, "GuardrailLockIn")]
[OutputType(typeof(LockInAssessment))]
public sealed class MeasureGuardrailLockInCommand : MeasuringCmdlet
{
    /// <summary>What to measure beside the whole: each resource, workload (by its tag, else its stack), account or organizational unit. Organization is the whole alone.</summary>
    [Parameter(Position = 0)]
    public LockInGrouping GroupBy { get; set; } = LockInGrouping.Organization;

    /// <inheritdoc/>
    private protected override Task EndAsync(CallScope scope)
    {
        var facts = Facts();
        foreach (var request in Requests(facts, GroupBy))
        {
            ReportProgress($"{Resources.Count} resources, to {request.Target}");
            foreach (var assessment in LockInMeasurement.Of(Resources, Gaps, facts, request, scope.Cancel)) Emit(assessment);
        }
        return Task.CompletedTask;
    }
}
