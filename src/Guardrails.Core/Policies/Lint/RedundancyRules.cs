namespace Guardrails;

/// <summary>Rules about what a policy says without effect.</summary>
internal static class RedundancyRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-POL-070", FindingSeverity.Information, LintScope.Authorization, "Action or resource that another one covers", "Remove it; it only takes room.", CoveredWords,
            "access-analyzer:REDUNDANT_ACTION", "access-analyzer:REDUNDANT_RESOURCE"),
        new("GR-POL-071", FindingSeverity.Warning, LintScope.Authorization, "Statement that another one covers", "Remove the statement, or change the one that covers it: it changes nothing.", CoveredStatements,
            "access-analyzer:REDUNDANT_STATEMENT"),
        new("GR-POL-072", FindingSeverity.Warning, LintScope.Authorization, "Statement that never applies", "Remove one of the two conditions: they can't both hold.", Contradictions),
        new("GR-POL-073", FindingSeverity.Warning, LintScope.ServiceControlPolicy, "Allow that a deny takes back whole", "Remove the statement, or narrow the deny.", DeniedAllows),
    ];

    private static IEnumerable<LintFault> CoveredWords(LintSubject subject)
    {
        foreach (var statement in subject.Document.Statements)
        {
            foreach (var words in new[] { statement.Action, statement.NotAction, statement.Resource, statement.NotResource }.OfType<PolicyWords>())
            {
                var ignoreCase = words == statement.Action || words == statement.NotAction;
                // Nothing but a word with a wildcard, or the same word again, covers another.
                var wide = words.Values.Where(word => Wildcard.IsIn(word.Text)).ToList();
                var seen = new HashSet<string>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
                foreach (var word in words.Values)
                {
                    if (!seen.Add(word.Text)) yield return new(word.Offset, $"'{Quote.Short(word.Text)}' is written twice.", statement);
                    else if (wide.Find(one => one.Offset != word.Offset && !one.Text.Equals(word.Text, StringComparison.OrdinalIgnoreCase) && Covers(one.Text, word.Text, ignoreCase)) is { Text: not null } other)
                        yield return new(word.Offset, $"'{Quote.Short(word.Text)}' is covered by '{Quote.Short(other.Text)}'.", statement);
                }
            }
        }
    }

    private static IEnumerable<LintFault> CoveredStatements(LintSubject subject)
    {
        var statements = subject.Document.Statements.Where(one => one.IsEvaluable).ToList();
        foreach (var narrow in statements)
        {
            if (FirstCovering(statements, narrow) is { } wide) yield return new(narrow.Offset, $"{wide.Label} applies wherever this statement does, with the same effect.", narrow);
        }
    }

    private static PolicyStatement? FirstCovering(List<PolicyStatement> statements, PolicyStatement narrow)
    {
        foreach (var wide in statements)
        {
            // Of two that say the same the later one is the spare.
            if (wide != narrow && wide.Effect == narrow.Effect && Covers(wide, narrow) && (wide.Index < narrow.Index || !Covers(narrow, wide))) return wide;
        }
        return null;
    }

    private static IEnumerable<LintFault> DeniedAllows(LintSubject subject)
    {
        var denies = subject.Document.Statements.Where(one => one is { Effect: PolicyEffect.Deny, IsEvaluable: true }).ToList();
        foreach (var allow in subject.Document.Statements.Where(one => one is { Effect: PolicyEffect.Allow, IsEvaluable: true }))
        {
            if (denies.Find(deny => Covers(deny, allow)) is { } deny) yield return new(allow.Offset, $"{deny.Label} denies all that this statement allows.", allow);
        }
    }

    private static IEnumerable<LintFault> Contradictions(LintSubject subject)
    {
        foreach (var statement in subject.Document.Statements)
        {
            foreach (var absent in statement.Conditions.Where(SaysAbsent))
            {
                if (statement.Conditions.FirstOrDefault(one => one.Key.Equals(absent.Key, StringComparison.OrdinalIgnoreCase) && NeedsKey(one)) is { } needs)
                    yield return new(absent.KeyOffset, $"{Quote.Short(absent.Key)} must be missing here, and {needs.OperatorText} needs it.", statement);
            }
            foreach (var equal in statement.Conditions.Where(one => one.Operator is { Comparison: PolicyComparison.StringEquals, Set: PolicySetOperator.None, IfExists: false }))
            {
                var not = statement.Conditions.FirstOrDefault(one => one.Operator is { Comparison: PolicyComparison.StringNotEquals, Set: PolicySetOperator.None }
                    && one.Key.Equals(equal.Key, StringComparison.OrdinalIgnoreCase));
                if (not is not null && equal.Values.Count > 0 && equal.Values.All(value => not.Values.Any(other => other.Text == value.Text)))
                    yield return new(equal.KeyOffset, $"All values of {Quote.Short(equal.Key)} are ruled out by {not.OperatorText}.", statement);
            }
        }
    }

    private static bool SaysAbsent(PolicyCondition condition) => condition.Operator?.Comparison == PolicyComparison.Null
        && condition.Values.Count > 0 && condition.Values.All(value => value.Text.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static bool NeedsKey(PolicyCondition condition) => condition.Operator switch
    {
        null => false,
        { Comparison: PolicyComparison.Null } => condition.Values.Count > 0 && condition.Values.All(value => value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)),
        { Set: PolicySetOperator.ForAnyValue, IfExists: false } => true,
        { Set: PolicySetOperator.None, IfExists: false, IsNegated: false } => true,
        _ => false,
    };

    /// <summary>True when it is certain that one statement applies to every request that the other one applies to.</summary>
    /// <remarks>Loops rather than queries: it is asked for each pair of statements.</remarks>
    private static bool Covers(PolicyStatement wide, PolicyStatement narrow)
    {
        if (!Covers(wide.Action, wide.NotAction, narrow.Action, narrow.NotAction, ignoreCase: true)) return false;
        if (!Covers(wide.Resource, wide.NotResource, narrow.Resource, narrow.NotResource, ignoreCase: false)) return false;
        foreach (var condition in wide.Conditions)
        {
            if (!narrow.Conditions.Any(other => SaysTheSame(condition, other))) return false;
        }
        return true;
    }

    private static bool Covers(PolicyWords? wide, PolicyWords? notWide, PolicyWords? narrow, PolicyWords? notNarrow, bool ignoreCase)
    {
        if (wide is not null && narrow is not null) return CoversEach(wide, narrow, ignoreCase);
        // What the wide one leaves out, the narrow one must leave out as well.
        if (notWide is not null && notNarrow is not null) return CoversEach(notNarrow, notWide, ignoreCase);
        if (wide is not null) return CoversWord(wide, "*", ignoreCase);
        foreach (var word in narrow!.Values)
        {
            if (Wildcard.IsIn(word.Text) || word.Text.Contains("${", StringComparison.Ordinal)) return false;
            foreach (var spared in notWide!.Values)
            {
                if (spared.Text.Contains("${", StringComparison.Ordinal) || Wildcard.Matches(spared.Text, word.Text)) return false;
            }
        }
        return true;
    }

    private static bool CoversEach(PolicyWords wide, PolicyWords narrow, bool ignoreCase)
    {
        foreach (var word in narrow.Values)
        {
            if (!CoversWord(wide, word.Text, ignoreCase)) return false;
        }
        return true;
    }

    private static bool CoversWord(PolicyWords wide, string narrow, bool ignoreCase)
    {
        foreach (var word in wide.Values)
        {
            if (Covers(word.Text, narrow, ignoreCase)) return true;
        }
        return false;
    }

    private static bool Covers(string wide, string narrow, bool ignoreCase)
    {
        if (wide == "*") return true;
        // A variable can become any text, and ${*} is no wildcard.
        if (wide.Contains("${", StringComparison.Ordinal)) return wide == narrow;
        if (narrow.Contains("${", StringComparison.Ordinal) && wide.Contains('?', StringComparison.Ordinal)) return false;
        return Wildcard.Covers(wide, narrow, ignoreCase);
    }

    private static bool SaysTheSame(PolicyCondition one, PolicyCondition other) =>
        one.Operator == other.Operator && one.Key.Equals(other.Key, StringComparison.OrdinalIgnoreCase)
        && one.Values.Select(value => value.Text).ToHashSet(StringComparer.Ordinal).SetEquals(other.Values.Select(value => value.Text));
}
