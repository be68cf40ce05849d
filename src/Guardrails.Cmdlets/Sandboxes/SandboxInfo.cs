namespace Guardrails;

/// <summary>A sandbox that was made: an AWS organization in a file.</summary>
public sealed record SandboxInfo
{
    /// <summary>The full path of its file.</summary>
    public required string Path { get; init; }

    /// <summary>The 12-digit id of the management account.</summary>
    public required string ManagementAccountId { get; init; }

    /// <summary>How many accounts it has, the management account included.</summary>
    public required int AccountCount { get; init; }

    /// <summary>How many organizational units it has.</summary>
    public required int OrganizationalUnitCount { get; init; }

    /// <summary>How many policies it has, AWS's own included.</summary>
    public required int PolicyCount { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
