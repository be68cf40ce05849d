using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that works on one rollout, named by its id or by the file of its journal.</summary>
public abstract class RolloutCmdlet : ConnectedCmdlet
{
    private protected const string ById = "Id";
    private protected const string ByPath = "Path";

    private protected RolloutCmdlet()
    {
    }

    /// <summary>The rollout's id, as Get-GuardrailRollout shows it.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RolloutCompleter))]
    public string Id { get; set; } = "";

    /// <summary>The file of the rollout's journal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file of the journal. On the pipeline's thread.</summary>
    private protected string JournalFile() => Path is null ? Rollouts.Store.Find(Id) : ExistingFile(Path);

    /// <summary>Ends the cmdlet where the rollout belongs to another organization than the connection's.</summary>
    private protected void MustBeOurs(RolloutHistory history, string path)
    {
        var theirs = history.Planned?.OrganizationId;
        if (theirs is not null && theirs != (Connected.OrganizationId ?? ""))
            throw new ErrorRecordException(Errors.OtherOrganization.Record($"The rollout '{history.RolloutId}' is of organization {theirs}; this connection is to {Connected.OrganizationId}.", path));
    }
}
