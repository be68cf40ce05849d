using System.Text;
using System.Text.RegularExpressions;

namespace Guardrails;

/// <summary>Makes an account's email from a template such as <c>aws+{name}@example.com</c>.</summary>
internal static partial class EmailTemplate
{
    private const string NamePlaceholder = "{name}";

    /// <summary>The email with the account's name in it, as <see cref="Safe"/> writes it; the text itself where it has no placeholder.</summary>
    /// <exception cref="FormatException">There is another placeholder than {name}, or nothing of the name can stand in an email.</exception>
    public static string Expand(string template, string name)
    {
        foreach (Match placeholder in Placeholder().Matches(template))
        {
            if (!placeholder.Value.Equals(NamePlaceholder, StringComparison.OrdinalIgnoreCase))
                throw new FormatException($"Email '{template}' has '{placeholder.Value}'; only {NamePlaceholder} is known.");
            if (Safe(name).Length == 0) throw new FormatException($"Email '{template}' cannot be made: nothing of the name '{name}' can stand in an email.");
        }
        return Placeholder().Replace(template, _ => Safe(name));
    }

    /// <summary>
    /// A name as part of an email: small letters, digits, and <c>_</c>; each run of other characters is one <c>-</c>, none at the ends.
    /// <c>Web Shop (Prod)</c> is <c>web-shop-prod</c>. Different names can become the same, which is found as a duplicate email.
    /// </summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_') safe.Append(char.ToLowerInvariant(c));
            else if (safe.Length > 0 && safe[^1] != '-') safe.Append('-');
        }
        return safe.ToString().TrimEnd('-');
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}
