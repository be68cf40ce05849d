using System.Text.Json;
using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>The module's own profiles, alternatives and maps of types: what must be there, and that each says where it comes from.</summary>
public sealed class LockInProfileDataTests
{
    // The types of the facts page in order of frequency, and those that are too rare in public templates.
    private static readonly string[] OneByOne =
    [
        "AWS::Serverless::Function", "AWS::IAM::Role", "AWS::EC2::SecurityGroup", "AWS::Logs::LogGroup", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::Serverless::Api",
        "AWS::Events::Rule", "AWS::Lambda::Permission", "AWS::DynamoDB::Table", "AWS::EC2::Subnet", "AWS::EC2::VPC", "AWS::EC2::SecurityGroupIngress", "AWS::SNS::Topic",
        "AWS::Serverless::StateMachine", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::RouteTable", "AWS::CloudWatch::Alarm", "AWS::EC2::Route", "AWS::IAM::InstanceProfile",
        "AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::IAM::Policy", "AWS::Events::EventBus", "AWS::S3::BucketPolicy",
        "AWS::Lambda::Function", "AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::Method", "AWS::Route53::RecordSet",
        "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Deployment", "AWS::EC2::Instance", "AWS::EC2::EIP", "AWS::SecretsManager::Secret", "AWS::SQS::QueuePolicy", "AWS::Pipes::Pipe",
        "AWS::EC2::VPCEndpoint", "AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::NatGateway", "AWS::Serverless::SimpleTable", "AWS::ApiGateway::Stage", "AWS::Kinesis::Stream",
        "AWS::ECS::Cluster", "AWS::ApiGateway::Resource", "AWS::ApiGatewayV2::Api", "AWS::ECS::TaskDefinition", "AWS::CloudFront::Distribution", "AWS::Events::Connection",
        "AWS::EC2::LaunchTemplate", "AWS::Events::ApiDestination", "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Integration", "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient",
        "AWS::ApiGatewayV2::Stage", "AWS::ECS::Service", "AWS::Serverless::HttpApi", "AWS::SNS::TopicPolicy",
        "AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::KMS::Key", "AWS::EFS::FileSystem", "AWS::Backup::BackupVault", "AWS::Backup::BackupPlan", "AWS::WAFv2::WebACL", "AWS::EKS::Cluster",
        "AWS::EKS::Nodegroup", "AWS::MSK::Cluster", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::OpenSearchService::Domain", "AWS::Redshift::Cluster",
        "AWS::Glue::Job", "AWS::Glue::Database", "AWS::Athena::WorkGroup", "AWS::SageMaker::Model", "AWS::SageMaker::Endpoint", "AWS::Bedrock::Agent", "AWS::Bedrock::KnowledgeBase",
        "AWS::StepFunctions::StateMachine", "AWS::AppSync::GraphQLApi", "AWS::AppSync::Resolver",
    ];

    [Fact]
    public void The_commonest_types_are_profiled_one_by_one_for_every_target()
    {
        var facts = LockInFiles.Facts();
        foreach (var type in OneByOne)
        {
            foreach (var target in Enum.GetValues<LockInTarget>())
            {
                var profile = facts.ProfileOf(type, null, target);
                Assert.NotNull(profile);
                Assert.False(profile.IsFamilyProfile, $"{profile} is its family's.");
                Assert.Equal(facts.Glue.Contains(type), profile.IsGlue);
                if (!profile.IsGlue) Assert.NotNull(profile.Api);
            }
        }
    }

    [Fact]
    public void A_profile_is_of_the_family_that_its_type_is_of() =>
        Assert.All(LockInFiles.Facts().Profiles, profile => Assert.Equal(LockInFiles.Facts().FamilyOf(profile.Type)?.Name, profile.Family));

    [Fact]
    public void Every_value_says_where_it_comes_from_and_what_is_documented_names_its_page()
    {
        var facts = LockInFiles.Facts();
        var evidence = facts.Profiles.SelectMany(Evidences)
            .Concat(facts.Families.SelectMany(family => family.Levels.Values).SelectMany(levels => new[] { levels.Api?.Evidence, levels.Export?.Evidence, levels.Artefact?.Evidence, levels.LearningDays?.Evidence }).OfType<Evidence>())
            .Concat(facts.Families.Select(family => family.LearningDays!.Evidence))
            .Concat(facts.Constants.Values.Select(constant => constant.Evidence)).ToList();
        Assert.True(evidence.Count > 1000);
        Assert.All(evidence, one =>
        {
            Assert.True(one.AsOf >= new DateOnly(2026, 1, 1));
            if (one.Grade == EvidenceGrade.C) Assert.False(string.IsNullOrWhiteSpace(one.Source));
            else Assert.Contains("https://", one.Source, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("AWS::S3::Bucket", null, LockInTarget.OpenSource, ApiLevel.CompatibleImplementation, DataExport.NativeBulk, null)]
    [InlineData("AWS::DynamoDB::Table", null, LockInTarget.OpenSource, ApiLevel.CompatibleImplementation, DataExport.Transform, null)]
    [InlineData("AWS::SQS::Queue", null, LockInTarget.Azure, ApiLevel.EquivalentOtherApi, null, null)]
    [InlineData("AWS::StepFunctions::StateMachine", null, LockInTarget.GoogleCloud, ApiLevel.Redesign, null, RuntimeArtefact.ProprietaryLanguage)]
    [InlineData("AWS::Lambda::Function", null, LockInTarget.Azure, ApiLevel.EquivalentOtherApi, null, RuntimeArtefact.OciImage)]
    [InlineData("AWS::Lambda::Function", "Zip", LockInTarget.Azure, ApiLevel.EquivalentOtherApi, null, RuntimeArtefact.FunctionPackage)]
    [InlineData("AWS::Lambda::Function", "Image", LockInTarget.Azure, ApiLevel.EquivalentOtherApi, null, RuntimeArtefact.OciImage)]
    [InlineData("AWS::KMS::Key", null, LockInTarget.Azure, ApiLevel.EquivalentOtherApi, DataExport.NotExportable, null)]
    [InlineData("AWS::RDS::DBInstance", "postgres", LockInTarget.GoogleCloud, ApiLevel.SameEngine, DataExport.NativeBulk, null)]
    [InlineData("AWS::EKS::Cluster", null, LockInTarget.Azure, ApiLevel.SameEngine, null, RuntimeArtefact.OciImage)]
    [InlineData("AWS::Cognito::UserPool", null, LockInTarget.OpenSource, ApiLevel.Redesign, DataExport.ApiScrape, null)]
    public void Named_profiles_are_as_the_facts_page_has_them(string type, string? variant, LockInTarget target, ApiLevel api, DataExport? export, RuntimeArtefact? artefact)
    {
        var profile = LockInFiles.Facts().ProfileOf(type, variant, target)!;
        Assert.Equal(api, profile.Api!.Value);
        Assert.Equal(export, profile.Export?.Value);
        Assert.Equal(artefact, profile.Artefact?.Value);
    }

    [Fact]
    public void A_type_without_a_profile_has_its_familys_and_one_without_a_family_none()
    {
        var facts = LockInFiles.Facts();
        var layer = facts.ProfileOf("AWS::Lambda::CodeSigningConfig", null, LockInTarget.Azure)!;
        Assert.True(layer.IsFamilyProfile);
        Assert.Equal("functions", layer.Family);
        Assert.Equal(EvidenceGrade.C, layer.Api!.Evidence.Grade);
        Assert.Null(facts.ProfileOf("google_storage_bucket", null, LockInTarget.Azure));
    }

    [Fact]
    public void Variants_are_ones_that_readers_show()
    {
        var types = LockInFiles.Types();
        Assert.All(LockInFiles.Facts().Profiles.Where(profile => profile.Variant is not null), profile => Assert.Contains(profile.Variant!, types.Of(profile.Type)!.VariantValues));
    }

    [Fact]
    public void A_type_that_becomes_another_is_held_as_that_one_is()
    {
        var facts = LockInFiles.Facts();
        var pairs = facts.Profiles.Select(profile => (Own: profile, Other: LockInFiles.Types().Of(profile.Type)?.SameAs)).Where(pair => pair.Other is not null).ToList();
        Assert.True(pairs.Count >= 20);
        Assert.All(pairs, pair =>
        {
            var other = facts.ProfileOf(pair.Other!, pair.Own.Variant, pair.Own.Target)!;
            Assert.Equal((pair.Own.Family, pair.Own.Api, pair.Own.Export, pair.Own.Artefact), (other.Family, other.Api, other.Export, other.Artefact));
        });
    }

    [Fact]
    public void Every_level_of_the_sixty_commonest_types_is_documented()
    {
        var profiles = LockInFiles.Facts().Profiles.Where(profile => OneByOne.Take(60).Contains(profile.Type)).ToList();
        Assert.DoesNotContain(profiles, profile => Evidences(profile).Any(one => one.Grade == EvidenceGrade.C));
        Assert.True(profiles.Sum(profile => Evidences(profile).Count()) > 250);
    }

    // What is left are values of types that are rarer in templates, for which no page was found that says them; fewer is better, more needs a reason.
    [Fact]
    public void Most_levels_of_the_commonest_types_are_documented()
    {
        var evidence = LockInFiles.Facts().Profiles.Where(profile => OneByOne.Contains(profile.Type)).SelectMany(Evidences).ToList();
        var judged = evidence.Count(one => one.Grade == EvidenceGrade.C);
        Assert.True(judged * 100 <= evidence.Count * 9, $"{judged} of {evidence.Count} are judgement.");
    }

    [Fact]
    public void What_is_archived_is_said_to_be_not_maintained()
    {
        var minio = LockInFiles.Facts().ProfileOf("AWS::S3::Bucket", null, LockInTarget.OpenSource)!.Alternatives.Single(one => one.Name.StartsWith("MinIO", StringComparison.Ordinal));
        Assert.False(minio.IsMaintained);
        Assert.Contains(minio.Gaps, gap => gap.Contains("2026-02-13", StringComparison.Ordinal));
    }

    [Fact]
    public void Postures_bands_options_and_egress_are_there()
    {
        var facts = LockInFiles.Facts();
        Assert.Equal(["enterprise", "regulated", "startup"], facts.Postures.Select(posture => posture.Name));
        Assert.All(facts.Postures, posture => Assert.Equal(["geopolitics", "merger", "price", "regulation", "retirement"], posture.RatesPerYear.Keys.Order(StringComparer.Ordinal)));
        Assert.Contains("effort", facts.Bands.Keys);
        Assert.Contains(facts.Options, option => option.AppliesTo("AWS::Lambda::Function", "functions"));
        Assert.DoesNotContain("eu-west-2", facts.Egress!.EuropeanRegions);
        Assert.Contains("eu-central-1", facts.Egress.EuropeanRegions);
        Assert.Equal(EgressCharge.Nothing, facts.Egress.Rules.Last(rule => rule.Purpose == EgressPurpose.Switching && rule.From <= new DateOnly(2027, 1, 12)).Charge);
        Assert.Equal(EgressCharge.AtCost, facts.Egress.Rules.Last(rule => rule.Purpose == EgressPurpose.Switching && rule.From <= new DateOnly(2027, 1, 11)).Charge);
        Assert.Equal(EgressCharge.AtCost, facts.Egress.Rules.Last(rule => rule.Purpose == EgressPurpose.ParallelUse && rule.From <= new DateOnly(2027, 6, 1)).Charge);
    }

    [Fact]
    public void Every_Terraform_type_of_the_public_states_is_mapped_or_part_of_another_resource()
    {
        var folder = Shared("tfstate");
        Assert.SkipWhen(folder is null, "It reads the public data of ../shared/data, which is not here.");
        var types = LockInFiles.Types();
        var facts = LockInFiles.Facts();
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.tfstate"))
        {
            using var state = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var resource in state.RootElement.GetProperty("resources").EnumerateArray()) seen.Add(resource.GetProperty("type").GetString()!);
        }
        Assert.Equal(45, seen.Count);
        Assert.Equal(["azurerm_resource_group"], seen.Where(type => types.OfTerraform(type) == type && !facts.Glue.Contains(type)));
    }

    private static IEnumerable<Evidence> Evidences(LockInProfile profile) =>
        new[] { profile.Api?.Evidence, profile.Export?.Evidence, profile.Artefact?.Evidence }.OfType<Evidence>();

    private static string? Shared(string name)
    {
        if (Environment.GetEnvironmentVariable("GUARDRAILS_SHARED") is { Length: > 0 } given) return Path.Combine(given, "data", name);
        for (var at = new DirectoryInfo(LockInFiles.Root); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "data", name);
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}
