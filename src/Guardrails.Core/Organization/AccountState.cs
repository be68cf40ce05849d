namespace Guardrails;

/// <summary>Where an account is in its life: AWS's <c>Account.State</c>.</summary>
/// <remarks>Source: AWS Organizations API reference, Account (August 2026); <c>Status</c> retired on 2026-09-09.</remarks>
public enum AccountState
{
    /// <summary>A state this version of the module does not know.</summary>
    Unknown,

    /// <summary>Created, and not active yet.</summary>
    PendingActivation,

    /// <summary>In use.</summary>
    Active,

    /// <summary>Suspended by AWS.</summary>
    Suspended,

    /// <summary>A closure is under way.</summary>
    PendingClosure,

    /// <summary>Closed; it can be reopened for 90 days and still counts towards the account quota.</summary>
    Closed,
}
