using Xunit;

namespace Guardrails.Core.Tests.Policies.Documents;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Every_public_policy_is_read_and_only_the_broken_one_has_an_error()
    {
        foreach (var folder in new[] { "scp", "rcp" })
        {
            foreach (var file in SharedData.Policies(folder))
            {
                var document = PolicyReader.Read(File.ReadAllBytes(file), source: Path.GetFileName(file));
                if (file.EndsWith("deny-service-specific-credential-by-type.json", StringComparison.Ordinal))
                {
                    var finding = Assert.Single(document.Findings);
                    Assert.Equal(("GR-POL-004", 15, 13), (finding.Rule, finding.Line, finding.Column));
                    continue;
                }
                Assert.Empty(document.Findings);
                Assert.Equal(folder == "scp" ? PolicyTypes.ServiceControlPolicy : PolicyTypes.ResourceControlPolicy, document.Type);
                Assert.Equal(!file.EndsWith("Shared-Issuers.json", StringComparison.Ordinal), document.IsEvaluable);
            }
        }
    }
}
