using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes accounts: by path after a slash, by id after a digit, else by name; a name that is not unique becomes its path.</summary>
public sealed class AccountCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (CachedOrganization.Find(fakeBoundParameters) is not { } organization) return [];
        var typed = CachedOrganization.Typed(wordToComplete);
        var accounts = organization.Accounts;
        if (typed.StartsWith('/'))
            return CachedOrganization.Results(accounts.Where(one => CachedOrganization.Begins(one.Path, typed)).Select(one => (one.Path, Tip(one))));
        var timesUsed = accounts.CountBy(one => one.Name).ToDictionary();
        var byName = accounts.Where(one => CachedOrganization.Begins(one.Name, typed))
            .OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
            .Select(one => (timesUsed[one.Name] == 1 ? OrganizationPath.Escape(one.Name) : one.Path, Tip(one)));
        var byId = typed.Length == 0 ? [] : accounts.Where(one => CachedOrganization.Begins(one.Id, typed)).Select(one => (one.Id, Tip(one)));
        return CachedOrganization.Results(byName.Concat(byId));
    }

    private static string Tip(Account account) => $"{account.Path} ({account.Id}, {account.State})";
}
