namespace Guardrails;

/// <summary>What a measurement was made with. The same resources, settings and data give the same bytes.</summary>
public sealed record LockInSettings
{
    /// <summary>Where the workload would go.</summary>
    public required LockInTarget Target { get; init; }

    /// <summary>The day of the assessment: charges for taking data out depend on it.</summary>
    public required DateOnly AssessedOn { get; init; }

    /// <summary>When it is to be looked at again: knowledge goes stale.</summary>
    public required DateOnly ReviewOn { get; init; }

    /// <summary>How the organization stands to risk; null where none was chosen.</summary>
    public string? Posture { get; init; }

    /// <summary>How far it looks ahead, in years.</summary>
    public required decimal HorizonYears { get; init; }

    /// <summary>Which cost is decided by: 0 the mean, 1 the P90, between them in proportion.</summary>
    public decimal RiskAversion { get; init; }

    /// <summary>What a person-day costs, in <see cref="Currency"/>; null where it was not given: then effort is in person-days only.</summary>
    public decimal? DayRate { get; init; }

    /// <summary>The currency of all amounts, as ISO 4217 names it. Amounts in other currencies are not converted but named as unknown.</summary>
    public required string Currency { get; init; }

    /// <summary>The contractual exit window in calendar days; null where there is none.</summary>
    public int? ExitWindowDays { get; init; }

    /// <summary>The seed of the draws.</summary>
    public required long Seed { get; init; }

    /// <summary>How many draws the percentiles of the effort come from.</summary>
    public required int Draws { get; init; }

    /// <summary>The date of the oldest constant that was used; null where none was.</summary>
    public DateOnly? DataAsOf { get; init; }

    /// <summary>A digest of constants and profiles: two results with different ones differ for that too.</summary>
    public required string DataDigest { get; init; }
}
