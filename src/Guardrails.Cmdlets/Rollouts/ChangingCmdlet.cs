using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that collects changes from the pipeline, asks about each, and runs those that were agreed to as one rollout.</summary>
public abstract class ChangingCmdlet : ConnectedCmdlet
{
    private readonly List<Change> _changes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private protected ChangingCmdlet()
    {
    }

    /// <summary>The file of the rollout's journal, which must not be there yet. In the module's state folder where nothing is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>How many changes may run at once, within AWS's own limits.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Takes a change into the plan, once it has been agreed to.</summary>
    /// <param name="target">What it is about, as a person is asked about it.</param>
    private protected Task ProposeAsync(Change change, string target, string action) => ProposeAsync([change], target, action);

    /// <summary>Takes changes of one object into the plan, once they have been agreed to as a whole.</summary>
    private protected async Task ProposeAsync(IReadOnlyList<Change> changes, string target, string action)
    {
        // The same object may come twice through the pipeline; its changes are the same.
        var fresh = changes.Where(change => _seen.Add(change.Id)).ToList();
        if (fresh.Count > 0 && await ShouldProcessAsync(target, action)) _changes.AddRange(fresh);
    }

    private protected override async Task EndAsync(CallScope scope)
    {
        if (_changes.Count == 0) return;
        var path = Journal is null ? null : await AskAsync(() => NewFile(Journal, force: false));
        using var journal = Rollouts.Store.Create(Connected.Cloud.Clock, path);
        Say($"Rollout {journal.RolloutId}, journal '{journal.Path}'.");
        var organizationId = Connected.OrganizationId ?? "";
        await FollowAsync(Rollouts.Executor(Connected).RunAsync(Plan.Of(_changes), journal, MyInvocation.MyCommand.Name, organizationId, ThrottleLimit, scope), _changes.Count, Emit);
    }
}
