using System.Text.Json.Serialization;

namespace Guardrails;

/// <summary>
/// How strongly a group of resources is held where it is: what leaving would take, why, how sure that is, and what follows from it. A
/// measurement gives one for each group and one for the whole. Terms that groups share, such as skills, are part of each group's own
/// effort, which is that of leaving alone, and are marked; <see cref="LockInEffort.OwnHundredths"/> leaves them out, so that the groups'
/// own parts and the whole's <see cref="LockInEffort.SharedHundredths"/> add up to the whole exactly.
/// </summary>
public sealed record LockInAssessment
{
    /// <summary>The group's name: a workload, an account's id, a path, a resource's key; for the whole <c>Organization</c>; <c>(none)</c> for what is in no group.</summary>
    public required string Name { get; init; }

    /// <summary>The name that people know: an account's name, a resource's logical id. The same as <see cref="Name"/> where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>What the measurement was grouped by.</summary>
    public required LockInGrouping GroupBy { get; init; }

    /// <summary>True for the whole of what was measured.</summary>
    public required bool IsTotal { get; init; }

    /// <summary>What it was measured with.</summary>
    public required LockInSettings Settings { get; init; }

    /// <summary>What was counted.</summary>
    public required LockInCounts Counts { get; init; }

    /// <summary>The effort of leaving, in person-days.</summary>
    public required LockInEffort Effort { get; init; }

    /// <summary>Every additive term of the mean, the largest first. They add up to it in whole hundredths.</summary>
    public required IReadOnlyList<LockInTerm> Terms { get; init; }

    /// <summary>What there is to learn on both sides.</summary>
    public required LockInLearning Learning { get; init; }

    /// <summary>How long leaving would take.</summary>
    public required LockInTime Time { get; init; }

    /// <summary>What leaving would cost.</summary>
    public required LockInMoney Money { get; init; }

    /// <summary>How likely it is that leaving becomes necessary.</summary>
    public required LockInRisk Risk { get; init; }

    /// <summary>What staying is worth over the horizon, in the settings' currency, as the user says; null where nothing was said.</summary>
    public decimal? Benefit { get; init; }

    /// <summary>What follows.</summary>
    public required LockInDecision Decision { get; init; }

    /// <summary>How much of this is known.</summary>
    public required LockInConfidence Confidence { get; init; }

    /// <summary>LOW, MEDIUM or HIGH by the effort's mean and the published thresholds; null where nothing was measured.</summary>
    public LockInBand? Band { get; init; }

    /// <summary>The types in use, by how they hold their user.</summary>
    public IReadOnlyList<LockInTypeUse> Types { get; init; } = [];

    /// <summary>What is not known, and how much of it.</summary>
    public IReadOnlyList<LockInGap> Gaps { get; init; } = [];

    /// <summary>Who uses whom; null where it was grouped by resource.</summary>
    public LockInGraph? Graph { get; init; }

    /// <summary>Of the whole: each resource, so that a later measurement can name what was added. Empty for groups.</summary>
    public IReadOnlyList<LockInResource> Resources { get; init; } = [];

    /// <summary>The largest term; null where there is none.</summary>
    [JsonIgnore]
    public LockInTerm? LargestDriver => Terms.Count == 0 ? null : Terms[0];

    /// <inheritdoc/>
    public override string ToString() => $"{Title} to {Settings.Target}: {Effort}";
}

/// <summary>What a measurement is grouped by.</summary>
public enum LockInGrouping
{
    /// <summary>The whole at once.</summary>
    Organization,

    /// <summary>By the path of the account's organizational unit.</summary>
    OrganizationalUnit,

    /// <summary>By account.</summary>
    Account,

    /// <summary>By workload tag, else by stack.</summary>
    Workload,

    /// <summary>Each resource by itself.</summary>
    Resource,
}

/// <summary>LOW, MEDIUM, HIGH.</summary>
public enum LockInBand
{
    /// <summary>Below the first threshold.</summary>
    Low,

    /// <summary>From the first threshold on.</summary>
    Medium,

    /// <summary>From the second threshold on.</summary>
    High,
}
