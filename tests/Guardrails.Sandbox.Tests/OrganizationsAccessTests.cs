using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsAccessTests
{
    private const string Service = "config.amazonaws.com";

    private static readonly HashSet<string> ForMembers = ["DescribeOrganization", "DescribeEffectivePolicy", "LeaveOrganization", "CreateOrganization"];

    public static TheoryData<string> Operations => [.. OrganizationsOperations.All.Keys.Where(name => !ForMembers.Contains(name))];

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_member_account_is_denied(string operation)
    {
        var bed = new OrganizationsTestBed();
        bed.Caller = bed.CreateAccount("shop");
        Assert.Equal("AccessDeniedException", bed.Refused(operation, "{}"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_account_outside_has_no_organization(string operation)
    {
        var bed = new OrganizationsTestBed { Caller = "999999999999" };
        Assert.Equal("AWSOrganizationsNotInUseException", bed.Refused(operation, "{}"));
    }

    [Fact]
    public void A_member_account_sees_its_organization()
    {
        var bed = new OrganizationsTestBed();
        bed.Caller = bed.CreateAccount("shop");
        Assert.Equal(OrganizationsTestBed.Management, (string)bed.Call("DescribeOrganization", "{}")["Organization"]!["MasterAccountId"]!);
    }

    [Fact]
    public void A_delegated_administrator_reads_and_does_not_write()
    {
        var bed = WithAdministrator(out var account);
        bed.Caller = account;
        Assert.Equal(2, bed.All("ListAccounts", "Accounts").Count);
        Assert.Single(bed.All("ListDelegatedAdministrators", "DelegatedAdministrators"));
        Assert.Equal("AccessDeniedException", bed.Refused("CreateOrganizationalUnit", $$"""{"ParentId":"{{bed.Root}}","Name":"x"}"""));
        Assert.Equal("AccessDeniedException", bed.Refused("CreateAccount", """{"AccountName":"x","Email":"x@example.com"}"""));
    }

    [Fact]
    public void Every_operation_of_the_model_is_there()
    {
        using var stream = typeof(Sandbox).Assembly.GetManifestResourceStream("organizations.model.json")!;
        var model = JsonNode.Parse(stream)!["operations"]!.AsObject().Select(operation => operation.Key).Order(StringComparer.Ordinal);
        Assert.Equal(model, OrganizationsOperations.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SERVICE_ACCESS_NOT_ENABLED_before_a_delegation()
    {
        var bed = new OrganizationsTestBed();
        var account = bed.CreateAccount("audit");
        Assert.Equal("ConstraintViolationException/SERVICE_ACCESS_NOT_ENABLED", bed.Refused("RegisterDelegatedAdministrator", Delegation(account)));
    }

    [Fact]
    public void CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR()
    {
        var bed = WithAdministrator(out _);
        Assert.Equal("ConstraintViolationException/CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR", bed.Refused("RegisterDelegatedAdministrator", Delegation(OrganizationsTestBed.Management)));
    }

    [Fact]
    public void CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR()
    {
        var bed = WithAdministrator(out _);
        var closed = bed.CreateAccount("closed");
        bed.Call("CloseAccount", $$"""{"AccountId":"{{closed}}"}""");
        Assert.Equal("ConstraintViolationException/CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR", bed.Refused("RegisterDelegatedAdministrator", Delegation(closed)));
    }

    [Fact]
    public void A_delegation_is_made_once_and_ended_once()
    {
        var bed = WithAdministrator(out var account);
        Assert.Equal("AccountAlreadyRegisteredException", bed.Refused("RegisterDelegatedAdministrator", Delegation(account)));
        Assert.Equal(Service, (string)Assert.Single(bed.All("ListDelegatedServicesForAccount", "DelegatedServices", new() { ["AccountId"] = account }))["ServicePrincipal"]!);
        Assert.Empty(bed.All("ListDelegatedAdministrators", "DelegatedAdministrators", new() { ["ServicePrincipal"] = "other.amazonaws.com" }));
        bed.Call("DeregisterDelegatedAdministrator", Delegation(account));
        Assert.Equal("AccountNotRegisteredException", bed.Refused("DeregisterDelegatedAdministrator", Delegation(account)));
        Assert.Equal("AccountNotRegisteredException", bed.Refused("ListDelegatedServicesForAccount", $$"""{"AccountId":"{{account}}"}"""));
        Assert.Equal("AccountNotFoundException", bed.Refused("RegisterDelegatedAdministrator", Delegation("000000000000")));
    }

    [Theory]
    [InlineData(1, "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE")]
    [InlineData(3, "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED")]
    public void A_service_takes_so_many_delegated_administrators(int limit, string reason)
    {
        var bed = new OrganizationsTestBed($$"""{"organizations":{"delegatedAdministratorsPerService":{"value":{{limit}} } } }""");
        bed.Call("EnableAWSServiceAccess", $$"""{"ServicePrincipal":"{{Service}}"}""");
        for (var i = 0; i < limit; i++) bed.Call("RegisterDelegatedAdministrator", Delegation(bed.CreateAccount($"account{i}")));
        Assert.Equal("ConstraintViolationException/" + reason, bed.Refused("RegisterDelegatedAdministrator", Delegation(bed.CreateAccount("one-more"))));
    }

    [Fact]
    public void Service_access_is_enabled_listed_and_disabled_once_nobody_is_delegated()
    {
        var bed = WithAdministrator(out var account);
        bed.Call("EnableAWSServiceAccess", $$"""{"ServicePrincipal":"{{Service}}"}""");
        Assert.Equal(Service, (string)Assert.Single(bed.All("ListAWSServiceAccessForOrganization", "EnabledServicePrincipals"))["ServicePrincipal"]!);
        Assert.Equal("ConstraintViolationException/DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE", bed.Refused("DisableAWSServiceAccess", $$"""{"ServicePrincipal":"{{Service}}"}"""));
        bed.Call("DeregisterDelegatedAdministrator", Delegation(account));
        bed.Call("DisableAWSServiceAccess", $$"""{"ServicePrincipal":"{{Service}}"}""");
        Assert.Empty(bed.All("ListAWSServiceAccessForOrganization", "EnabledServicePrincipals"));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("config.example.com")]
    [InlineData(".amazonaws.com")]
    public void UNRECOGNIZED_SERVICE_PRINCIPAL(string service) =>
        Assert.Equal("InvalidInputException/UNRECOGNIZED_SERVICE_PRINCIPAL", new OrganizationsTestBed().Refused("EnableAWSServiceAccess", $$"""{"ServicePrincipal":"{{service}}"}"""));

    private static OrganizationsTestBed WithAdministrator(out string account)
    {
        var bed = new OrganizationsTestBed();
        account = bed.CreateAccount("audit");
        bed.Call("EnableAWSServiceAccess", $$"""{"ServicePrincipal":"{{Service}}"}""");
        bed.Call("RegisterDelegatedAdministrator", Delegation(account));
        return bed;
    }

    private static string Delegation(string account) => $$"""{"AccountId":"{{account}}","ServicePrincipal":"{{Service}}"}""";
}
