namespace Guardrails;

/// <summary>
/// A resource as the sources of an inventory show it together. It carries names, types, edges, cost and volume; never the values of its
/// attributes.
/// </summary>
public sealed class InventoryResource
{
    /// <summary>What it is recognised by in every source; the same for the same sources in any order.</summary>
    public required string Key { get; init; }

    /// <summary>The CloudFormation type: <c>AWS::S3::Bucket</c>. A SAM type is that of what it becomes; a Terraform type that has none stays as it is: <c>aws_foo</c>, <c>google_bar</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Which kind of its type it is where that decides about lock-in, from a list that the module's data holds: <c>Image</c>, <c>postgres</c>.</summary>
    public string? Variant { get; init; }

    /// <summary>The account's id; null where no source says it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account's name; null where the inventory was read without accounts.</summary>
    public string? AccountName { get; init; }

    /// <summary>The path of the account's organizational unit; null where the inventory was read without accounts.</summary>
    public string? OrganizationalUnit { get; init; }

    /// <summary>The Region; null where no source says it, and for resources without one.</summary>
    public string? Region { get; init; }

    /// <summary>The ARN; null where no source shows it.</summary>
    public string? Arn { get; init; }

    /// <summary>The physical id; null where no source shows it.</summary>
    public string? PhysicalId { get; init; }

    /// <summary>The logical id or the address in its template, state or plan.</summary>
    public string? LogicalId { get; init; }

    /// <summary>The template, state or stack that defines it, by file name without folder and ending.</summary>
    public string? Stack { get; init; }

    /// <summary>The value of the tag that names workloads; without such a tag the stack; null where there is neither.</summary>
    public string? Workload { get; init; }

    /// <summary>What it uses, each target once, ordered by target.</summary>
    public IReadOnlyList<ResourceReference> References { get; init; } = [];

    /// <summary>What it costs in a month, in <see cref="Currency"/>; null where no bill shows it.</summary>
    public decimal? MonthlyCost { get; init; }

    /// <summary>The currency of the cost, as ISO 4217 names it.</summary>
    public string? Currency { get; init; }

    /// <summary>The data that it keeps, in GB (10^9 bytes); null where no source shows it.</summary>
    public double? DataGigabytes { get; init; }

    /// <summary>What its definition is made with.</summary>
    public TemplateTraits Traits { get; init; }

    /// <summary>True where an ARN or a physical id makes it certain that it was counted once; false where only a logical id is known.</summary>
    public bool IsMatched { get; init; }

    /// <summary>The files in which it was seen, ordered by kind and name.</summary>
    public IReadOnlyList<InventorySource> Sources { get; init; } = [];

    /// <summary>The same resource with its account's names and without the references that lead out of the inventory.</summary>
    internal InventoryResource In(Account? account, IReadOnlyList<ResourceReference> references) => new()
    {
        Key = Key,
        Type = Type,
        Variant = Variant,
        AccountId = AccountId,
        AccountName = account?.Name,
        OrganizationalUnit = account?.OrganizationalUnit,
        Region = Region,
        Arn = Arn,
        PhysicalId = PhysicalId,
        LogicalId = LogicalId,
        Stack = Stack,
        Workload = Workload,
        References = references,
        MonthlyCost = MonthlyCost,
        Currency = Currency,
        DataGigabytes = DataGigabytes,
        Traits = Traits,
        IsMatched = IsMatched,
        Sources = Sources,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {LogicalId ?? PhysicalId ?? Arn ?? Key}";
}
