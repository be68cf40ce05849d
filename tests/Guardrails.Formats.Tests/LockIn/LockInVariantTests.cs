using CsCheck;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>A bill or an export does not tell the variant of a type, a definition does. To know it must never make leaving cheaper.</summary>
public sealed class LockInVariantTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-variants").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_of_no_known_variant_is_held_no_more_than_any_variant_in_any_level()
    {
        var facts = LockInFiles.Facts();
        var variants = facts.Profiles.Where(profile => profile.Variant is not null).ToList();
        Assert.True(variants.Count >= 100);
        Assert.All(variants, variant =>
        {
            var whole = facts.ProfileOf(variant.Type, null, variant.Target)!;
            Assert.True(whole.Api!.Value <= variant.Api!.Value, $"{variant}: {whole.Api} is more than {variant.Api}.");
            Assert.True(Rank(whole.Artefact?.Value) <= Rank(variant.Artefact?.Value), $"{variant}: {whole.Artefact} is more than {variant.Artefact}.");
            // Migrations have draws of their own, so only the same one, or none, is never more in any percentile.
            Assert.True(whole.Export is null || whole.Export.Value == variant.Export?.Value, $"{variant}: {whole.Export} is not {variant.Export}.");
        });
    }

    [Fact]
    public void A_higher_level_never_takes_less_effort()
    {
        var constants = LockInFiles.Facts().Constants;
        foreach (var api in Enum.GetValues<ApiLevel>())
        {
            foreach (var artefact in Enum.GetValues<RuntimeArtefact>())
            {
                RuntimeArtefact? before = artefact == RuntimeArtefact.OciImage ? null : artefact - 1;
                NotLess(LockInNames.Fixed(api, before), LockInNames.Fixed(api, artefact));
                if (api != ApiLevel.SameEngine) NotLess(LockInNames.Fixed(api - 1, artefact), LockInNames.Fixed(api, artefact));
            }
            if (api == ApiLevel.SameEngine) continue;
            NotLess(LockInNames.Fixed(api - 1, null), LockInNames.Fixed(api, null));
            NotLess(LockInNames.Each(api - 1), LockInNames.Each(api));
        }

        void NotLess(string less, string more) => Assert.True(
            constants[less].Low <= constants[more].Low && constants[less].Likely <= constants[more].Likely && constants[less].High <= constants[more].High, $"{less} is more than {more}.");
    }

    [Fact]
    public void To_know_the_variants_of_more_resources_never_lowers_the_effort_to_any_target()
    {
        var variants = LockInFiles.Facts().Profiles.Where(profile => profile.Variant is not null).GroupBy(profile => profile.Type).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => (Type: same.Key, Names: same.Select(profile => profile.Variant!).Distinct().Order(StringComparer.Ordinal).ToArray())).ToArray();
        Assert.True(variants.Length >= 6);
        Gen.Select(Gen.Int, Gen.Enum<LockInTarget>()).Sample((seed, target) =>
        {
            var random = new Random(seed);
            var (type, names) = variants[random.Next(variants.Length)];
            var known = Enumerable.Range(0, random.Next(1, 40)).Select(i => One($"r{i:00}", type, random.Next(4) == 0 ? null : names[random.Next(Math.Min(names.Length, 4))])).ToArray();
            var less = known.Select(one => random.Next(3) == 0 ? One(one.Key, type, null) : one).ToArray();
            var (before, after) = (Measure(less, target), Measure(known, target));
            Assert.True(before.Effort.Mean <= after.Effort.Mean && before.Effort.P10 <= after.Effort.P10 && before.Effort.P50 <= after.Effort.P50 && before.Effort.P90 <= after.Effort.P90, $"{type} to {target}: {before}, {after}");
        }, iter: 300);
    }

    [Fact]
    public void A_type_that_is_taken_for_what_its_family_is_is_named()
    {
        var measured = Measure([One("a", "AWS::Lambda::CodeSigningConfig", null), One("b", "AWS::Lambda::CodeSigningConfig", null), One("c", "AWS::Lambda::Function", "Zip")], LockInTarget.Azure);
        Assert.Equal(1, measured.Counts.FamilyTypes);
        Assert.EndsWith(": AWS::Lambda::CodeSigningConfig.", Assert.Single(measured.Gaps, gap => gap.Kind == LockInGapKind.FamilyType).Message, StringComparison.Ordinal);
    }

    private static InventoryResource One(string key, string type, string? variant) => new() { Key = key, Type = type, Variant = variant };

    [Theory]
    [InlineData("AWS::Lambda::Function", "FunctionName: shop", "lambda:eu-west-1:111122223333:function:shop", "Zip")]
    [InlineData("AWS::Serverless::Function", "FunctionName: shop", "lambda:eu-west-1:111122223333:function:shop", "Zip")]
    [InlineData("AWS::Lambda::Function", "FunctionName: shop, PackageType: Image", "lambda:eu-west-1:111122223333:function:shop", "Image")]
    [InlineData("AWS::Lambda::Function", "FunctionName: shop, PackageType: !Ref Kind", "lambda:eu-west-1:111122223333:function:shop", null)]
    [InlineData("AWS::StepFunctions::StateMachine", "StateMachineName: shop", "states:eu-west-1:111122223333:stateMachine:shop", "STANDARD")]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier: shop, Engine: mariadb", "rds:eu-west-1:111122223333:db:shop", "mariadb")]
    [InlineData("AWS::RDS::DBInstance", "DBInstanceIdentifier: shop, Engine: sqlserver-se", "rds:eu-west-1:111122223333:db:shop", "sqlserver-se")]
    [InlineData("AWS::RDS::DBCluster", "DBClusterIdentifier: shop, Engine: postgres", "rds:eu-west-1:111122223333:cluster:shop", "postgres")]
    [InlineData("AWS::RDS::DBCluster", "DBClusterIdentifier: shop, Engine: aurora-mysql", "rds:eu-west-1:111122223333:cluster:shop", "aurora-mysql")]
    public void A_template_beside_the_bill_never_lowers_the_effort(string type, string properties, string arn, string? variant)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bill"));
        Directory.CreateDirectory(Path.Combine(_folder, "both", "111122223333", "eu-west-1"));
        foreach (var folder in (string[])["bill", "both"])
            File.WriteAllText(Path.Combine(_folder, folder, "bill.csv"), $"BillingPeriodStart,BillingCurrency,EffectiveCost,ResourceId,SubAccountId,RegionId,ServiceName\n2026-10-01 00:00:00,USD,1.25,arn:aws:{arn},111122223333,eu-west-1,x\n");
        File.WriteAllText(Path.Combine(_folder, "both", "111122223333", "eu-west-1", "shop.yaml"), $"Resources:\n  Shop:\n    Type: {type}\n    Properties: {{ {properties} }}\n");
        var (bill, both) = (Inventory("bill"), Inventory("both"));
        Assert.Null(Assert.Single(bill).Variant);
        Assert.Equal(variant, Assert.Single(both).Variant);
        foreach (var target in Enum.GetValues<LockInTarget>())
        {
            var (less, more) = (Measure(bill, target), Measure(both, target));
            Assert.True(less.Effort.Mean <= more.Effort.Mean && less.Effort.P10 <= more.Effort.P10 && less.Effort.P90 <= more.Effort.P90, $"{target}: {less}, {more}");
            // What the definition itself takes is not in this: it would hide a profile that says less.
            Assert.True(WithoutDefinition(less) <= WithoutDefinition(more), $"{target}: {WithoutDefinition(less)}, {WithoutDefinition(more)}");
        }
    }

    [Theory]
    [InlineData("Resources:\n  F:\n    Type: AWS::Serverless::Function\n", "Zip")]
    [InlineData("Resources:\n  F:\n    Properties: { Role: a }\n    Type: AWS::Lambda::Function\n", "Zip")]
    [InlineData("Resources:\n  F:\n    Properties: { PackageType: !Ref K }\n    Type: AWS::Lambda::Function\n", null)]
    [InlineData("Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: { PackageType: New }\n", null)]
    [InlineData("Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: !Transform { Name: M }\n", null)]
    [InlineData("Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: { Fn::Transform: { Name: M } }\n", null)]
    [InlineData("Transform: [M]\nResources:\n  F:\n    Type: AWS::Lambda::Function\n", null)]
    [InlineData("Globals: { Function: { PackageType: Image } }\nResources:\n  F:\n    Type: AWS::Serverless::Function\n", "Image")]
    [InlineData("Globals: { Function: { PackageType: !Ref K } }\nResources:\n  F:\n    Type: AWS::Serverless::Function\n", null)]
    [InlineData("Globals: { Function: { PackageType: Image } }\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { PackageType: !Ref K }\n", null)]
    public void What_a_template_leaves_out_has_its_default_where_nothing_else_may_give_it(string template, string? variant) =>
        Assert.Equal(variant, Assert.Single(Templates.ReadBoth(template).Resources).Variant);

    private static int Rank<T>(T? level)
        where T : struct, Enum => level is { } given ? Convert.ToInt32(given, System.Globalization.CultureInfo.InvariantCulture) : -1;

    private static long WithoutDefinition(LockInAssessment assessment) => assessment.Terms.Where(term => term.Kind != LockInTermKind.Definition).Sum(term => term.AmountHundredths);

    private static LockInAssessment Measure(IReadOnlyList<InventoryResource> resources, LockInTarget target) =>
        LockInMeasurement.Of(resources, [], LockInFiles.Facts(), new() { Target = target, Date = new(2026, 11, 25), Draws = 500 }, TestContext.Current.CancellationToken)[0];

    private IReadOnlyList<InventoryResource> Inventory(string name)
    {
        var types = LockInFiles.Types();
        var files = InventoryFiles.Read(InventoryFiles.Find(Path.Combine(_folder, name), name), new(types, "Workload"), 1, _ => { }, TestContext.Current.CancellationToken);
        return InventoryMerge.Merge(files, types, LockInFiles.Facts().ClassOf).Resources;
    }
}
