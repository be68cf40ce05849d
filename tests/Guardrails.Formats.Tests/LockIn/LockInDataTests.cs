using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>The module's own lock-in data.</summary>
public sealed class LockInDataTests
{
    [Fact]
    public void Every_file_fits_the_schema()
    {
        var facts = LockInFiles.Facts();
        Assert.NotEmpty(facts.Families);
        Assert.NotEmpty(LockInFiles.Types().Types);
    }

    [Fact]
    public void Every_constant_of_the_contract_is_there_in_order_with_where_it_comes_from()
    {
        var facts = LockInFiles.Facts();
        foreach (var name in LockInNames.Required(facts.Families))
        {
            var constant = facts.Constants[name];
            Assert.InRange(constant.Likely, constant.Low, constant.High);
            Assert.True(constant.MeanHundredths > 0, name);
            Assert.False(string.IsNullOrWhiteSpace(constant.Evidence.Source), name);
            Assert.StartsWith("person-days", constant.Unit, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("AWS::Lambda::Function", "functions")]
    [InlineData("AWS::Lambda::Permission", "identity")]
    [InlineData("AWS::Lambda::EventSourceMapping", "event-routing")]
    [InlineData("AWS::EC2::Instance", "compute")]
    [InlineData("AWS::EC2::InstanceConnectEndpoint", "compute")]
    [InlineData("AWS::EC2::VPC", "network")]
    [InlineData("AWS::S3::BucketPolicy", "identity")]
    [InlineData("AWS::S3::Bucket", "object-storage")]
    [InlineData("AWS::IoTSiteWise::Asset", "iot")]
    [InlineData("aws_s3_bucket_notification", "object-storage")]
    [InlineData("aws_cloudwatch_event_target", "event-routing")]
    [InlineData("aws_cloudwatch_dashboard", "observability")]
    [InlineData("Custom::Anything", "deployment")]
    [InlineData("AWS::Nowhere::Thing", null)]
    [InlineData("google_storage_bucket", null)]
    public void The_longest_pattern_says_the_family(string type, string? family) => Assert.Equal(family, LockInFiles.Facts().FamilyOf(type)?.Name);

    [Theory]
    [InlineData("AWS::Lambda::Function", "AWS::DynamoDB::Table", EdgeClass.Data)]
    [InlineData("AWS::Lambda::Function", "AWS::IAM::Role", EdgeClass.Identity)]
    [InlineData("AWS::IAM::Role", "AWS::DynamoDB::Table", EdgeClass.Identity)]
    [InlineData("AWS::S3::BucketPolicy", "AWS::S3::Bucket", EdgeClass.Identity)]
    [InlineData("AWS::Lambda::Permission", "AWS::Lambda::Function", EdgeClass.Identity)]
    [InlineData("AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::Subnet", EdgeClass.Network)]
    [InlineData("AWS::Events::Rule", "AWS::Lambda::Function", EdgeClass.Eventing)]
    [InlineData("AWS::CloudWatch::Alarm", "AWS::SNS::Topic", EdgeClass.Eventing)]
    [InlineData("AWS::Lambda::Function", "AWS::Logs::LogGroup", EdgeClass.Observability)]
    [InlineData("AWS::ECS::Service", "AWS::ElasticLoadBalancingV2::TargetGroup", EdgeClass.Network)]
    [InlineData("AWS::Lambda::Function", "AWS::KMS::Key", EdgeClass.Identity)]
    [InlineData("AWS::Lambda::Function", "google_storage_bucket", EdgeClass.Eventing)]
    [InlineData("google_storage_bucket", "AWS::SQS::Queue", EdgeClass.Eventing)]
    [InlineData("google_storage_bucket", "azurerm_resource_group", EdgeClass.Unclassified)]
    public void The_types_at_both_ends_say_the_class_of_a_coupling(string source, string target, EdgeClass expected) =>
        Assert.Equal(expected, LockInFiles.Facts().ClassOf(source, target));
}
