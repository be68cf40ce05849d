using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that works on one rollout, named by its id or by the file of its journal.</summary>
public abstract class RolloutCmdlet : ConnectedCmdlet
{
    private protected RolloutCmdlet()
    {
    }

    /// <summary>The rollout's id, as Get-GuardrailRollout shows it.</summary>
    // In no set of parameters: rollouts from the pipeline bring both, and then the file counts.
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RolloutCompleter))]
    public string Id { get; set; } = "";

    /// <summary>The file of the rollout's journal, where that is not in the module's state folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <param name="path">The rollout's journal.</param>
    private protected abstract Task WorkAsync(string path, CallScope scope);

    /// <summary>Does it for one rollout of a pipeline: what is wrong with this one is reported, and the next one has its turn.</summary>
    private protected sealed override async Task ProcessAsync(CallScope scope)
    {
        var path = Path is null ? Rollouts.Store.Find(Id) : await AskAsync(() => ExistingFile(Path));
        if (path is null)
        {
            Report(Errors.RolloutNotFound.Record(Id.Length == 0 ? "It is not said which rollout." : $"There is no rollout '{Id}'.", Id));
            return;
        }
        try
        {
            await WorkAsync(path, scope);
        }
        catch (Exception e) when (e is ErrorRecordException or RolloutHeldException or InvalidDataException or PlanException or CloudException)
        {
            Report(Errors.Describe(e, path));
        }
    }

    /// <summary>A rollout is of one organization, and a rehearsal is of a sandbox only, which can have the id of the organization that it is a copy of.</summary>
    private protected void MustBeOurs(RolloutHistory history, string path)
    {
        if (history.Planned is not { } planned) return;
        var other = planned.OrganizationId != (Connected.OrganizationId ?? "") ? $"is of organization {planned.OrganizationId}; this connection is to {Connected.OrganizationId}"
            : history.Rehearsal && !Connected.IsRehearsal ? "is a rehearsal on a sandbox; this connection is to the organization itself"
            : !history.Rehearsal && Connected.IsRehearsal ? "is of the organization itself; this connection is to a sandbox"
            : null;
        if (other is not null) throw new ErrorRecordException(Errors.OtherOrganization.Record($"The rollout '{history.RolloutId}' {other}.", path));
    }
}
