namespace Guardrails;

/// <summary>What an inventory does not know.</summary>
public enum InventoryGapKind
{
    /// <summary>A file could not be read, or not to its end.</summary>
    FailedCollector,

    /// <summary>A file is none of the kinds that are read.</summary>
    NotAnInventory,

    /// <summary>Resources that no source binds to an account.</summary>
    NoAccount,

    /// <summary>Resources of which only a logical id is known: they may be counted twice, once from another source.</summary>
    OnlyLogical,

    /// <summary>References whose target is in none of the sources.</summary>
    UnresolvedReference,

    /// <summary>A file with the same content for the same account was read already.</summary>
    DuplicateFile,

    /// <summary>Cost that a bill does not attribute to a resource.</summary>
    UnattributedCost,
}

/// <summary>Something that an inventory does not know, and how much of it. It lowers the confidence of what is measured on it.</summary>
public sealed record InventoryGap
{
    /// <summary>What is missing.</summary>
    public required InventoryGapKind Kind { get; init; }

    /// <summary>The file that it is about; null where it is about all of them.</summary>
    public string? File { get; init; }

    /// <summary>The account that it is about; null where it is about none or all of them.</summary>
    public string? AccountId { get; init; }

    /// <summary>How many resources, references or files; a file of which only a part was read is one.</summary>
    public int Count { get; init; } = 1;

    /// <summary>For cost: how much a month, in the bill's currency.</summary>
    public decimal? MonthlyCost { get; init; }

    /// <summary>What is missing and why, and what to do.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
