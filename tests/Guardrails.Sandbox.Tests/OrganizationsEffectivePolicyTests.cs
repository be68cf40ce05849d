using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

/// <summary>The examples follow the user guide's "Inheritance examples": what is assigned, appended, removed and kept from children.</summary>
public sealed class OrganizationsEffectivePolicyTests
{
    private const string Parent = """{"tags":{"costcenter":{"tag_key":{"@@assign":"CostCenter"},"tag_value":{"@@assign":["Development","Support"]}}}}""";

    [Fact]
    public void A_child_assigns_over_its_parent() => Merges(
        [[Parent], ["""{"tags":{"costcenter":{"tag_key":{"@@assign":"CostCenter"},"tag_value":{"@@assign":["Sandbox"]},"enforced_for":{"@@assign":["redshift:*"]}}}}"""]],
        """{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Sandbox"],"enforced_for":["redshift:*"]}}}""");

    [Fact]
    public void A_child_appends() => Merges(
        [[Parent], ["""{"tags":{"costcenter":{"tag_value":{"@@append":["Marketing","Support"]}}}}"""]],
        """{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Development","Support","Marketing"]}}}""");

    [Fact]
    public void A_child_removes() => Merges(
        [[Parent], [], ["""{"tags":{"costcenter":{"tag_value":{"@@remove":["Development","Unknown"]}}}}"""]],
        """{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Support"]}}}""");

    [Fact]
    public void A_parent_keeps_operators_from_its_children() => Merges(
        [
            ["""{"tags":{"project":{"tag_key":{"@@operators_allowed_for_child_policies":["@@none"],"@@assign":"Project"},"tag_value":{"@@operators_allowed_for_child_policies":["@@append"],"@@assign":["Maintenance","Escalations"]}}}}"""],
            ["""{"tags":{"project":{"tag_key":{"@@assign":"PROJECT"},"tag_value":{"@@append":["Escalations research"]}}}}"""],
            ["""{"tags":{"project":{"tag_value":{"@@assign":["Mine"]}}}}"""],
        ],
        """{"tags":{"project":{"tag_key":"Project","tag_value":["Maintenance","Escalations","Escalations research"]}}}""");

    [Fact]
    public void A_child_cannot_give_back_what_its_parent_took() => Merges(
        [
            ["""{"tags":{"k":{"tag_value":{"@@operators_allowed_for_child_policies":["@@append"],"@@assign":["a"]}}}}"""],
            ["""{"tags":{"k":{"tag_value":{"@@operators_allowed_for_child_policies":["@@append","@@remove"],"@@append":["b"]}}}}"""],
            ["""{"tags":{"k":{"tag_value":{"@@remove":["a"],"@@append":["c"]}}}}"""],
        ],
        """{"tags":{"k":{"tag_value":["a","b","c"]}}}""");

    [Fact]
    public void Of_controls_on_one_level_the_intersection_counts_for_the_levels_below() => Merges(
        [
            ["""{"tags":{"k":{"tag_value":{"@@operators_allowed_for_child_policies":["@@append","@@remove"],"@@assign":["a"]}}}}""",
             """{"tags":{"k":{"tag_value":{"@@operators_allowed_for_child_policies":["@@remove"],"@@append":["b"]}}}}"""],
            ["""{"tags":{"k":{"tag_value":{"@@append":["c"],"@@remove":["a"]}}}}"""],
        ],
        """{"tags":{"k":{"tag_value":["b"]}}}""");

    [Fact]
    public void Of_two_that_assign_on_one_level_the_first_attached_wins() => Merges(
        [["""{"tags":{"k":{"tag_key":{"@@assign":"K"},"tag_value":{"@@append":["a"]}}}}""", """{"tags":{"k":{"tag_key":{"@@assign":"k"},"tag_value":{"@@append":["b"]}}}}"""]],
        """{"tags":{"k":{"tag_key":"K","tag_value":["a","b"]}}}""");

    [Fact]
    public void None_on_an_element_keeps_new_elements_out_and_leaves_those_inside_to_themselves() => Merges(
        [
            ["""{"services":{"@@operators_allowed_for_child_policies":["@@none"],"default":{"opt_out_policy":{"@@assign":"optOut"}}}}"""],
            ["""{"services":{"lex":{"opt_out_policy":{"@@assign":"optIn"}},"default":{"opt_out_policy":{"@@assign":"optIn"}}}}"""],
        ],
        """{"services":{"default":{"opt_out_policy":"optIn"}}}""");

    [Fact]
    public void The_effective_policy_of_an_account_comes_from_the_root_its_units_and_itself_in_the_order_of_attachment()
    {
        var bed = new OrganizationsTestBed();
        OrganizationsAttachmentTests.Enable(bed, "TAG_POLICY");
        var (unit, account) = (bed.CreateUnit(bed.Root, "Prod"), bed.CreateAccount("shop"));
        var first = bed.CreatePolicy("created-first", "TAG_POLICY", """{"tags":{"k":{"tag_key":{"@@assign":"k"}}}}""");
        var second = bed.CreatePolicy("created-second", "TAG_POLICY", """{"tags":{"k":{"tag_key":{"@@assign":"K"}}}}""");
        bed.Attach(second, bed.Root);
        bed.Attach(first, bed.Root);
        bed.Attach(bed.CreatePolicy("unit", "TAG_POLICY", """{"tags":{"k":{"tag_value":{"@@append":["u"]}}}}"""), unit);
        bed.Attach(bed.CreatePolicy("account", "TAG_POLICY", """{"tags":{"k":{"tag_value":{"@@append":["a"]}}}}"""), account);
        Assert.Equal("""{"tags":{"k":{"tag_key":"K","tag_value":["a"]}}}""", Effective(bed, account));
        bed.Call("MoveAccount", $$"""{"AccountId":"{{account}}","SourceParentId":"{{bed.Root}}","DestinationParentId":"{{unit}}"}""");
        bed.State = OrganizationsTestBed.Read(bed.Bytes());
        Assert.Equal("""{"tags":{"k":{"tag_key":"K","tag_value":["u","a"]}}}""", Effective(bed, account));
        bed.Caller = account;
        Assert.Equal("""{"tags":{"k":{"tag_key":"K","tag_value":["u","a"]}}}""", Effective(bed, null));
        Assert.Equal("AccessDeniedException", bed.Refused("DescribeEffectivePolicy", $$"""{"PolicyType":"TAG_POLICY","TargetId":"{{OrganizationsTestBed.Management}}"}"""));
    }

    [Fact]
    public void Where_nothing_is_in_effect_there_is_no_effective_policy()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("EffectivePolicyNotFoundException", bed.Refused("DescribeEffectivePolicy", """{"PolicyType":"TAG_POLICY"}"""));
        Assert.Equal("EffectivePolicyNotFoundException", bed.Refused("ListAccountsWithInvalidEffectivePolicy", """{"PolicyType":"TAG_POLICY"}"""));
        OrganizationsAttachmentTests.Enable(bed, "TAG_POLICY");
        Assert.Equal("EffectivePolicyNotFoundException", bed.Refused("DescribeEffectivePolicy", """{"PolicyType":"TAG_POLICY"}"""));
        Assert.Equal("InvalidInputException/TARGET_NOT_SUPPORTED", bed.Refused("DescribeEffectivePolicy", $$"""{"PolicyType":"TAG_POLICY","TargetId":"{{bed.Root}}"}"""));
        Assert.Equal("TargetNotFoundException", bed.Refused("DescribeEffectivePolicy", """{"PolicyType":"TAG_POLICY","TargetId":"000000000000"}"""));
        Assert.Empty(bed.All("ListAccountsWithInvalidEffectivePolicy", "Accounts", new() { ["PolicyType"] = "TAG_POLICY" }));
        bed.Attach(bed.CreatePolicy("tags", "TAG_POLICY", Parent), bed.Root);
        var errors = bed.Call("ListEffectivePolicyValidationErrors", $$"""{"AccountId":"{{OrganizationsTestBed.Management}}","PolicyType":"TAG_POLICY"}""");
        Assert.Empty(errors["EffectivePolicyValidationErrors"]!.AsArray());
    }

    private static string Effective(OrganizationsTestBed bed, string? account)
    {
        var input = new JsonObject { ["PolicyType"] = "TAG_POLICY" };
        if (account is not null) input["TargetId"] = account;
        return (string)bed.Call("DescribeEffectivePolicy", input)["EffectivePolicy"]!["PolicyContent"]!;
    }

    private static void Merges(string[][] levels, string expected)
    {
        foreach (var document in levels.SelectMany(level => level)) Assert.Null(PolicyDocument.Problem("INSPECTOR_POLICY", document));
        var merged = ManagementPolicy.Merge(levels.Select(level => (IReadOnlyList<JsonObject>)[.. level.Select(document => (JsonObject)JsonNode.Parse(document)!)]));
        Assert.Equal(expected, merged?.ToJsonString());
    }
}
