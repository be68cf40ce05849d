using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guardrails.Cmdlets;

/// <summary>Completes the types that have a lock-in profile, from any part of their names.</summary>
public sealed class LockInTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CachedOrganization.Typed(wordToComplete);
        return CachedOrganization.Results(LockInData.Facts([]).Profiles.Select(profile => (profile.Type, profile.Family)).Distinct()
            .Where(one => one.Type.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => CachedOrganization.Begins(one.Type, typed)).ThenBy(one => one.Type, StringComparer.Ordinal)
            .Select(one => (one.Type, $"{one.Type} ({one.Family})")));
    }
}

/// <summary>Completes the variants that have a lock-in profile, of the type that is given.</summary>
public sealed class LockInVariantCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CachedOrganization.Typed(wordToComplete);
        var type = fakeBoundParameters?["Type"]?.ToString();
        return CachedOrganization.Results(LockInData.Facts([]).Profiles
            .Where(profile => profile.Variant is not null && (type is null || string.Equals(profile.Type, type, StringComparison.OrdinalIgnoreCase)) && CachedOrganization.Begins(profile.Variant, typed))
            .Select(profile => profile.Variant!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(variant => (variant, variant)));
    }
}
