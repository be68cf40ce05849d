namespace Guardrails;

/// <summary>What a reader made of one file. Nothing in it depends on any other file.</summary>
internal sealed record InventoryFile
{
    /// <summary>The file as the user named it.</summary>
    public required string File { get; init; }

    public required InventorySourceKind Kind { get; init; }

    /// <summary>The name of the stack that it defines: the file's name without its ending.</summary>
    public string StackName => Path.GetFileNameWithoutExtension(File);

    /// <summary>A digest of the content: the same content for the same account counts once, whatever the file's name.</summary>
    public required string ContentDigest { get; init; }

    /// <summary>An account id that the file says of itself as a whole, else that of its folder; null where neither says one.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region that the file's folder is named after; null where it is after none.</summary>
    public string? Region { get; init; }

    /// <summary>What a bill is written in: <c>FOCUS</c>, <c>CUR</c>. Two forms of the same bill are not added up. Null for other files.</summary>
    public string? BillFormat { get; init; }

    public IReadOnlyList<ResourceSighting> Resources { get; init; } = [];

    /// <summary>What the file exports for others, as far as it can be read: the export's name and the local id of the resource behind it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Exports { get; init; } = [];

    /// <summary>What a bill does not attribute to a resource that is known.</summary>
    public IReadOnlyList<UnattributedCost> Unattributed { get; init; } = [];

    public IReadOnlyList<InventoryGap> Gaps { get; init; } = [];
}

/// <param name="AccountId">Null where the bill names none.</param>
/// <param name="Period">The first day of the billing period.</param>
/// <param name="Rows">How many of the bill's rows it is.</param>
internal readonly record struct UnattributedCost(string? AccountId, DateOnly Period, string? Currency, decimal Cost, int Rows);

/// <summary>A resource as one file shows it. It holds no values of attributes but those named here.</summary>
internal sealed record ResourceSighting
{
    /// <summary>What it is called within its file, unique there: logical id, Terraform address with instance key, ARN.</summary>
    public required string LocalId { get; init; }

    /// <summary>The type, as in <see cref="InventoryResource.Type"/>.</summary>
    public required string Type { get; init; }

    public string? Variant { get; init; }
    public string? AccountId { get; init; }
    public string? Region { get; init; }
    public string? Arn { get; init; }
    public string? PhysicalId { get; init; }

    /// <summary>The logical id or address; null in exports and bills.</summary>
    public string? LogicalId { get; init; }

    /// <summary>The value of the workload tag.</summary>
    public string? Workload { get; init; }

    /// <summary>What it uses: the local id of a resource of the same file, or the name of an import. Without repetition.</summary>
    public IReadOnlyList<SightedReference> References { get; init; } = [];

    /// <summary>Cost by billing period (its first day); several rows of a bill are summed.</summary>
    public IReadOnlyDictionary<DateOnly, decimal>? Costs { get; init; }

    public string? Currency { get; init; }
    public double? DataGigabytes { get; init; }
    public TemplateTraits Traits { get; init; }
}

/// <param name="Target">A local id, or an import's name.</param>
/// <param name="IsImport">True where the target is the name of another file's export.</param>
internal readonly record struct SightedReference(string Target, bool IsImport = false);
