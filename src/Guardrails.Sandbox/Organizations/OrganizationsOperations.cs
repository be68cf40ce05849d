namespace Guardrails.Sandbox;

/// <summary>Who may call an operation.</summary>
/// <remarks>Source: AWS Organizations API reference, the sentence "You can only call this operation from …" of each operation (2026).</remarks>
internal enum Access
{
    /// <summary>Only the management account.</summary>
    Management,

    /// <summary>The management account and any delegated administrator.</summary>
    DelegatedAdministrator,

    /// <summary>Every account of the organization.</summary>
    Member,

    /// <summary>An account without an organization, too.</summary>
    Anyone,
}

/// <summary>All operations of AWS Organizations that the sandbox answers, by name.</summary>
internal static class OrganizationsOperations
{
    public static IReadOnlyDictionary<string, Operation> All { get; } = new (string Name, Access Access, Operation Operation)[][]
    {
        OrganizationOperations.All,
        UnitOperations.All,
        AccountOperations.All,
        AccountCreationOperations.All,
        PolicyOperations.All,
        AttachmentOperations.All,
        PolicyTypeOperations.All,
        EffectivePolicyOperations.All,
        TagOperations.All,
        DelegationOperations.All,
        ServiceAccessOperations.All,
    }.SelectMany(group => group).ToDictionary(entry => entry.Name, entry => Guarded(entry.Access, entry.Operation), StringComparer.Ordinal);

    /// <summary>Brings what was asked for earlier up to the time of the call, and lets in who may come in.</summary>
    private static Operation Guarded(Access access, Operation operation) => (call, input) =>
    {
        AccountLifecycle.Advance(call.State, call.Now, call.Quotas);
        if (access != Access.Anyone) Admit(call, access);
        return operation(call, input);
    };

    private static void Admit(CallContext call, Access access)
    {
        if (call.State.Organization is null || !call.State.TryFind<AccountEntity>(call.Caller.AccountId, out _)) throw Errors.NotInUse();
        if (access == Access.Member || call.Caller.AccountId == call.State.ManagementAccountId) return;
        if (access == Access.DelegatedAdministrator && call.State.FindDelegation(call.Caller.AccountId) is not null) return;
        throw Errors.AccessDenied();
    }
}
