namespace Guardrails;

/// <summary>The states of accounts as AWS writes them.</summary>
internal static class AccountStateNames
{
    private static readonly (AccountState State, string Name)[] Names =
    [
        (AccountState.PendingActivation, "PENDING_ACTIVATION"),
        (AccountState.Active, "ACTIVE"),
        (AccountState.Suspended, "SUSPENDED"),
        (AccountState.PendingClosure, "PENDING_CLOSURE"),
        (AccountState.Closed, "CLOSED"),
    ];

    public static string ToAws(AccountState state) => Array.Find(Names, one => one.State == state).Name ?? "UNKNOWN";

    public static AccountState FromAws(string? name) => Array.Find(Names, one => one.Name == name).State;
}
