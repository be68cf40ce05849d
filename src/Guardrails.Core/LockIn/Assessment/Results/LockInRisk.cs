namespace Guardrails;

/// <summary>How likely it is that leaving becomes necessary within the horizon. It is never inferred from an inventory.</summary>
public sealed record LockInRisk
{
    /// <summary>The scenarios that were named, by name.</summary>
    public required IReadOnlyList<LockInScenario> Scenarios { get; init; }

    /// <summary>That any of them happens: 1 − exp(−Σλ·H), 0 to 1; null where none was named: then the decision is a break-even.</summary>
    public decimal? Probability { get; init; }
}

/// <summary>Something that would make leaving necessary.</summary>
public sealed record LockInScenario
{
    /// <summary>Its name: <c>price</c>, <c>regulation</c>, <c>retirement</c>, <c>geopolitics</c>, <c>merger</c>, or the user's own.</summary>
    public required string Name { get; init; }

    /// <summary>λ, in events a year.</summary>
    public required decimal RatePerYear { get; init; }

    /// <summary>That it happens within the horizon, 0 to 1.</summary>
    public required decimal Probability { get; init; }

    /// <summary>Where the posture's rate comes from; null where the user gave it.</summary>
    public Evidence? Evidence { get; init; }
}
