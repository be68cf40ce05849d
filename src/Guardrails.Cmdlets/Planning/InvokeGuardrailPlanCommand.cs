using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Runs a plan: one that a cmdlet gave with -AsPlan, or one from a file.</summary>
/// <remarks>
/// <para>The plan is checked whole before the first call. The organization is read anew, and a change whose object has moved on since the plan was
/// made (renamed, moved, closed) is refused with what differs, and so is what depends on it; the others go on. Tags, contacts and names are
/// compared once more at the moment of the change.</para>
/// <para>What cannot be taken back is listed as warnings before PowerShell asks. The plan is one rollout with one journal: Resume-GuardrailRollout
/// goes on with it, and Undo-GuardrailRollout takes it back.</para>
/// <para>Accounts of New-GuardrailAccount are waited for as there, up to -ReadyTimeout each: the last result of an account says in Ready whether its
/// role can be assumed and its tags, contacts, Regions and access stand, and in Message why they do not.</para>
/// <para>-WhatIf reads the organization and gives a result for each change that would be refused.</para>
/// </remarks>
/// <example>
/// <title>Run a reviewed plan</title>
/// <code>Import-GuardrailPlan -Path ./accounts.plan.json | Invoke-GuardrailPlan</code>
/// </example>
/// <example>
/// <title>Does a plan still hold?</title>
/// <code>Import-GuardrailPlan -Path ./accounts.plan.json | Invoke-GuardrailPlan -WhatIf</code>
/// </example>
/// <seealso cref="ExportGuardrailPlanCommand"/>
/// <seealso cref="ImportGuardrailPlanCommand"/>
[Cmdlet(VerbsLifecycle.Invoke, "GuardrailPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChangeResult))]
public sealed class InvokeGuardrailPlanCommand : JournaledCmdlet
{
    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Plan Plan { get; set; } = null!;

    /// <summary>How long to wait for each account of New-GuardrailAccount after its changes until it is ready.</summary>
    [Parameter]
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Does not wait until accounts are ready, and says nothing of it.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var plan = Plan;
        if (plan.OrganizationId != (Connected.OrganizationId ?? ""))
            throw new ErrorRecordException(Errors.OtherOrganization.Record($"The plan is of organization {plan.OrganizationId}; this connection is to {Connected.OrganizationId}.", plan));
        if (plan.Changes.Count == 0) return;
        var executor = Rollouts.Executor(Connected);
        try
        {
            executor.Check(plan);
        }
        catch (PlanException e)
        {
            throw new ErrorRecordException(Errors.PlanNotRunnable.Record(e, plan));
        }
        var refused = PlanCheck.Refusals(plan, await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: true, scope));
        foreach (var change in plan.Irreversible) Warn($"Cannot be taken back: {PlanLine.Of(change).First()}");
        var action = string.Create(CultureInfo.InvariantCulture, $"Run a plan of {plan.Command}: {plan}");
        if (!await ShouldProcessAsync($"organization {plan.OrganizationId}", refused.Count == 0 ? action : $"{action}; {refused.Count} refused because their object has moved on"))
        {
            foreach (var change in plan.Changes)
                if (refused.TryGetValue(change.Id, out var outcome)) Emit(RolloutExecutor.ResultOf(change, outcome));
            return;
        }
        using var journal = await OpenJournalAsync();
        var results = executor.RunAsync(plan, journal, plan.Command, plan.OrganizationId, ThrottleLimit, scope, refused);
        if (!NoWait) results = PlannedAccounts.Of(plan, new AccountReadiness(Connected.Cloud, ReadyTimeout)).WaitAsync(results, scope);
        await FollowAsync(results, plan.Changes.Count, Emit);
    }
}
