namespace Guardrails;

/// <summary>What a condition compares by. Source: IAM user guide, condition operators (August 2026).</summary>
internal enum PolicyComparison
{
    StringEquals, StringNotEquals, StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, StringLike, StringNotLike,
    NumericEquals, NumericNotEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals,
    DateEquals, DateNotEquals, DateLessThan, DateLessThanEquals, DateGreaterThan, DateGreaterThanEquals,
    Bool, BinaryEquals, IpAddress, NotIpAddress, ArnEquals, ArnNotEquals, ArnLike, ArnNotLike, Null,
}

/// <summary>How a condition treats the values of a multivalued key.</summary>
internal enum PolicySetOperator { None, ForAllValues, ForAnyValue }

/// <summary>A condition operator taken apart: <c>ForAnyValue:StringLikeIfExists</c>.</summary>
internal readonly record struct PolicyConditionOperator(PolicyComparison Comparison, PolicySetOperator Set, bool IfExists)
{
    private const string IfExistsSuffix = "IfExists";

    private static readonly Dictionary<string, PolicyComparison> Comparisons =
        Enum.GetValues<PolicyComparison>().ToDictionary(one => one.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, PolicyComparison>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Comparisons.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for operators that say what must not be: a key that is missing from the request fulfils them.</summary>
    public bool IsNegated => Comparison is PolicyComparison.StringNotEquals or PolicyComparison.StringNotEqualsIgnoreCase or PolicyComparison.StringNotLike
        or PolicyComparison.NumericNotEquals or PolicyComparison.DateNotEquals or PolicyComparison.NotIpAddress
        or PolicyComparison.ArnNotEquals or PolicyComparison.ArnNotLike;

    /// <summary>Takes an operator apart; its name's case of letters does not matter. False for what is no operator.</summary>
    /// <remarks><c>NullIfExists</c> and a set operator on Null are no operators.</remarks>
    public static bool TryParse(string written, out PolicyConditionOperator parsed)
    {
        parsed = default;
        var name = written.AsSpan();
        var set = PolicySetOperator.None;
        var colon = name.IndexOf(':');
        if (colon >= 0)
        {
            if (name[..colon].Equals("ForAllValues", StringComparison.OrdinalIgnoreCase)) set = PolicySetOperator.ForAllValues;
            else if (name[..colon].Equals("ForAnyValue", StringComparison.OrdinalIgnoreCase)) set = PolicySetOperator.ForAnyValue;
            else return false;
            name = name[(colon + 1)..];
        }
        var ifExists = name.EndsWith(IfExistsSuffix, StringComparison.OrdinalIgnoreCase);
        if (ifExists) name = name[..^IfExistsSuffix.Length];
        if (!ByName.TryGetValue(name, out var comparison)) return false;
        if (comparison == PolicyComparison.Null && (ifExists || set != PolicySetOperator.None)) return false;
        parsed = new(comparison, set, ifExists);
        return true;
    }

    /// <summary>As it is written in a policy, in AWS's case of letters.</summary>
    public override string ToString() => (Set == PolicySetOperator.None ? "" : Set + ":") + Comparison + (IfExists ? IfExistsSuffix : "");
}
