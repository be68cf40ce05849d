using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes organizational units to their paths, by path, name or id.</summary>
public sealed class OrganizationalUnitCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (CachedOrganization.Find(fakeBoundParameters) is not { } organization) return [];
        var typed = CachedOrganization.Typed(wordToComplete);
        var units = organization.OrganizationalUnits.Prepend(organization.Root)
            .Where(one => CachedOrganization.Begins(one.Path, typed) || CachedOrganization.Begins(one.Name, typed) || CachedOrganization.Begins(one.Id, typed));
        return CachedOrganization.Results(units.Select(one => (one.Path, $"{one.Path} ({one.Id})")));
    }
}
