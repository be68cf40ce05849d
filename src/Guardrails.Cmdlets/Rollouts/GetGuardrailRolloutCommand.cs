using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Shows rollouts: everything that was changed through this module on this machine, and what is left to resume.</summary>
/// <remarks>
/// Each rollout has a journal, a file that only its owner can read, in the module's state folder: $XDG_STATE_HOME/guardrails/rollouts or
/// ~/.local/state/guardrails/rollouts, on Windows %LOCALAPPDATA%\Guardrails\rollouts; or where -Journal put it. A rollout outlives its process.
/// One whose journal cannot be read is shown as Unreadable; its Message, and a warning, say why.
/// </remarks>
/// <example>
/// <title>What is left to resume</title>
/// <code>Get-GuardrailRollout | Where-Object State -in Interrupted, Stopped</code>
/// </example>
/// <example>
/// <title>A journal in a file of yours</title>
/// <code>Get-GuardrailRollout -Path ./vending.journal</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "GuardrailRollout", DefaultParameterSetName = ById)]
[OutputType(typeof(Rollout))]
public sealed class GetGuardrailRolloutCommand : GuardrailCmdlet
{
    private const string ById = "Id";
    private const string ByPath = "Path";

    /// <summary>The rollout's id; wildcards are welcome. All rollouts where nothing is given.</summary>
    [Parameter(Position = 0, ParameterSetName = ById)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RolloutCompleter))]
    public string Id { get; set; } = "*";

    /// <summary>The file of a journal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByPath)
        {
            WriteObject(RolloutStore.Read(ExistingFile(Path)));
            return;
        }
        var pattern = WildcardPattern.Get(Id, WildcardOptions.IgnoreCase);
        var found = Rollouts.Store.List().Where(rollout => pattern.IsMatch(rollout.Id)).ToList();
        if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(Id)) WriteError(Errors.RolloutNotFound.Record($"There is no rollout '{Id}'.", Id));
        foreach (var rollout in found)
            if (rollout.State == RolloutState.Unreadable) WriteWarning($"The journal of rollout '{rollout.Id}' cannot be read: {rollout.Message}");
        WriteObject(found, enumerateCollection: true);
    }
}
