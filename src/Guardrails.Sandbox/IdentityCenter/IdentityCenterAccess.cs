using System.Diagnostics.CodeAnalysis;

namespace Guardrails.Sandbox;

/// <summary>Who may ask IAM Identity Center and its identity store: the management account, and the account that it is delegated to.</summary>
internal static class IdentityCenterAccess
{
    /// <summary>Of a caller of the organization; null where there is none.</summary>
    public static IdentityCenter? Visible(CallContext call) =>
        call.State.Organization is not null && call.State.TryFind<AccountEntity>(call.Caller.AccountId, out _) ? call.State.IdentityCenter : null;

    public static IdentityCenter Managed(CallContext call, string operation, Func<IdentityCenter, bool> isMeant)
    {
        if (!IsManager(call) || Visible(call) is not { } center || !isMeant(center)) throw Denied(call, operation);
        return center;
    }

    [DoesNotReturn]
    public static void Deny(CallContext call, string operation) => throw Denied(call, operation);

    public static bool IsManager(CallContext call) => call.Caller.AccountId == call.State.ManagementAccountId
        || call.State.FindDelegation(call.Caller.AccountId)?.Services.Any(grant => grant.Id == NewIdentityCenter.ServicePrincipal) == true;

    private static AwsError Denied(CallContext call, string operation) =>
        new("AccessDeniedException", $"User: {call.Caller.Arn} is not authorized to perform: {operation}");
}
