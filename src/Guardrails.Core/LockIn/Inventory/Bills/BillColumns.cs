using System.Globalization;
using System.Text.Json;

namespace Guardrails;

/// <summary>
/// Which columns of a bill say what. Names are compared without punctuation and case, so that a Cost and Usage Report reads the same as
/// CUR 2.0 (<c>line_item_resource_id</c>) and in its first form (<c>lineItem/ResourceId</c>).
/// </summary>
/// <remarks>
/// Sources: FOCUS specification 1.0, 1.1 and 1.2, columns (FinOps Foundation, November 2026); AWS Data Exports user guide, CUR 2.0 table
/// dictionary (November 2026).
/// </remarks>
internal sealed class BillColumns
{
    private const int MostWorkloads = 20_000;

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly string _workloadTag;
    private readonly Dictionary<string, string?> _workloads = new(StringComparer.Ordinal);

    private BillColumns(IReadOnlyList<string> header, string workloadTag)
    {
        _workloadTag = workloadTag;
        for (var i = 0; i < header.Count; i++) _columns.TryAdd(Plain(header[i]), i);
    }

    /// <summary><c>FOCUS</c> or <c>CUR</c>.</summary>
    public string Format { get; private init; } = "";

    /// <summary>The columns of a bill; null where the header is not that of one.</summary>
    /// <param name="workloadTag">The key of the tag that names workloads.</param>
    public static BillColumns? Of(IReadOnlyList<string> header, string workloadTag)
    {
        var names = header.Select(Plain).ToHashSet(StringComparer.Ordinal);
        var format = names.Contains("effectivecost") && names.Contains("billingperiodstart") ? "FOCUS"
            : names.Contains("lineitemunblendedcost") && names.Contains("billbillingperiodstartdate") ? "CUR" : null;
        return format is null ? null : new BillColumns(header, workloadTag) { Format = format };
    }

    /// <summary>A name without punctuation, in lower case.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));

    /// <param name="field">The text of a column by its number.</param>
    /// <exception cref="FormatException">The row's period or cost can't be read; the message says which column.</exception>
    public BillRow Row(Func<int, string> field) => Format == "FOCUS" ? FocusRow(field) : CurRow(field);

    private BillRow FocusRow(Func<int, string> field) => new()
    {
        Period = Date("billingperiodstart", field),
        Cost = Cost(field, "effectivecost"),
        Currency = Text(field, "billingcurrency"),
        Provider = Text(field, "providername") ?? Text(field, "serviceprovidername"),
        AccountId = AccountIds.FromColumn(Text(field, "subaccountid")),
        Region = Text(field, "regionid"),
        ResourceId = Text(field, "resourceid"),
        ResourceType = Text(field, "resourcetype"),
        Product = Text(field, "xservicecode") ?? Text(field, "servicename"),
        Quantity = Number(field, "consumedquantity") ?? Number(field, "pricingquantity"),
        Unit = Text(field, "consumedunit") ?? Text(field, "pricingunit"),
        CommitmentId = Text(field, "commitmentdiscountid"),
        Workload = Workload(Text(field, "tags")),
    };

    private BillRow CurRow(Func<int, string> field) => new()
    {
        Period = Date("billbillingperiodstartdate", field),
        Cost = AmortizedCost(field),
        Currency = Text(field, "lineitemcurrencycode"),
        AccountId = AccountIds.FromColumn(Text(field, "lineitemusageaccountid")),
        Region = Text(field, "productregioncode") ?? Text(field, "productregion"),
        ResourceId = Text(field, "lineitemresourceid"),
        Product = Text(field, "lineitemproductcode"),
        Quantity = Number(field, "lineitemusageamount"),
        Unit = Text(field, "pricingunit"),
        CommitmentId = Text(field, "savingsplansavingsplanarn") ?? Text(field, "reservationreservationarn"),
        Workload = Text(field, "resourcetagsuser" + Plain(_workloadTag)) ?? Workload(Text(field, "resourcetags")),
    };

    /// <summary>
    /// What a line costs when commitments are spread over what they cover, as EffectiveCost of FOCUS says it: covered usage has its
    /// effective cost, fees only what of the commitment went unused, and what a commitment paid for is not paid again.
    /// </summary>
    /// <remarks>Source: AWS Cost and Usage Report user guide, Understanding your amortized data (November 2026).</remarks>
    private decimal AmortizedCost(Func<int, string> field) => Text(field, "lineitemlineitemtype") switch
    {
        "SavingsPlanCoveredUsage" => Cost(field, "savingsplansavingsplaneffectivecost"),
        "SavingsPlanRecurringFee" => (Number(field, "savingsplantotalcommitmenttodate") ?? 0) - (Number(field, "savingsplanusedcommitment") ?? 0),
        "SavingsPlanNegation" or "SavingsPlanUpfrontFee" => 0,
        "DiscountedUsage" => Cost(field, "reservationeffectivecost"),
        "RIFee" => (Number(field, "reservationunusedamortizedupfrontfeeforbillingperiod") ?? 0) + (Number(field, "reservationunusedrecurringfee") ?? 0),
        "Fee" when Text(field, "reservationreservationarn") is not null => 0,
        _ => Cost(field, "lineitemunblendedcost"),
    };

    private string? Text(Func<int, string> field, string column)
    {
        if (!_columns.TryGetValue(column, out var at)) return null;
        var text = field(at);
        // Exports of databases write their word for nothing.
        return text.Length == 0 || text.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null : text;
    }

    private decimal? Number(Func<int, string> field, string column) =>
        Text(field, column) is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private decimal Cost(Func<int, string> field, string column) => Number(field, column) ?? throw new FormatException($"column '{column}' holds no number");

    private DateOnly Date(string column, Func<int, string> field) =>
        Text(field, column) is { Length: >= 10 } text && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : throw new FormatException($"column '{column}' holds no date");

    /// <summary>
    /// The value of the workload's tag in a map written as JSON. Bills put <c>user:</c> before the key, and CUR 2.0 writes it in snake case.
    /// </summary>
    private string? Workload(string? tags)
    {
        if (tags is null) return null;
        if (_workloads.TryGetValue(tags, out var known)) return known;
        var wanted = Plain(_workloadTag);
        string? found = null;
        try
        {
            using var map = JsonDocument.Parse(tags);
            if (map.RootElement.ValueKind == JsonValueKind.Object)
                found = map.RootElement.EnumerateObject().Where(tag => Plain(tag.Name) is var key && (key == wanted || key == "user" + wanted) && tag.Value.ValueKind == JsonValueKind.String)
                    .Select(tag => tag.Value.GetString()).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A tag column in another notation says no workload; the row's cost counts all the same.
        }
        if (_workloads.Count < MostWorkloads) _workloads.Add(tags, found);
        return found;
    }
}
