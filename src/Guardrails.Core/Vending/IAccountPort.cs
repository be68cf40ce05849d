namespace Guardrails;

/// <summary>What account vending asks of a cloud.</summary>
internal interface IAccountPort
{
    /// <summary>
    /// Starts a creation. AWS has no idempotency token here: after an exception whose <see cref="CloudException.Outcome"/> is
    /// <see cref="CallOutcome.Unknown"/> the caller looks before it asks again.
    /// </summary>
    Task<AccountCreation> StartCreationAsync(AccountCreationOrder order, CallScope scope);

    /// <summary>How a creation stands.</summary>
    Task<AccountCreation> GetCreationAsync(string requestId, CallScope scope);

    /// <summary>Creations that are still in progress, or of the given states, newest first. AWS keeps no email on them.</summary>
    Task<IReadOnlyList<AccountCreation>> ListCreationsAsync(IReadOnlyCollection<AccountCreationState> states, CallScope scope);

    /// <summary>Asks AWS to close an account; it is <see cref="AccountState.PendingClosure"/> or <see cref="AccountState.Closed"/> afterwards.</summary>
    Task CloseAccountAsync(string accountId, CallScope scope);

    /// <summary>The account with that email in this organization, closed ones included; null where there is none. Reads pages until found.</summary>
    Task<AccountFacts?> FindAccountByEmailAsync(string email, CallScope scope);
}

/// <param name="RoleName">The role that the management account can assume in the new account; null for AWS's default.</param>
internal sealed record AccountCreationOrder(string Name, string Email, string? RoleName, IReadOnlyDictionary<string, string> Tags);

internal enum AccountCreationState { InProgress, Succeeded, Failed }

/// <summary>AWS's CreateAccountStatus.</summary>
/// <param name="FailureReason">AWS's own reason, such as <c>EMAIL_ALREADY_EXISTS</c>.</param>
internal sealed record AccountCreation(
    string RequestId, AccountCreationState State, string? Name, string? AccountId, string? FailureReason, DateTimeOffset? RequestedAt);
