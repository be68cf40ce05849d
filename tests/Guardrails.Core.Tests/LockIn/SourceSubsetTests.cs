using CsCheck;
using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

/// <summary>What the sources of one stack show together is never less than what some of them show, in the effort as well.</summary>
public sealed class SourceSubsetTests
{
    private static readonly string[] Types = ["AWS::RDS::DBCluster", "AWS::RDS::DBCluster", "AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::IAM::Role", "Vendor::A::B"];
    private static readonly string[] Variants = ["postgres", "oracle", "custom"];
    private static readonly LockInFacts Known = Facts();

    [Fact]
    public void No_choice_of_the_sources_exceeds_all_of_them() =>
        Gen.Select(Gen.Int, Gen.Int[0, 1 << 9]).Sample((seed, choice) =>
        {
            var files = Sources(new Random(seed));
            var some = Measure(InventorySamples.Merge(files.Where((_, at) => (choice >> at & 1) == 1)).Resources, facts: Known);
            var all = Measure(InventorySamples.Merge(files).Resources, facts: Known);
            Assert.True(some.Effort.MeanHundredths <= all.Effort.MeanHundredths, $"{some.Effort} > {all.Effort}");
            Assert.True(some.Effort.P10 <= all.Effort.P10 && some.Effort.P50 <= all.Effort.P50 && some.Effort.P90 <= all.Effort.P90, $"{some.Effort} > {all.Effort}");
            Assert.True(some.Time.P50 <= all.Time.P50 && some.Time.P90 <= all.Time.P90, $"{some.Time} > {all.Time}");
            Assert.True(some.Counts.Resources <= all.Counts.Resources && some.Counts.Couplings <= all.Counts.Couplings);
        }, iter: 1_000);

    /// <summary>
    /// A stack of up to twelve resources as its sources show it. Each shows some of the resources; a template may not know a name or a variant (it
    /// is made at deployment), an export and a bill know no variant, a state knows all that there is. None contradicts another.
    /// </summary>
    private static InventoryFile[] Sources(Random random)
    {
        var stack = Enumerable.Range(0, random.Next(1, 12)).Select(i => (Id: $"r{i}", Type: Types[random.Next(Types.Length)], Variant: Variants[random.Next(Variants.Length)], Uses: random.Next(12))).ToArray();
        string? Variant(string type, string variant, bool isKnown) => isKnown && type == "AWS::RDS::DBCluster" ? variant : null;
        ResourceSighting Definition((string Id, string Type, string Variant, int Uses) one, bool isState) =>
            InventorySamples.Sighting(one.Id, one.Type, [.. stack.Where(other => other.Id == $"r{one.Uses}").Select(other => other.Id)]) with
            {
                Variant = Variant(one.Type, one.Variant, isState || random.Next(2) == 0),
                PhysicalId = isState || random.Next(3) > 0 ? one.Id : null,
                Traits = isState ? TemplateTraits.Terraform : TemplateTraits.CloudFormation,
                Workload = random.Next(2) == 0 ? "shop" : null,
            };
        ResourceSighting Item((string Id, string Type, string Variant, int Uses) one, bool isBill) => new()
        {
            LocalId = one.Id,
            Type = one.Type,
            PhysicalId = one.Id,
            AccountId = InventorySamples.OwnAccount,
            Region = InventorySamples.Region,
            DataGigabytes = isBill && random.Next(2) == 0 ? random.Next(5_000) : null,
        };
        InventoryFile Defined(string name, InventorySourceKind kind, bool isState) =>
            InventorySamples.File(name, kind, [.. stack.Where(_ => random.Next(4) > 0).Select(one => Definition(one, isState))]) with { AccountId = InventorySamples.OwnAccount, Region = InventorySamples.Region };
        InventoryFile Listed(string name, InventorySourceKind kind) =>
            InventorySamples.File(name, kind, [.. stack.Where(_ => random.Next(4) > 0).Select(one => Item(one, kind == InventorySourceKind.Bill))]);
        var template = Defined("a.yaml", InventorySourceKind.Template, false);
        return
        [
            template, template with { File = "copy.yaml" }, template with { File = "there.yaml", Region = "us-east-1" }, Defined("b.yaml", InventorySourceKind.Template, false),
            Defined("c.tfstate", InventorySourceKind.TerraformState, true), Defined("plan.json", InventorySourceKind.TerraformPlan, false),
            Listed("e.csv", InventorySourceKind.ResourceExport), Listed("bill.csv", InventorySourceKind.Bill), Listed("bill2.csv", InventorySourceKind.Bill),
        ];
    }
}
