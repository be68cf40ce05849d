using Xunit;

namespace Guardrails.Core.Tests.Policies.Lint;

public sealed class PublicPolicyTests
{
    /// <summary>Of the rules that say what AWS refuses or does not know, or what can't work; the others are advice that examples are free to need.</summary>
    private static readonly Dictionary<string, string[]> Expected = new(StringComparer.Ordinal)
    {
        ["Protect-cloud-platform-resource_Deny-unwanted-cancellation-or-changes-to-AWS-Marketplace-product-subscription"] = ["GR-POL-034", "GR-POL-034"],
        ["Service-specific-controls_AWS-IAM_deny-creating-any-service-specific-credentials"] = ["GR-POL-071"],
        ["Service-specific-controls_AWS-IAM_deny-service-specific-credential-by-type"] = ["GR-POL-004"],
        ["Establish-intra-organization-boundaries_Deny-access-to-resources-in-an-organizational-unit,except-for-principals-from-the-same-or-specified-organizational-unit"] =
            ["GR-POL-046", "GR-POL-046"],
        ["Limit-access-to-trusted-OIDC-identity-providers_Shared-Issuers"] = ["GR-POL-011", "GR-POL-029", "GR-RCP-001"],
    };

    private static readonly PolicyLint Lint = LintData.With(new([], ["GR-POL-013", "GR-SCP-002"]));

    [Fact]
    public void Public_policies_have_just_the_findings_that_are_true_of_them()
    {
        foreach (var (name, findings) in Findings())
            Assert.Equal(Expected.GetValueOrDefault(name, []), findings.Select(one => one.Rule));
    }

    [Fact]
    public void No_action_and_no_condition_key_of_the_public_policies_is_taken_for_unknown()
    {
        string[] unknown = ["GR-POL-030", "GR-POL-031", "GR-POL-032", "GR-POL-060", "GR-POL-061", "GR-POL-062", "GR-RCP-006"];
        Assert.DoesNotContain(Findings().SelectMany(one => one.Findings), one => unknown.Contains(one.Rule));
    }

    [Fact]
    public void The_malformed_public_policy_is_a_finding_with_its_line_and_the_long_one_with_its_size()
    {
        var findings = Findings().SelectMany(one => one.Findings).ToList();
        var malformed = Assert.Single(findings, one => one.Rule == "GR-POL-004");
        Assert.Equal((15, 13), (malformed.Line, malformed.Column));
        var tooLong = Assert.Single(findings, one => one.Rule == "GR-POL-011");
        Assert.Contains("6083 characters (6083 bytes)", tooLong.Message, StringComparison.Ordinal);
        Assert.Contains("5120", tooLong.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, IReadOnlyList<PolicyFinding> Findings)> Findings() =>
        from folder in new[] { "scp", "rcp" }
        from file in SharedData.Policies(folder)
        let name = Path.GetFileNameWithoutExtension(file)
        select (name, Lint.Check(PolicyReader.Read(File.ReadAllBytes(file), source: name)));
}
