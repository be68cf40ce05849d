using Xunit;
using Xunit.Sdk;

namespace Guardrails.Core.Tests.Policies.Lint;

public sealed class LintRuleTests
{
    private static readonly IReadOnlyList<LintCase> Cases =
        [.. DocumentCases.All, .. StatementCases.All, .. ConditionCases.All, .. RedundancyCases.All, .. ServiceControlCases.All, .. ResourceControlCases.All];

    public static IEnumerable<ITheoryDataRow> Rows => Cases.Select(one => new TheoryDataRow<LintCase>(one) { TestDisplayName = one.ToString() });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rule_finds_what_it_is_for_at_its_place_and_nothing_else(LintCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        var mark = one.Text.IndexOf('§', StringComparison.Ordinal);
        var document = PolicyReader.Read(mark < 0 ? one.Text : one.Text.Remove(mark, 1), one.Type, "case");
        var found = LintData.With(new([one.Rule], [])).Check(document);
        if (!one.Finds)
        {
            Assert.Empty(found);
            return;
        }
        Assert.True(mark >= 0, "The place of the finding is not marked.");
        var finding = Assert.Single(found);
        var before = one.Text[..mark].Split('\n');
        Assert.Equal((before.Length, before[^1].Length + 1), (finding.Line, finding.Column));
        Assert.Equal("case", finding.Source);
        Assert.NotEmpty(finding.Message);
        Assert.NotEmpty(finding.Recommendation);
    }

    [Fact]
    public void Every_rule_has_a_case_that_it_finds_and_one_that_it_spares()
    {
        var attachments = AttachmentRules.All.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in PolicyLint.Rules.Where(rule => !attachments.Contains(rule.Id)))
        {
            // What ends the reading is tested with the reader.
            if (rule.Id is "GR-POL-002" or "GR-POL-003" or "GR-POL-008") continue;
            Assert.Contains(Cases, one => one.Rule == rule.Id && one.Finds);
            Assert.Contains(Cases, one => one.Rule == rule.Id && !one.Finds);
        }
    }

    [Fact]
    public void Ids_are_unique_and_of_the_three_families()
    {
        Assert.Equal(PolicyLint.Rules.Count, PolicyLint.Rules.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(PolicyLint.Rules, rule => Assert.Matches("^GR-(POL|SCP|RCP)-[0-9]{3}$", rule.Id));
        Assert.All(PolicyLint.Rules.SelectMany(rule => rule.References), reference => Assert.Matches("^(parliament|access-analyzer|iam-policy-validator):[A-Za-z_]+$", reference));
    }

    [Fact]
    public void Rules_are_taken_and_left_out_by_id_and_wildcard()
    {
        var document = PolicyReader.Read("""{"Statement":{"Principal":"*","Effect":"Deny","Action":"s3:getobject","Resource":"*"}}""", PolicyTypes.ServiceControlPolicy);
        string[] Ids(RuleSelection selection) => [.. LintData.With(selection).Check(document).Select(one => one.Rule).Order(StringComparer.Ordinal)];
        Assert.Equal(["GR-POL-023", "GR-SCP-001", "GR-SCP-002"], Ids(RuleSelection.All));
        Assert.Equal(["GR-SCP-001", "GR-SCP-002"], Ids(new(["gr-scp-*"], [])));
        Assert.Equal(["GR-SCP-001"], Ids(new(["GR-SCP-00?"], ["GR-SCP-002"])));
        Assert.Equal(["GR-XYZ-*"], new RuleSelection(["GR-SCP-*", "GR-XYZ-*"], []).Unused(PolicyLint.Rules.Select(rule => rule.Id)));
    }
}
