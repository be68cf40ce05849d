using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Guardrails.Sandbox;

/// <summary>
/// A pattern of an API model. AWS matches the whole value against it: an ARN is refused where <c>^(r-…)|(\d{12})|…$</c> is asked for, although
/// a search would find twelve digits in it (https://github.com/RoadieHQ/roadie-backstage-plugins/issues/1391, seen 2026-08).
/// The models are written for Java's engine, where \w, \d and \s are ASCII.
/// </summary>
internal sealed class ValuePattern
{
    private readonly Regex _regex;
    private readonly bool _byCategory;

    public ValuePattern(string text)
    {
        Text = text;
        _byCategory = text.Contains("\\p{", StringComparison.Ordinal);
        var whole = $"\\A(?:{ToAscii(text)})\\z";
        try
        {
            _regex = new Regex(whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            _regex = new Regex(whole, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>As the model has it.</summary>
    public string Text { get; }

    public bool IsMatch(string value)
    {
        try
        {
            return _regex.IsMatch(_byCategory ? WithoutSurrogates(value) : value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string ToAscii(string pattern)
    {
        var result = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '[') inClass = true;
            if (c == ']') inClass = false;
            if (c != '\\' || i + 1 == pattern.Length)
            {
                result.Append(c);
                continue;
            }
            var next = pattern[++i];
            var set = next switch { 'w' => "a-zA-Z_0-9", 'd' => "0-9", 's' => " \\t\\n\\x0B\\f\\r", _ => null };
            // [\s\S] means everything, whatever the definition of a space is.
            if (set is null || (next == 's' && pattern.AsSpan(i + 1).StartsWith("\\S"))) result.Append('\\').Append(next);
            else result.Append(inClass ? set : $"[{set}]");
        }
        return result.ToString();
    }

    /// <summary>.NET matches UTF-16 units, AWS characters: a character outside the first plane is replaced by one of its category within.</summary>
    private static string WithoutSurrogates(string value)
    {
        if (!value.Any(char.IsSurrogate)) return value;
        var result = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.IsBmp) result.Append((char)rune.Value);
            else result.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => '\u4E00',
                UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '\u00B2',
                _ => '\uE000',
            });
        }
        return result.ToString();
    }
}
