using Amazon.Account;
using Amazon.Account.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Model = Amazon.Account.Model;

namespace Guardrails.Aws;

/// <summary>Accounts' own settings on AWS Account Management, and their roles on STS.</summary>
/// <remarks>
/// Another account is named only from the management account or a delegated administrator, with trusted access for account.amazonaws.com; the caller's
/// own must not be named (AWS Account Management API reference, AccountId, August 2026).
/// </remarks>
internal sealed class AccountSettingsPort(IAmazonAccount client, AwsCaller caller, IAmazonSecurityTokenService sts, AwsCaller stsCaller) : IAccountSettingsPort
{
    private static readonly AwsOperation GetAccountInformation = AwsOperation.Read("account:GetAccountInformation");
    private static readonly AwsOperation PutAccountName = AwsOperation.RepeatableWrite("account:PutAccountName");
    private static readonly AwsOperation GetAlternateContact = AwsOperation.Read("account:GetAlternateContact");
    private static readonly AwsOperation PutAlternateContact = AwsOperation.RepeatableWrite("account:PutAlternateContact");
    private static readonly AwsOperation DeleteAlternateContact = AwsOperation.RepeatableWrite("account:DeleteAlternateContact");
    private static readonly AwsOperation GetRegionOptStatus = AwsOperation.Read("account:GetRegionOptStatus");
    private static readonly AwsOperation EnableRegion = AwsOperation.Write("account:EnableRegion");
    private static readonly AwsOperation AssumeRole = AwsOperation.Read("sts:AssumeRole");

    public async Task<string> GetNameAsync(string accountId, CallScope scope)
    {
        var request = new GetAccountInformationRequest { AccountId = Other(accountId) };
        var answer = await caller.CallAsync(GetAccountInformation, cancel => client.GetAccountInformationAsync(request, cancel), scope);
        return answer.AccountName ?? throw new CloudException(GetAccountInformation.Name, "InvalidAnswer", $"The answer holds no name of account {accountId}.");
    }

    public Task SetNameAsync(string accountId, string name, CallScope scope)
    {
        var request = new PutAccountNameRequest { AccountId = Other(accountId), AccountName = name };
        return caller.CallAsync(PutAccountName, cancel => client.PutAccountNameAsync(request, cancel), scope);
    }

    public async Task<AlternateContact?> FindContactAsync(string accountId, AlternateContactType type, CallScope scope)
    {
        var request = new GetAlternateContactRequest { AccountId = Other(accountId), AlternateContactType = Value(type) };
        try
        {
            var answer = await caller.CallAsync(GetAlternateContact, cancel => client.GetAlternateContactAsync(request, cancel), scope);
            return answer.AlternateContact is { } contact ? Contact(contact) : null;
        }
        catch (CloudException e) when (e.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }

    public Task SetContactAsync(string accountId, AlternateContactType type, AlternateContact contact, CallScope scope)
    {
        var request = new PutAlternateContactRequest
        {
            AccountId = Other(accountId),
            AlternateContactType = Value(type),
            Name = contact.Name,
            Title = contact.Title,
            EmailAddress = contact.Email,
            PhoneNumber = contact.Phone,
        };
        return caller.CallAsync(PutAlternateContact, cancel => client.PutAlternateContactAsync(request, cancel), scope);
    }

    public async Task RemoveContactAsync(string accountId, AlternateContactType type, CallScope scope)
    {
        var request = new DeleteAlternateContactRequest { AccountId = Other(accountId), AlternateContactType = Value(type) };
        try
        {
            await caller.CallAsync(DeleteAlternateContact, cancel => client.DeleteAlternateContactAsync(request, cancel), scope);
        }
        catch (CloudException e) when (e.Code == "ResourceNotFoundException")
        {
            // It is gone, which is what was asked for.
        }
    }

    public async Task<RegionState> GetRegionAsync(string accountId, string region, CallScope scope)
    {
        var request = new GetRegionOptStatusRequest { AccountId = Other(accountId), RegionName = region };
        var answer = await caller.CallAsync(GetRegionOptStatus, cancel => client.GetRegionOptStatusAsync(request, cancel), scope);
        return answer.RegionOptStatus?.Value switch
        {
            "ENABLED" => RegionState.Enabled,
            "ENABLED_BY_DEFAULT" => RegionState.EnabledByDefault,
            "ENABLING" => RegionState.Enabling,
            "DISABLING" => RegionState.Disabling,
            "DISABLED" => RegionState.Disabled,
            var other => throw new CloudException(GetRegionOptStatus.Name, "InvalidAnswer", $"'{other}' is not a state of a Region."),
        };
    }

    public Task EnableRegionAsync(string accountId, string region, CallScope scope)
    {
        var request = new EnableRegionRequest { AccountId = Other(accountId), RegionName = region };
        return caller.CallAsync(EnableRegion, cancel => client.EnableRegionAsync(request, cancel), scope);
    }

    public async Task<string?> WhyNotAssumableAsync(string accountId, string roleName, CallScope scope)
    {
        if (accountId == stsCaller.Caller.AccountId) return null;
        var partition = stsCaller.Caller.CallerArn?.Split(':') is [_, var known, ..] ? known : "aws";
        // The shortest session that there is: nothing is done with it.
        var request = new AssumeRoleRequest { RoleArn = $"arn:{partition}:iam::{accountId}:role/{roleName}", RoleSessionName = "guardrails-readiness", DurationSeconds = 900 };
        try
        {
            await stsCaller.CallAsync(AssumeRole, cancel => sts.AssumeRoleAsync(request, cancel), scope);
            return null;
        }
        catch (CloudException e) when (e.Code is "AccessDenied" or "AccessDeniedException")
        {
            return e.Message;
        }
    }

    private string? Other(string accountId) => accountId == caller.Caller.AccountId ? null : accountId;

    private static string Value(AlternateContactType type) => type.ToString().ToUpperInvariant();

    private static AlternateContact Contact(Model.AlternateContact contact) =>
        new() { Name = contact.Name ?? "", Title = contact.Title ?? "", Email = contact.EmailAddress ?? "", Phone = contact.PhoneNumber ?? "" };
}
