using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>IAM Identity Center (SSO Admin): permission sets, and who has which in which account. Assignments take their time.</summary>
/// <remarks>
/// That an assignee who is not there fails the assignment afterwards, with a status in the reason: hashicorp/terraform-provider-aws issue 19341.
/// A request like one that is under way: ConflictException (API reference, CreateAccountAssignment, August 2026).
/// </remarks>
internal static class SsoAdminOperations
{
    private static readonly IReadOnlyDictionary<string, Func<CallContext, IdentityCenter, JsonObject, JsonObject>> Managed =
        new Dictionary<string, Func<CallContext, IdentityCenter, JsonObject, JsonObject>>(StringComparer.Ordinal)
        {
            ["ListPermissionSets"] = ListPermissionSets,
            ["DescribePermissionSet"] = DescribePermissionSet,
            ["ListAccountAssignments"] = ListAssignments,
            ["CreateAccountAssignment"] = (call, center, input) => Ask(call, center, input, true),
            ["DeleteAccountAssignment"] = (call, center, input) => Ask(call, center, input, false),
            ["DescribeAccountAssignmentCreationStatus"] = (call, center, input) => Describe(center, input.Text("AccountAssignmentCreationRequestId"), true),
            ["DescribeAccountAssignmentDeletionStatus"] = (call, center, input) => Describe(center, input.Text("AccountAssignmentDeletionRequestId"), false),
        };

    public static IReadOnlyDictionary<string, Operation> All { get; } = Managed
        .Select(entry => KeyValuePair.Create(entry.Key, Guarded(entry.Key, entry.Value)))
        .Append(KeyValuePair.Create<string, Operation>("ListInstances", ListInstances))
        .ToDictionary(StringComparer.Ordinal);

    private static Operation Guarded(string name, Func<CallContext, IdentityCenter, JsonObject, JsonObject> operation) => (call, input) =>
    {
        var center = IdentityCenterAccess.Managed(call, $"sso:{name}", center => center.InstanceArn == input.Text("InstanceArn"));
        AccountLifecycle.Advance(call.State, call.Now, call.Quotas);
        Advance(call.State, center, call.Now);
        return operation(call, center, input);
    };

    private static JsonObject ListInstances(CallContext call, JsonObject input) => new()
    {
        ["Instances"] = IdentityCenterAccess.Visible(call) is not { } center ? [] : new JsonArray(new JsonObject
        {
            ["InstanceArn"] = center.InstanceArn,
            ["IdentityStoreId"] = center.StoreId,
            ["OwnerAccountId"] = call.State.ManagementAccountId,
            ["CreatedDate"] = Inputs.Timestamp(center.Created),
            ["Status"] = "ACTIVE",
        }),
    };

    private static JsonObject ListPermissionSets(CallContext call, IdentityCenter center, JsonObject input) =>
        Page(() => Listing.Page(call, input, "ListPermissionSets", "PermissionSets", center.PermissionSets, set => JsonValue.Create(set.Arn)));

    private static JsonObject DescribePermissionSet(CallContext call, IdentityCenter center, JsonObject input)
    {
        var set = Find(center, input);
        return new JsonObject
        {
            ["PermissionSet"] = new JsonObject
            {
                ["Name"] = set.Name,
                ["PermissionSetArn"] = set.Arn,
                ["CreatedDate"] = Inputs.Timestamp(center.Created),
                ["SessionDuration"] = "PT1H",
            },
        };
    }

    private static JsonObject ListAssignments(CallContext call, IdentityCenter center, JsonObject input)
    {
        var (account, set) = (input.Text("AccountId"), Find(center, input));
        return Page(() => Listing.Page(call, input, "ListAccountAssignments", "AccountAssignments", center.Assignments, assignment => new JsonObject
        {
            ["AccountId"] = assignment.Key.AccountId,
            ["PermissionSetArn"] = assignment.Key.PermissionSetArn,
            ["PrincipalType"] = assignment.Key.PrincipalType,
            ["PrincipalId"] = assignment.Key.PrincipalId,
        }, assignment => assignment.Key.AccountId == account && assignment.Key.PermissionSetArn == set.Arn));
    }

    private static JsonObject Ask(CallContext call, IdentityCenter center, JsonObject input, bool give)
    {
        var state = call.State;
        var key = new AssignmentKey(input.Text("TargetId"), Find(center, input).Arn, input.Text("PrincipalType"), input.Text("PrincipalId"));
        if (key.AccountId == state.ManagementAccountId && call.Caller.AccountId != state.ManagementAccountId)
            IdentityCenterAccess.Deny(call, $"sso:{(give ? "Create" : "Delete")}AccountAssignment");
        if (center.Requests.Any(request => request.Status == "IN_PROGRESS" && request.Key == key))
            throw new AwsError("ConflictException", "There is a request for this assignment under way. Try again when it has ended.");
        var request = new AssignmentRequest
        {
            Sequence = state.Ids.NextSequence(),
            Id = state.Ids.Uuid(),
            Arn = "",
            Name = "",
            Key = key,
            Give = give,
            Created = call.Now,
            Due = call.Now + state.Behavior.AssignmentTime,
        };
        center.Requests.Add(request);
        return Show(request);
    }

    private static JsonObject Describe(IdentityCenter center, string id, bool give) =>
        Show(center.Requests.FirstOrDefault(request => request.Id == id && request.Give == give)
            ?? throw new AwsError("ResourceNotFoundException", $"There is no request {id}."));

    /// <summary>What was due happens, in the order in which it was due.</summary>
    private static void Advance(OrganizationState state, IdentityCenter center, DateTimeOffset now)
    {
        foreach (var request in center.Requests.Where(request => request.Status == "IN_PROGRESS" && request.Due <= now).OrderBy(request => request.Due).ToList())
        {
            request.FailureReason = Failure(state, center, request.Key);
            request.Status = request.FailureReason is null ? "SUCCEEDED" : "FAILED";
            if (request.FailureReason is not null) continue;
            var stands = center.Find(request.Key);
            if (request.Give && stands is null)
                center.Assignments.Add(new AccountAssignment { Sequence = state.Ids.NextSequence(), Id = request.Id, Arn = "", Name = "", Key = request.Key });
            if (!request.Give && stands is not null) center.Assignments.Remove(stands);
        }
    }

    private static string? Failure(OrganizationState state, IdentityCenter center, AssignmentKey key)
    {
        if (!center.Principals.Any(principal => principal.Type == key.PrincipalType && principal.Id == key.PrincipalId))
            return $"Received a 404 status error: the {key.PrincipalType} assignee {key.PrincipalId} was not found in directory {center.StoreId}";
        return state.TryFind<AccountEntity>(key.AccountId, out var account) && account.State is "ACTIVE" or "PENDING_ACTIVATION" ? null
            : $"Received a 404 status error: the account {key.AccountId} was not found or is not active";
    }

    private static PermissionSet Find(IdentityCenter center, JsonObject input)
    {
        var arn = input.Text("PermissionSetArn");
        return center.PermissionSets.FirstOrDefault(set => set.Arn == arn)
            ?? throw new AwsError("ResourceNotFoundException", $"Could not find PermissionSet with id {arn[(arn.LastIndexOf('/') + 1)..]}");
    }

    private static JsonObject Show(AssignmentRequest request)
    {
        var shown = new JsonObject
        {
            ["Status"] = request.Status,
            ["RequestId"] = request.Id,
            ["TargetId"] = request.Key.AccountId,
            ["TargetType"] = "AWS_ACCOUNT",
            ["PermissionSetArn"] = request.Key.PermissionSetArn,
            ["PrincipalType"] = request.Key.PrincipalType,
            ["PrincipalId"] = request.Key.PrincipalId,
            ["CreatedDate"] = Inputs.Timestamp(request.Created),
        };
        if (request.FailureReason is not null) shown["FailureReason"] = request.FailureReason;
        return new JsonObject { [request.Give ? "AccountAssignmentCreationStatus" : "AccountAssignmentDeletionStatus"] = shown };
    }

    /// <summary>A listing's only error is its token, which is a ValidationException here.</summary>
    private static JsonObject Page(Func<JsonObject> page)
    {
        try
        {
            return page();
        }
        catch (AwsError error) when (error.Code == "InvalidInputException")
        {
            throw new AwsError("ValidationException", error.Message);
        }
    }
}
