using Amazon.Organizations;
using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>The organization's domain on AWS Organizations.</summary>
internal sealed class OrganizationsPort(IAmazonOrganizations client, AwsCaller caller, TimeProvider clock) : IOrganizationPort
{
    private static readonly AwsOperation DescribeOrganization = AwsOperation.Read("organizations:DescribeOrganization");
    private static readonly AwsOperation DescribeEffectivePolicy = AwsOperation.Read("organizations:DescribeEffectivePolicy");
    private static readonly AwsOperation DescribeAccount = AwsOperation.Read("organizations:DescribeAccount");
    private static readonly AwsOperation CreateOrganizationalUnit = AwsOperation.Write("organizations:CreateOrganizationalUnit");
    private static readonly AwsOperation DescribeOrganizationalUnit = AwsOperation.Read("organizations:DescribeOrganizationalUnit");
    private static readonly AwsOperation UpdateOrganizationalUnit = AwsOperation.RepeatableWrite("organizations:UpdateOrganizationalUnit");
    private static readonly AwsOperation DeleteOrganizationalUnit = AwsOperation.Write("organizations:DeleteOrganizationalUnit");
    private static readonly AwsOperation AttachPolicy = AwsOperation.Write("organizations:AttachPolicy");
    private static readonly AwsOperation MoveAccount = AwsOperation.Write("organizations:MoveAccount");
    private static readonly AwsOperation TagResource = AwsOperation.RepeatableWrite("organizations:TagResource");
    private static readonly AwsOperation UntagResource = AwsOperation.RepeatableWrite("organizations:UntagResource");

    public static async Task<Model.Organization> DescribeAsync(AwsCaller caller, IAmazonOrganizations client, CallScope scope)
    {
        var answer = await caller.CallAsync(DescribeOrganization, cancel => client.DescribeOrganizationAsync(new(), cancel), scope);
        return answer.Organization ?? throw new CloudException(DescribeOrganization.Name, "InvalidAnswer", "The answer holds no organization.");
    }

    public Task<OrganizationFacts> ReadAsync(OrganizationDetail detail, CallScope scope) =>
        OrganizationReader.ReadAsync(client, caller, this, clock, detail, scope);

    public async Task<IReadOnlyDictionary<string, string>> ReadTagsAsync(string resourceId, CallScope scope)
    {
        var tags = await Listing.AllAsync(
            caller, "organizations:ListTagsForResource",
            (token, cancel) => client.ListTagsForResourceAsync(new() { ResourceId = resourceId, NextToken = token }, cancel),
            a => a.NextToken, a => a.Tags, t => t.Key, scope);
        return tags.ToDictionary(t => t.Key, t => t.Value ?? "", StringComparer.Ordinal);
    }

    public async Task<string?> ReadEffectivePolicyAsync(string accountId, string policyType, CallScope scope)
    {
        try
        {
            var request = new Model.DescribeEffectivePolicyRequest { TargetId = accountId, PolicyType = policyType };
            var answer = await caller.CallAsync(DescribeEffectivePolicy, cancel => client.DescribeEffectivePolicyAsync(request, cancel), scope);
            return answer.EffectivePolicy?.PolicyContent;
        }
        catch (CloudException e) when (e.Code == "EffectivePolicyNotFoundException")
        {
            return null;
        }
    }

    public async Task<AccountFacts?> FindAccountAsync(string accountId, CallScope scope)
    {
        try
        {
            var answer = await caller.CallAsync(DescribeAccount, cancel => client.DescribeAccountAsync(new() { AccountId = accountId }, cancel), scope);
            return answer.Account is { } account ? await PlacedAsync(account, scope) : null;
        }
        catch (CloudException e) when (e.Code is "AccountNotFoundException" or "ChildNotFoundException")
        {
            return null;
        }
    }

    /// <summary>The account with its parent: from its path, or asked for where AWS gives none.</summary>
    public async Task<AccountFacts> PlacedAsync(Model.Account account, CallScope scope)
    {
        if (OrganizationTranslation.ParentOf(account) is { } known) return OrganizationTranslation.Facts(account, known);
        string? parent = null;
        await Listing.ReadAsync(
            caller, "organizations:ListParents",
            (token, cancel) => client.ListParentsAsync(new() { ChildId = account.Id, NextToken = token }, cancel),
            a => a.NextToken,
            a =>
            {
                parent = a.Parents?.FirstOrDefault()?.Id;
                return (0, parent is null);
            },
            scope);
        return parent is null
            ? throw new CloudException("organizations:ListParents", "InvalidAnswer", $"AWS gives no parent of account {account.Id}.")
            : OrganizationTranslation.Facts(account, parent);
    }

    public async Task<OrganizationalUnitFacts?> FindOrganizationalUnitAsync(string parentId, string name, CallScope scope)
    {
        OrganizationalUnitFacts? found = null;
        await Listing.ReadAsync(
            caller, "organizations:ListOrganizationalUnitsForParent",
            (token, cancel) => client.ListOrganizationalUnitsForParentAsync(new() { ParentId = parentId, NextToken = token }, cancel),
            a => a.NextToken,
            a =>
            {
                var unit = a.OrganizationalUnits?.FirstOrDefault(u => u.Name == name);
                if (unit is not null) found = OrganizationTranslation.Facts(unit, parentId);
                return (a.OrganizationalUnits?.Count ?? 0, found is null);
            },
            scope);
        return found;
    }

    public async Task<OrganizationalUnitFacts> CreateOrganizationalUnitAsync(
        string parentId, string name, IReadOnlyDictionary<string, string> tags, CallScope scope)
    {
        var request = new Model.CreateOrganizationalUnitRequest { ParentId = parentId, Name = name, Tags = OrganizationTranslation.Tags(tags) };
        var answer = await caller.CallAsync(CreateOrganizationalUnit, cancel => client.CreateOrganizationalUnitAsync(request, cancel), scope);
        var unit = answer.OrganizationalUnit
            ?? throw new CloudException(CreateOrganizationalUnit.Name, "InvalidAnswer", "The answer holds no organizational unit.")
            {
                Outcome = CallOutcome.Unknown,
                NextStep = "Look whether the organizational unit is there before asking again.",
            };
        return OrganizationTranslation.Facts(unit, parentId) with { Tags = tags };
    }

    public async Task<string?> FindOrganizationalUnitNameAsync(string unitId, CallScope scope)
    {
        try
        {
            var request = new Model.DescribeOrganizationalUnitRequest { OrganizationalUnitId = unitId };
            var answer = await caller.CallAsync(DescribeOrganizationalUnit, cancel => client.DescribeOrganizationalUnitAsync(request, cancel), scope);
            return answer.OrganizationalUnit?.Name;
        }
        catch (CloudException e) when (e.Code == "OrganizationalUnitNotFoundException")
        {
            return null;
        }
    }

    public Task RenameOrganizationalUnitAsync(string unitId, string name, CallScope scope)
    {
        var request = new Model.UpdateOrganizationalUnitRequest { OrganizationalUnitId = unitId, Name = name };
        return caller.CallAsync(UpdateOrganizationalUnit, cancel => client.UpdateOrganizationalUnitAsync(request, cancel), scope);
    }

    public Task DeleteOrganizationalUnitAsync(string unitId, CallScope scope)
    {
        var request = new Model.DeleteOrganizationalUnitRequest { OrganizationalUnitId = unitId };
        return caller.CallAsync(DeleteOrganizationalUnit, cancel => client.DeleteOrganizationalUnitAsync(request, cancel), scope);
    }

    public Task AttachPolicyAsync(string policyId, string targetId, CallScope scope)
    {
        var request = new Model.AttachPolicyRequest { PolicyId = policyId, TargetId = targetId };
        return caller.CallAsync(AttachPolicy, cancel => client.AttachPolicyAsync(request, cancel), scope);
    }

    public Task MoveAccountAsync(string accountId, string sourceParentId, string destinationParentId, CallScope scope)
    {
        var request = new Model.MoveAccountRequest
        {
            AccountId = accountId,
            SourceParentId = sourceParentId,
            DestinationParentId = destinationParentId,
        };
        return caller.CallAsync(MoveAccount, cancel => client.MoveAccountAsync(request, cancel), scope);
    }

    public Task SetTagsAsync(string resourceId, IReadOnlyDictionary<string, string> tags, CallScope scope)
    {
        if (tags.Count == 0) return Task.CompletedTask;
        var request = new Model.TagResourceRequest { ResourceId = resourceId, Tags = OrganizationTranslation.Tags(tags) };
        return caller.CallAsync(TagResource, cancel => client.TagResourceAsync(request, cancel), scope);
    }

    public Task RemoveTagsAsync(string resourceId, IReadOnlyCollection<string> keys, CallScope scope)
    {
        if (keys.Count == 0) return Task.CompletedTask;
        var request = new Model.UntagResourceRequest { ResourceId = resourceId, TagKeys = [.. keys] };
        return caller.CallAsync(UntagResource, cancel => client.UntagResourceAsync(request, cancel), scope);
    }
}
