using Amazon.Organizations;
using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>Account vending on AWS Organizations.</summary>
internal sealed class AccountsPort(IAmazonOrganizations client, AwsCaller caller, OrganizationsPort organization) : IAccountPort
{
    private static readonly AwsOperation CreateAccount = AwsOperation.Write("organizations:CreateAccount");
    private static readonly AwsOperation CloseAccount = AwsOperation.Write("organizations:CloseAccount");
    private static readonly AwsOperation DescribeCreateAccountStatus = AwsOperation.Read("organizations:DescribeCreateAccountStatus");

    public async Task<AccountCreation> StartCreationAsync(AccountCreationOrder order, CallScope scope)
    {
        var request = new Model.CreateAccountRequest
        {
            AccountName = order.Name,
            Email = order.Email,
            RoleName = order.RoleName,
            Tags = OrganizationTranslation.Tags(order.Tags),
        };
        var answer = await caller.CallAsync(CreateAccount, cancel => client.CreateAccountAsync(request, cancel), scope);
        return Creation(CreateAccount, answer.CreateAccountStatus, CallOutcome.Unknown);
    }

    public async Task<AccountCreation> GetCreationAsync(string requestId, CallScope scope)
    {
        var request = new Model.DescribeCreateAccountStatusRequest { CreateAccountRequestId = requestId };
        var answer = await caller.CallAsync(DescribeCreateAccountStatus, cancel => client.DescribeCreateAccountStatusAsync(request, cancel), scope);
        return Creation(DescribeCreateAccountStatus, answer.CreateAccountStatus, CallOutcome.NotDone);
    }

    public async Task<IReadOnlyList<AccountCreation>> ListCreationsAsync(IReadOnlyCollection<AccountCreationState> states, CallScope scope)
    {
        var wanted = (states.Count == 0 ? [AccountCreationState.InProgress] : states)
            .Select(OrganizationTranslation.Value).Distinct(StringComparer.Ordinal).ToList();
        var all = await Listing.AllAsync(
            caller, "organizations:ListCreateAccountStatus",
            (token, cancel) => client.ListCreateAccountStatusAsync(new() { States = wanted, NextToken = token }, cancel),
            a => a.NextToken, a => a.CreateAccountStatuses, s => s.Id, scope);
        return [.. all.Select(OrganizationTranslation.Facts).OrderByDescending(c => c.RequestedAt)];
    }

    public Task CloseAccountAsync(string accountId, CallScope scope) =>
        caller.CallAsync(CloseAccount, cancel => client.CloseAccountAsync(new() { AccountId = accountId }, cancel), scope);

    public async Task<AccountFacts?> FindAccountByEmailAsync(string email, CallScope scope)
    {
        Model.Account? found = null;
        await Listing.ReadAsync(
            caller, "organizations:ListAccounts",
            (token, cancel) => client.ListAccountsAsync(new() { NextToken = token }, cancel),
            a => a.NextToken,
            a =>
            {
                found = a.Accounts?.FirstOrDefault(x => string.Equals(x.Email, email, StringComparison.OrdinalIgnoreCase));
                return (a.Accounts?.Count ?? 0, found is null);
            },
            scope);
        return found is null ? null : await organization.PlacedAsync(found, scope);
    }

    private static AccountCreation Creation(AwsOperation operation, Model.CreateAccountStatus? status, CallOutcome outcome) => status?.Id is null
        ? throw new CloudException(operation.Name, "InvalidAnswer", "The answer holds no creation status.")
        {
            Outcome = outcome,
            NextStep = "Look whether the account is there before asking again.",
        }
        : OrganizationTranslation.Facts(status);
}
