namespace Guardrails.Core.Tests.Policies.Lint;

/// <summary>A document in which a rule finds something, or nothing.</summary>
/// <param name="Text">The document. Where the rule is to find something, a § stands before the place; it is taken out.</param>
public sealed record LintCase(string Rule, bool Finds, string Name, string Type, string Text)
{
    private const string Scp = PolicyTypes.ServiceControlPolicy;
    private const string Rcp = PolicyTypes.ResourceControlPolicy;

    public override string ToString() => $"{Rule} {(Finds ? "finds" : "spares")} {Name}";

    /// <summary>An SCP of those statements.</summary>
    internal static LintCase InScp(string rule, bool finds, string name, string statements) => new(rule, finds, name, Scp, Policy(statements));

    /// <summary>An RCP of those statements.</summary>
    internal static LintCase InRcp(string rule, bool finds, string name, string statements) => new(rule, finds, name, Rcp, Policy(statements));

    /// <summary>An SCP that denies s3:GetObject under that condition.</summary>
    internal static LintCase InCondition(string rule, bool finds, string name, string condition) => InScp(rule, finds, name, Deny(condition));

    /// <summary>A whole document.</summary>
    internal static LintCase InDocument(string rule, bool finds, string name, string text, string type = Scp) => new(rule, finds, name, type, text);

    internal static string Deny(string condition, string action = "\"s3:GetObject\"") =>
        $$"""{"Effect":"Deny","Action":{{action}},"Resource":"*","Condition":{{condition}}}""";

    internal static string Policy(string statements) => $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";
}
