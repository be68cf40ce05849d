namespace Guardrails;

/// <summary>How an organization stands to risk. It changes how the facts are weighed, never the facts.</summary>
internal sealed record LockInPosture
{
    /// <summary>Its name: <c>startup</c>, <c>enterprise</c>, <c>regulated</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it fits, in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>λ by scenario, in events a year: <c>price</c>, <c>regulation</c>, <c>retirement</c>, <c>geopolitics</c>, <c>merger</c>.</summary>
    public required IReadOnlyDictionary<string, Graded<decimal>> RatesPerYear { get; init; }

    /// <summary>How far it looks ahead, in years.</summary>
    public required Graded<decimal> HorizonYears { get; init; }

    /// <summary>Which cost it decides by: 0 the mean, 1 the P90, between them in proportion.</summary>
    public required Graded<decimal> RiskAversion { get; init; }

    /// <summary>After how many months a decision is looked at again.</summary>
    public required Graded<decimal> ReviewMonths { get; init; }
}
