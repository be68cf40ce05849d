using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>AWS services that may act in the whole organization.</summary>
internal static class ServiceAccessOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("EnableAWSServiceAccess", Access.Management, Enable),
        ("DisableAWSServiceAccess", Access.Management, Disable),
        ("ListAWSServiceAccessForOrganization", Access.DelegatedAdministrator, List),
    ];

    /// <summary>AWS keeps a list of its services; the sandbox takes every principal of the form that they all have.</summary>
    public static void RefuseUnknown(string service)
    {
        var name = service.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? service[..^".amazonaws.com".Length] : "";
        if (name.Length == 0 || name.StartsWith('.') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
            throw Errors.Input("UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified an unrecognized service principal.");
    }

    /// <summary>Enables it, if it is not.</summary>
    public static void Grant(OrganizationState state, string service, DateTimeOffset time)
    {
        if (state.FindServiceAccess(service) is null)
            state.ServiceAccess.Add(new ServiceGrant { Sequence = state.Ids.NextSequence(), Id = service, Arn = "", Name = service, Enabled = time });
    }

    public static ServiceGrant Grant(CallContext call, string service) =>
        new() { Sequence = call.State.Ids.NextSequence(), Id = service, Arn = "", Name = service, Enabled = call.Now };

    private static JsonObject Enable(CallContext call, JsonObject input)
    {
        var service = input.Text("ServicePrincipal");
        RefuseUnknown(service);
        RefuseWithoutAllFeatures(call);
        if (call.State.FindServiceAccess(service) is null) call.State.ServiceAccess.Add(Grant(call, service));
        return [];
    }

    private static JsonObject Disable(CallContext call, JsonObject input)
    {
        var service = input.Text("ServicePrincipal");
        RefuseUnknown(service);
        RefuseWithoutAllFeatures(call);
        if (call.State.Delegations.Any(delegation => delegation.Services.Any(grant => grant.Id == service)))
            throw Errors.Constraint("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE", "The service still has a delegated administrator. Deregister it first.");
        if (call.State.FindServiceAccess(service) is { } grant) call.State.ServiceAccess.Remove(grant);
        return [];
    }

    private static JsonObject List(CallContext call, JsonObject input) => Listing.Page(
        call, input, "ListAWSServiceAccessForOrganization", "EnabledServicePrincipals", call.State.ServiceAccess, grant => new JsonObject
        {
            ["ServicePrincipal"] = grant.Id,
            ["DateEnabled"] = Inputs.Timestamp(grant.Enabled),
        });

    private static void RefuseWithoutAllFeatures(CallContext call)
    {
        if (call.State.Organization!.FeatureSet != "ALL")
            throw Errors.Constraint("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE", "This operation requires an organization that supports all features.");
    }
}
