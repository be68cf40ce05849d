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
    /// Writes the result of each change as it comes, and reports what was not made at the end: an error that ends the pipeline must not end the
    /// changes. What was read of the organization is forgotten.
    /// </summary>
    private protected async Task FollowAsync(IAsyncEnumerable<ChangeResult> results, int total, Action<ChangeResult> emit)
    {
        var failed = new List<ChangeResult>();
        var done = 0;
        try
        {
            await foreach (var result in results)
            {
                emit(result);
                if (result.Status is ChangeStatus.Failed or ChangeStatus.Conflict or ChangeStatus.Deferred) failed.Add(result);
                ReportProgress($"{++done} of {total}, {failed.Count} in trouble", done * 100 / Math.Max(total, done));
            }
        }
        finally
        {
            Connected.Organization.Forget();
        }
        foreach (var result in failed) Report(Errors.Describe(result));
    }

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
