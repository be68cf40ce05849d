using System.Globalization;
using System.Text.Json.Serialization;

namespace Guardrails;

/// <summary>What leaving would cost, as far as its parts are known.</summary>
public sealed record LockInMoney
{
    /// <summary>The currency, as ISO 4217 names it.</summary>
    public required string Currency { get; init; }

    /// <summary>The sum of the known parts with the effort's P10; null where no part is known.</summary>
    public decimal? P10 { get; init; }

    /// <summary>The sum of the known parts with the effort's mean; null where no part is known.</summary>
    public decimal? Mean { get; init; }

    /// <summary>The sum of the known parts with the effort's P90; null where no part is known.</summary>
    public decimal? P90 { get; init; }

    /// <summary>Effort, egress, retrieval, overlap, commitments; each known or not.</summary>
    public required IReadOnlyList<LockInMoneyPart> Parts { get; init; }

    /// <summary>True where every part is known; otherwise the sums are "at least".</summary>
    [JsonIgnore]
    public bool IsComplete => Parts.All(part => part.Mean is not null && !part.IsAtLeast);

    /// <inheritdoc/>
    public override string ToString() =>
        Mean is null ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{(IsComplete ? "" : "at least ")}{Mean:0.00} {Currency}");
}

/// <summary>A part of what leaving would cost.</summary>
public sealed record LockInMoneyPart
{
    /// <summary>What it is paid for.</summary>
    public required LockInMoneyKind Kind { get; init; }

    /// <summary>At least; null where it is not known.</summary>
    public decimal? Low { get; init; }

    /// <summary>Expected; null where it is not known.</summary>
    public decimal? Mean { get; init; }

    /// <summary>At most; null where it is not known.</summary>
    public decimal? High { get; init; }

    /// <summary>True where something of it is not known and not in it.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>How it comes about, or why it is not known.</summary>
    public required string Note { get; init; }

    /// <summary>Where its prices and rules come from.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}: {(Mean is null ? "unknown" : Mean.Value.ToString("0.00", CultureInfo.InvariantCulture))} ({Note})");
}

/// <summary>What leaving is paid for.</summary>
public enum LockInMoneyKind
{
    /// <summary>Person-days at the day rate.</summary>
    Effort,

    /// <summary>Taking the data out.</summary>
    Egress,

    /// <summary>Getting data back from archives.</summary>
    Retrieval,

    /// <summary>Paying both while one replaces the other.</summary>
    Overlap,

    /// <summary>Commitments that have not run out.</summary>
    Commitments,
}
