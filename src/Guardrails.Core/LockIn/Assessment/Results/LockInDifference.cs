using System.Globalization;

namespace Guardrails;

/// <summary>Something that is not the same in two assessments.</summary>
public sealed record LockInDifference
{
    /// <summary>The name of the group; <c>Organization</c> for the whole.</summary>
    public required string Group { get; init; }

    /// <summary>What differs.</summary>
    public required LockInDifferenceKind Kind { get; init; }

    /// <summary>The term's subject, the percentile, the part of the money: what of it differs.</summary>
    public required string Subject { get; init; }

    /// <summary>Before, in <see cref="Unit"/>; null where there was none, or where it is no number.</summary>
    public decimal? Before { get; init; }

    /// <summary>After, in <see cref="Unit"/>; null where there is none, or where it is no number.</summary>
    public decimal? After { get; init; }

    /// <summary>The unit of before and after: <c>person-days</c>, <c>days</c>, a currency; null where they are no numbers.</summary>
    public string? Unit { get; init; }

    /// <summary>How much more it is now, in <see cref="Unit"/>; null where one side is not known.</summary>
    public decimal? Change { get; init; }

    /// <summary>Better, worse, or neither: what is less known is worse, a decision is neither.</summary>
    public required LockInVerdict Verdict { get; init; }

    /// <summary>Why: how the amount came about before and now.</summary>
    public required string Why { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Group}: {Kind} {Subject} {(Change is { } change ? $"{change:+0.##;-0.##;0} {Unit}" : "")}: {Why}");
}

/// <summary>What two assessments differ in.</summary>
public enum LockInDifferenceKind
{
    /// <summary>The settings or the data that one side was measured with: the rest of the differences may come from that.</summary>
    Settings,

    /// <summary>The group is on one side only.</summary>
    Group,

    /// <summary>The effort as a whole: mean and percentiles.</summary>
    Effort,

    /// <summary>A term of the effort's mean. The changes of all terms add up to that of the mean.</summary>
    Term,

    /// <summary>How long leaving takes.</summary>
    Time,

    /// <summary>What leaving costs.</summary>
    Money,

    /// <summary>What follows.</summary>
    Decision,

    /// <summary>How much is known.</summary>
    Confidence,
}

/// <summary>Whether a difference is for the better.</summary>
public enum LockInVerdict
{
    /// <summary>Neither.</summary>
    Neither,

    /// <summary>Easier to leave, or better known.</summary>
    Better,

    /// <summary>Harder to leave, or less known.</summary>
    Worse,
}

/// <summary>Whether a change keeps to the effort of leaving that it may add.</summary>
public sealed record LockInBudgetResult
{
    /// <summary>True where it adds no more than the budget.</summary>
    public required bool Passed { get; init; }

    /// <summary>Where the workload would go.</summary>
    public required LockInTarget Target { get; init; }

    /// <summary>What it may add, in person-days.</summary>
    public required decimal Budget { get; init; }

    /// <summary>The mean of the baseline, in person-days.</summary>
    public required decimal BaselineDays { get; init; }

    /// <summary>The mean now, in person-days.</summary>
    public required decimal CurrentDays { get; init; }

    /// <summary>What was added; less than 0 where it became less.</summary>
    public decimal AddedDays => CurrentDays - BaselineDays;

    /// <summary>The resources that are new or use more than before, what adds most first. Each with what would be saved if only it were not there.</summary>
    public required IReadOnlyList<LockInResource> Resources { get; init; }

    /// <summary>The terms that changed, the largest addition first.</summary>
    public required IReadOnlyList<LockInDifference> Terms { get; init; }

    /// <summary>True where the baseline was measured with other constants or profiles: a part of the change comes from that.</summary>
    public required bool DataChanged { get; init; }

    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
