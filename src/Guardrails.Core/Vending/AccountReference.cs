namespace Guardrails;

/// <summary>The account that a part of it (a contact, a Region, an assignment) belongs to: one that is there, or one that the plan makes.</summary>
/// <param name="Address">The account's address in the plan.</param>
/// <param name="Id">Null where the plan makes it.</param>
/// <param name="DependsOn">The change that makes it.</param>
internal sealed record AccountReference(string Address, string? Id, IReadOnlyList<string> DependsOn)
{
    public const string AddressFact = "account";

    /// <summary>The part's address: <c>region:/Workloads/shop eu-central-2</c>.</summary>
    public string Part(string kind, string name) => $"{kind}:{Address[(Address.IndexOf(':', StringComparison.Ordinal) + 1)..]} {name}";

    /// <summary>What the part's change must know to find the account that is still to be made.</summary>
    public (string Name, string? Value) Fact => (AddressFact, Id is null ? Address : null);

    /// <summary>The id of the account that the change of a part may have been made in; null where the account was not made.</summary>
    public static string? FindId(Change change, Func<string, string?> idAt) =>
        change.ResourceId ?? (change.After.TryGetValue(AddressFact, out var address) ? idAt(address) : null);

    /// <summary>The id of the account that the change of a part is about.</summary>
    public static string IdOf(Change change, ChangeRun run) => change.ResourceId ?? run.IdAt(change.After[AddressFact]);
}
