namespace Guardrails.Sandbox;

/// <summary>How the sandbox plays AWS where AWS itself varies. Kept with the organization, so that a rehearsal can be repeated.</summary>
internal sealed record SandboxBehavior
{
    /// <summary>From CreateAccount to SUCCEEDED or FAILED.</summary>
    public TimeSpan CreationTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From SUCCEEDED to the state ACTIVE.</summary>
    public TimeSpan ActivationTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From SUCCEEDED until the account's role can be assumed. In AWS this can be minutes.</summary>
    public TimeSpan UsableTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From CloseAccount to the state CLOSED.</summary>
    public TimeSpan ClosureTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From EnableRegion or DisableRegion to its end. In AWS minutes to hours.</summary>
    public TimeSpan RegionOptTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From CreateAccountAssignment or DeleteAccountAssignment to SUCCEEDED or FAILED.</summary>
    public TimeSpan AssignmentTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after CreateOrganization accounts are refused with FinalizingOrganizationException; in AWS up to an hour.</summary>
    public TimeSpan FinalizingTime { get; init; }

    /// <summary>Of the pages that have a successor, one in so many is empty and carries a token all the same. 0: never.</summary>
    public int EmptyPageEvery { get; init; } = 20;

    /// <summary>Answer the retired member Status beside State.</summary>
    public bool LegacyStatus { get; init; }
}

/// <summary>A failure of an account creation to come, asked for by a test or a rehearsal.</summary>
/// <param name="Reason">A CreateAccountFailureReason.</param>
/// <param name="Email">Whose creation; null: the next one.</param>
internal sealed record PlannedCreationFailure(string Reason, string? Email);
