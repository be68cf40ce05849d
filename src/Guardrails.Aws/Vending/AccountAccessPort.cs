using Amazon.IdentityStore;
using Amazon.IdentityStore.Model;
using Amazon.Runtime.Documents;
using Amazon.SSOAdmin;
using Amazon.SSOAdmin.Model;

namespace Guardrails.Aws;

/// <summary>People's access to accounts on IAM Identity Center and its identity store, in the Region of the connection.</summary>
internal sealed class AccountAccessPort(IAmazonSSOAdmin client, AwsCaller caller, IAmazonIdentityStore store, AwsCaller storeCaller) : IAccountAccessPort
{
    private const string AwsAccount = "AWS_ACCOUNT";
    private const int PageSize = 100;
    private static readonly AwsOperation DescribePermissionSet = AwsOperation.Read("sso:DescribePermissionSet");
    private static readonly AwsOperation GetGroupId = AwsOperation.Read("identitystore:GetGroupId");
    private static readonly AwsOperation GetUserId = AwsOperation.Read("identitystore:GetUserId");
    private static readonly AwsOperation CreateAccountAssignment = AwsOperation.Write("sso:CreateAccountAssignment");
    private static readonly AwsOperation DescribeCreation = AwsOperation.Read("sso:DescribeAccountAssignmentCreationStatus");
    private static readonly AwsOperation DeleteAccountAssignment = AwsOperation.Write("sso:DeleteAccountAssignment");
    private static readonly AwsOperation DescribeDeletion = AwsOperation.Read("sso:DescribeAccountAssignmentDeletionStatus");

    public async Task<IdentityCenter?> FindIdentityCenterAsync(CallScope scope)
    {
        var instances = await Listing.AllAsync(
            caller, "sso:ListInstances", (token, cancel) => client.ListInstancesAsync(new() { NextToken = token }, cancel),
            a => a.NextToken, a => a.Instances, i => i.InstanceArn, scope);
        // A member account may have an instance of its own, which gives access to that account only.
        var own = instances.Where(i => i.Status is null || i.Status.Value == "ACTIVE").FirstOrDefault(i => i.OwnerAccountId is null || i.OwnerAccountId == Owner);
        return own is null ? null : new IdentityCenter(own.InstanceArn, own.IdentityStoreId);
    }

    public async Task<IReadOnlyDictionary<string, string>> ListPermissionSetsAsync(IdentityCenter center, CallScope scope)
    {
        var arns = await Listing.AllAsync(
            caller, "sso:ListPermissionSets",
            (token, cancel) => client.ListPermissionSetsAsync(new() { InstanceArn = center.InstanceArn, MaxResults = PageSize, NextToken = token }, cancel),
            a => a.NextToken, a => a.PermissionSets, arn => arn, scope);
        var names = await Task.WhenAll(arns.Select(async arn =>
        {
            var request = new DescribePermissionSetRequest { InstanceArn = center.InstanceArn, PermissionSetArn = arn };
            var answer = await caller.CallAsync(DescribePermissionSet, cancel => client.DescribePermissionSetAsync(request, cancel), scope);
            return answer.PermissionSet?.Name;
        }));
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (arn, name) in arns.Zip(names))
            if (name is not null) byName[name] = arn;
        return byName;
    }

    public async Task<string?> FindPrincipalAsync(IdentityCenter center, Guardrails.PrincipalType type, string name, CallScope scope)
    {
        if (type == Guardrails.PrincipalType.User)
            return await FindUserAsync(center, "userName", name, scope) ?? (name.Contains('@') ? await FindUserAsync(center, "emails.value", name, scope) : null);
        var request = new GetGroupIdRequest { IdentityStoreId = center.StoreId, AlternateIdentifier = Named("displayName", name) };
        return await OrNullAsync(async () => (await storeCaller.CallAsync(GetGroupId, cancel => store.GetGroupIdAsync(request, cancel), scope)).GroupId);
    }

    public async Task<IReadOnlySet<Principal>> ListAssignmentsAsync(AssignmentPlace place, CallScope scope)
    {
        var assignments = await Listing.AllAsync(
            caller, "sso:ListAccountAssignments",
            (token, cancel) => client.ListAccountAssignmentsAsync(
                new() { InstanceArn = place.InstanceArn, PermissionSetArn = place.PermissionSetArn, AccountId = place.AccountId, MaxResults = PageSize, NextToken = token }, cancel),
            a => a.NextToken, a => a.AccountAssignments, a => $"{a.PrincipalType?.Value} {a.PrincipalId}", scope);
        return assignments.Where(a => a.PrincipalId is not null)
            .Select(a => new Principal(a.PrincipalType?.Value == "USER" ? Guardrails.PrincipalType.User : Guardrails.PrincipalType.Group, a.PrincipalId)).ToHashSet();
    }

    public async Task<AssignmentRun> StartAssignmentAsync(AssignmentPlace place, Principal principal, CallScope scope)
    {
        var request = new CreateAccountAssignmentRequest
        {
            InstanceArn = place.InstanceArn,
            PermissionSetArn = place.PermissionSetArn,
            TargetType = AwsAccount,
            TargetId = place.AccountId,
            PrincipalType = Value(principal.Type),
            PrincipalId = principal.Id,
        };
        var answer = await caller.CallAsync(CreateAccountAssignment, cancel => client.CreateAccountAssignmentAsync(request, cancel), scope);
        return Run(CreateAccountAssignment, answer.AccountAssignmentCreationStatus, CallOutcome.Unknown);
    }

    public async Task<AssignmentRun> GetAssignmentAsync(string instanceArn, string requestId, CallScope scope)
    {
        var request = new DescribeAccountAssignmentCreationStatusRequest { InstanceArn = instanceArn, AccountAssignmentCreationRequestId = requestId };
        var answer = await caller.CallAsync(DescribeCreation, cancel => client.DescribeAccountAssignmentCreationStatusAsync(request, cancel), scope);
        return Run(DescribeCreation, answer.AccountAssignmentCreationStatus, CallOutcome.NotDone);
    }

    public async Task<AssignmentRun> StartRemovalAsync(AssignmentPlace place, Principal principal, CallScope scope)
    {
        var request = new DeleteAccountAssignmentRequest
        {
            InstanceArn = place.InstanceArn,
            PermissionSetArn = place.PermissionSetArn,
            TargetType = AwsAccount,
            TargetId = place.AccountId,
            PrincipalType = Value(principal.Type),
            PrincipalId = principal.Id,
        };
        var answer = await caller.CallAsync(DeleteAccountAssignment, cancel => client.DeleteAccountAssignmentAsync(request, cancel), scope);
        return Run(DeleteAccountAssignment, answer.AccountAssignmentDeletionStatus, CallOutcome.Unknown);
    }

    public async Task<AssignmentRun> GetRemovalAsync(string instanceArn, string requestId, CallScope scope)
    {
        var request = new DescribeAccountAssignmentDeletionStatusRequest { InstanceArn = instanceArn, AccountAssignmentDeletionRequestId = requestId };
        var answer = await caller.CallAsync(DescribeDeletion, cancel => client.DescribeAccountAssignmentDeletionStatusAsync(request, cancel), scope);
        return Run(DescribeDeletion, answer.AccountAssignmentDeletionStatus, CallOutcome.NotDone);
    }

    /// <summary>The organization's instance belongs to its management account.</summary>
    private string? Owner => caller.Caller.ManagementAccountId ?? caller.Caller.AccountId;

    private Task<string?> FindUserAsync(IdentityCenter center, string attribute, string name, CallScope scope)
    {
        var request = new GetUserIdRequest { IdentityStoreId = center.StoreId, AlternateIdentifier = Named(attribute, name) };
        return OrNullAsync(async () => (await storeCaller.CallAsync(GetUserId, cancel => store.GetUserIdAsync(request, cancel), scope)).UserId);
    }

    private static AlternateIdentifier Named(string attribute, string name) =>
        new() { UniqueAttribute = new UniqueAttribute { AttributePath = attribute, AttributeValue = new Document(name) } };

    private static async Task<string?> OrNullAsync(Func<Task<string?>> find)
    {
        try
        {
            return await find();
        }
        catch (CloudException e) when (e.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private static string Value(Guardrails.PrincipalType type) => type == Guardrails.PrincipalType.User ? "USER" : "GROUP";

    private static AssignmentRun Run(AwsOperation operation, AccountAssignmentOperationStatus? status, CallOutcome outcome) => status?.RequestId is null
        ? throw new CloudException(operation.Name, "InvalidAnswer", "The answer holds no status of the assignment.") { Outcome = outcome }
        : new AssignmentRun(status.RequestId, status.Status?.Value switch
        {
            "SUCCEEDED" => AssignmentState.Succeeded,
            "FAILED" => AssignmentState.Failed,
            _ => AssignmentState.InProgress,
        }, status.FailureReason);
}
