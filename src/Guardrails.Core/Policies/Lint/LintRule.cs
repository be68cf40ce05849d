namespace Guardrails;

/// <summary>Which documents a rule is for.</summary>
[Flags]
internal enum LintScope
{
    ServiceControlPolicy = 1,
    ResourceControlPolicy = 2,
    ManagementPolicy = 4,

    /// <summary>Both types written in the IAM policy language.</summary>
    Authorization = ServiceControlPolicy | ResourceControlPolicy,
    Every = Authorization | ManagementPolicy,
}

/// <summary>A place where a rule is broken.</summary>
/// <param name="Offset">Where, in the document's bytes.</param>
internal readonly record struct LintFault(int Offset, string Message, PolicyStatement? Statement = null);

/// <summary>A document and all that rules may ask.</summary>
internal sealed record LintSubject(PolicyDocument Document, ActionCatalog Catalog, PolicyLimits Limits, LintFacts Facts)
{
    /// <summary>Each condition of each statement.</summary>
    public IEnumerable<(PolicyStatement Statement, PolicyCondition Condition)> Conditions =>
        Document.Statements.SelectMany(statement => statement.Conditions, (statement, condition) => (statement, condition));

    /// <summary>Each action, of Action and NotAction, in each statement.</summary>
    public IEnumerable<(PolicyStatement Statement, PolicyWord Action)> Actions =>
        from statement in Document.Statements
        from words in new[] { statement.Action, statement.NotAction }
        where words is not null
        from word in words.Values
        select (statement, word);
}

/// <summary>A rule and how to find what breaks it. What it yields is taken one by one, and no more than a document can have findings of a rule.</summary>
internal sealed record LintRule(PolicyRule About, LintScope Scope, Func<LintSubject, IEnumerable<LintFault>> Check)
{
    public LintRule(
        string id, FindingSeverity severity, LintScope scope, string title, string recommendation, Func<LintSubject, IEnumerable<LintFault>> check, params IReadOnlyList<string> references)
        : this(new PolicyRule(id, severity, title, recommendation, references), scope, check)
    {
    }
}
