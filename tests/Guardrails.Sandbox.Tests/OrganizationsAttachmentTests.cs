using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsAttachmentTests
{
    private const string Rcp = "RESOURCE_CONTROL_POLICY";

    [Fact]
    public void FullAWSAccess_is_on_everything_new()
    {
        var bed = new OrganizationsTestBed();
        var (unit, account) = (bed.CreateUnit(bed.Root, "Prod"), bed.CreateAccount("shop"));
        foreach (var target in (string[])[bed.Root, unit, account, OrganizationsTestBed.Management])
            Assert.Equal(["FullAWSAccess"], Attached(bed, target, "SERVICE_CONTROL_POLICY"));
        Assert.Equal(["ROOT", "ACCOUNT", "ORGANIZATIONAL_UNIT", "ACCOUNT"],
            bed.All("ListTargetsForPolicy", "Targets", new() { ["PolicyId"] = "p-FullAWSAccess" }).Select(target => (string)target["Type"]!));
    }

    [Fact]
    public void MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED_for_the_last_service_control_policy()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("ConstraintViolationException/MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", bed.Refused("DetachPolicy", OrganizationsTestBed.Attachment("p-FullAWSAccess", bed.Root)));
        var allow = bed.CreatePolicy("allow", content: """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""");
        bed.Attach(allow, bed.Root);
        bed.Call("DetachPolicy", OrganizationsTestBed.Attachment("p-FullAWSAccess", bed.Root));
        Assert.Equal(["allow"], Attached(bed, bed.Root, "SERVICE_CONTROL_POLICY"));
    }

    [Theory]
    [InlineData("SERVICE_CONTROL_POLICY", 10, 1)]
    [InlineData(Rcp, 5, 1)]
    [InlineData("TAG_POLICY", 10, 0)]
    [InlineData("BACKUP_POLICY", 10, 0)]
    [InlineData("DECLARATIVE_POLICY_EC2", 10, 0)]
    [InlineData("AISERVICES_OPT_OUT_POLICY", 5, 0)]
    [InlineData("CHATBOT_POLICY", 5, 0)]
    public void MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED_by_type_with_the_full_access_policy_counted(string type, int limit, int there)
    {
        var bed = new OrganizationsTestBed();
        Enable(bed, type);
        var policies = Enumerable.Range(0, limit + 1).Select(i => bed.CreatePolicy($"policy{i}", type, OrganizationsPolicyTests.Smallest(type))).ToList();
        foreach (var policy in policies.Take(limit - there)) bed.Attach(policy, bed.Root);
        Assert.Equal("ConstraintViolationException/MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", bed.Refused("AttachPolicy", OrganizationsTestBed.Attachment(policies[limit], bed.Root)));
        bed.Call("DetachPolicy", OrganizationsTestBed.Attachment(policies[0], bed.Root));
        bed.Attach(policies[limit], bed.Root);
    }

    [Fact]
    public void NON_DETACHABLE_POLICY_for_RCPFullAWSAccess()
    {
        var bed = new OrganizationsTestBed();
        Enable(bed, Rcp);
        bed.Attach(bed.CreatePolicy("rcp", Rcp, OrganizationsPolicyTests.Smallest(Rcp)), bed.Root);
        Assert.Equal("InvalidInputException/NON_DETACHABLE_POLICY", bed.Refused("DetachPolicy", OrganizationsTestBed.Attachment("p-RCPFullAWSAccess", bed.Root)));
    }

    [Fact]
    public void A_resource_control_policy_of_ones_own_can_be_detached()
    {
        var bed = new OrganizationsTestBed();
        Enable(bed, Rcp);
        var policy = bed.CreatePolicy("rcp", Rcp, OrganizationsPolicyTests.Smallest(Rcp));
        bed.Attach(policy, bed.Root);
        bed.Call("DetachPolicy", OrganizationsTestBed.Attachment(policy, bed.Root));
        Assert.Equal(["RCPFullAWSAccess"], Attached(bed, bed.Root, Rcp));
    }

    [Fact]
    public void A_type_must_be_enabled_to_be_attached()
    {
        var bed = new OrganizationsTestBed();
        var policy = bed.CreatePolicy("tags", "TAG_POLICY", """{"tags":{}}""");
        Assert.Equal("PolicyTypeNotEnabledException", bed.Refused("AttachPolicy", OrganizationsTestBed.Attachment(policy, bed.Root)));
        Enable(bed, "TAG_POLICY");
        bed.Attach(policy, bed.Root);
    }

    [Fact]
    public void The_same_attachment_twice_or_none_is_an_error()
    {
        var bed = new OrganizationsTestBed();
        var policy = bed.CreatePolicy("guardrail");
        Assert.Equal("PolicyNotAttachedException", bed.Refused("DetachPolicy", OrganizationsTestBed.Attachment(policy, bed.Root)));
        bed.Attach(policy, bed.Root);
        Assert.Equal("DuplicatePolicyAttachmentException", bed.Refused("AttachPolicy", OrganizationsTestBed.Attachment(policy, bed.Root)));
        Assert.Equal("TargetNotFoundException", bed.Refused("AttachPolicy", OrganizationsTestBed.Attachment(policy, "ou-aaaa-bbbbbbbb")));
        Assert.Equal("PolicyNotFoundException", bed.Refused("AttachPolicy", OrganizationsTestBed.Attachment("p-aaaaaaaa", bed.Root)));
    }

    [Fact]
    public void Enabling_a_type_attaches_its_full_access_policy_to_everything_and_disabling_detaches_all()
    {
        var bed = new OrganizationsTestBed();
        var (unit, account) = (bed.CreateUnit(bed.Root, "Prod"), bed.CreateAccount("shop"));
        Enable(bed, Rcp);
        Assert.Equal("PolicyTypeAlreadyEnabledException", bed.Refused("EnablePolicyType", Type(bed, Rcp)));
        foreach (var target in (string[])[bed.Root, unit, account]) Assert.Equal(["RCPFullAWSAccess"], Attached(bed, target, Rcp));
        bed.Call("DisablePolicyType", Type(bed, Rcp));
        Assert.Empty(Attached(bed, unit, Rcp));
        Assert.Equal("PolicyTypeNotEnabledException", bed.Refused("DisablePolicyType", Type(bed, Rcp)));
        var guardrail = bed.CreatePolicy("guardrail");
        bed.Attach(guardrail, unit);
        bed.Call("DisablePolicyType", Type(bed, "SERVICE_CONTROL_POLICY"));
        Assert.Empty(Attached(bed, unit, "SERVICE_CONTROL_POLICY"));
        Enable(bed, "SERVICE_CONTROL_POLICY");
        Assert.Equal(["FullAWSAccess"], Attached(bed, unit, "SERVICE_CONTROL_POLICY"));
    }

    [Fact]
    public void A_deleted_unit_and_a_removed_account_leave_no_attachment()
    {
        var bed = new OrganizationsTestBed();
        var (unit, account, policy) = (bed.CreateUnit(bed.Root, "Prod"), bed.CreateAccount("shop"), bed.CreatePolicy("guardrail"));
        bed.Attach(policy, unit);
        bed.Attach(policy, account);
        bed.Pass(TimeSpan.FromDays(5));
        bed.Call("DeleteOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{unit}}"}""");
        bed.Call("RemoveAccountFromOrganization", $$"""{"AccountId":"{{account}}"}""");
        Assert.Empty(bed.All("ListTargetsForPolicy", "Targets", new() { ["PolicyId"] = policy }));
        bed.Call("DeletePolicy", $$"""{"PolicyId":"{{policy}}"}""");
    }

    internal static void Enable(OrganizationsTestBed bed, string type)
    {
        if (!bed.State.EnabledPolicyTypes.Contains(type)) bed.Call("EnablePolicyType", Type(bed, type));
    }

    private static JsonObject Type(OrganizationsTestBed bed, string type) => new() { ["RootId"] = bed.Root, ["PolicyType"] = type };

    private static IEnumerable<string> Attached(OrganizationsTestBed bed, string target, string type) =>
        bed.All("ListPoliciesForTarget", "Policies", new() { ["TargetId"] = target, ["Filter"] = type }).Select(policy => (string)policy["Name"]!);
}
