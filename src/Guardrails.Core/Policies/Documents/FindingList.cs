namespace Guardrails;

/// <summary>Collects the findings of one document. Of each rule only the first <see cref="MostOfOneRule"/> are kept, so that a hostile document ends.</summary>
internal sealed class FindingList(string? source, Func<int, TextPosition> positionOf)
{
    /// <summary>How many findings of one rule a document can have; the last of them says that there are more.</summary>
    public const int MostOfOneRule = 100;

    private readonly List<PolicyFinding> _findings = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<PolicyFinding> Findings => _findings;

    public void Add(PolicyRule rule, int offset, string message, string? statement = null)
    {
        var count = _counts[rule.Id] = _counts.GetValueOrDefault(rule.Id) + 1;
        if (count > MostOfOneRule) return;
        var position = positionOf(offset);
        _findings.Add(new PolicyFinding
        {
            Rule = rule.Id,
            Severity = rule.Severity,
            Message = count == MostOfOneRule ? message + " Further findings of this rule in this document are left out." : message,
            Recommendation = rule.Recommendation,
            Source = source,
            Line = position.Line,
            Column = position.Column,
            Statement = statement,
            References = rule.References,
        });
    }
}
