namespace Guardrails;

/// <summary>
/// A pattern for one name, in any case of letters: <c>*</c> any characters, <c>?</c> one, <c>[abc]</c> and <c>[a-c]</c> one of these,
/// a backtick before a character for just that character. A bracket that is not closed stands for itself, as does an empty pair.
/// Characters are UTF-16 units, as in PowerShell's own wildcards.
/// </summary>
internal sealed class TextPattern
{
    private enum Kind { Literal, AnyOne, AnyRun, Set }

    /// <param name="Set">Pairs of first and last character.</param>
    private readonly record struct Token(Kind Kind, char Literal = '\0', IReadOnlyList<(char First, char Last)>? Set = null);

    private readonly Token[] _tokens;

    private TextPattern(Token[] tokens) => _tokens = tokens;

    /// <summary>True where it can match more than one name in the same case of letters.</summary>
    public bool HasWildcards => Array.Exists(_tokens, token => token.Kind != Kind.Literal);

    public static TextPattern Parse(string pattern)
    {
        var tokens = new List<Token>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '`' when i + 1 < pattern.Length:
                    tokens.Add(Literal(pattern[++i]));
                    break;
                case '*':
                    if (tokens.Count == 0 || tokens[^1].Kind != Kind.AnyRun) tokens.Add(new Token(Kind.AnyRun));
                    break;
                case '?':
                    tokens.Add(new Token(Kind.AnyOne));
                    break;
                case '[' when ReadSet(pattern, i) is (var set, var end):
                    tokens.Add(new Token(Kind.Set, Set: set));
                    i = end;
                    break;
                default:
                    tokens.Add(Literal(pattern[i]));
                    break;
            }
        }
        return new TextPattern([.. tokens]);
    }

    /// <summary>At most tokens × characters steps: only the last run of any characters is ever tried again.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        var (token, at, run, runFrom) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (token < _tokens.Length && _tokens[token].Kind == Kind.AnyRun)
            {
                run = token++;
                runFrom = at;
            }
            else if (token < _tokens.Length && MatchesOne(_tokens[token], text[at]))
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
        while (token < _tokens.Length && _tokens[token].Kind == Kind.AnyRun) token++;
        return token == _tokens.Length;
    }

    private static Token Literal(char c) => new(Kind.Literal, char.ToUpperInvariant(c));

    private static bool MatchesOne(Token token, char c) => token.Kind switch
    {
        Kind.AnyOne => true,
        Kind.Literal => char.ToUpperInvariant(c) == token.Literal,
        _ => IsIn(token.Set!, c) || IsIn(token.Set!, char.ToUpperInvariant(c)) || IsIn(token.Set!, char.ToLowerInvariant(c)),
    };

    private static bool IsIn(IReadOnlyList<(char First, char Last)> set, char c)
    {
        foreach (var (first, last) in set)
        {
            if (c >= first && c <= last) return true;
        }
        return false;
    }

    private static (IReadOnlyList<(char First, char Last)> Set, int End)? ReadSet(string pattern, int open)
    {
        var set = new List<(char First, char Last)>();
        var at = open + 1;
        while (at < pattern.Length && pattern[at] != ']')
        {
            if (ReadOne(pattern, ref at) is not { } first) return null;
            var last = first;
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                if (ReadOne(pattern, ref at) is not { } end) return null;
                last = end;
            }
            set.Add((first, last));
        }
        return at < pattern.Length && set.Count > 0 ? (set, at) : null;
    }

    private static char? ReadOne(string pattern, ref int at)
    {
        if (pattern[at] == '`' && ++at == pattern.Length) return null;
        return pattern[at++];
    }
}
