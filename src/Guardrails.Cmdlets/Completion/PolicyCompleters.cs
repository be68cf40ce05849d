using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes policies of the organization to their names, by name or id.</summary>
public sealed class PolicyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (CachedOrganization.Find(fakeBoundParameters) is not { } organization) return [];
        var typed = CachedOrganization.Typed(wordToComplete);
        return CachedOrganization.Results(organization.Policies
            .Where(one => CachedOrganization.Begins(one.Name, typed) || CachedOrganization.Begins(one.Id, typed))
            .Select(one => (one.Name, $"{one.Type} {one.Name} ({one.Id})")));
    }
}

/// <summary>Completes policy types as AWS names them.</summary>
public sealed class PolicyTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CachedOrganization.Results(PolicyTypes.All.Where(type => CachedOrganization.Begins(type, CachedOrganization.Typed(wordToComplete))).Select(type => (type, type)));
}

/// <summary>Completes the ids of lint rules, each with what it looks for.</summary>
public sealed class PolicyRuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CachedOrganization.Results(PolicyLint.Rules.Where(rule => CachedOrganization.Begins(rule.Id, CachedOrganization.Typed(wordToComplete)))
            .Select(rule => (rule.Id, $"{rule.Title} ({rule.Severity})")));
}
