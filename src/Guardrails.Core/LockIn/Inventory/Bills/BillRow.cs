namespace Guardrails;

/// <summary>What of a bill's row is used. Texts are null where the bill says nothing or <c>NULL</c>.</summary>
internal readonly record struct BillRow
{
    public required DateOnly Period { get; init; }

    /// <summary>Amortized: commitments are spread over what they cover.</summary>
    public required decimal Cost { get; init; }
    public string? Currency { get; init; }
    public string? Provider { get; init; }
    public string? AccountId { get; init; }
    public string? Region { get; init; }

    /// <summary>An ARN, or a bare id.</summary>
    public string? ResourceId { get; init; }
    public string? ResourceType { get; init; }

    /// <summary>The code of the product, else its name.</summary>
    public string? Product { get; init; }
    public decimal? Quantity { get; init; }
    public string? Unit { get; init; }
    public string? CommitmentId { get; init; }
    public string? Workload { get; init; }
}
