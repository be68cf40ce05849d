using System.Text;

namespace Guardrails;

/// <summary>Rules about a document as a whole, for every policy type.</summary>
internal static class DocumentRules
{
    /// <summary>The rule about a document's length.</summary>
    public const string TooLong = "GR-POL-011";

    private const int LongestPlaceholder = 100;

    private static readonly string[] FillIns = ["YOUR_", "YOUR-", "REPLACE", "CHANGEME", "CHANGE_ME", "TODO"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-POL-010", FindingSeverity.Error, LintScope.ManagementPolicy, "Not the form of the policy type",
            "Write the policy under the key that its type has at the top, or name the type that it is with -Type.", TopLevel),
        new(TooLong, FindingSeverity.Error, LintScope.Every, "Longer than the type's limit",
            "Split the policy, use wildcards for actions that belong together, or move conditions that repeat into one statement.", Length,
            "access-analyzer:POLICY_SIZE_EXCEEDS_SCP_QUOTA", "iam-policy-validator:policy_size"),
        new("GR-POL-012", FindingSeverity.Warning, LintScope.Every, "Within the limit only without white space",
            "Minify the document before it is sent; AWS stores it as sent and counts white space.", LengthAsWritten, "iam-policy-validator:policy_size"),
        new("GR-POL-013", FindingSeverity.Warning, LintScope.Every, "Placeholder left unfilled", "Write the value that is meant.", Placeholders),
    ];

    private static IEnumerable<LintFault> TopLevel(LintSubject subject)
    {
        var root = subject.Document.Root!;
        if (subject.Document.Type is not { } type)
        {
            yield return new(root.Offset, "The document is of no known policy type: it has neither statements nor the key of a management policy at its top.");
            yield break;
        }
        if (PolicyTypes.TopLevelKey(type) is not { } key) yield break;
        if (root[key] is null) yield return new(root.Offset, $"A document of type {type} has the key '{key}' at its top; here it is missing.");
        foreach (var other in root.Members.Where(member => member.Name != key && !member.Name.StartsWith("@@", StringComparison.Ordinal)))
            yield return new(other.Offset, $"A document of type {type} has no key '{Quote.Short(other.Name)}' at its top.");
    }

    private static IEnumerable<LintFault> Length(LintSubject subject)
    {
        if (LimitOf(subject) is not { } limit || subject.Document.Characters <= limit) yield break;
        var text = PolicyWriter.Minify(subject.Document.Root!);
        if (text.Length > limit)
        {
            yield return new(subject.Document.Root!.Offset,
                $"Without white space the document has {text.Length} characters ({Encoding.UTF8.GetByteCount(text)} bytes); a {subject.Document.Type} may have {limit}.");
        }
    }

    private static IEnumerable<LintFault> LengthAsWritten(LintSubject subject)
    {
        if (LimitOf(subject) is not { } limit || subject.Document.Characters <= limit) yield break;
        var text = PolicyWriter.Minify(subject.Document.Root!);
        if (text.Length <= limit)
        {
            yield return new(subject.Document.Root!.Offset,
                $"As written the document has {subject.Document.Characters} characters ({subject.Document.Bytes} bytes), and a {subject.Document.Type} may have {limit}; without white space it has {text.Length}.");
        }
    }

    private static int? LimitOf(LintSubject subject) => subject.Document.Type is { } type ? subject.Limits.Of(type)?.Characters : null;

    private static IEnumerable<LintFault> Placeholders(LintSubject subject)
    {
        var statements = subject.Document.Statements;
        foreach (var text in Texts(subject.Document.Root!))
        {
            if (Placeholder(text.Text, subject.Facts) is not { } found) continue;
            var statement = statements.LastOrDefault(one => one.Offset <= text.Offset);
            yield return new(text.Offset, $"'{Quote.Short(found)}' looks like a placeholder of a template.", statement);
        }
    }

    private static IEnumerable<PolicyJson> Texts(PolicyJson json)
    {
        if (json.Kind == PolicyJsonKind.String) yield return json;
        foreach (var text in json.Items.Concat(json.Members.Select(member => member.Value)).SelectMany(Texts)) yield return text;
    }

    /// <summary>True for a text with something still to be filled in, whose form says nothing about the value to come.</summary>
    public static bool IsUnfilled(string text) => Bracketed(text) is not null || FillIns.Any(word => text.Contains(word, StringComparison.Ordinal));

    private static string? Placeholder(string text, LintFacts facts)
    {
        if (text.Length > 2000) return null;
        return Bracketed(text)
            ?? FillIns.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal))
            ?? facts.ExampleAccounts.FirstOrDefault(account => text.Contains(account, StringComparison.Ordinal));
    }

    /// <summary>The first of <c>[PRIVILEGED_ROLE]</c>, <c>&lt;my-org-id&gt;</c>, <c>{example-region-1}</c>, and <c>${Account}</c>, which is no policy variable.</summary>
    private static string? Bracketed(string text)
    {
        for (var at = text.AsSpan().IndexOfAny("[<{"); at >= 0;)
        {
            var close = text[at] switch { '[' => ']', '<' => '>', _ => '}' };
            var end = text.IndexOf(close, at);
            if (end > at + 1 && end - at <= LongestPlaceholder)
            {
                var isVariable = at > 0 && text[at] == '{' && text[at - 1] == '$';
                var inner = text.AsSpan(at + 1, end - at - 1);
                if (IsPlaceholder(inner, isVariable)) return text[(isVariable ? at - 1 : at)..(end + 1)];
            }
            var next = text.AsSpan(at + 1).IndexOfAny("[<{");
            at = next < 0 ? -1 : at + 1 + next;
        }
        return null;
    }

    /// <summary>A policy variable names a key, which has a colon, or is one of the literals <c>* ? $</c>.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<char> inner, bool isVariable) =>
        isVariable ? !inner.Contains(':') && inner is not ("*" or "?" or "$") : inner.IndexOfAnyInRange('A', 'z') >= 0 && !inner.ContainsAny("\"'{[<");
}
