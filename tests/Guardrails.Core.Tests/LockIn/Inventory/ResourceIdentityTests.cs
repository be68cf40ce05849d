using Xunit;

namespace Guardrails.Tests;

public sealed class ResourceIdentityTests
{
    [Theory]
    [InlineData("AWS::SQS::Queue", "arn:aws:sqs:eu-west-1:111122223333:jobs", "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs")]
    [InlineData("AWS::SQS::Queue", "arn:aws:sqs:eu-west-1:111122223333:jobs", "jobs")]
    [InlineData("AWS::S3::Bucket", "arn:aws:s3:::shop-files", "shop-files")]
    [InlineData("AWS::IAM::Role", "arn:aws:iam::111122223333:role/service-role/team/worker", "worker")]
    [InlineData("AWS::IAM::Role", "arn:aws:iam::111122223333:role/worker", "worker")]
    [InlineData("AWS::Logs::LogGroup", "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/worker:*", "/aws/lambda/worker")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188", "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188")]
    [InlineData("AWS::ApiGateway::RestApi", "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5", "a1b2c3d4e5")]
    [InlineData("AWS::SecretsManager::Secret", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf", "shop/db")]
    [InlineData("AWS::AutoScaling::AutoScalingGroup", "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:930d940e-891e:autoScalingGroupName/web", "web")]
    [InlineData("AWS::SSM::Parameter", "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/db", "/shop/db")]
    [InlineData("AWS::SSM::Parameter", "arn:aws:ssm:eu-west-1:111122223333:parameter/shop", "shop")]
    [InlineData("AWS::Unknown::Thing", "arn:aws:unknown:eu-west-1:111122223333:thing/one", "one")]
    public void An_ARN_and_a_physical_id_with_account_and_Region_give_the_same_key(string type, string arn, string physicalId)
    {
        var byArn = Of(new() { LocalId = "a", Type = type, Arn = arn });
        Assert.NotNull(byArn);
        Assert.Equal(byArn, Of(new() { LocalId = "b", Type = type, PhysicalId = physicalId, AccountId = "111122223333", Region = "eu-west-1" }));
        Assert.Equal(byArn, Of(new() { LocalId = "c", Type = type, PhysicalId = physicalId, Arn = arn, AccountId = "111122223333", Region = "eu-west-1" }));
    }

    [Fact]
    public void Account_Region_type_and_id_each_make_another_resource()
    {
        var sighting = new ResourceSighting { LocalId = "a", Type = "AWS::SQS::Queue", PhysicalId = "jobs", AccountId = "111122223333", Region = "eu-west-1" };
        string?[] keys = [Of(sighting), Of(sighting with { AccountId = "444455556666" }), Of(sighting with { Region = "eu-west-2" }), Of(sighting with { PhysicalId = "jobs2" }), Of(sighting with { Type = "AWS::Lambda::Function" })];
        Assert.Equal(5, keys.Distinct().Count());
        Assert.All(keys, Assert.NotNull);
    }

    [Fact]
    public void What_an_ARN_leaves_out_is_not_in_the_key()
    {
        var bucket = new ResourceSighting { LocalId = "a", Type = "AWS::S3::Bucket", PhysicalId = "shop-files" };
        Assert.Equal(Of(bucket), Of(bucket with { AccountId = "111122223333", Region = "eu-west-1" }));
        var role = new ResourceSighting { LocalId = "a", Type = "AWS::IAM::Role", PhysicalId = "worker", AccountId = "111122223333" };
        Assert.Equal(Of(role), Of(role with { Region = "eu-west-1" }));
    }

    [Fact]
    public void Without_what_makes_an_id_unique_there_is_no_key()
    {
        var queue = new ResourceSighting { LocalId = "a", Type = "AWS::SQS::Queue", PhysicalId = "jobs" };
        Assert.Null(Of(queue));
        Assert.Null(Of(queue with { Region = "eu-west-1" }));
        Assert.Null(Of(queue with { AccountId = "111122223333" }));
        Assert.Null(Of(queue with { PhysicalId = null, AccountId = "111122223333", Region = "eu-west-1" }));
        Assert.Null(Of(new() { LocalId = "a", Type = "aws_thing", PhysicalId = "one" }));
    }

    [Fact]
    public void A_SAM_function_is_the_function_that_it_becomes() =>
        Assert.Equal(
            Of(new() { LocalId = "a", Type = "AWS::Lambda::Function", Arn = "arn:aws:lambda:eu-west-1:111122223333:function:worker" }),
            Of(new() { LocalId = "a", Type = "AWS::Serverless::Function", PhysicalId = "worker", AccountId = "111122223333", Region = "eu-west-1" }));

    [Fact]
    public void Two_targets_that_carry_the_ARN_of_the_same_function_are_two()
    {
        // Terraform's aws_cloudwatch_event_target has in arn what it calls, and in id what it is.
        var target = new ResourceSighting { LocalId = "a", Type = "aws_cloudwatch_event_target", Arn = "arn:aws:lambda:eu-west-1:111122223333:function:worker", PhysicalId = "rule1-terraform-1", AccountId = "111122223333" };
        var first = Of(target);
        Assert.NotNull(first);
        Assert.NotEqual(first, Of(target with { PhysicalId = "rule2-terraform-2" }));
        Assert.NotEqual(first, Of(new() { LocalId = "b", Type = "AWS::Lambda::Function", Arn = target.Arn }));
    }

    [Fact]
    public void A_policy_that_carries_the_ARN_of_its_topic_is_not_the_topic()
    {
        var arn = "arn:aws:sns:eu-west-1:111122223333:news";
        Assert.NotEqual(Of(new() { LocalId = "a", Type = "AWS::SNS::Topic", Arn = arn, PhysicalId = arn }), Of(new() { LocalId = "b", Type = "AWS::SNS::TopicPolicy", Arn = arn, PhysicalId = arn }));
    }

    [Theory]
    [InlineData("arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/worker:*", null, "AWS::Logs::LogGroup")]
    [InlineData("arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/worker:log-stream:2026/11/25/[1]ab", null, "AWS::Logs::LogStream")]
    [InlineData("arn:aws:rds:eu-west-1:111122223333:cluster:shop", "AmazonDocDB", "AWS::DocDB::DBCluster")]
    [InlineData("arn:aws:rds:eu-west-1:111122223333:cluster:shop", "AmazonRDS", "AWS::RDS::DBCluster")]
    [InlineData("arn:aws:rds:eu-west-1:111122223333:cluster:shop", null, "AWS::RDS::DBCluster")]
    [InlineData("arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/prod", null, null)]
    [InlineData("arn:ats:emastilmoalfamanling:us-test-2:586597448978:moalfamanler/app/x", null, null)]
    public void A_bill_that_names_no_type_has_it_from_the_ARN_where_that_is_certain(string arn, string? billName, string? type) =>
        Assert.Equal(type, InventorySamples.Types.OfArn(Arn.Parse(arn)!.Value, billName));

    [Theory]
    [InlineData("vol-0ab6e0a1f3d0c9b2e", "AmazonEC2", "AWS::EC2::Volume")]
    [InlineData("vol-zz6e0a1f3d0c9b2e1", "AmazonEC2", null)]
    [InlineData("my-bucket", "AmazonS3", "AWS::S3::Bucket")]
    [InlineData("my-bucket", "AmazonEC2", null)]
    public void A_bare_id_in_a_bill_has_its_type_from_its_beginning_or_its_product(string id, string product, string? type) =>
        Assert.Equal(type, InventorySamples.Types.OfBareId(id, [product]));

    [Theory]
    [InlineData("sqs:{region}:{account}")]
    [InlineData("sqs:eu-west-1:{account}:{id}")]
    [InlineData("sqs:{region}:{account}:queue")]
    [InlineData("sqs:{region}:{account}:{id}/{id}")]
    public void A_pattern_that_says_no_id_is_refused(string pattern) => Assert.Throws<FormatException>(() => ResourceArnPattern.Parse(pattern));

    [Theory]
    [InlineData("/inventory/111122223333/eu-west-1/shop.yaml", "111122223333", "eu-west-1")]
    [InlineData("/inventory/111122223333/prod/444455556666/shop.yaml", "444455556666", null)]
    [InlineData("/inventory/us-gov-west-1/shop.yaml", null, "us-gov-west-1")]
    [InlineData("/inventory/11112222333/111122223333.yaml", null, null)]
    public void Account_and_Region_come_from_the_innermost_folder(string path, string? account, string? region) =>
        Assert.Equal((account, region), AccountIds.OfFolders(path));

    [Theory]
    [InlineData("111122223333", "111122223333")]
    [InlineData("'111122223333", "111122223333")]
    [InlineData("12345678901", "012345678901")]
    [InlineData("NULL", null)]
    [InlineData("/subscriptions/8cb43347", null)]
    public void A_spreadsheets_account_id_has_its_zeros_back(string text, string? id) => Assert.Equal(id, AccountIds.FromColumn(text));

    private static string? Of(ResourceSighting sighting) => ResourceIdentity.Of(sighting, InventorySamples.Types);
}
