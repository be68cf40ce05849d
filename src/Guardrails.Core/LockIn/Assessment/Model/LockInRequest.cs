namespace Guardrails;

/// <summary>What to measure with. What is not given is taken from the posture, and without one from the usual values here.</summary>
internal sealed record LockInRequest
{
    public const int UsualDraws = 10_000;
    private const decimal UsualHorizonYears = 3;
    private const int UsualReviewMonths = 12;

    public required LockInTarget Target { get; init; }

    public required DateOnly Date { get; init; }

    public LockInGrouping GroupBy { get; init; }

    public LockInPosture? Posture { get; init; }

    /// <summary>The scenarios by name, with λ in events a year; null for the posture's.</summary>
    public IReadOnlyDictionary<string, decimal?> Scenarios { get; init; } = new Dictionary<string, decimal?>();

    public decimal? DayRate { get; init; }

    public string Currency { get; init; } = "USD";

    public decimal? HorizonYears { get; init; }

    public long Seed { get; init; } = 1;

    public int Draws { get; init; } = UsualDraws;

    /// <summary>Of the whole.</summary>
    public decimal? Benefit { get; init; }

    /// <summary>By the names or titles of groups, in any case of letters.</summary>
    public IReadOnlyDictionary<string, decimal> Benefits { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The groups that the exit window binds, with wildcards; none for the whole and all groups.</summary>
    public IReadOnlyList<string> CriticalFunctions { get; init; } = [];

    public int? ExitWindowDays { get; init; }

    public EgressPurpose Purpose { get; init; }

    /// <summary>How long both sides are paid for; null for what the data says.</summary>
    public decimal? OverlapMonths { get; init; }

    /// <summary>What is still to be paid of commitments, of the whole; null where it is not known.</summary>
    public decimal? Commitments { get; init; }

    public decimal Horizon => HorizonYears ?? Posture?.HorizonYears.Value ?? UsualHorizonYears;

    public DateOnly Review => Date.AddMonths((int)(Posture?.ReviewMonths.Value ?? UsualReviewMonths));

    public bool IsCritical(string name, string title, bool isTotal)
    {
        if (ExitWindowDays is null) return false;
        if (CriticalFunctions.Count == 0) return true;
        return !isTotal && CriticalFunctions.Select(TextPattern.Parse).Any(pattern => pattern.Matches(name) || pattern.Matches(title));
    }

    public decimal? BenefitOf(string name, string title, bool isTotal)
    {
        if (isTotal) return Benefit;
        foreach (var (group, amount) in Benefits)
            if (group.Equals(name, StringComparison.OrdinalIgnoreCase) || group.Equals(title, StringComparison.OrdinalIgnoreCase)) return amount;
        return null;
    }
}

/// <summary>Something was asked for that there is not.</summary>
internal sealed class LockInRequestException(string message) : Exception(message);
