using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsTagTests
{
    [Fact]
    public void Everything_that_carries_tags_is_tagged_changed_and_untagged()
    {
        var bed = new OrganizationsTestBed();
        foreach (var resource in (string[])[bed.Root, bed.CreateUnit(bed.Root, "Prod"), bed.CreateAccount("shop"), bed.CreatePolicy("guardrail")])
        {
            bed.Call("TagResource", Tags(resource, ("b", "1"), ("a", "2")));
            bed.Call("TagResource", Tags(resource, ("b", "3")));
            Assert.Equal(["a=2", "b=3"], List(bed, resource));
            bed.Call("UntagResource", new JsonObject { ["ResourceId"] = resource, ["TagKeys"] = new JsonArray("a", "unknown") });
            Assert.Equal(["b=3"], List(bed, resource));
        }
    }

    [Fact]
    public void Organizational_units_and_policies_are_created_with_their_tags()
    {
        var bed = new OrganizationsTestBed();
        var unit = bed.Call("CreateOrganizationalUnit", new JsonObject { ["ParentId"] = bed.Root, ["Name"] = "Prod", ["Tags"] = Array(("k", "v")) });
        Assert.Equal(["k=v"], List(bed, (string)unit["OrganizationalUnit"]!["Id"]!));
        var input = OrganizationsTestBed.PolicyInput("guardrail");
        input["Tags"] = Array(("k", "v"));
        Assert.Equal(["k=v"], List(bed, (string)bed.Call("CreatePolicy", input)["Policy"]!["PolicySummary"]!["Id"]!));
    }

    [Fact]
    public void MAX_TAG_LIMIT_EXCEEDED_after_fifty_those_there_counted()
    {
        var bed = new OrganizationsTestBed();
        for (var i = 0; i < 50; i += 25) bed.Call("TagResource", Tags(bed.Root, [.. Enumerable.Range(i, 25).Select(n => ($"key{n}", "v"))]));
        Assert.Equal("ConstraintViolationException/MAX_TAG_LIMIT_EXCEEDED", bed.Refused("TagResource", Tags(bed.Root, ("one-more", "v"))));
        bed.Call("TagResource", Tags(bed.Root, ("key7", "changed")));
        Assert.Equal(50, List(bed, bed.Root).Count);
    }

    [Fact]
    public void INVALID_SYSTEM_TAGS_PARAMETER_for_the_prefix_of_AWS_in_any_case()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("InvalidInputException/INVALID_SYSTEM_TAGS_PARAMETER", bed.Refused("TagResource", Tags(bed.Root, ("aws:x", "v"))));
        Assert.Equal("InvalidInputException/INVALID_SYSTEM_TAGS_PARAMETER", bed.Refused("TagResource", Tags(bed.Root, ("good", "v"), ("AWS:x", "v"))));
        Assert.Equal("InvalidInputException/INVALID_SYSTEM_TAGS_PARAMETER", bed.Refused("UntagResource", new JsonObject { ["ResourceId"] = bed.Root, ["TagKeys"] = new JsonArray("aws:x") }));
    }

    [Fact]
    public void DUPLICATE_TAG_KEY_and_keys_that_differ_by_case_are_two()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("InvalidInputException/DUPLICATE_TAG_KEY", bed.Refused("TagResource", Tags(bed.Root, ("k", "1"), ("k", "2"))));
        bed.Call("TagResource", Tags(bed.Root, ("k", "1"), ("K", "2")));
        Assert.Equal(["K=2", "k=1"], List(bed, bed.Root));
    }

    [Fact]
    public void TAG_POLICY_VIOLATION_where_an_enforced_tag_policy_says_so()
    {
        var bed = new OrganizationsTestBed();
        OrganizationsAttachmentTests.Enable(bed, "TAG_POLICY");
        bed.Attach(bed.CreatePolicy("tags", "TAG_POLICY",
            """{"tags":{"costcenter":{"tag_key":{"@@assign":"CostCenter"},"tag_value":{"@@assign":["100","2*"]},"enforced_for":{"@@assign":["organizations:account"]}}}}"""), bed.Root);
        var account = bed.CreateAccount("shop");
        const string refused = "ConstraintViolationException/TAG_POLICY_VIOLATION";
        Assert.Equal(refused, bed.Refused("TagResource", Tags(account, ("CostCenter", "300"))));
        Assert.Equal(refused, bed.Refused("TagResource", Tags(account, ("costCENTER", "100"))));
        Assert.Equal(refused, bed.Refused("CreateAccount", new JsonObject { ["AccountName"] = "x", ["Email"] = "x@example.com", ["Tags"] = Array(("CostCenter", "300")) }));
        bed.Call("TagResource", Tags(account, ("CostCenter", "250"), ("other", "anything")));
        bed.Call("TagResource", Tags(bed.Root, ("CostCenter", "300")));
    }

    private static JsonObject Tags(string resource, params (string Key, string Value)[] tags) => new() { ["ResourceId"] = resource, ["Tags"] = Array(tags) };

    private static JsonArray Array(params (string Key, string Value)[] tags) =>
        new([.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);

    private static List<string> List(OrganizationsTestBed bed, string resource) =>
        [.. bed.All("ListTagsForResource", "Tags", new() { ["ResourceId"] = resource }).Select(tag => $"{tag["Key"]}={tag["Value"]}")];
}
