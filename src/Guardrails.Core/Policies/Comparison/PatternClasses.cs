namespace Guardrails;

/// <summary>A pattern as a small automaton: its states are places between tokens.</summary>
/// <param name="Tokens">As in <see cref="GlobPattern"/>; <see cref="AnyRunInSegment"/> and <see cref="AnyOneInSegment"/> don't take a colon.</param>
internal sealed record PatternAutomaton(int[] Tokens, bool IgnoreCase)
{
    public const int AnyRunInSegment = -3;
    public const int AnyOneInSegment = -4;

    private const int Segments = 6;

    public bool IsLiteral => Array.TrueForAll(Tokens, token => token >= 0);

    /// <summary>An ARN pattern: wildcards of the first five segments don't take colons; null for one with fewer segments, which matches nothing.</summary>
    public static PatternAutomaton? Arn(ReadOnlySpan<int> tokens)
    {
        var segment = 1;
        var bounded = new int[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] == ':' && segment < Segments) segment++;
            bounded[i] = segment == Segments ? tokens[i] : tokens[i] switch
            {
                GlobPattern.AnyRun => AnyRunInSegment,
                GlobPattern.AnyOne => AnyOneInSegment,
                var token => token,
            };
        }
        return segment == Segments ? new PatternAutomaton(bounded, false) : null;
    }

    /// <summary>The places where a text may begin.</summary>
    public bool[] Start()
    {
        var places = new bool[Tokens.Length + 1];
        places[0] = true;
        Skip(places);
        return places;
    }

    public bool[] Step(bool[] from, char c)
    {
        var to = new bool[from.Length];
        for (var i = 0; i < Tokens.Length; i++)
        {
            if (!from[i]) continue;
            if (IsRun(Tokens[i]) && Takes(Tokens[i], c)) to[i] = true;
            else if (!IsRun(Tokens[i]) && Takes(Tokens[i], c)) to[i + 1] = true;
        }
        Skip(to);
        return to;
    }

    private void Skip(bool[] places)
    {
        for (var i = 0; i < Tokens.Length; i++)
        {
            if (places[i] && IsRun(Tokens[i])) places[i + 1] = true;
        }
    }

    private static bool IsRun(int token) => token is GlobPattern.AnyRun or AnyRunInSegment;

    private bool Takes(int token, char c) => token switch
    {
        GlobPattern.AnyRun or GlobPattern.AnyOne => true,
        AnyRunInSegment or AnyOneInSegment => c != ':',
        _ => token == c || (IgnoreCase && char.ToUpperInvariant((char)token) == char.ToUpperInvariant(c)),
    };
}

/// <summary>Texts of which one stands for all that the same patterns match.</summary>
internal static class PatternClasses
{
    private const int MostStates = 6_000;

    /// <summary>States times tokens: bounds time and memory for patterns that nobody writes.</summary>
    private const int MostPlaces = 3_000_000;

    private sealed record State(bool[][] Places, int Phase, string Text);

    /// <summary>
    /// A text for each combination of patterns that any text can match. The automata of all patterns with wildcards run together, so the
    /// combinations are all that there are; literals are texts of their own.
    /// </summary>
    /// <param name="isAction">Only texts of the form service:name.</param>
    /// <param name="complete">False where there were too many combinations to go through.</param>
    public static List<string> Witnesses(IEnumerable<PatternAutomaton> patterns, bool isAction, out bool complete)
    {
        var all = patterns.DistinctBy(pattern => (string.Join(',', pattern.Tokens), pattern.IgnoreCase)).ToList();
        var literals = new Dictionary<string, PatternAutomaton>(isAction ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var pattern in all.Where(pattern => pattern.IsLiteral)) literals.TryAdd(string.Concat(pattern.Tokens.Select(token => (char)token)), pattern);
        var told = all.Where(pattern => !pattern.IsLiteral).ToList();
        while (true)
        {
            var found = Explore([.. told], literals, isAction, out complete, out var colliding);
            var more = colliding.Where(pattern => !told.Contains(pattern)).Distinct().ToList();
            if (more.Count == 0) return [.. literals.Keys.Where(text => !isAction || IsAction(text)), .. found];
            // A combination was met in a literal's text first: with the literal told apart, another text for it is found, or there is none.
            told.AddRange(more);
        }
    }

    private static List<string> Explore(
        PatternAutomaton[] patterns, Dictionary<string, PatternAutomaton> literals, bool isAction, out bool complete, out List<PatternAutomaton> colliding)
    {
        var mostStates = Math.Min(MostStates, MostPlaces / (1 + patterns.Sum(pattern => pattern.Tokens.Length)));
        var alphabet = Alphabet(patterns, isAction);
        var texts = new List<string>();
        var found = new HashSet<string>();
        var seen = new HashSet<string>();
        var open = new Queue<State>();
        open.Enqueue(new State([.. patterns.Select(pattern => pattern.Start())], 0, ""));
        complete = true;
        colliding = [];
        while (open.TryDequeue(out var state))
        {
            if (!isAction || state.Phase == 3)
            {
                var vector = string.Concat(state.Places.Select(places => places[^1] ? '1' : '0'));
                if (literals.TryGetValue(state.Text, out var literal)) colliding.Add(literal);
                else if (found.Add(vector)) texts.Add(state.Text);
            }
            foreach (var c in alphabet)
            {
                var phase = isAction ? NextPhase(state.Phase, c) : 0;
                if (phase < 0) continue;
                bool[][] places = [.. state.Places.Select((from, i) => patterns[i].Step(from, c))];
                if (!seen.Add(phase + string.Concat(places.SelectMany(one => one.Select(place => place ? '1' : '0').Append('|'))))) continue;
                if (seen.Count > mostStates)
                {
                    complete = false;
                    return texts;
                }
                open.Enqueue(new State(places, phase, state.Text + c));
            }
        }
        return texts;
    }

    private static bool IsAction(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1 && text.IndexOf(':', colon + 1) < 0;
    }

    /// <summary>0: no service yet, 1: in the service, 2: after the colon, 3: in the name; -1: no action.</summary>
    private static int NextPhase(int phase, char c) => c == ':' ? (phase == 1 ? 2 : -1) : phase < 2 ? 1 : 3;

    /// <summary>The characters that patterns tell apart, and one that none names, which stands for all others.</summary>
    private static char[] Alphabet(PatternAutomaton[] patterns, bool isAction)
    {
        var named = patterns.SelectMany(pattern => pattern.Tokens.Where(token => token >= 0).Select(token => pattern.IgnoreCase ? char.ToLowerInvariant((char)token) : (char)token));
        var alphabet = named.Where(c => !isAction || char.IsAsciiLetterOrDigit(c) || c is ':' or '-').ToHashSet();
        if (isAction) alphabet.Add(':');
        foreach (var other in "xyzqwvjkX0123456789~^".Where(c => !alphabet.Contains(c) && (!isAction || char.IsAsciiLetterOrDigit(c))).Take(1)) alphabet.Add(other);
        return [.. alphabet];
    }
}
