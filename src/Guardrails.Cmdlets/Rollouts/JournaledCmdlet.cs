using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that runs a rollout of its own.</summary>
public abstract class JournaledCmdlet : ConnectedCmdlet
{
    private protected JournaledCmdlet()
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

    private protected async Task<RolloutJournal> OpenJournalAsync()
    {
        var path = Journal is null ? null : await AskAsync(() => NewJournal(Journal));
        return OpenJournal(path);
    }
}
