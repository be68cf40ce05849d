using System.Globalization;

namespace Guardrails;

/// <summary>What follows from cost, probability and benefit.</summary>
public sealed record LockInDecision
{
    /// <summary>The decision.</summary>
    public required LockInDecisionKind Kind { get; init; }

    /// <summary>Why, in sentences.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>False where leaving takes longer than the exit window allows: then accepting is not on offer.</summary>
    public required bool AcceptIsOffered { get; init; }

    /// <summary>The probability from which on the best option pays: (I + kH) ÷ (C − C′). More than 1 means never. Null where no option applies.</summary>
    public decimal? BreakEvenProbability { get; init; }

    /// <summary>The option that pays first; null where none applies.</summary>
    public string? BreakEvenOption { get; init; }

    /// <summary>The benefit from which on accepting is right: p·C; null where the probability or the cost is not known.</summary>
    public decimal? BreakEvenBenefit { get; init; }

    /// <summary>The decision if the cost were its P10; null where there is none.</summary>
    public LockInDecisionKind? AtP10 { get; init; }

    /// <summary>The decision if the cost were its P90; null where there is none.</summary>
    public LockInDecisionKind? AtP90 { get; init; }

    /// <summary>What could be done beforehand, the one that pays first at the top.</summary>
    public required IReadOnlyList<LockInOptionResult> Options { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        BreakEvenProbability is { } p ? string.Create(CultureInfo.InvariantCulture, $"{Kind} (mitigating pays from p = {p:0.###} on)") : Kind.ToString();
}

/// <summary>What to do about lock-in.</summary>
public enum LockInDecisionKind
{
    /// <summary>What is known does not decide it: the answer would be another one at P10 than at P90, or probability or benefit are not known.</summary>
    Indeterminate,

    /// <summary>The expected cost is not more than what staying is worth.</summary>
    Accept,

    /// <summary>An option saves more than it costs.</summary>
    Mitigate,

    /// <summary>The expected cost is more than what staying is worth, and no option pays.</summary>
    Avoid,
}

/// <summary>Something that could be done beforehand, and whether it pays.</summary>
public sealed record LockInOptionResult
{
    /// <summary>Its stable name.</summary>
    public required string Id { get; init; }

    /// <summary>What is done.</summary>
    public required string Title { get; init; }

    /// <summary>To how many resources it applies.</summary>
    public required int Resources { get; init; }

    /// <summary>What it takes, in person-days (I).</summary>
    public required decimal PriceDays { get; init; }

    /// <summary>What keeping it takes, in person-days a year (k).</summary>
    public required decimal CarryingDaysPerYear { get; init; }

    /// <summary>What it takes off the effort, in person-days, where one in ten draws is less.</summary>
    public required decimal SavingP10 { get; init; }

    /// <summary>What it takes off the effort's mean, in person-days.</summary>
    public required decimal SavingMean { get; init; }

    /// <summary>What it takes off the effort, in person-days, where one in ten draws is more.</summary>
    public required decimal SavingP90 { get; init; }

    /// <summary>The probability from which on it pays; more than 1 means never; null where it saves nothing.</summary>
    public decimal? BreakEvenProbability { get; init; }

    /// <summary>Whether it pays at the given probability; null where none was given.</summary>
    public bool? Pays { get; init; }

    /// <summary>How long leaving would take with it, P90 in calendar days; null where the exit window is kept anyway or there is none.</summary>
    public decimal? TimeP90 { get; init; }

    /// <summary>Where its price and effect come from.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}: {PriceDays:0.##} person-days and {CarryingDaysPerYear:0.##} a year, saves {SavingMean:0.00}");
}
