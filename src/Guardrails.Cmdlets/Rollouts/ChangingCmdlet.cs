using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that collects changes from the pipeline, asks about each, and runs those that were agreed to as one rollout.</summary>
public abstract class ChangingCmdlet : JournaledCmdlet
{
    private readonly List<Change> _changes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private protected ChangingCmdlet()
    {
    }

    /// <summary>Changes nothing and gives the plan, to look at, to save with Export-GuardrailPlan, and to run with Invoke-GuardrailPlan.</summary>
    [Parameter]
    public SwitchParameter AsPlan { get; set; }

    /// <summary>Takes a change into the plan, once it has been agreed to.</summary>
    /// <param name="target">What it is about, as a person is asked about it.</param>
    private protected Task ProposeAsync(Change change, string target, string action) => ProposeAsync([change], target, action);

    /// <summary>Takes changes of one object into the plan, once they have been agreed to as a whole.</summary>
    private protected async Task ProposeAsync(IReadOnlyList<Change> changes, string target, string action)
    {
        // The same object may come twice through the pipeline; its changes are the same.
        var fresh = changes.Where(change => _seen.Add(change.Id)).ToList();
        if (fresh.Count > 0 && (AsPlan || await ShouldProcessAsync(target, action))) _changes.AddRange(fresh);
    }

    private protected override async Task EndAsync(CallScope scope)
    {
        if (_changes.Count == 0 && !AsPlan) return;
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
        var plan = Rollouts.PlanOf(Plan.Of(Fingerprint.Stamp(_changes, organization)), MyInvocation.MyCommand.Name, Connected);
        if (AsPlan)
        {
            Emit(plan);
            return;
        }
        using var journal = await OpenJournalAsync();
        await FollowAsync(Rollouts.Executor(Connected).RunAsync(plan, journal, plan.Command, plan.OrganizationId, ThrottleLimit, scope), plan.Changes.Count, Emit);
    }
}
