using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes tags: the keys in use, and after <c>Key=</c> the values in use, where tags were read.</summary>
public sealed class TagCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (CachedOrganization.Find(fakeBoundParameters) is not { } organization) return [];
        var typed = CachedOrganization.Typed(wordToComplete);
        var tags = organization.Accounts.Select(one => one.Tags).Concat(organization.OrganizationalUnits.Select(one => one.Tags)).OfType<IReadOnlyDictionary<string, string>>()
            .SelectMany(one => one);
        var wanted = typed.Contains('=', StringComparison.Ordinal) ? tags.Select(tag => $"{tag.Key}={tag.Value}") : tags.Select(tag => tag.Key);
        return CachedOrganization.Results(wanted.Where(text => CachedOrganization.Begins(text, typed)).Order(StringComparer.OrdinalIgnoreCase).Select(text => (text, text)));
    }
}
