using System.Globalization;

namespace Guardrails;

/// <summary>One value of a condition, compiled: whether a value of the request matches it. Unknown only where a variable is.</summary>
internal abstract class ValueMatcher
{
    public abstract Truth Matches(string value, BoundRequest request);

    /// <summary>The keys of the variables in it.</summary>
    public virtual IEnumerable<int> Variables => [];

    /// <summary>A value that is not what its operator compares (a number, a date, …) matches nothing. Negation is the condition's.</summary>
    public static ValueMatcher Compile(PolicyComparison comparison, string value, bool variables, KeyTable keys) => comparison switch
    {
        PolicyComparison.StringEquals or PolicyComparison.StringNotEquals => Text(value, StringComparison.Ordinal, variables, keys),
        PolicyComparison.StringEqualsIgnoreCase or PolicyComparison.StringNotEqualsIgnoreCase => Text(value, StringComparison.OrdinalIgnoreCase, variables, keys),
        PolicyComparison.StringLike or PolicyComparison.StringNotLike => Glob(value, variables, keys),
        PolicyComparison.ArnEquals or PolicyComparison.ArnNotEquals or PolicyComparison.ArnLike or PolicyComparison.ArnNotLike => Arn(value, variables, keys),
        PolicyComparison.BinaryEquals => new TextMatcher(value, StringComparison.Ordinal),
        PolicyComparison.Bool => BoolMatcher.TryParse(value, out var truth) ? new BoolMatcher(truth) : NoMatch.Instance,
        PolicyComparison.IpAddress or PolicyComparison.NotIpAddress => IpRange.TryParse(value, out var range) ? new IpMatcher(range) : NoMatch.Instance,
        >= PolicyComparison.NumericEquals and <= PolicyComparison.NumericGreaterThanEquals =>
            NumberMatcher.TryParse(value, out var number) ? new NumberMatcher(comparison, number) : NoMatch.Instance,
        >= PolicyComparison.DateEquals and <= PolicyComparison.DateGreaterThanEquals =>
            PolicyDate.TryParse(value, out var date) ? new DateMatcher(comparison, date) : NoMatch.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Null compares presence, not values."),
    };

    private static ValueMatcher Text(string value, StringComparison comparison, bool variables, KeyTable keys)
    {
        var text = VariableText.Parse(value, wildcards: false, variables, keys);
        if (text.HasVariables) return new VariableMatcher(text, isArn: false, comparison == StringComparison.OrdinalIgnoreCase);
        return new TextMatcher(GlobPattern.FromTokens(text.Tokens).LiteralPrefix, comparison);
    }

    private static ValueMatcher Glob(string value, bool variables, KeyTable keys)
    {
        var text = VariableText.Parse(value, wildcards: true, variables, keys);
        return text.HasVariables ? new VariableMatcher(text, isArn: false) : new GlobMatcher(GlobPattern.FromTokens(text.Tokens));
    }

    private static ValueMatcher Arn(string value, bool variables, KeyTable keys)
    {
        var text = VariableText.Parse(value, wildcards: true, variables, keys);
        if (text.HasVariables) return new VariableMatcher(text, isArn: true);
        return ArnPattern.TryParse([.. text.Tokens], out var arn) ? new ArnMatcher(arn) : NoMatch.Instance;
    }
}

/// <summary>Matches nothing.</summary>
internal sealed class NoMatch : ValueMatcher
{
    public static NoMatch Instance { get; } = new();

    public override Truth Matches(string value, BoundRequest request) => Truth.False;
}

internal sealed class TextMatcher(string text, StringComparison comparison) : ValueMatcher
{
    public string Text { get; } = text;

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(value.Length == Text.Length && value.Equals(Text, comparison));
}

internal sealed class GlobMatcher(GlobPattern pattern) : ValueMatcher
{
    public GlobPattern Pattern { get; } = pattern;

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(Pattern.Matches(value));
}

internal sealed class ArnMatcher(ArnPattern pattern) : ValueMatcher
{
    public ArnPattern Pattern { get; } = pattern;

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(Pattern.Matches(value));
}

/// <summary>Text, glob or ARN with variables: expanded for each request.</summary>
internal sealed class VariableMatcher(VariableText text, bool isArn, bool ignoreCase = false) : ValueMatcher
{
    public VariableText Text { get; } = text;

    public override IEnumerable<int> Variables => Text.Variables;

    public override Truth Matches(string value, BoundRequest request)
    {
        var known = Text.Expand(request, out var tokens);
        if (known != Truth.True) return known;
        return TruthLogic.Of(isArn ? ArnPattern.Matches(tokens, value) : GlobPattern.Matches(tokens, value, ignoreCase));
    }
}

internal sealed class BoolMatcher(bool expected) : ValueMatcher
{
    public static bool TryParse(string text, out bool value)
    {
        value = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(TryParse(value, out var given) && given == expected);
}

internal sealed class IpMatcher(IpRange range) : ValueMatcher
{
    public IpRange Range { get; } = range;

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(IpRange.TryParseAddress(value, out var address) && Range.Contains(address));
}

internal sealed class NumberMatcher(PolicyComparison comparison, decimal number) : ValueMatcher
{
    public decimal Number { get; } = number;

    public static bool TryParse(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(TryParse(value, out var given) && comparison switch
    {
        PolicyComparison.NumericEquals or PolicyComparison.NumericNotEquals => given == Number,
        PolicyComparison.NumericLessThan => given < Number,
        PolicyComparison.NumericLessThanEquals => given <= Number,
        PolicyComparison.NumericGreaterThan => given > Number,
        _ => given >= Number,
    });
}

internal sealed class DateMatcher(PolicyComparison comparison, PolicyDate date) : ValueMatcher
{
    public PolicyDate Date { get; } = date;

    public override Truth Matches(string value, BoundRequest request) => TruthLogic.Of(PolicyDate.TryParse(value, out var given) && comparison switch
    {
        PolicyComparison.DateEquals or PolicyComparison.DateNotEquals => given == Date,
        PolicyComparison.DateLessThan => given.CompareTo(Date) < 0,
        PolicyComparison.DateLessThanEquals => given.CompareTo(Date) <= 0,
        PolicyComparison.DateGreaterThan => given.CompareTo(Date) > 0,
        _ => given.CompareTo(Date) >= 0,
    });
}
