namespace Guardrails.Cmdlets;

/// <summary>What New-GuardrailSandbox was asked for: an organization from a snapshot, of a size, or an empty one.</summary>
/// <param name="Snapshot">The full path of a snapshot; null for none.</param>
/// <param name="AccountQuota">How many accounts it may have; null for AWS's default, or room for those that are there.</param>
/// <param name="Size">What to generate; null for nothing.</param>
internal sealed record SandboxRequest(string Path, string? Snapshot, SandboxSize? Size, int? AccountQuota, long Seed, bool Overwrite)
{
    /// <summary>The IAM Identity Center to turn on; null for none beyond what a generated organization has.</summary>
    public SandboxIdentityCenter? IdentityCenter { get; init; }

    /// <summary>Service principals.</summary>
    public IReadOnlyList<string> TrustedAccess { get; init; } = [];
}

/// <summary>Names; null for some of the sandbox's own.</summary>
internal sealed record SandboxIdentityCenter(IReadOnlyList<string>? PermissionSets, IReadOnlyList<string>? Groups, IReadOnlyList<string>? Users);

/// <param name="Accounts">With the management account.</param>
internal sealed record SandboxSize(int Accounts, int OrganizationalUnits, int Policies);
