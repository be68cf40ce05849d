namespace Guardrails;

/// <summary>Patterns of policies: <c>*</c> stands for any text, <c>?</c> for one character. At most pattern × text steps, without recursion.</summary>
internal static class Wildcard
{
    /// <summary>True when it holds a wildcard.</summary>
    public static bool IsIn(ReadOnlySpan<char> pattern) => pattern.ContainsAny('*', '?');

    /// <summary>True when the pattern stands for the whole text. The case of ASCII letters does not matter.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) => Run(pattern, text, textIsPattern: false, ignoreCase: true);

    /// <summary>
    /// True when everything that <paramref name="narrow"/> stands for is certain to be something that <paramref name="wide"/> stands for.
    /// False can also mean that it could not be told.
    /// </summary>
    public static bool Covers(ReadOnlySpan<char> wide, ReadOnlySpan<char> narrow, bool ignoreCase) => Run(wide, narrow, textIsPattern: true, ignoreCase);

    private static bool Run(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool textIsPattern, bool ignoreCase)
    {
        var (p, t, star, resume) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
                continue;
            }
            if (p < pattern.Length && StandsFor(pattern[p], text[t], textIsPattern, ignoreCase))
            {
                p++;
                t++;
                continue;
            }
            if (star < 0) return false;
            p = star + 1;
            t = ++resume;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool StandsFor(char pattern, char text, bool textIsPattern, bool ignoreCase)
    {
        if (textIsPattern && text == '*') return false;
        if (pattern == '?') return true;
        return pattern == text || (ignoreCase && char.ToLowerInvariant(pattern) == char.ToLowerInvariant(text));
    }
}
