using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsTreeTests
{
    [Fact]
    public void An_organization_begins_with_a_root_the_management_account_and_service_control_policies()
    {
        var bed = new OrganizationsTestBed();
        var organization = bed.Call("DescribeOrganization", "{}")["Organization"]!;
        Assert.Matches("^o-[a-z0-9]{10,32}$", (string)organization["Id"]!);
        Assert.Equal(OrganizationsTestBed.Management, (string)organization["MasterAccountId"]!);
        Assert.Equal("ALL", (string)organization["FeatureSet"]!);
        var root = Assert.Single(bed.All("ListRoots", "Roots"));
        Assert.Matches("^r-[0-9a-z]{4,32}$", (string)root["Id"]!);
        Assert.Equal("SERVICE_CONTROL_POLICY", (string)root["PolicyTypes"]![0]!["Type"]!);
        var account = Assert.Single(bed.All("ListAccounts", "Accounts"));
        Assert.Equal("ACTIVE", (string)account["State"]!);
        Assert.Equal(2, bed.All("ListTargetsForPolicy", "Targets", new() { ["PolicyId"] = "p-FullAWSAccess" }).Count);
    }

    [Fact]
    public void There_is_one_organization_for_an_account()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("AlreadyInOrganizationException", bed.Refused("CreateOrganization", "{}"));
        bed.Caller = "999999999999";
        Assert.Equal("AccessDeniedException", bed.Refused("CreateOrganization", "{}"));
    }

    [Fact]
    public void Without_an_organization_nothing_else_works()
    {
        var bed = new OrganizationsTestBed(founded: false);
        foreach (var operation in (string[])["DescribeOrganization", "ListAccounts", "ListRoots", "DeleteOrganization", "LeaveOrganization"])
            Assert.Equal("AWSOrganizationsNotInUseException", bed.Refused(operation, "{}"));
    }

    [Fact]
    public void An_organization_with_members_is_not_deleted_and_an_empty_one_is()
    {
        var bed = new OrganizationsTestBed();
        var account = bed.CreateAccount("shop");
        Assert.Equal("OrganizationNotEmptyException", bed.Refused("DeleteOrganization", "{}"));
        bed.Pass(TimeSpan.FromDays(5));
        bed.Call("RemoveAccountFromOrganization", $$"""{"AccountId":"{{account}}"}""");
        bed.Call("DeleteOrganization", "{}");
        Assert.Equal("AWSOrganizationsNotInUseException", bed.Refused("DescribeOrganization", "{}"));
        bed.Call("CreateOrganization", """{"FeatureSet":"CONSOLIDATED_BILLING"}""");
        Assert.Equal("CONSOLIDATED_BILLING", (string)bed.Call("DescribeOrganization", "{}")["Organization"]!["FeatureSet"]!);
    }

    [Fact]
    public void Consolidated_billing_has_no_policies_and_no_service_access()
    {
        var bed = new OrganizationsTestBed(founded: false);
        bed.Call("CreateOrganization", """{"FeatureSet":"CONSOLIDATED_BILLING"}""");
        Assert.Equal("PolicyTypeNotAvailableForOrganizationException", bed.Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("x")));
        Assert.Equal("PolicyTypeNotAvailableForOrganizationException",
            bed.Refused("EnablePolicyType", $$"""{"RootId":"{{bed.Root}}","PolicyType":"SERVICE_CONTROL_POLICY"}"""));
        Assert.Equal("ConstraintViolationException/ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
            bed.Refused("EnableAWSServiceAccess", """{"ServicePrincipal":"config.amazonaws.com"}"""));
    }

    [Fact]
    public void Organizational_units_have_ids_of_their_root_and_paths_of_ids()
    {
        var bed = new OrganizationsTestBed();
        var workloads = bed.CreateUnit(bed.Root, "Workloads");
        var prod = bed.CreateUnit(workloads, "Prod");
        Assert.Matches($"^ou-{bed.Root[2..]}-[a-z0-9]{{8,32}}$", prod);
        var unit = bed.Call("DescribeOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{prod}}"}""")["OrganizationalUnit"]!;
        Assert.Equal($"{bed.State.Organization!.Id}/{bed.Root}/{workloads}/{prod}/", (string)unit["Path"]!);
        Assert.Matches(@"^arn:aws:organizations::\d{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$", (string)unit["Arn"]!);
        Assert.Equal(workloads, (string)Assert.Single(bed.All("ListParents", "Parents", new() { ["ChildId"] = prod }))["Id"]!);
        Assert.Equal("ROOT", (string)Assert.Single(bed.All("ListParents", "Parents", new() { ["ChildId"] = workloads }))["Type"]!);
        Assert.Equal(prod, (string)Assert.Single(bed.All("ListChildren", "Children", new() { ["ParentId"] = workloads, ["ChildType"] = "ORGANIZATIONAL_UNIT" }))["Id"]!);
        Assert.Equal(OrganizationsTestBed.Management,
            (string)Assert.Single(bed.All("ListChildren", "Children", new() { ["ParentId"] = bed.Root, ["ChildType"] = "ACCOUNT" }))["Id"]!);
    }

    [Fact]
    public void A_name_is_taken_once_below_a_parent()
    {
        var bed = new OrganizationsTestBed();
        var workloads = bed.CreateUnit(bed.Root, "Workloads");
        var other = bed.CreateUnit(bed.Root, "Other");
        Assert.Equal("DuplicateOrganizationalUnitException", bed.Refused("CreateOrganizationalUnit", $$"""{"ParentId":"{{bed.Root}}","Name":"Workloads"}"""));
        Assert.Equal("DuplicateOrganizationalUnitException", bed.Refused("UpdateOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{other}}","Name":"Workloads"}"""));
        bed.CreateUnit(workloads, "Workloads");
        bed.Call("UpdateOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{workloads}}","Name":"Products"}""");
        bed.CreateUnit(bed.Root, "Workloads");
    }

    [Fact]
    public void OU_DEPTH_LIMIT_EXCEEDED_below_the_fifth_level()
    {
        var bed = new OrganizationsTestBed();
        var parent = bed.Root;
        for (var level = 1; level <= 5; level++) parent = bed.CreateUnit(parent, $"Level{level}");
        Assert.Equal("ConstraintViolationException/OU_DEPTH_LIMIT_EXCEEDED", bed.Refused("CreateOrganizationalUnit", $$"""{"ParentId":"{{parent}}","Name":"Level6"}"""));
    }

    [Fact]
    public void OU_NUMBER_LIMIT_EXCEEDED_after_two_thousand()
    {
        Assert.Equal(2000, SandboxQuotas.Default.OrganizationalUnits);
        var bed = new OrganizationsTestBed();
        for (var i = 0; i < 2000; i++) bed.State.CreateUnit(bed.State.Root, $"Unit{i}");
        Assert.Equal("ConstraintViolationException/OU_NUMBER_LIMIT_EXCEEDED", bed.Refused("CreateOrganizationalUnit", $$"""{"ParentId":"{{bed.Root}}","Name":"Last"}"""));
    }

    [Fact]
    public void A_unit_that_holds_something_is_not_deleted()
    {
        var bed = new OrganizationsTestBed();
        var (outer, empty) = (bed.CreateUnit(bed.Root, "Outer"), bed.CreateUnit(bed.Root, "Empty"));
        bed.CreateUnit(outer, "Inner");
        Assert.Equal("OrganizationalUnitNotEmptyException", bed.Refused("DeleteOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{outer}}"}"""));
        bed.Call("DeleteOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{empty}}"}""");
        Assert.Equal("OrganizationalUnitNotFoundException", bed.Refused("DescribeOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{empty}}"}"""));
        var account = bed.CreateAccount("shop");
        var full = bed.CreateUnit(bed.Root, "Full");
        bed.Call("MoveAccount", $$"""{"AccountId":"{{account}}","SourceParentId":"{{bed.Root}}","DestinationParentId":"{{full}}"}""");
        Assert.Equal("OrganizationalUnitNotEmptyException", bed.Refused("DeleteOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{full}}"}"""));
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        var bed = new OrganizationsTestBed();
        const string ou = "ou-aaaa-bbbbbbbb";
        Assert.Equal("ParentNotFoundException", bed.Refused("CreateOrganizationalUnit", $$"""{"ParentId":"{{ou}}","Name":"x"}"""));
        Assert.Equal("ParentNotFoundException", bed.Refused("ListOrganizationalUnitsForParent", $$"""{"ParentId":"{{ou}}"}"""));
        Assert.Equal("ParentNotFoundException", bed.Refused("ListAccountsForParent", $$"""{"ParentId":"{{ou}}"}"""));
        Assert.Equal("ParentNotFoundException", bed.Refused("ListChildren", $$"""{"ParentId":"{{ou}}","ChildType":"ACCOUNT"}"""));
        Assert.Equal("ChildNotFoundException", bed.Refused("ListParents", $$"""{"ChildId":"{{ou}}"}"""));
        Assert.Equal("OrganizationalUnitNotFoundException", bed.Refused("DeleteOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{ou}}"}"""));
        Assert.Equal("RootNotFoundException", bed.Refused("EnablePolicyType", """{"RootId":"r-zzzz","PolicyType":"TAG_POLICY"}"""));
        Assert.Equal("AccountNotFoundException", bed.Refused("DescribeAccount", """{"AccountId":"000000000000"}"""));
        Assert.Equal("CreateAccountStatusNotFoundException", bed.Refused("DescribeCreateAccountStatus", """{"CreateAccountRequestId":"car-aaaaaaaa"}"""));
        Assert.Equal("PolicyNotFoundException", bed.Refused("DescribePolicy", """{"PolicyId":"p-aaaaaaaa"}"""));
        Assert.Equal("TargetNotFoundException", bed.Refused("ListPoliciesForTarget", $$"""{"TargetId":"{{ou}}","Filter":"TAG_POLICY"}"""));
        Assert.Equal("TargetNotFoundException", bed.Refused("ListTagsForResource", $$"""{"ResourceId":"{{ou}}"}"""));
    }
}
