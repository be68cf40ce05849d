using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes postures, each with whom it fits.</summary>
public sealed class LockInPostureCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CachedOrganization.Results(LockInData.Facts([]).Postures
            .Where(posture => CachedOrganization.Begins(posture.Name, CachedOrganization.Typed(wordToComplete))).Select(posture => (posture.Name, posture.Title)));
}

/// <summary>Completes the scenarios that postures have rates for.</summary>
public sealed class LockInScenarioCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CachedOrganization.Results(LockInData.Facts([]).Postures.SelectMany(posture => posture.RatesPerYear.Select(rate => (rate.Key, Text: FormattableString.Invariant($"{posture.Name} {rate.Value.Value:0.###}"))))
            .GroupBy(rate => rate.Key, StringComparer.Ordinal).OrderBy(scenario => scenario.Key, StringComparer.Ordinal)
            .Where(scenario => CachedOrganization.Begins(scenario.Key, CachedOrganization.Typed(wordToComplete)))
            .Select(scenario => (scenario.Key, $"Events a year: {string.Join(", ", scenario.Select(rate => rate.Text))}")));
}
