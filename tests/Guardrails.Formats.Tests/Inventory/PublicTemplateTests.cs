using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>
/// All templates of the shared data. The numbers are pinned; they were counted independently of the reader, with another YAML parser and a few
/// lines of Python, and by eye where loops and modules are.
/// </summary>
public sealed class PublicTemplateTests
{
    private static readonly Dictionary<string, (int Resources, int References, int Imports)> Expected = new()
    {
        ["APIGateway__apigateway_lambda_integration.json"] = (7, 9, 0),
        ["AWSSupplyChain__SapPrivateLink__SapPrivateLinkNoHostedZone.json"] = (9, 11, 0),
        ["AutoScaling__AutoScalingMultiAZWithNotifications.json"] = (12, 13, 0),
        ["AutoScaling__AutoScalingScheduledAction.json"] = (6, 5, 0),
        ["CloudFormation__CustomResources__getfromjson__src__template.yml"] = (1, 0, 0),
        ["CloudFormation__MacrosExamples__Boto3__macro.json"] = (3, 2, 0),
        ["CloudFormation__MacrosExamples__Count__test.json"] = (4, 0, 0),
        ["CloudFormation__MacrosExamples__DateFunctions__date_example.json"] = (1, 0, 0),
        ["CloudFormation__MacrosExamples__DatetimeNow__datetimenow_example.json"] = (1, 0, 0),
        ["CloudFormation__MacrosExamples__ExecutionRoleBuilder__macro.json"] = (2, 1, 0),
        ["CloudFormation__MacrosExamples__Explode__test.json"] = (2, 0, 0),
        ["CloudFormation__MacrosExamples__PyPlate__python_example.json"] = (1, 0, 0),
        ["CloudFormation__MacrosExamples__S3Objects__macro.json"] = (3, 2, 0),
        ["CloudFormation__MacrosExamples__StackMetrics__macro.json"] = (4, 1, 0),
        ["CloudFormation__MacrosExamples__StringFunctions__string_example.json"] = (1, 0, 0),
        ["CloudFormation__StackSets__common-resources-stackset-pkg.json"] = (1, 0, 0),
        ["CloudFormation__StackSets__common-resources.json"] = (2, 0, 0),
        ["CloudFormation__StackSets__log-setup-management.json"] = (10, 11, 0),
        ["CloudFormation__StackSets__templates__common-resources-stackset.yaml"] = (1, 0, 0),
        ["CloudFormation__fn-foreach-ddb.json"] = (4, 0, 0),
        ["CloudWatch__CloudWatch_Dashboard_ClientVPN.yml"] = (14, 0, 0),
        ["Config__Config.json"] = (12, 12, 0),
        ["DataFirehose__DataFirehoseDeliveryStream.yaml"] = (4, 4, 0),
        ["DirectoryService__DirectoryServiceMicrosoftAD.json"] = (1, 0, 0),
        ["DynamoDB__DynamoDB_Secondary_Indexes.json"] = (1, 0, 0),
        ["EC2__EC2InstanceWithSecurityGroupSample.json"] = (2, 1, 0),
        ["EC2__EIP_With_Association.json"] = (4, 4, 0),
        ["EC2__SingleENIwithMultipleEIPs.json"] = (5, 4, 0),
        ["ECS__EC2LaunchType__clusters__private-vpc.json"] = (42, 62, 0),
        ["ECS__EC2LaunchType__services__private-service.json"] = (4, 4, 3),
        ["ECS__ECS_Schedule_Example.json"] = (24, 31, 0),
        ["ECS__FargateLaunchType__clusters__public-vpc.json"] = (19, 23, 0),
        ["ECS__FargateLaunchType__services__private-subnet-public-service.json"] = (4, 4, 7),
        ["EFS__EFSAccessPoint.yaml"] = (5, 4, 0),
        ["EKS__template.json"] = (36, 55, 0),
        ["EMR__EMRClusterWithAdditionalSecurityGroups.json"] = (4, 4, 0),
        ["ElasticLoadBalancing__ELBGuidedAutoScalingRollingUpgrade.json"] = (6, 6, 0),
        ["ElasticLoadBalancing__ELBWithLockedDownAutoScaledInstances.json"] = (4, 4, 0),
        ["ElasticLoadBalancing__NetworkLoadBalancerWithEIPs.json"] = (7, 4, 0),
        ["IoT__amzn2-greengrass-cfn.json"] = (24, 32, 0),
        ["IoT__lambda-iot-topicrule.json"] = (10, 6, 0),
        ["NeptuneDB__Neptune.json"] = (15, 16, 3),
        ["RDS__RDS_PIOPS.json"] = (2, 1, 0),
        ["RDS__RDS_with_DBParameterGroup.json"] = (2, 1, 0),
        ["RainModules__bucket-policy.yml"] = (1, 0, 0),
        ["RainModules__cloudfront-nocache.yml"] = (2, 1, 0),
        ["RainModules__load-balancer.yml"] = (5, 4, 0),
        ["RainModules__static-site.yml"] = (5, 5, 0),
        ["S3__S3_LambdaTrigger.json"] = (4, 4, 0),
        ["S3__compliant-static-website.json"] = (18, 11, 0),
        ["SNS__SNSTopic.json"] = (2, 1, 0),
        ["SQS__SQSStandardQueue.json"] = (2, 1, 0),
        ["ServiceCatalog__Product.json"] = (3, 2, 2),
        ["Solutions__AmazonCloudWatchAgent__inline__amazon_linux.json"] = (2, 1, 0),
        ["Solutions__AmazonCloudWatchAgent__inline__debian.json"] = (2, 1, 0),
        ["Solutions__AmazonCloudWatchAgent__inline__suse.json"] = (2, 1, 0),
        ["Solutions__AmazonCloudWatchAgent__inline__windows.json"] = (1, 0, 0),
        ["Solutions__AmazonCloudWatchAgent__ssm__centos.json"] = (2, 1, 0),
        ["Solutions__AmazonCloudWatchAgent__ssm__redhat.json"] = (2, 1, 0),
        ["Solutions__AmazonCloudWatchAgent__ssm__ubuntu.json"] = (2, 1, 0),
        ["Solutions__CloudFormationEndpointSignals__cfn-endpoint-creationpolicy-no-igw.json"] = (11, 17, 0),
        ["Solutions__CloudFormationEndpointSignals__cfn-endpoint-waitcondition-no-igw.json"] = (14, 23, 0),
        ["Solutions__CloudFrontCustomOriginLambda@Edge__CloudFront.json"] = (20, 25, 0),
        ["Solutions__CodeBuildAndCodePipeline__cloudformation-codepipeline-template.json"] = (4, 4, 10),
        ["Solutions__DirectoryServiceSettings__templates__DIRECTORY_SETTINGS.cfn.json"] = (7, 4, 0),
        ["Solutions__GitLabAndVSCode__GitLabAndVSCode.json"] = (9, 15, 0),
        ["Solutions__GitLab__GitLabServer-pkg.json"] = (30, 46, 0),
        ["Solutions__Gitea__Gitea.json"] = (7, 9, 0),
        ["Solutions__OperatingSystems__RHEL9_cfn-hup.json"] = (2, 1, 0),
        ["Solutions__OperatingSystems__ubuntu20.04_cfn-hup.json"] = (2, 1, 0),
        ["Solutions__S3CrossAccountReplicationWithKMS__templates__source.json"] = (4, 4, 0),
        ["Solutions__VPCFlowLogs__templates__VPCFlowLogs-main.cfn.json"] = (2, 0, 0),
        ["Solutions__VPCFlowLogs__templates__VPCFlowLogsS3.cfn.json"] = (3, 2, 0),
        ["Solutions__VPCPeering__templates__VPCPeering-Accepter-Tag.cfn.json"] = (4, 3, 0),
        ["Solutions__VPCPeering__templates__VPCPeering-Requester-Setup.cfn.json"] = (1, 0, 0),
        ["Solutions__VPCPeering__templates__VPCPeering-Updates.cfn.json"] = (12, 0, 0),
        ["Solutions__VSCode__VSCodeServer.json"] = (7, 9, 0),
        ["VPC__FindInMapAZs.json"] = (22, 31, 0),
        ["VPC__VPC_With_Managed_NAT_And_Private_Subnet.json"] = (26, 35, 0),
    };

    /// <summary>Those that cannot be read, and why.</summary>
    private static readonly Dictionary<string, string> NotTemplates = new()
    {
        // What a macro is called with: the template is a part of it, under "fragment".
        ["CloudFormation__MacrosExamples__Count__event_bad.json"] = "at its top there is no mapping 'Resources'",
    };

    [Fact]
    public void Each_is_read_and_has_as_many_resources_and_references_as_it_has()
    {
        var files = SharedTemplates.Files();
        Assert.Equal(Expected.Keys.Concat(NotTemplates.Keys).Order(StringComparer.Ordinal), files.Select(Path.GetFileName));
        var read = files.ToDictionary(file => Path.GetFileName(file)!, Read);
        foreach (var (name, why) in NotTemplates)
        {
            Assert.Empty(read[name].Resources);
            var gap = Assert.Single(read[name].Gaps);
            Assert.Equal(InventoryGapKind.NotAnInventory, gap.Kind);
            Assert.Contains(name, gap.Message, StringComparison.Ordinal);
            Assert.Contains(why, gap.Message, StringComparison.Ordinal);
        }
        foreach (var (name, expected) in Expected) Assert.Equal((name, expected), (name, Count(read[name])));
        Assert.All(Expected.Keys, name => Assert.DoesNotContain(read[name].Gaps, gap => gap.Kind is InventoryGapKind.FailedCollector or InventoryGapKind.NotAnInventory));
    }

    [Fact]
    public void Each_says_the_same_in_the_other_format()
    {
        foreach (var file in SharedTemplates.Files())
        {
            var text = File.ReadAllText(file);
            var other = text.TrimStart().StartsWith('{') ? TemplateRenditions.ToYaml(text) : TemplateRenditions.ToJson(text);
            Assert.Equal(Templates.Show(Templates.Read(text)), Templates.Show(Templates.Read(other)));
        }
    }

    private static InventoryFile Read(string file) => TemplateFile.Read(File.ReadAllBytes(file), Path.GetFileName(file), Templates.Facts);

    private static (int Resources, int References, int Imports) Count(InventoryFile file) => (
        file.Resources.Count,
        file.Resources.Sum(one => one.References.Count(to => !to.IsImport)),
        file.Resources.Sum(one => one.References.Count(to => to.IsImport)) + file.Gaps.Where(gap => gap.Kind == InventoryGapKind.UnresolvedReference).Sum(gap => gap.Count));
}
