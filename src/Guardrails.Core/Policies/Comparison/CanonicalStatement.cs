namespace Guardrails;

/// <summary>A statement written in one way, so that order, case where it does not matter, white space and the Sid make no difference.</summary>
internal static class CanonicalStatement
{
    public static string Of(PolicyStatement statement, string? version)
    {
        var parts = new List<string>
        {
            statement.EffectText?.Text ?? "",
            Words(statement.Action, ignoreCase: true),
            Words(statement.NotAction, ignoreCase: true),
            Words(statement.Resource, ignoreCase: false),
            Words(statement.NotResource, ignoreCase: false),
        };
        parts.AddRange(statement.Conditions.Select(condition =>
            $"{condition.Operator?.ToString() ?? condition.OperatorText} {condition.Key.ToUpperInvariant()} {string.Join('\n', condition.Values.Select(value => Value(condition, value.Text)).Distinct().Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal));
        var text = string.Join('\t', parts);
        return text.Contains("${", StringComparison.Ordinal) ? $"{version}\t{text}" : text;
    }

    private static string Value(PolicyCondition condition, string value) => condition.Operator?.Comparison switch
    {
        PolicyComparison.Bool or PolicyComparison.Null or PolicyComparison.StringEqualsIgnoreCase or PolicyComparison.StringNotEqualsIgnoreCase
            when !value.Contains("${", StringComparison.Ordinal) => value.ToUpperInvariant(),
        _ => value,
    };

    private static string Words(PolicyWords? words, bool ignoreCase) => words is null
        ? ""
        : $"{words.Element} {string.Join('\n', words.Values.Select(word => ignoreCase ? word.Text.ToUpperInvariant() : word.Text).Distinct().Order(StringComparer.Ordinal))}";
}
