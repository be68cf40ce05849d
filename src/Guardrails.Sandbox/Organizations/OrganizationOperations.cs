using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>The organization as a whole.</summary>
internal static class OrganizationOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("CreateOrganization", Access.Anyone, Create),
        ("DescribeOrganization", Access.Member, (call, _) => Answer(call)),
        ("DeleteOrganization", Access.Management, Delete),
        ("LeaveOrganization", Access.Member, Leave),
        ("ListRoots", Access.DelegatedAdministrator, ListRoots),
    ];

    private static JsonObject Create(CallContext call, JsonObject input)
    {
        var (state, caller) = (call.State, call.Caller.AccountId);
        if (state.Organization is not null && state.TryFind<AccountEntity>(caller, out _))
            throw new AwsError("AlreadyInOrganizationException", "The provided account is already a member of an organization.");
        // The sandbox is one organization and its members; any other account has no place to found another in.
        if (state.Organization is not null || caller != state.ManagementAccountId) throw Errors.AccessDenied();
        var featureSet = input.TextOrNull("FeatureSet") ?? "ALL";
        state.Found(call.Now, featureSet);
        // With all features, AWS turns on service control policies by itself.
        if (featureSet == "ALL") PolicyTypeOperations.Enable(state, PolicyType.ServiceControl);
        return Answer(call);
    }

    private static JsonObject Answer(CallContext call)
    {
        var state = call.State;
        var organization = new JsonObject
        {
            ["Id"] = state.Organization!.Id,
            ["Arn"] = state.OrganizationArn,
            ["FeatureSet"] = state.Organization.FeatureSet,
            ["MasterAccountArn"] = state.Arn("account", state.ManagementAccountId),
            ["MasterAccountId"] = state.ManagementAccountId,
            ["MasterAccountEmail"] = state.ManagementAccountEmail,
            // AWS keeps this member for compatibility and fills it with SCPs only; the root has the truth.
            ["AvailablePolicyTypes"] = state.Organization.FeatureSet == "ALL"
                ? new JsonArray(new JsonObject { ["Type"] = PolicyType.ServiceControl, ["Status"] = "ENABLED" })
                : [],
        };
        return new JsonObject { ["Organization"] = organization };
    }

    private static JsonObject Delete(CallContext call, JsonObject input)
    {
        if (call.State.Accounts.Count > 1 || call.State.Creations.Any(creation => creation.State == "IN_PROGRESS"))
            throw new AwsError(
                "OrganizationNotEmptyException",
                "To delete an organization, you must first remove all member accounts except the management account.");
        call.State.Dissolve();
        return [];
    }

    private static JsonObject Leave(CallContext call, JsonObject input)
    {
        call.State.TryFind<AccountEntity>(call.Caller.AccountId, out var account);
        AccountOperations.LetGo(call, account!);
        return [];
    }

    private static JsonObject ListRoots(CallContext call, JsonObject input)
    {
        var roots = new OrderedList<RootEntity> { call.State.Root };
        return Listing.Page(call, input, "ListRoots", "Roots", roots, root => Show(call.State, root));
    }

    public static JsonObject Show(OrganizationState state, RootEntity root) => new()
    {
        ["Id"] = root.Id,
        ["Arn"] = root.Arn,
        ["Name"] = root.Name,
        ["PolicyTypes"] = state.EnabledPolicyTypes.Select(JsonNode (type) => new JsonObject { ["Type"] = type, ["Status"] = "ENABLED" }).Array(),
    };
}
