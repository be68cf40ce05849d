using System.Globalization;

namespace Guardrails;

/// <summary>
/// Values of a condition key of which one stands for all that the conditions of two policies cannot tell apart: both sides of each border,
/// each combination of patterns, an absent key, and several values where a set operator asks for them.
/// </summary>
internal static class KeyValues
{
    private const int MostTogether = 3;
    private const int MostForSets = 8;

    private static readonly string[] OtherAddresses = ["203.0.113.77", "2001:db8:ffff::77"];

    /// <param name="conditions">The documents' conditions on that key.</param>
    /// <param name="textsOf">Texts that a variable's key may stand for.</param>
    /// <param name="complete">False where some combinations may be missing.</param>
    public static List<ContextKey> Of(
        string key, IReadOnlyList<(PolicyCondition Condition, bool Variables)> conditions, Func<string, IReadOnlyList<string>> textsOf, out bool complete)
    {
        complete = true;
        var texts = new List<string>();
        var automata = new List<PatternAutomaton>();
        foreach (var (condition, variables) in conditions)
        {
            if (condition.Operator is not { } test) continue;
            foreach (var word in condition.Values)
            {
                foreach (var value in variables ? Expand(word.Text, textsOf) : [word.Text]) Add(test.Comparison, value, texts, automata);
            }
        }
        if (automata.Count > 0) texts.AddRange(PatternClasses.Witnesses(automata, isAction: false, out complete));
        texts.AddRange(["x", "other-value"]);
        var singles = texts.Distinct(StringComparer.Ordinal).Select(text => new ContextKey(key, text)).ToList();
        if (!conditions.Any(one => one.Variables && one.Condition.Values.Any(value => value.Text.Contains("${", StringComparison.Ordinal)))) singles = Distinct(key, singles, conditions);
        var all = new List<ContextKey> { ContextKey.Absent(key) };
        all.AddRange(singles);
        if (conditions.Any(one => one.Condition.Operator is { Set: not PolicySetOperator.None }))
        {
            complete &= singles.Count <= MostForSets;
            all.AddRange(Together(key, [.. singles.Take(MostForSets)]));
        }
        return all;
    }

    /// <summary>One of those that all conditions take alike.</summary>
    private static List<ContextKey> Distinct(string key, List<ContextKey> values, IReadOnlyList<(PolicyCondition Condition, bool Variables)> conditions)
    {
        var keys = new KeyTable();
        CompiledCondition[] compiled = [.. conditions.Select(one => CompiledCondition.Compile(one.Condition with { Key = key }, one.Variables, keys))];
        var request = new BoundRequest(keys);
        return [.. values.DistinctBy(value =>
        {
            request.Bind(new AccessRequest("x:x") { Context = [value] }, null, null);
            return string.Concat(compiled.Select(condition => (char)('0' + (int)condition.Evaluate(request))));
        })];
    }

    private static IEnumerable<ContextKey> Together(string key, ContextKey[] singles)
    {
        for (var bits = 1; bits < 1 << singles.Length; bits++)
        {
            string[] values = [.. singles.Where((_, i) => (bits >> i & 1) == 1).Select(single => single.Items[0])];
            if (values.Length is > 1 and <= MostTogether) yield return new ContextKey(key, values);
        }
    }

    /// <summary>What a text with variables can stand for.</summary>
    private static List<string> Expand(string text, Func<string, IReadOnlyList<string>> textsOf)
    {
        var open = text.IndexOf("${", StringComparison.Ordinal);
        var end = open < 0 ? -1 : text.IndexOf('}', open);
        if (end < open + 3) return [text];
        var inner = text[(open + 2)..end].Trim();
        if (inner is "*" or "?" or "$") return [.. Expand(text[(end + 1)..], textsOf).Select(rest => text[..(end + 1)] + rest)];
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        var name = comma < 0 ? inner : inner[..comma].Trim();
        var stands = textsOf(name).ToList();
        if (comma >= 0) stands.Add(inner[(comma + 1)..].Trim().Trim('\''));
        return [.. stands.Distinct().Take(4).SelectMany(one => Expand(text[(end + 1)..], textsOf).Select(rest => text[..open] + one + rest))];
    }

    private static void Add(PolicyComparison comparison, string value, List<string> texts, List<PatternAutomaton> automata)
    {
        switch (comparison)
        {
            case PolicyComparison.StringEquals or PolicyComparison.StringNotEquals or PolicyComparison.StringEqualsIgnoreCase or PolicyComparison.StringNotEqualsIgnoreCase or PolicyComparison.BinaryEquals:
                texts.AddRange([Plain(value), Flip(Plain(value))]);
                // As a literal it is a class of its own beside the patterns.
                automata.Add(new PatternAutomaton([.. Plain(value).Select(c => (int)c)], false));
                break;
            case PolicyComparison.StringLike or PolicyComparison.StringNotLike:
                automata.Add(new PatternAutomaton(Tokens(value), false));
                break;
            case PolicyComparison.ArnEquals or PolicyComparison.ArnNotEquals or PolicyComparison.ArnLike or PolicyComparison.ArnNotLike:
                if (PatternAutomaton.Arn(Tokens(value)) is { } arn) automata.Add(arn);
                texts.Add("arn:aws:iam::111122223333:role/other");
                break;
            case PolicyComparison.Bool:
                texts.AddRange(["true", "false"]);
                break;
            case PolicyComparison.IpAddress or PolicyComparison.NotIpAddress:
                if (IpRange.TryParse(value, out var range)) texts.AddRange(range.Borders());
                texts.AddRange(OtherAddresses);
                break;
            case >= PolicyComparison.NumericEquals and <= PolicyComparison.NumericGreaterThanEquals:
                if (!NumberMatcher.TryParse(value, out var number)) break;
                texts.AddRange(new[] { number, number - 1, number + 1, number - 0.5m, number + 0.5m }.Select(one => one.ToString(CultureInfo.InvariantCulture)));
                break;
            case >= PolicyComparison.DateEquals and <= PolicyComparison.DateGreaterThanEquals:
                if (!PolicyDate.TryParse(value, out var date)) break;
                texts.Add(value);
                texts.AddRange(new[] { date.Seconds - 1, date.Seconds, date.Seconds + 1 }.Select(one => one.ToString(CultureInfo.InvariantCulture)));
                break;
        }
    }

    private static int[] Tokens(string pattern) => [.. VariableText.Parse(pattern, wildcards: true, variables: true, new KeyTable()) is { HasVariables: false } text
        ? text.Tokens
        : pattern.Select(c => c == '*' ? GlobPattern.AnyRun : c == '?' ? GlobPattern.AnyOne : c)];

    private static string Plain(string value) => VariableText.Parse(value, wildcards: false, variables: true, new KeyTable()) is { HasVariables: false } text
        ? string.Concat(text.Tokens.Select(token => (char)token))
        : value;

    private static string Flip(string text) => text.Any(char.IsLower) ? text.ToUpperInvariant() : text.ToLowerInvariant();
}
