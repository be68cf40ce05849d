using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Member accounts that administer a service in place of the management account.</summary>
internal static class DelegationOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("RegisterDelegatedAdministrator", Access.Management, Register),
        ("DeregisterDelegatedAdministrator", Access.Management, Deregister),
        ("ListDelegatedAdministrators", Access.DelegatedAdministrator, ListAdministrators),
        ("ListDelegatedServicesForAccount", Access.DelegatedAdministrator, ListServices),
    ];

    private static JsonObject Register(CallContext call, JsonObject input)
    {
        var (state, service) = (call.State, input.Text("ServicePrincipal"));
        var account = AccountOperations.Find(call, input);
        ServiceAccessOperations.RefuseUnknown(service);
        if (account.Id == state.ManagementAccountId)
            throw Errors.Constraint(
                "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
                "You cannot register the management account as a delegated administrator of its own organization.");
        if (account.State is not ("ACTIVE" or "PENDING_ACTIVATION"))
            throw Errors.Constraint(
                "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
                "You cannot register a suspended account as a delegated administrator.");
        if (state.FindServiceAccess(service) is null)
            throw Errors.Constraint(
                "SERVICE_ACCESS_NOT_ENABLED",
                "You attempted to register a delegated administrator before you enabled service access. Call EnableAWSServiceAccess first.");
        var delegation = state.FindDelegation(account.Id);
        if (delegation is not null && Find(delegation, service) is not null)
            throw new AwsError("AccountAlreadyRegisteredException", "The provided account is already a delegated administrator for your organization.");
        RefuseTooMany(call, service);
        if (delegation is null)
        {
            delegation = Delegation.To(account, state.Ids.NextSequence(), call.Now);
            state.Delegations.Add(delegation);
        }
        delegation.Services.Add(ServiceAccessOperations.Grant(call, service));
        return [];
    }

    /// <summary>Some services take one delegated administrator, others several: AWS has a reason for each case.</summary>
    private static void RefuseTooMany(CallContext call, string service)
    {
        var limit = call.Quotas.DelegatedAdministratorsPerService;
        if (call.State.Delegations.Count(delegation => Find(delegation, service) is not null) < limit) return;
        throw limit == 1
            ? Errors.Constraint("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE", "The service already has a delegated administrator. Deregister it first.")
            : Errors.Constraint(
                "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
                $"You attempted to register more delegated administrators than allowed for the service principal ({limit}).");
    }

    private static JsonObject Deregister(CallContext call, JsonObject input)
    {
        var account = AccountOperations.Find(call, input);
        ServiceAccessOperations.RefuseUnknown(input.Text("ServicePrincipal"));
        var delegation = call.State.FindDelegation(account.Id);
        if (delegation is null || Find(delegation, input.Text("ServicePrincipal")) is not { } grant) throw NotRegistered();
        delegation.Services.Remove(grant);
        if (delegation.Services.Count == 0) call.State.Delegations.Remove(delegation);
        return [];
    }

    private static JsonObject ListAdministrators(CallContext call, JsonObject input)
    {
        var service = input.TextOrNull("ServicePrincipal");
        return Listing.Page(
            call, input, "ListDelegatedAdministrators", "DelegatedAdministrators", call.State.Delegations,
            delegation => Show(call.State, delegation),
            service is null ? null : delegation => Find(delegation, service) is not null);
    }

    private static JsonObject ListServices(CallContext call, JsonObject input)
    {
        var account = AccountOperations.Find(call, input);
        var delegation = call.State.FindDelegation(account.Id) ?? throw NotRegistered();
        return Listing.Page(call, input, "ListDelegatedServicesForAccount", "DelegatedServices", delegation.Services, grant => new JsonObject
        {
            ["ServicePrincipal"] = grant.Id,
            ["DelegationEnabledDate"] = Inputs.Timestamp(grant.Enabled),
        });
    }

    private static ServiceGrant? Find(Delegation delegation, string service) => delegation.Services.FirstOrDefault(grant => grant.Id == service);

    private static AwsError NotRegistered() =>
        new("AccountNotRegisteredException", "The specified account is not a delegated administrator for this AWS service.");

    /// <summary>Like the account, without its paths.</summary>
    private static JsonObject Show(OrganizationState state, Delegation delegation)
    {
        var shown = AccountOperations.Show(state, delegation.Account);
        shown.Remove("Paths");
        shown["DelegationEnabledDate"] = Inputs.Timestamp(delegation.Enabled);
        return shown;
    }
}
