using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that talks to an organization, over the connection it is given or the session's own.</summary>
public abstract class ConnectedCmdlet : AsyncCmdlet
{
    private GuardrailConnection? _connected;

    private protected ConnectedCmdlet()
    {
    }

    /// <summary>
    /// The connection to use, from Connect-Guardrail. Without it the session's current one. Give it where a session has none of its own:
    /// in ForEach-Object -Parallel, as <c>-Connection $using:connection</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public GuardrailConnection? Connection { get; set; }

    /// <summary>Whether it cannot do without a connection.</summary>
    private protected virtual bool NeedsConnection => true;

    /// <summary>Whether there is one, for a cmdlet that can do without.</summary>
    private protected bool HasConnection => _connected is not null;

    /// <summary>The connection in use. There is one once BeginProcessing has run, for a cmdlet that needs one.</summary>
    private protected GuardrailConnection Connected => _connected ?? throw new InvalidOperationException("BeginProcessing has not run.");

    /// <summary>
    /// Writes the result of each change as it comes, warns of accounts that are not ready, and reports what was not made at the end: an error that
    /// ends the pipeline must not end the changes. What was read of the organization is forgotten.
    /// </summary>
    private protected async Task FollowAsync(IAsyncEnumerable<ChangeResult> results, int total, Action<ChangeResult> emit)
    {
        var failed = new List<ChangeResult>();
        var progress = new RunProgress(total, TimeProvider.System);
        try
        {
            await foreach (var result in results)
            {
                emit(result);
                if (result.Ready == false) Warn(result.Message!);
                if (result.Status is ChangeStatus.Failed or ChangeStatus.Conflict or ChangeStatus.Deferred) failed.Add(result);
                progress.Step();
                ReportProgress(progress, failed.Count);
            }
        }
        finally
        {
            Connected.Organization.Forget();
        }
        foreach (var result in failed) Report(Errors.Describe(result));
    }

    /// <summary>The full path of a journal to write. What stands in one is never lost, so it must not be there yet.</summary>
    private protected string NewJournal(string path)
    {
        var full = NewFile(path, force: true);
        if (!File.Exists(full)) return full;
        var history = RolloutStore.TryHistory(full);
        if (history is not null && RolloutJournal.IsHeld(full))
            Fail(Errors.RolloutHeld.Record($"The rollout '{history.RolloutId}' in '{full}' is held by {history.Holder} since {history.HeldSince:u}.", full));
        Fail(Errors.JournalTaken.Record(history is null ? $"The file '{full}' is there already." : $"The file '{full}' is the journal of rollout '{history.RolloutId}' already.", full));
        return full;
    }

    /// <summary>Begins the journal of a new rollout.</summary>
    /// <param name="path">Its file; null for one in the module's state folder.</param>
    private protected RolloutJournal OpenJournal(string? path)
    {
        var journal = Rollouts.Store.Create(Connected.Cloud.Clock, path, Connected.IsRehearsal);
        Say($"Rollout {journal.RolloutId}, journal '{journal.Path}'.");
        return journal;
    }

    /// <summary>Shows how many are done, how many of them are in trouble, and about how long the rest takes.</summary>
    private protected void ReportProgress(RunProgress progress, int inTrouble) =>
        ReportProgress($"{progress.Done} of {progress.Total}, {inTrouble} in trouble", progress.Percent, progress.Remaining);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _connected = Connection ?? CurrentConnection.Get();
        if (_connected is null && NeedsConnection) Fail(Errors.NotConnected.Record("This session is not connected to an organization.", null));
        if (_connected is not null && CurrentConnection.IsClosed(_connected)) Fail(Errors.ConnectionClosed.Record($"The connection to {_connected} is closed.", _connected));
        base.BeginProcessing();
    }

    /// <summary>The organization from the connection's cache, read where it must be. Says what could not be read of it.</summary>
    /// <param name="refresh">Read it again in any case.</param>
    private protected async Task<Organization> ReadOrganizationAsync(OrganizationDetail detail, bool refresh, CallScope scope)
    {
        var cache = Connected.Organization;
        var before = cache.Last;
        var organization = await cache.GetAsync(Connected.Cloud.Organization, detail, refresh, scope);
        if (ReferenceEquals(before, organization)) return organization;
        foreach (var gap in organization.Gaps) Warn(gap);
        return organization;
    }
}
