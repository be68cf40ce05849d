using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>What makes a definition harder to write anew, names, variants, tags, and loops.</summary>
public sealed class TemplateKindTests
{
    [Theory]
    [InlineData("AWS::CloudFormation::Stack", "", TemplateTraits.NestedStack)]
    [InlineData("AWS::Serverless::Application", "", TemplateTraits.NestedStack | TemplateTraits.Macro)]
    [InlineData("Org::Service::Thing::MODULE", "", TemplateTraits.NestedStack)]
    [InlineData("!Rain::Module file.yaml", "", TemplateTraits.NestedStack)]
    [InlineData("Custom::Anything", "", TemplateTraits.CustomResource)]
    [InlineData("AWS::CloudFormation::CustomResource", "", TemplateTraits.CustomResource)]
    [InlineData("AWS::S3::Bucket", "Transform: MyMacro", TemplateTraits.Macro)]
    [InlineData("AWS::S3::Bucket", "Transform: [AWS::LanguageExtensions, { Name: MyMacro, Parameters: { A: b } }]", TemplateTraits.Macro)]
    [InlineData("AWS::S3::Bucket", "Transform: AWS::Serverless-2016-10-31", TemplateTraits.None)]
    [InlineData("AWS::Serverless::Function", "Transform: AWS::Serverless-2016-10-31", TemplateTraits.Macro)]
    public void Traits_come_from_the_type_and_the_transforms(string type, string section, TemplateTraits expected) =>
        Assert.Equal(expected | TemplateTraits.CloudFormation, Assert.Single(Templates.ReadBoth($"Resources: {{ A: {{ Type: {type} }} }}\n{section}\n").Resources).Traits);

    [Theory]
    [InlineData("Resources: { A: { Type: T, Properties: { 'Fn::Transform': { Name: M, Parameters: { P: !Ref B } } } }, B: { Type: T } }")]
    [InlineData("Resources: { A: { Type: T, Properties: { P: { 'Fn::Transform': { Name: M, Parameters: { P: !Ref B } } } } }, B: { Type: T } }")]
    [InlineData("Resources: { A: { Type: T, Properties: { P: !Transform { Name: M, Parameters: { P: !Ref B } } } }, B: { Type: T } }")]
    public void A_macro_in_a_resource_stands_on_that_one(string text)
    {
        var file = Templates.ReadBoth(text);
        Assert.Equal([true, false], file.Resources.Select(one => one.Traits.HasFlag(TemplateTraits.Macro)));
        Assert.Equal(["A→B"], Templates.References(file));
    }

    [Theory]
    [InlineData("Transform: { Name: AWS::Include, Parameters: { Location: s3://b/k } }\nResources: { A: { Type: T } }")]
    [InlineData("Resources: { A: { Type: T }, 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://b/k } } }")]
    public void What_is_included_from_elsewhere_is_a_gap(string text)
    {
        var file = Templates.ReadBoth(text);
        Assert.Equal(["A T"], Templates.Types(file));
        Assert.Equal(InventoryGapKind.FailedCollector, Assert.Single(file.Gaps).Kind);
    }

    [Fact]
    public void What_a_module_or_SAM_makes_leads_to_the_module_or_its_resource() =>
        Assert.Equal(["A→Function", "A→Network"], Templates.References(Templates.ReadBoth("""
            Resources:
              A: { Type: T, Properties: { Vpc: !Ref NetworkVPC, Role: !GetAtt FunctionRole.Arn, Version: !Ref Function.Version } }
              Function: { Type: AWS::Serverless::Function }
              Network: { Type: Org::Service::Network::MODULE }
            """)));

    [Fact]
    public void Custom_resources_use_their_service() =>
        Assert.Equal(["A→Maker"], Templates.References(Templates.ReadBoth("Resources: { A: { Type: Custom::Thing, Properties: { ServiceToken: !GetAtt Maker.Arn } }, Maker: { Type: AWS::Lambda::Function } }")));

    [Fact]
    public void The_notes_of_the_CDK_are_no_resources() =>
        Assert.Equal(["A AWS::S3::Bucket"], Templates.Types(Templates.ReadBoth("""{"Resources":{"A":{"Type":"AWS::S3::Bucket","Metadata":{"aws:cdk:path":"S/A/Resource"}},"CDKMetadata":{"Type":"AWS::CDK::Metadata","Properties":{"Analytics":"v2:deflate64:H4sI"},"Condition":"CDKMetadataAvailable"}}}""")));

    [Theory]
    [InlineData("Type: AWS::S3::Bucket, Properties: { BucketName: files }", "files", null, null)]
    [InlineData("Properties: { BucketName: files }, Type: AWS::S3::Bucket", "files", null, null)]
    [InlineData("Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Name }", null, null, null)]
    [InlineData("Type: AWS::S3::Bucket, Properties: { BucketName: !Sub 'files-${AWS::AccountId}' }", null, null, null)]
    [InlineData("Type: AWS::S3::Bucket, Properties: { BucketName: !Sub files }", "files", null, null)]
    [InlineData("Type: AWS::S3::Bucket, Properties: { BucketName: '{{resolve:ssm:/name}}' }", null, null, null)]
    [InlineData("Type: AWS::S3::Bucket, Properties: { BucketName: ~ }", null, null, null)]
    [InlineData("Type: AWS::S3::Bucket, Properties: { FunctionName: files }", null, null, null)]
    [InlineData("Type: AWS::Lambda::Function, Properties: { FunctionName: shop, PackageType: image }", "shop", "Image", null)]
    [InlineData("Type: AWS::Lambda::Function, Properties: { PackageType: Secret }", null, null, null)]
    [InlineData("Properties: { Engine: postgres, AllocatedStorage: 100 }, Type: AWS::RDS::DBInstance", null, "postgres", 107.3741824)]
    [InlineData("Type: AWS::RDS::DBInstance, Properties: { AllocatedStorage: !Ref Size }", null, null, null)]
    public void Names_variants_and_sizes_are_literal_or_unknown(string resource, string? id, string? variant, double? gigabytes)
    {
        var one = Assert.Single(Templates.ReadBoth($"Resources: {{ A: {{ {resource} }} }}").Resources);
        Assert.Equal((id, variant), (one.PhysicalId, one.Variant));
        Assert.Equal(gigabytes ?? -1, one.DataGigabytes ?? -1, 6);
    }

    [Theory]
    [InlineData("Tags: [{ Key: Name, Value: a }, { Key: workload, Value: shop }]", "shop")]
    [InlineData("Tags: [{ Value: shop, Key: Workload }]", "shop")]
    [InlineData("Tags: { WORKLOAD: shop, Other: x }", "shop")]
    [InlineData("Tags: [{ Key: Workload, Value: !Ref Name }]", null)]
    [InlineData("Tags: [!If [C, { Key: Workload, Value: shop }, !Ref 'AWS::NoValue']]", null)]
    [InlineData("Tags: !Ref Name", null)]
    [InlineData("Tags: [{ Key: Workload, Value: b }, { Key: WORKLOAD, Value: a }]", "a")]
    [InlineData("Tags: [{ Key: WORKLOAD, Value: a }, { Key: Workload, Value: b }]", "a")]
    public void The_workload_is_a_literal_tag(string tags, string? expected) =>
        Assert.Equal(expected, Assert.Single(Templates.ReadBoth($"Resources: {{ A: {{ Type: AWS::S3::Bucket, Properties: {{ {tags} }} }} }}").Resources).Workload);

    [Fact]
    public void A_loop_makes_a_resource_for_each_value()
    {
        var file = Templates.ReadBoth("""
            Transform: AWS::LanguageExtensions
            Resources:
              'Fn::ForEach::Tables':
                - Name
                - [Points, Score-2]
                - 'Table&{Name}':
                    Type: AWS::DynamoDB::Table
                    Properties: { TableName: !Ref Name, Key: !Ref 'Key&{Name}', Tags: [{ Key: Workload, Value: !Sub 'w-${Name}' }] }
                  'Key&{Name}': { Type: AWS::KMS::Key }
              A: { Type: T, DependsOn: [TablePoints] }
            """);
        Assert.Equal(["A T", "KeyPoints AWS::KMS::Key", "KeyScore2 AWS::KMS::Key", "TablePoints AWS::DynamoDB::Table", "TableScore2 AWS::DynamoDB::Table"], Templates.Types(file));
        Assert.Equal(["A→TablePoints", "TablePoints→KeyPoints", "TableScore2→KeyScore2"], Templates.References(file));
        Assert.Equal(["Points|w-Points", "Score-2|w-Score-2"], file.Resources.Where(one => one.PhysicalId is not null).Select(one => $"{one.PhysicalId}|{one.Workload}"));
        Assert.Empty(file.Gaps);
    }

    [Fact]
    public void Loops_stand_in_one_another_and_in_properties()
    {
        var file = Templates.ReadBoth("""
            Resources:
              'Fn::ForEach::Outer':
                - X
                - [A, B]
                - 'Fn::ForEach::Inner':
                    - Y
                    - ['1', '2']
                    - 'Topic${X}${Y}': { Type: AWS::SNS::Topic }
              User:
                Type: T
                Properties:
                  'Fn::ForEach::Uses':
                    - Z
                    - [A1, B2]
                    - 'Use${Z}': !Ref { 'Fn::Sub': 'Topic${Z}' }
            """);
        Assert.Equal(["TopicA1", "TopicA2", "TopicB1", "TopicB2", "User"], file.Resources.Select(one => one.LocalId));
        Assert.Equal(["User→TopicA1", "User→TopicB2"], Templates.References(file));
    }

    [Theory]
    [InlineData("Type: CommaDelimitedList, Default: 'a, b,c'", 3, false)]
    [InlineData("Default: 'a,b', Type: CommaDelimitedList", 2, false)]
    [InlineData("Type: CommaDelimitedList", 1, true)]
    [InlineData("Type: String, Default: 'a,b'", 1, true)]
    public void A_loop_over_a_parameter_takes_its_default(string parameter, int count, bool isGap)
    {
        const string loop = "Resources: { 'Fn::ForEach::L': [N, !Ref Names, { 'T${N}': { Type: T, Properties: { P: !Ref 'U${N}' } }, 'U${N}': { Type: U } }] }";
        var file = Templates.ReadBoth($"{loop}\nParameters: {{ Names: {{ {parameter} }} }}\n");
        Assert.Equal((2 * count, count, isGap), (file.Resources.Count, Templates.References(file).Count(), file.Gaps.Count == 1));
        Assert.All(file.Gaps, gap => Assert.Contains("Fn::ForEach::L", gap.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_loop_that_would_never_end_is_cut_and_said_so()
    {
        var text = "{ 'T${A}${B}${C}': { Type: T } }";
        foreach (var name in (string[])["C", "B", "A"]) text = $"{{ 'Fn::ForEach::{name}': [{name}, [{string.Join(',', Enumerable.Range(0, 200))}], {text}] }}";
        var file = Templates.Read($"Resources: {text}");
        Assert.InRange(file.Resources.Count, 1, 20_000);
        Assert.Contains(file.Gaps, gap => gap.Message.Contains("20000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"requestId\": 1, \"fragment\": { \"Resources\": {} } }")]
    [InlineData("[ { \"Resources\": {} } ]")]
    [InlineData("{ \"Resources\": [ { \"Arn\": \"a\" } ] }")]
    [InlineData("just a text")]
    [InlineData("- a\n- b\n")]
    [InlineData("apiVersion: v1\nkind: List\n---\nkind: Pod\n")]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("null")]
    public void What_is_no_template_is_said_to_be_none(string text)
    {
        var file = Templates.Read(text, "dir/a.json");
        Assert.Empty(file.Resources);
        var gap = Assert.Single(file.Gaps);
        Assert.Equal((InventoryGapKind.NotAnInventory, "dir/a.json"), (gap.Kind, gap.File));
        Assert.StartsWith("dir/a.json ", gap.Message, StringComparison.Ordinal);
    }
}
