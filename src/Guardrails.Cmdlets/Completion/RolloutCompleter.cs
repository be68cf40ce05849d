using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes the ids of rollouts, newest first, from their journals on this machine.</summary>
public sealed class RolloutCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Rollouts.Store.List()
            .Where(rollout => rollout.Id.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(rollout => new CompletionResult(rollout.Id, rollout.Id, CompletionResultType.ParameterValue, $"{rollout.Command}, {rollout.State}, {rollout.Done} of {rollout.Changes}"));
}
