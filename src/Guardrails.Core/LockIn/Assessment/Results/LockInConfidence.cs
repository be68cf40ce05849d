using System.Globalization;

namespace Guardrails;

/// <summary>How much of a measurement rests on something: 0 nothing, 1 everything. It says nothing about whether the model is right.</summary>
public sealed record LockInConfidence
{
    /// <summary>The components' mean by weight, geometric: one that is missing is not made good by the others.</summary>
    public required decimal Value { get; init; }

    /// <summary>LOW, MEDIUM or HIGH by the published thresholds; null where the data has none.</summary>
    public LockInBand? Band { get; init; }

    /// <summary>The same in words.</summary>
    public required string Words { get; init; }

    /// <summary>What it is made of.</summary>
    public required IReadOnlyList<LockInConfidenceComponent> Components { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:0.00}{(Band is { } band ? " " + band.ToString().ToUpperInvariant() : "")}: {Words}");
}

/// <summary>A component of the confidence.</summary>
/// <param name="Name">Spend, Types, Grades, Collectors or Matched.</param>
/// <param name="Value">0 to 1.</param>
/// <param name="Weight">Its weight; all together are 1.</param>
/// <param name="Words">What it stands for here, with its numbers.</param>
public sealed record LockInConfidenceComponent(string Name, decimal Value, decimal Weight, string Words);
