using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Tests;

public sealed class TerraformPlanTests
{
    private const string Plan = """
        {"format_version":"1.2","terraform_version":"1.9.0","variables":{"password":{"value":"s3cr3t"}},
         "planned_values":{"root_module":{
           "resources":[
             {"address":"aws_sqs_queue.jobs[0]","mode":"managed","type":"aws_sqs_queue","name":"jobs","index":0,"provider_name":"registry.terraform.io/hashicorp/aws","values":{"name":"jobs","arn":"arn:aws:sqs:eu-west-1:111122223333:jobs","id":"https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"}},
             {"address":"aws_lambda_function.worker","mode":"managed","type":"aws_lambda_function","name":"worker","provider_name":"registry.terraform.io/hashicorp/aws","values":{"tags":{"Workload":"shop"}},"sensitive_values":{"environment":[{"variables":true}]}},
             {"address":"data.aws_iam_policy_document.doc","mode":"data","type":"aws_iam_policy_document","name":"doc","values":{}}],
           "child_modules":[{"address":"module.store[\"eu\"]","resources":[
             {"address":"module.store[\"eu\"].aws_s3_bucket.files","mode":"managed","type":"aws_s3_bucket","name":"files","values":{}},
             {"address":"module.store[\"eu\"].aws_s3_bucket_policy.files","mode":"managed","type":"aws_s3_bucket_policy","name":"files","values":{}}]}]}},
         "resource_changes":[
           {"address":"aws_sqs_queue.jobs[0]","mode":"managed","type":"aws_sqs_queue","name":"jobs","index":0,"change":{"actions":["no-op"],"after":{}}},
           {"address":"aws_sqs_queue.old","mode":"managed","type":"aws_sqs_queue","name":"old","change":{"actions":["delete"],"before":{},"after":null}},
           {"address":"aws_lambda_function.worker","mode":"managed","type":"aws_lambda_function","name":"worker","change":{"actions":["delete","create"],"after":{"tags":{"Workload":"shop"}},"after_sensitive":{"tags":{"Workload":true}}}}],
         "configuration":{"root_module":{
           "resources":[
             {"address":"aws_sqs_queue.jobs","mode":"managed","type":"aws_sqs_queue","name":"jobs","expressions":{"name":{"constant_value":"jobs"}}},
             {"address":"aws_lambda_function.worker","mode":"managed","type":"aws_lambda_function","name":"worker","expressions":{
                "environment":[{"variables":{"references":["aws_sqs_queue.jobs[0].url","aws_sqs_queue.jobs[0]","aws_sqs_queue.jobs","local.hidden","var.root"]}}],
                "role":{"references":["module.store[\"eu\"].bucket_arn","module.store[\"eu\"]","module.store"]}}},
             {"address":"data.aws_iam_policy_document.doc","mode":"data","type":"aws_iam_policy_document","name":"doc","expressions":{"statement":[{"resources":{"references":["aws_sqs_queue.jobs"]}}]}}],
           "module_calls":{"store":{"expressions":{"policy":{"references":["data.aws_iam_policy_document.doc.json","data.aws_iam_policy_document.doc"]}},
             "module":{"outputs":{"bucket_arn":{"expression":{"references":["aws_s3_bucket.files.arn","aws_s3_bucket.files"]}}},
               "resources":[
                 {"address":"aws_s3_bucket.files","mode":"managed","type":"aws_s3_bucket","name":"files","expressions":{}},
                 {"address":"aws_s3_bucket_policy.files","mode":"managed","type":"aws_s3_bucket_policy","name":"files","expressions":{"bucket":{"references":["aws_s3_bucket.files.id","aws_s3_bucket.files"]},"policy":{"references":["var.policy"]}}}]}}}}}}
        """;

    [Fact]
    public void What_will_be_there_counts_and_what_is_deleted_or_only_read_does_not()
    {
        var read = Read(Plan);
        Assert.Equal(["aws_lambda_function.worker", "aws_sqs_queue.jobs[0]", "module.store[\"eu\"].aws_s3_bucket.files", "module.store[\"eu\"].aws_s3_bucket_policy.files"], read.Resources.Select(one => one.LocalId).Order(StringComparer.Ordinal));
        Assert.Equal("shop", read.Resources.Single(one => one.LocalId == "aws_lambda_function.worker").Workload);
        Assert.Equal("111122223333", read.AccountId);
        Assert.Single(read.Resources, one => one.Traits.HasFlag(TemplateTraits.NestedStack));
    }

    [Fact]
    public void References_lead_through_outputs_inputs_and_data_sources_to_resources()
    {
        var read = Read(Plan);
        Assert.Equal(["aws_sqs_queue.jobs[0]", "module.store[\"eu\"].aws_s3_bucket.files"], Targets(read, "aws_lambda_function.worker"));
        Assert.Equal(["aws_sqs_queue.jobs[0]", "module.store[\"eu\"].aws_s3_bucket.files"], Targets(read, "module.store[\"eu\"].aws_s3_bucket_policy.files"));
        Assert.Empty(Targets(read, "aws_sqs_queue.jobs[0]"));
    }

    [Fact]
    public void A_plan_that_only_holds_its_changes_is_read_by_their_actions()
    {
        var plan = JsonNode.Parse(Plan)!.AsObject();
        plan.Remove("planned_values");
        var read = Read(plan.ToJsonString());
        Assert.Equal(["aws_lambda_function.worker", "aws_sqs_queue.jobs[0]"], read.Resources.Select(one => one.LocalId).Order(StringComparer.Ordinal));
        // The tag is marked as sensitive there.
        Assert.All(read.Resources, one => Assert.Null(one.Workload));
    }

    [Fact]
    public void A_resource_in_state_and_plan_counts_once()
    {
        using var state = JsonDocument.Parse("""{"version":4,"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"jobs","provider":"p","instances":[{"index_key":0,"attributes":{"arn":"arn:aws:sqs:eu-west-1:111122223333:jobs","id":"https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"}}]}]}""");
        var merged = InventorySamples.Merge(Read(Plan), TerraformState.Read(state.RootElement, "a.tfstate", "a", Reading));
        Assert.Equal([InventorySourceKind.TerraformState, InventorySourceKind.TerraformPlan], Assert.Single(merged.Resources, one => one.Type == "AWS::SQS::Queue").Sources.Select(source => source.Kind));
    }

    [Fact]
    public void No_value_of_an_attribute_leaves_a_state_or_a_plan()
    {
        // Every text that is no name, mode, type or address becomes a secret; so do all keys below attributes.
        string[] structure = ["address", "mode", "type", "name", "module", "provider", "provider_name", "module_address", "format_version"];
        foreach (var text in new[] { Plan, State })
        {
            var root = JsonNode.Parse(text)!;
            Plant(root, structure);
            var planted = root.ToJsonString();
            Assert.Contains("s3cr3t", planted, StringComparison.Ordinal);
            var read = text == Plan ? Read(planted) : ReadState(planted);
            Assert.NotEmpty(read.Resources);
            var merged = InventorySamples.Merge(read);
            Assert.DoesNotContain("s3cr3t", InventorySamples.Text(merged), StringComparison.Ordinal);
            Assert.DoesNotContain("s3cr3t", JsonSerializer.Serialize(read), StringComparison.Ordinal);
        }
    }

    private const string State = """
        {"version":4,"outputs":{"x":{"value":"y"}},"resources":[
          {"mode":"managed","type":"aws_sqs_queue","name":"q","provider":"p","instances":[{"attributes":{"arn":"a","region":"r","owner_id":"o","policy":"p","tags":{"other":"t"},"tags_all":{"other":"t"}},"private":"x"}]},
          {"mode":"managed","type":"random_password","name":"r","provider":"p","instances":[{"attributes":{"id":"none","result":"x","tags":{"Workload":"t"}}}]},
          {"mode":"managed","type":"aws_db_instance","name":"d","provider":"p","instances":[{"attributes":{"engine":"e","password":"p","allocated_storage":"s"}}]}]}
        """;

    private static void Plant(JsonNode node, string[] structure)
    {
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is JsonValue value && value.GetValueKind() == JsonValueKind.String && list.Parent is JsonObject && list.GetPropertyName() is not ("references" or "dependencies" or "actions")) list[i] = "s3cr3t";
                else if (list[i] is { } inner) Plant(inner, structure);
            }
            return;
        }
        if (node is not JsonObject mapping) return;
        foreach (var (key, value) in mapping.ToList())
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            {
                // The id and the workload's tag are what may leave.
                if (!structure.Contains(key) && key is not ("id" or "Workload")) mapping[key] = "s3cr3t";
            }
            else if (value is not null) Plant(value, structure);
        }
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"package_type":null}""", "Zip")]
    [InlineData("""{"package_type":"Image"}""", "Image")]
    public void An_attribute_that_a_plan_does_not_have_may_be_anything_once_it_is_applied(string values, string? variant)
    {
        var types = new ResourceTypeCatalog(
            [new() { Type = "AWS::Lambda::Function", VariantProperty = "PackageType", VariantValues = ["Image", "Zip"], DefaultVariant = "Zip" }], [new("aws_lambda_function", "AWS::Lambda::Function")]);
        using var document = JsonDocument.Parse("""{"planned_values":{"root_module":{"resources":[{"mode":"managed","type":"aws_lambda_function","name":"f","values":""" + values + "}]}}}");
        Assert.Equal(variant, Assert.Single(TerraformPlan.Read(document.RootElement, "plan.json", "digest", new(types, "Workload")).Resources).Variant);
    }

    private static readonly InventoryReading Reading = new(InventorySamples.Types, "Workload");

    private static string[] Targets(InventoryFile file, string local) => [.. file.Resources.Single(one => one.LocalId == local).References.Select(reference => reference.Target)];

    private static InventoryFile Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return TerraformPlan.Read(document.RootElement, "plan.json", "digest", Reading);
    }

    private static InventoryFile ReadState(string text)
    {
        using var document = JsonDocument.Parse(text);
        return TerraformState.Read(document.RootElement, "a.tfstate", "digest", Reading);
    }
}
