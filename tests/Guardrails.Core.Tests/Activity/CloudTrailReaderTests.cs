using System.Text.Json;
using Guardrails.Core.Tests.Policies;
using Xunit;

namespace Guardrails.Tests;

public class CloudTrailReaderTests
{
    private static readonly CloudTrailActions Actions = ModuleFile.Read("policies/cloudtrail-actions.json", CloudTrailActions.Read);

    [Theory]
    [InlineData("ec2.amazonaws.com", "RunInstances", "ec2:RunInstances")]
    [InlineData("monitoring.amazonaws.com", "PutMetricAlarm", "cloudwatch:PutMetricAlarm")]
    [InlineData("lambda.amazonaws.com", "UpdateFunctionCode20150331v2", "lambda:UpdateFunctionCode")]
    [InlineData("lambda.amazonaws.com", "CreateFunction20150331", "lambda:CreateFunction")]
    [InlineData("cloudfront.amazonaws.com", "CreateDistribution2020_05_31", "cloudfront:CreateDistribution")]
    [InlineData("s3.amazonaws.com", "ListBuckets", "s3:ListAllMyBuckets")]
    [InlineData("s3.amazonaws.com", "GetBucketEncryption", "s3:GetEncryptionConfiguration")]
    [InlineData("s3.amazonaws.com", "PutBucketLifecycle", "s3:PutLifecycleConfiguration")]
    [InlineData("s3.amazonaws.com", "GetBucketReplication", "s3:GetReplicationConfiguration")]
    [InlineData("s3.amazonaws.com", "HeadObject", "s3:GetObject")]
    [InlineData("s3.amazonaws.com", "ListObjectsV2", "s3:ListBucket")]
    [InlineData("s3.amazonaws.com", "CopyObject", "s3:GetObject s3:PutObject")]
    [InlineData("apigateway.amazonaws.com", "CreateRestApi", "apigateway:POST")]
    [InlineData("apigateway.amazonaws.com", "UpdateStage", "apigateway:PATCH")]
    [InlineData("sts.amazonaws.com", "GetCallerIdentity", "")]
    public void A_calls_source_and_name_become_the_actions_it_needs(string source, string name, string actions) =>
        Assert.Equal(actions, string.Join(' ', Actions.ActionsOf(Actions.Call(source, name))));

    [Fact]
    public void A_sessions_principal_is_the_role_and_its_times_are_keys()
    {
        var request = Assert.Single(Read("""
            {"eventSource":"ec2.amazonaws.com","eventName":"StopInstances","eventType":"AwsApiCall","awsRegion":"eu-west-1","eventTime":"2026-01-01T00:00:00Z",
             "sourceIPAddress":"192.0.2.7","userAgent":"aws-cli","tlsDetails":{"tlsVersion":"TLSv1.3"},
             "userIdentity":{"type":"AssumedRole","principalId":"AROAX:me","arn":"arn:aws:sts::222222222222:assumed-role/Admin/me","accountId":"222222222222",
              "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::222222222222:role/path/Admin","accountId":"222222222222"},
               "attributes":{"creationDate":"2025-12-31T23:00:00Z","mfaAuthenticated":"true"}}}}
            """)!.Requests);
        Assert.Equal("arn:aws:iam::222222222222:role/path/Admin", request.PrincipalArn);
        Assert.Equal(PrincipalKind.Identity, request.PrincipalKind);
        Assert.Null(request.Resource);
        Assert.Null(request.ResourceAccount);
        Assert.Equal(
            [
                "aws:CalledVia absent", "aws:CalledViaFirst absent", "aws:CalledViaLast absent", "aws:CurrentTime = 2026-01-01T00:00:00Z", "aws:EpochTime = 1767225600",
                "aws:MultiFactorAuthPresent = true", "aws:PrincipalType = AssumedRole", "aws:RequestedRegion = eu-west-1", "aws:SecureTransport = true", "aws:SourceIp = 192.0.2.7",
                "aws:SourceVpc absent", "aws:SourceVpce absent", "aws:TokenIssueTime = 2025-12-31T23:00:00Z", "aws:UserAgent = aws-cli", "aws:userid = AROAX:me", "aws:username absent",
                "aws:ViaAWSService = false", "aws:VpcSourceIp absent",
            ],
            request.Context.Select(key => key.ToString()).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_call_that_a_service_forwarded_has_no_known_address()
    {
        var context = Assert.Single(Read("""
            {"eventSource":"kms.amazonaws.com","eventName":"GenerateDataKey","eventType":"AwsApiCall","sourceIPAddress":"secretsmanager.amazonaws.com",
             "requestParameters":{"keyId":"alias/aws/secretsmanager"},"resources":[{"accountId":"222222222222","ARN":"arn:aws:kms:us-east-1:222222222222:key/1"}],
             "userIdentity":{"type":"IAMUser","userName":"me","arn":"arn:aws:iam::222222222222:user/me","accountId":"222222222222","invokedBy":"secretsmanager.amazonaws.com"}}
            """)!.Requests);
        Assert.DoesNotContain(context.Context, key => key.Name is "aws:SourceIp" or "aws:SourceVpce" or "aws:SourceVpc" or "aws:CalledVia");
        Assert.Contains(context.Context, key => key.ToString() == "aws:ViaAWSService = true");
        Assert.True(context.AwsManagedKey);
        Assert.Equal("222222222222", context.ResourceAccount);
    }

    [Fact]
    public void Service_principals_and_service_linked_roles_are_told_apart()
    {
        Assert.Equal(PrincipalKind.Service, Assert.Single(Read("""
            {"eventSource":"s3.amazonaws.com","eventName":"GetBucketAcl","eventType":"AwsApiCall","userIdentity":{"type":"AWSService","invokedBy":"cloudtrail.amazonaws.com"}}
            """)!.Requests).PrincipalKind);
        Assert.Equal(PrincipalKind.ServiceLinkedRole, Assert.Single(Read("""
            {"eventSource":"ec2.amazonaws.com","eventName":"DescribeSubnets","eventType":"AwsApiCall",
             "userIdentity":{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::2:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS"}}}}
            """)!.Requests).PrincipalKind);
    }

    [Fact]
    public void Objects_stand_for_their_bucket_and_a_passed_role_is_a_request_of_its_own()
    {
        Assert.Equal(["s3:GetObject arn:aws:s3:::b/k"], Read("""
            {"eventSource":"s3.amazonaws.com","eventName":"GetObject","resources":[{"ARN":"arn:aws:s3:::b","accountId":"222222222222"},{"ARN":"arn:aws:s3:::b/k"}]}
            """)!.Requests.Select(request => request.ToString()));
        Assert.Equal(["lambda:CreateFunction", "iam:PassRole arn:aws:iam::222222222222:role/x"], Read("""
            {"eventSource":"lambda.amazonaws.com","eventName":"CreateFunction20150331","requestParameters":{"role":"arn:aws:iam::222222222222:role/x"}}
            """)!.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public void Tags_of_the_request_are_keys()
    {
        var request = Assert.Single(Read("""
            {"eventSource":"iam.amazonaws.com","eventName":"CreateRole","requestParameters":{"tags":[{"key":"team","value":"shop"},{"key":"env","value":"prod"}]}}
            """)!.Requests);
        Assert.Contains(request.Context, key => key.ToString() == "aws:RequestTag/team = shop");
        Assert.Contains(request.Context, key => key.ToString() == "aws:TagKeys = team, env");
    }

    [Fact]
    public void Only_API_calls_are_read_and_failed_ones_are_not_replayed()
    {
        Assert.Null(Read("""{"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","eventType":"AwsConsoleSignIn"}"""));
        Assert.Null(Read("""{"eventSource":"ec2.amazonaws.com","eventName":"SharedSnapshotVolumeCreated","eventType":"AwsServiceEvent"}"""));
        Assert.Equal("It failed: AccessDenied.", Read("""{"eventSource":"s3.amazonaws.com","eventName":"GetObject","eventType":"AwsApiCall","errorCode":"AccessDenied"}""")!.NotReplayed);
        Assert.Equal("No policy decides it.", Read("""{"eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity","eventType":"AwsApiCall"}""")!.NotReplayed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"eventSource":1}""")]
    public void What_is_no_record_is_refused(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Theory]
    [InlineData("""{"eventSource":"s3.amazonaws.com","eventName":"GetObject","userIdentity":"me","resources":{"ARN":1},"requestParameters":[1],"tlsDetails":null}""")]
    [InlineData("""{"eventSource":"s3.amazonaws.com","eventName":"GetObject","userIdentity":{"type":7,"sessionContext":[]},"resources":[1,null,{"ARN":{}}],"eventTime":"soon"}""")]
    public void Odd_members_are_passed_over(string json) => Assert.Single(Read(json)!.Requests);

    [Fact]
    public void Real_records_become_requests_of_known_actions()
    {
        var files = SharedData.CloudTrail();
        var reader = new CloudTrailReader(Actions);
        var calls = files.SelectMany(reader.ReadFile).ToList();
        Assert.Equal(2_855, calls.Count);
        Assert.Equal(300, calls.Count(call => call.NotReplayed?.StartsWith("It failed", StringComparison.Ordinal) == true));
        var catalog = ModuleFile.Read("policies/actions.json", data => ActionCatalog.Read(data, []));
        var unknown = calls.SelectMany(call => call.Requests).Select(request => request.Action).Distinct()
            .Where(action => catalog.Find(action.Split(':')[0], action.Split(':')[1]) is not (ActionKnowledge.Known or ActionKnowledge.Former));
        Assert.Empty(unknown);
        Assert.DoesNotContain(calls.SelectMany(call => call.Requests), request => request.PrincipalArn?.Contains(":sts:", StringComparison.Ordinal) == true);
        var forwarded = calls.Count(call => call.Requests.Any(request => request.Context.Any(key => key.ToString() == "aws:ViaAWSService = true")));
        Assert.InRange(forwarded, 80, 200);
    }

    private static RecordedCall? Read(string json)
    {
        using var record = JsonDocument.Parse(json);
        return new CloudTrailReader(Actions).Read(record.RootElement);
    }
}
