using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Waits until no process is at a rollout any more, and shows how it stands then.</summary>
/// <example>
/// <title>Wait for another session's rollout</title>
/// <code>Get-GuardrailRollout | Where-Object State -eq Running | Wait-GuardrailRollout -Timeout 3600</code>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "GuardrailRollout")]
[OutputType(typeof(Rollout))]
public sealed class WaitGuardrailRolloutCommand : AsyncCmdlet
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The rollout's id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RolloutCompleter))]
    public string Id { get; set; } = "";

    /// <summary>The file of its journal, where that is not in the module's state folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>How many seconds to wait at the most; then an error says so. Without end where nothing is given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Timeout { get; set; }

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var path = Path is null ? Rollouts.Store.Find(Id) : await AskAsync(() => ExistingFile(Path));
        if (path is null)
        {
            Report(Errors.RolloutNotFound.Record($"There is no rollout '{Id}'.", Id));
            return;
        }
        var started = TimeProvider.System.GetTimestamp();
        while (RolloutStore.Read(path) is var rollout)
        {
            if (rollout.State != RolloutState.Running)
            {
                Emit(rollout);
                return;
            }
            if (Timeout is { } seconds && TimeProvider.System.GetElapsedTime(started).TotalSeconds >= seconds)
                throw new ErrorRecordException(Errors.RolloutStillRunning.Record(string.Create(CultureInfo.InvariantCulture, $"The rollout '{rollout.Id}' is still running after {seconds} seconds."), rollout));
            ReportProgress($"{rollout.Done} of {rollout.Changes}", rollout.Changes == 0 ? -1 : rollout.Done * 100 / rollout.Changes);
            await Task.Delay(Pause, scope.Cancel);
        }
    }
}
