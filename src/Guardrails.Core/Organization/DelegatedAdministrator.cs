namespace Guardrails;

/// <summary>A member account that administers AWS services for the organization.</summary>
/// <param name="AccountId">The 12-digit id of the account.</param>
/// <param name="ServicePrincipals">The services it administers, such as <c>config.amazonaws.com</c>.</param>
public sealed record DelegatedAdministrator(string AccountId, IReadOnlyList<string> ServicePrincipals);
