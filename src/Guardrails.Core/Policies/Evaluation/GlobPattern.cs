namespace Guardrails;

/// <summary>
/// A pattern of AWS policies: <c>*</c> stands for any characters, <c>?</c> for one, everything else for itself. Matching takes at most
/// pattern × text steps, without recursion and without allocation.
/// </summary>
/// <remarks>Source: IAM user guide, "IAM JSON policy elements: Condition operators" and "Resource" (August 2026). Characters are UTF-16 units.</remarks>
internal sealed class GlobPattern
{
    /// <summary>Stands for any characters in <see cref="Tokens"/>; every other value is a character.</summary>
    public const int AnyRun = -1;

    /// <summary>Stands for one character.</summary>
    public const int AnyOne = -2;

    private enum Shape { Exact, Everything, Prefix, Suffix, Infix, General }

    private readonly int[] _tokens;
    private readonly string _text;
    private readonly Shape _shape;
    private readonly StringComparison _comparison;

    private GlobPattern(int[] tokens, bool ignoreCase)
    {
        _tokens = tokens;
        IgnoreCase = ignoreCase;
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _text = string.Concat(tokens.Where(token => token >= 0).Select(token => (char)token));
        LiteralPrefix = string.Concat(tokens.TakeWhile(token => token >= 0).Select(token => (char)token));
        _shape = ShapeOf(tokens);
    }

    /// <summary>True where letters match in any case.</summary>
    public bool IgnoreCase { get; }

    /// <summary>The characters before the first wildcard.</summary>
    public string LiteralPrefix { get; }

    /// <summary>True where it holds no wildcard.</summary>
    public bool IsLiteral => _shape == Shape.Exact;

    /// <summary>True for a pattern of nothing but <c>*</c>.</summary>
    public bool MatchesEverything => _shape == Shape.Everything;

    /// <summary>Characters, <see cref="AnyRun"/> and <see cref="AnyOne"/>; never two runs in a row.</summary>
    public ReadOnlySpan<int> Tokens => _tokens;

    public static GlobPattern Parse(ReadOnlySpan<char> pattern, bool ignoreCase = false)
    {
        var tokens = new List<int>(pattern.Length);
        foreach (var c in pattern) Append(tokens, c == '*' ? AnyRun : c == '?' ? AnyOne : c);
        return new GlobPattern([.. tokens], ignoreCase);
    }

    public static GlobPattern FromTokens(IEnumerable<int> tokens, bool ignoreCase = false)
    {
        var merged = new List<int>();
        foreach (var token in tokens) Append(merged, token);
        return new GlobPattern([.. merged], ignoreCase);
    }

    public bool Matches(ReadOnlySpan<char> text) => _shape switch
    {
        Shape.Everything => true,
        Shape.Exact => text.Equals(_text, _comparison),
        Shape.Prefix => text.StartsWith(_text, _comparison),
        Shape.Suffix => text.EndsWith(_text, _comparison),
        Shape.Infix => text.Contains(_text, _comparison),
        _ => Matches(_tokens, text, IgnoreCase),
    };

    /// <summary>Only the last run of any characters is ever tried again: what an earlier one could take, the last one can take as well.</summary>
    public static bool Matches(ReadOnlySpan<int> tokens, ReadOnlySpan<char> text, bool ignoreCase)
    {
        var (token, at, run, runFrom) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (token < tokens.Length && tokens[token] == AnyRun)
            {
                run = token++;
                runFrom = at;
                if (token == tokens.Length) return true;
            }
            else if (token < tokens.Length && MatchesOne(tokens[token], text[at], ignoreCase))
            {
                token++;
                at++;
            }
            else if (run >= 0)
            {
                token = run + 1;
                at = ++runFrom;
            }
            else
            {
                return false;
            }
        }
        while (token < tokens.Length && tokens[token] == AnyRun) token++;
        return token == tokens.Length;
    }

    /// <summary>The pattern as it is written; a literal asterisk cannot be told from a wildcard.</summary>
    public override string ToString() => string.Concat(_tokens.Select(token => token == AnyRun ? '*' : token == AnyOne ? '?' : (char)token));

    private static bool MatchesOne(int token, char c, bool ignoreCase) =>
        token == c || token == AnyOne || (ignoreCase && token >= 0 && char.ToUpperInvariant((char)token) == char.ToUpperInvariant(c));

    private static void Append(List<int> tokens, int token)
    {
        if (token != AnyRun || tokens.Count == 0 || tokens[^1] != AnyRun) tokens.Add(token);
    }

    private static Shape ShapeOf(int[] tokens)
    {
        if (tokens.Contains(AnyOne)) return Shape.General;
        var runs = tokens.Count(token => token == AnyRun);
        if (runs == 0) return Shape.Exact;
        if (tokens.Length == 1) return Shape.Everything;
        if (runs == 1 && tokens[^1] == AnyRun) return Shape.Prefix;
        if (runs == 1 && tokens[0] == AnyRun) return Shape.Suffix;
        return runs == 2 && tokens[0] == AnyRun && tokens[^1] == AnyRun ? Shape.Infix : Shape.General;
    }
}
