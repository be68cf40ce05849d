namespace Guardrails;

/// <summary>One operator with one key and its values, compiled.</summary>
/// <param name="Operator">As the policy writes it, for explanations.</param>
/// <param name="Test">What it means; null for what is not known to this module, whose outcome is then not known either.</param>
/// <param name="Key">The key's number.</param>
/// <param name="KeyName">The key as the policy writes it.</param>
/// <param name="Values">The values to compare with; empty for Null.</param>
/// <param name="NullValues">For Null: whether it holds where the key is absent, and whether where it is present.</param>
internal sealed record CompiledCondition(
    string Operator, PolicyConditionOperator? Test, int Key, string KeyName, ValueMatcher[] Values, (bool Absent, bool Present) NullValues = default)
{
    /// <summary>Conditions that are cheap to evaluate come first.</summary>
    public int Cost => Values.Length + Test?.Comparison switch
    {
        PolicyComparison.Null => 0,
        PolicyComparison.Bool or PolicyComparison.StringEquals or PolicyComparison.StringNotEquals => 1,
        _ => 3,
    };

    public static CompiledCondition Compile(PolicyCondition condition, bool variables, KeyTable keys)
    {
        var id = keys.Intern(condition.Key);
        if (condition.Operator is not { } test) return new CompiledCondition(condition.OperatorText, null, id, condition.Key, []);
        var values = condition.Values.Select(value => value.Text);
        if (test.Comparison != PolicyComparison.Null)
        {
            var matchers = values.Select(value => ValueMatcher.Compile(test.Comparison, value, variables, keys));
            return new CompiledCondition(condition.OperatorText, test, id, condition.Key, [.. matchers]);
        }
        var absent = values.Any(value => BoolMatcher.TryParse(value, out var isNull) && isNull);
        var present = values.Any(value => BoolMatcher.TryParse(value, out var isNull) && !isNull);
        return new CompiledCondition(condition.OperatorText, test, id, condition.Key, [], (absent, present));
    }

    /// <summary>What a condition is where the request has no such key.</summary>
    public static bool HoldsWhenAbsent(PolicyConditionOperator test) => test.IfExists || test.Set switch
    {
        PolicySetOperator.ForAllValues => true,
        PolicySetOperator.ForAnyValue => false,
        _ => test.IsNegated,
    };

    public Truth Evaluate(BoundRequest request)
    {
        if (Test is not { } test) return Truth.Unknown;
        var state = request.State(Key);
        if (state == KeyState.Unknown) return Truth.Unknown;
        if (test.Comparison == PolicyComparison.Null) return TruthLogic.Of(state == KeyState.Absent ? NullValues.Absent : NullValues.Present);
        if (state == KeyState.Absent) return TruthLogic.Of(HoldsWhenAbsent(test));
        var count = request.Count(Key);
        if (test.Set == PolicySetOperator.None) return count == 1 ? Holds(request.Value(Key, 0), test.IsNegated, request) : Truth.False;
        return test.Set == PolicySetOperator.ForAllValues ? All(request, count, test.IsNegated) : Any(request, count, test.IsNegated);
    }

    /// <summary>The keys without which it cannot be decided.</summary>
    public IEnumerable<string> MissingKeys(BoundRequest request)
    {
        if (Test is null) return [Operator];
        return request.UnknownAmong(request.State(Key) == KeyState.Unknown ? [Key] : Values.SelectMany(value => value.Variables));
    }

    /// <summary>Operator, key, and what the request has of it.</summary>
    public string Describe(BoundRequest request) => Test is null ? Operator : request.State(Key) switch
    {
        KeyState.Unknown => $"{Operator} {KeyName} (not known)",
        KeyState.Absent => $"{Operator} {KeyName} (absent)",
        _ => $"{Operator} {KeyName} ({string.Join(", ", Enumerable.Range(0, request.Count(Key)).Select(i => request.Value(Key, i)))})",
    };

    /// <summary>Operator and key.</summary>
    public override string ToString() => $"{Operator} {KeyName}";

    private Truth All(BoundRequest request, int count, bool negated)
    {
        var all = Truth.True;
        for (var i = 0; i < count && all != Truth.False; i++) all = all.And(Holds(request.Value(Key, i), negated, request));
        return all;
    }

    private Truth Any(BoundRequest request, int count, bool negated)
    {
        var any = Truth.False;
        for (var i = 0; i < count && any != Truth.True; i++) any = any.Or(Holds(request.Value(Key, i), negated, request));
        return any;
    }

    /// <summary>Whether one value matches one of the policy's, or none of them.</summary>
    private Truth Holds(string value, bool negated, BoundRequest request)
    {
        var any = Truth.False;
        foreach (var matcher in Values)
        {
            any = any.Or(matcher.Matches(value, request));
            if (any == Truth.True) break;
        }
        return negated ? any.Not() : any;
    }
}
