using System.Collections;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>What completion may use: the organization as it was last read. Completion never calls AWS.</summary>
internal static class CachedOrganization
{
    private const int MaximumResults = 500;

    /// <summary>Of the connection on the command line, else of the session's; null where nothing was read yet.</summary>
    public static Organization? Find(IDictionary boundParameters)
    {
        var given = boundParameters["Connection"];
        var connection = (given is PSObject wrapped ? wrapped.BaseObject : given) as GuardrailConnection ?? CurrentConnection.Get();
        return connection?.Organization.Last;
    }

    /// <summary>What the user has typed of the word, without the quote that may stand before it.</summary>
    public static string Typed(string? word) => word is null ? "" : word.TrimStart('\'', '"').TrimEnd('\'', '"');

    public static bool Begins(string text, string typed) => text.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    /// <summary>Results for these values, quoted where the language needs it.</summary>
    public static IEnumerable<CompletionResult> Results(IEnumerable<(string Value, string Tip)> found) =>
        found.DistinctBy(one => one.Value).Take(MaximumResults)
            .Select(one => new CompletionResult(Quote(one.Value), one.Value, CompletionResultType.ParameterValue, one.Tip));

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or ':' or '=')
            ? value
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
