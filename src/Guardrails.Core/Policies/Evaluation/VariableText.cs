using System.Text;

namespace Guardrails;

/// <summary>
/// A text of a policy with variables: <c>${key}</c>, <c>${key, 'default'}</c>, and <c>${*}</c>, <c>${?}</c>, <c>${$}</c> for just that
/// character. What a variable stands for is text and never a wildcard.
/// </summary>
/// <remarks>Source: IAM user guide, "IAM policy elements: Variables and tags" (August 2026).</remarks>
internal sealed class VariableText
{
    /// <param name="Tokens">Characters and wildcards; null for a variable.</param>
    /// <param name="Key">The variable's condition key.</param>
    /// <param name="Default">What it stands for where the request has no such key.</param>
    private readonly record struct Part(int[]? Tokens, int Key, string? Default);

    private readonly Part[] _parts;

    private VariableText(Part[] parts) => _parts = parts;

    /// <summary>True where it stands for different texts in different requests.</summary>
    public bool HasVariables => Array.Exists(_parts, part => part.Tokens is null);

    /// <summary>The keys of its variables.</summary>
    public IEnumerable<int> Variables => _parts.Where(part => part.Tokens is null).Select(part => part.Key);

    /// <summary>The tokens of a text without variables.</summary>
    public IEnumerable<int> Tokens => _parts.SelectMany(part => part.Tokens!);

    /// <param name="wildcards">Whether asterisks and question marks are wildcards.</param>
    /// <param name="variables">Whether the policy's version has variables: only 2012-10-17 has.</param>
    public static VariableText Parse(string text, bool wildcards, bool variables, KeyTable keys)
    {
        var parts = new List<Part>();
        var tokens = new List<int>();
        for (var at = 0; at < text.Length; at++)
        {
            if (variables && text[at] == '$' && Variable(text, at) is { } end)
            {
                var inner = text.AsSpan(at + 2, end - at - 2).Trim();
                at = end;
                if (inner is "*" or "?" or "$")
                {
                    tokens.Add(inner[0]);
                    continue;
                }
                if (tokens.Count > 0) parts.Add(new Part([.. tokens], 0, null));
                tokens.Clear();
                var (key, fallback) = Split(inner);
                parts.Add(new Part(null, keys.Intern(key), fallback));
                continue;
            }
            tokens.Add(!wildcards ? text[at] : text[at] == '*' ? GlobPattern.AnyRun : text[at] == '?' ? GlobPattern.AnyOne : text[at]);
        }
        if (tokens.Count > 0) parts.Add(new Part([.. tokens], 0, null));
        return new VariableText([.. parts]);
    }

    /// <summary>What it stands for with each of these texts for its variables, and with their defaults.</summary>
    public IEnumerable<int[]> Expansions(Func<int, IReadOnlyList<string>> textsOf)
    {
        IEnumerable<IEnumerable<int>> all = [[]];
        foreach (var part in _parts)
        {
            IReadOnlyList<IEnumerable<int>> stands = part.Tokens is not null
                ? [part.Tokens]
                : [.. textsOf(part.Key).Append(part.Default).OfType<string>().Distinct().Select(text => text.Select(c => (int)c))];
            all = all.SelectMany(begun => stands.Select(begun.Concat)).ToList();
        }
        return all.Select(tokens => tokens.ToArray());
    }

    /// <summary>What it stands for in that request.</summary>
    /// <param name="expanded">The tokens; valid until the request's scratch room is used again.</param>
    /// <returns>Unknown where a variable's key is unknown, False where a variable cannot be resolved: it then matches nothing.</returns>
    public Truth Expand(BoundRequest request, out ReadOnlySpan<int> expanded)
    {
        expanded = default;
        var length = 0;
        var known = Truth.True;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (part.Tokens is not null)
            {
                length += part.Tokens.Length;
                continue;
            }
            var state = request.State(part.Key);
            if (state == KeyState.Unknown) known = known.And(Truth.Unknown);
            else if (Resolve(part, request) is { } value) length += value.Length;
            else return Truth.False;
        }
        if (known != Truth.True) return known;
        var room = request.Scratch(length);
        var at = 0;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (part.Tokens is not null)
            {
                part.Tokens.CopyTo(room[at..]);
                at += part.Tokens.Length;
                continue;
            }
            foreach (var c in Resolve(part, request)!) room[at++] = c;
        }
        expanded = room;
        return Truth.True;
    }

    /// <summary>A key with many values has no single text to stand for.</summary>
    private static string? Resolve(in Part part, BoundRequest request) =>
        request.State(part.Key) == KeyState.Absent ? part.Default : request.Count(part.Key) == 1 ? request.Value(part.Key, 0) : null;

    /// <summary>Where the variable that begins there ends; null where none begins.</summary>
    private static int? Variable(string text, int at)
    {
        if (at + 1 >= text.Length || text[at + 1] != '{') return null;
        var end = text.IndexOf('}', at + 2);
        return end > at + 2 ? end : null;
    }

    private static (string Key, string? Default) Split(ReadOnlySpan<char> inner)
    {
        var comma = inner.IndexOf(',');
        if (comma < 0) return (inner.ToString(), null);
        var fallback = inner[(comma + 1)..].Trim();
        if (fallback.Length >= 2 && fallback[0] == '\'' && fallback[^1] == '\'') fallback = fallback[1..^1];
        return (inner[..comma].Trim().ToString(), fallback.ToString());
    }

    /// <summary>For messages.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Tokens is null) text.Append("${…}");
            else foreach (var token in part.Tokens) text.Append(token == GlobPattern.AnyRun ? '*' : token == GlobPattern.AnyOne ? '?' : (char)token);
        }
        return text.ToString();
    }
}
