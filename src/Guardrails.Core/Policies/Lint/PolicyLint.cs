namespace Guardrails;

/// <summary>Checks policy documents, and organizations for how their policies are attached.</summary>
internal sealed class PolicyLint(ActionCatalog catalog, PolicyLimits limits, LintFacts facts, RuleSelection selection)
{
    /// <summary>
    /// Characters; of a longer document only what reading it finds and its size are told. It is ten times the largest policy that AWS takes,
    /// and bounds the time for a document that nobody wrote by hand.
    /// </summary>
    public const int LongestChecked = 100_000;

    private static readonly LintRule[] DocumentChecks =
        [.. DocumentRules.All, .. StatementRules.All, .. ActionRules.All, .. ConditionRules.All, .. ConditionKeyRules.All, .. RedundancyRules.All, .. ServiceControlRules.All, .. ResourceControlRules.All];

    /// <summary>Every rule there is, sorted by id.</summary>
    public static IReadOnlyList<PolicyRule> Rules { get; } =
        [.. ReadingRules.All.Concat(DocumentChecks.Select(rule => rule.About)).Concat(AttachmentRules.All).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The findings of a document, its reader's among them, by their place.</summary>
    public IReadOnlyList<PolicyFinding> Check(PolicyDocument document)
    {
        var findings = new FindingList(document.Source, document.PositionOf);
        var subject = new LintSubject(document, catalog, limits, facts);
        if (document.Root is { Kind: PolicyJsonKind.Object })
        {
            var scope = ScopeOf(document.Type);
            var tooLong = document.Characters > LongestChecked;
            foreach (var rule in DocumentChecks)
            {
                if ((rule.Scope & scope) == 0 || !selection.Takes(rule.About.Id) || (tooLong && rule.About.Id != DocumentRules.TooLong)) continue;
                foreach (var fault in rule.Check(subject).Take(FindingList.MostOfOneRule)) findings.Add(rule.About, fault.Offset, fault.Message, fault.Statement?.Label);
            }
        }
        return [.. document.Findings.Where(one => selection.Takes(one.Rule)).Concat(findings.Findings)
            .OrderBy(one => one.Line).ThenBy(one => one.Column).ThenBy(one => one.Rule, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The findings about how an organization's policies are attached. What can't be told without the policies' documents, or the attachments of
    /// AWS's own policies, is left out.
    /// </summary>
    /// <param name="policies">Of findings about one policy only those about these; null for all. Findings about a place are always told.</param>
    public IReadOnlyList<PolicyFinding> Check(Organization organization, IReadOnlyCollection<OrganizationPolicy>? policies = null) =>
        [.. AttachmentRules.Check(organization, catalog, limits, policies ?? organization.Policies).Where(finding => selection.Takes(finding.Rule))];

    private static LintScope ScopeOf(string? type) => type switch
    {
        PolicyTypes.ServiceControlPolicy => LintScope.ServiceControlPolicy,
        PolicyTypes.ResourceControlPolicy => LintScope.ResourceControlPolicy,
        _ => LintScope.ManagementPolicy,
    };
}
