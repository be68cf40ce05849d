using System.Text.Json;
using Guardrails.Core.Tests.Policies;
using Xunit;

namespace Guardrails.Tests;

public sealed class TerraformStateTests
{
    // Managed instances of each file of shared/data/tfstate, counted by a script that reads nothing but mode and instances.
    private static readonly Dictionary<string, int> Counts = new()
    {
        ["aws_api_gateway_account"] = 1,
        ["aws_api_gateway_base_path_mapping"] = 2,
        ["aws_api_gateway_integration"] = 1,
        ["aws_api_gateway_method_response"] = 1,
        ["aws_api_gateway_request_validator"] = 2,
        ["aws_api_gateway_rest_api_policy"] = 2,
        ["aws_apigatewayv2_api"] = 1,
        ["aws_apigatewayv2_deployment"] = 1,
        ["aws_apigatewayv2_integration_response"] = 1,
        ["aws_apigatewayv2_route_response"] = 1,
        ["aws_appautoscaling_policy"] = 1,
        ["aws_cloudformation_stack"] = 2,
        ["aws_db_instance"] = 1,
        ["aws_default_route_table"] = 1,
        ["aws_ec2_ami"] = 1,
        ["aws_ec2_eip"] = 1,
        ["aws_ec2_key_pair"] = 1,
        ["aws_elasticache_cluster"] = 1,
        ["aws_iam_group"] = 1,
        ["aws_iam_policy_multiple"] = 3,
        ["aws_iam_role_policy_multiple"] = 6,
        ["aws_iam_user_policy_multiple"] = 12,
        ["aws_kms_key"] = 3,
        ["aws_launch_configuration"] = 1,
        ["aws_lb_listener"] = 6,
        ["aws_network_acl_rule"] = 2,
        ["aws_route53_health_check"] = 2,
        ["aws_route53_record_null_records"] = 1,
        ["aws_route_table"] = 1,
        ["aws_s3_full"] = 26,
        ["aws_sns_topic_subscription"] = 2,
        ["aws_subnet"] = 6,
        ["aws_vpc_security_group_rule"] = 11,
        ["ignored_resources"] = 1,
        ["unsupported_attribute"] = 1,
    };

    [Fact]
    public void Every_public_state_has_all_its_managed_instances()
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        foreach (var file in SharedData.TerraformStates())
        {
            var read = Read(File.ReadAllText(file), new ResourceTypeCatalog([], []));
            var name = Path.GetFileName(file).Replace("pkg__iac__terraform__state__test__", "", StringComparison.Ordinal).Replace("__terraform.tfstate", "", StringComparison.Ordinal);
            Assert.True(Counts[name] == read.Resources.Count, $"{name}: {read.Resources.Count}");
            Assert.Equal(read.Resources.Count, read.Resources.Select(one => one.LocalId).Distinct().Count());
            Assert.Empty(read.Gaps);
            types.UnionWith(read.Resources.Select(one => one.Type));
            total += read.Resources.Count;
        }
        Assert.Equal((107, 44, 35), (total, types.Count, Counts.Count));
    }

    [Fact]
    public void Instances_of_count_and_for_each_and_of_modules_have_their_addresses()
    {
        var read = Read("""
            {"version":4,"resources":[
              {"mode":"managed","type":"aws_sqs_queue","name":"jobs","provider":"p","instances":[{"index_key":0,"attributes":{}},{"index_key":1,"attributes":{}}]},
              {"module":"module.shop[\"a.b\"]","mode":"managed","type":"aws_s3_bucket","name":"files","provider":"p","instances":[{"index_key":"eu","attributes":{}}]},
              {"mode":"data","type":"aws_ami","name":"ubuntu","provider":"p","instances":[{"attributes":{"id":"ami-1"}}]}
            ]}
            """);
        Assert.Equal(["aws_sqs_queue.jobs[0]", "aws_sqs_queue.jobs[1]", "module.shop[\"a.b\"].aws_s3_bucket.files[\"eu\"]"], read.Resources.Select(one => one.LocalId));
        Assert.Equal([TemplateTraits.Terraform, TemplateTraits.Terraform, TemplateTraits.Terraform | TemplateTraits.NestedStack], read.Resources.Select(one => one.Traits));
        Assert.Equal("AWS::S3::Bucket", read.Resources[2].Type);
    }

    [Fact]
    public void What_is_reached_through_another_dependency_is_no_edge()
    {
        var read = Read("""
            {"version":4,"resources":[
              {"mode":"managed","type":"aws_vpc","name":"main","instances":[{"attributes":{}}]},
              {"mode":"managed","type":"aws_subnet","name":"a","instances":[{"attributes":{},"dependencies":["aws_vpc.main"]}]},
              {"mode":"managed","type":"aws_lb","name":"web","instances":[{"attributes":{},"dependencies":["aws_subnet.a","aws_vpc.main","data.aws_ami.ubuntu","aws_gone.x"]}]},
              {"mode":"managed","type":"aws_lb_listener","name":"front","instances":[{"attributes":{},"dependencies":["aws_lb.web","aws_subnet.a","aws_vpc.main"]}]}
            ]}
            """);
        Assert.Equal(["aws_gone.x", "aws_subnet.a"], Targets(read, "aws_lb.web"));
        Assert.Equal(["aws_lb.web"], Targets(read, "aws_lb_listener.front"));
        Assert.Equal(["aws_vpc.main"], Targets(read, "aws_subnet.a"));
    }

    [Fact]
    public void An_instance_depends_on_the_instance_with_its_key_and_of_its_module()
    {
        var read = Read("""
            {"version":4,"resources":[
              {"mode":"managed","type":"aws_sqs_queue","name":"q","instances":[{"index_key":"a","attributes":{}},{"index_key":"b","attributes":{}}]},
              {"mode":"managed","type":"aws_sqs_queue_policy","name":"p","instances":[{"index_key":"a","attributes":{},"dependencies":["aws_sqs_queue.q"]}]},
              {"mode":"managed","type":"aws_sns_topic","name":"all","instances":[{"attributes":{},"dependencies":["aws_sqs_queue.q"]}]},
              {"module":"module.m[0]","mode":"managed","type":"aws_s3_bucket","name":"s","instances":[{"attributes":{}}]},
              {"module":"module.m[1]","mode":"managed","type":"aws_s3_bucket","name":"s","instances":[{"attributes":{}}]},
              {"module":"module.m[1]","mode":"managed","type":"aws_s3_bucket_policy","name":"s","instances":[{"attributes":{},"dependencies":["module.m.aws_s3_bucket.s"]}]}
            ]}
            """);
        Assert.Equal(["aws_sqs_queue.q[\"a\"]"], Targets(read, "aws_sqs_queue_policy.p[\"a\"]"));
        Assert.Equal(["aws_sqs_queue.q[\"a\"]", "aws_sqs_queue.q[\"b\"]"], Targets(read, "aws_sns_topic.all"));
        Assert.Equal(["module.m[1].aws_s3_bucket.s"], Targets(read, "module.m[1].aws_s3_bucket_policy.s"));
    }

    [Fact]
    public void A_resource_without_ARN_is_of_the_account_of_its_provider()
    {
        var read = Read("""
            {"version":4,"resources":[
              {"mode":"managed","type":"aws_sqs_queue","name":"q","provider":"aws","instances":[{"attributes":{"id":"x","arn":"arn:aws:sqs:eu-west-1:111122223333:q"}}]},
              {"mode":"managed","type":"aws_iam_role_policy","name":"p","provider":"aws","instances":[{"attributes":{"id":"role:p"}}]},
              {"mode":"managed","type":"aws_sqs_queue","name":"r","provider":"aws.other","instances":[{"attributes":{"id":"y","arn":"arn:aws:sqs:eu-west-2:444455556666:r"}}]},
              {"mode":"managed","type":"aws_iam_role_policy","name":"o","provider":"aws.other","instances":[{"attributes":{"id":"role:p"}}]},
              {"mode":"managed","type":"random_id","name":"i","provider":"random","instances":[{"attributes":{"id":"abc"}}]}
            ]}
            """);
        Assert.Equal(["111122223333", "111122223333", "444455556666", "444455556666", null], read.Resources.Select(one => one.AccountId));
        Assert.Equal(["eu-west-1", "eu-west-1", "eu-west-2", "eu-west-2", null], read.Resources.Select(one => one.Region));
        Assert.Null(read.AccountId);
        Assert.Null(read.Resources[4].PhysicalId);
    }

    [Fact]
    public void Workload_variant_and_size_are_read_and_nothing_that_data_does_not_name()
    {
        var types = new ResourceTypeCatalog(
            [new() { Type = "AWS::RDS::DBInstance", VariantProperty = "Engine", VariantValues = ["postgres"], SizeProperty = "AllocatedStorage" }], [new("aws_db_instance", "AWS::RDS::DBInstance")]);
        var read = Read("""
            {"version":4,"resources":[
              {"mode":"managed","type":"aws_db_instance","name":"a","instances":[{"attributes":{"engine":"postgres","allocated_storage":100,"tags":{"workload":"shop","other":"x"}}}]},
              {"mode":"managed","type":"aws_db_instance","name":"b","instances":[{"attributes":{"engine":"s3cr3t","allocated_storage":0},"sensitive_attributes":[]}]},
              {"mode":"managed","type":"aws_db_instance","name":"c","instances":[{"attributes":{"engine":"postgres","tags":{"Workload":"hidden"}},"sensitive_attributes":[[{"type":"get_attr","value":"engine"}],[{"type":"get_attr","value":"tags"},{"type":"index","value":{"value":"Workload","type":"string"}}]]}]}
            ]}
            """, types);
        Assert.Equal(("postgres", "shop"), (read.Resources[0].Variant, read.Resources[0].Workload));
        Assert.Equal(107.3741824, read.Resources[0].DataGigabytes!.Value, 6);
        Assert.All(read.Resources.Skip(1), one => Assert.Null(one.Variant ?? one.Workload ?? one.DataGigabytes?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void What_is_left_out_has_its_default_and_the_attribute_may_have_another_name()
    {
        var types = new ResourceTypeCatalog(
            [
                new() { Type = "AWS::StepFunctions::StateMachine", VariantProperty = "StateMachineType", VariantAttribute = "type", VariantValues = ["STANDARD", "EXPRESS"], DefaultVariant = "STANDARD" },
                new() { Type = "AWS::Lambda::Function", VariantProperty = "PackageType", VariantValues = ["Image", "Zip"], DefaultVariant = "Zip" },
            ],
            [new("aws_sfn_state_machine", "AWS::StepFunctions::StateMachine"), new("aws_lambda_function", "AWS::Lambda::Function")]);
        var read = Read("""
            {"version":4,"resources":[
              {"mode":"managed","type":"aws_lambda_function","name":"a","instances":[{"attributes":{"package_type":"Image"}}]},
              {"mode":"managed","type":"aws_lambda_function","name":"b","instances":[{"attributes":{"package_type":null}}]},
              {"mode":"managed","type":"aws_lambda_function","name":"c","instances":[{"attributes":{}}]},
              {"mode":"managed","type":"aws_lambda_function","name":"d","instances":[{"attributes":{"package_type":"New"}}]},
              {"mode":"managed","type":"aws_lambda_function","name":"e","instances":[{"attributes":{"package_type":null},"sensitive_attributes":[[{"type":"get_attr","value":"package_type"}]]}]},
              {"mode":"managed","type":"aws_sfn_state_machine","name":"f","instances":[{"attributes":{"type":"EXPRESS"}}]},
              {"mode":"managed","type":"aws_sfn_state_machine","name":"g","instances":[{"attributes":{"type":""}}]}
            ]}
            """, types);
        Assert.Equal(["Image", "Zip", "Zip", null, null, "EXPRESS", "STANDARD"], read.Resources.Select(one => one.Variant));
    }

    [Fact]
    public void An_object_that_is_left_over_from_a_replacement_does_not_count() =>
        Assert.Single(Read("""{"version":4,"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"q","instances":[{"attributes":{}},{"deposed":"4a2b","attributes":{}}]}]}""").Resources);

    [Theory]
    [InlineData("""{"version":3,"modules":[]}""")]
    [InlineData("""{"version":5,"resources":[]}""")]
    public void Another_format_is_a_gap_and_not_an_empty_state(string text) =>
        Assert.Equal(InventoryGapKind.FailedCollector, Assert.Single(Read(text).Gaps).Kind);

    [Fact]
    public void Values_of_other_shapes_than_expected_are_passed_over() =>
        Assert.Equal(2, Read("""{"version":4,"resources":[null,1,{"mode":"managed"},{"mode":"managed","type":"aws_x","name":"n","instances":{}},{"mode":"managed","type":"aws_x","name":"n","instances":[null,{"attributes":null,"dependencies":{}},{"index_key":true,"attributes":[1],"sensitive_attributes":[[],[1],["x"]]}]}]}""").Resources.Count);

    private static string[] Targets(InventoryFile file, string local) => [.. file.Resources.Single(one => one.LocalId == local).References.Select(reference => reference.Target)];

    private static InventoryFile Read(string text, ResourceTypeCatalog? types = null)
    {
        using var document = JsonDocument.Parse(text);
        return TerraformState.Read(document.RootElement, "a.tfstate", "digest", new InventoryReading(types ?? InventorySamples.Types, "Workload"));
    }
}
