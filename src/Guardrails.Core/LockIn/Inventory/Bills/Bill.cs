using System.Globalization;

namespace Guardrails;

/// <summary>
/// Adds up a bill, row by row: what each resource costs in each billing period and how much it keeps. It holds the resources, not the rows.
/// Rows of a resource whose type can't be told stay cost of the account, and so do rows of no resource.
/// </summary>
internal sealed class Bill(ResourceTypeCatalog types)
{
    private readonly Dictionary<(string? Account, string Id), Entry?> _resources = [];
    private readonly Dictionary<(string? Account, DateOnly Period, string? Currency), (decimal Cost, int Rows)> _unattributed = [];
    private readonly HashSet<string> _commitments = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _otherProviders = new(StringComparer.Ordinal);
    private int _otherRows;

    public void Add(in BillRow row)
    {
        if (row.Provider is { } provider && !IsAws(provider))
        {
            _otherRows++;
            if (_otherProviders.Count < 10) _otherProviders.Add(provider);
            return;
        }
        if (row.CommitmentId is { } commitment) _commitments.Add(commitment);
        if (row.ResourceId is not { } id || EntryOf(row, id) is not { } entry)
        {
            var key = (row.AccountId, row.Period, row.Currency);
            var (cost, rows) = _unattributed.GetValueOrDefault(key);
            _unattributed[key] = (cost + row.Cost, rows + 1);
            return;
        }
        entry.Add(row);
    }

    /// <param name="rowsUnread">How many rows could not be read.</param>
    /// <param name="firstUnread">The first of them: where and why.</param>
    public InventoryFile Finish(string file, string digest, string format, int rowsUnread, string? firstUnread)
    {
        var gaps = new List<InventoryGap>();
        if (rowsUnread > 0) gaps.Add(Gap(InventoryGapKind.FailedCollector, 1, $"{Counted(rowsUnread, "row")} of {file} could not be read; the first: {firstUnread}"));
        if (_otherRows > 0) gaps.Add(Gap(InventoryGapKind.UnattributedCost, _otherRows, $"{Counted(_otherRows, "row")} of {file} are of other providers ({string.Join(", ", _otherProviders)}) and are not read."));
        if (_commitments.Count > 0)
            gaps.Add(Gap(InventoryGapKind.UnattributedCost, _commitments.Count, $"{Counted(_commitments.Count, "commitment")} (savings plans, reservations) in {file}: what is left of them is to be paid after leaving too, and the bill does not say how much that is."));
        return new InventoryFile
        {
            File = file,
            Kind = InventorySourceKind.Bill,
            ContentDigest = digest,
            BillFormat = format,
            Resources = [.. _resources.Values.OfType<Entry>().SelectMany(entry => entry.Sightings()).OrderBy(sighting => sighting.LocalId, StringComparer.Ordinal)],
            Unattributed = [.. _unattributed.Select(one => new UnattributedCost(one.Key.Account, one.Key.Period, one.Key.Currency, one.Value.Cost, one.Value.Rows))
                .OrderBy(cost => cost.AccountId, StringComparer.Ordinal).ThenBy(cost => cost.Period).ThenBy(cost => cost.Currency, StringComparer.Ordinal)],
            Gaps = gaps,
        };

        InventoryGap Gap(InventoryGapKind kind, int count, string message) => new() { Kind = kind, File = file, Count = count, Message = message };
    }

    private static bool IsAws(string provider) => provider.Contains("AWS", StringComparison.OrdinalIgnoreCase) || provider.Contains("Amazon", StringComparison.OrdinalIgnoreCase);

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>The resource of a row; null where its type can't be told, which is found out once for each id.</summary>
    private Entry? EntryOf(in BillRow row, string id)
    {
        var key = (row.AccountId, id);
        if (_resources.TryGetValue(key, out var entry)) return entry;
        var arn = Arn.Parse(id);
        entry = TypeOf(row, id, arn) is { } type ? new Entry(id, arn is not null, type, row.AccountId) : null;
        _resources.Add(key, entry);
        return entry;
    }

    private string? TypeOf(in BillRow row, string id, Arn? arn)
    {
        if (row.ResourceType?.Contains("::", StringComparison.Ordinal) == true) return row.ResourceType;
        if (arn is { } own) return types.OfArn(own, row.Product) ?? types.OfArn(own, row.ResourceType);
        return types.OfBareId(id, [row.Product, row.ResourceType]);
    }

    private sealed class Entry(string id, bool isArn, string type, string? accountId)
    {
        private readonly Dictionary<string, Dictionary<DateOnly, decimal>> _costs = new(StringComparer.Ordinal);
        private readonly SortedDictionary<DateOnly, decimal> _gibibyteMonths = [];
        private string? _region;
        private string? _workload;

        public void Add(in BillRow row)
        {
            // Rows come in any order: of several values the least is kept.
            if (AccountIds.IsRegion(row.Region)) _region = Least(_region, row.Region!);
            if (row.Workload is { } workload) _workload = Least(_workload, workload);
            var currency = row.Currency ?? "";
            if (!_costs.TryGetValue(currency, out var costs)) _costs.Add(currency, costs = []);
            costs[row.Period] = costs.GetValueOrDefault(row.Period) + row.Cost;
            if (row.Quantity is > 0 and var quantity && IsGigabyteMonths(row.Unit)) _gibibyteMonths[row.Period] = _gibibyteMonths.GetValueOrDefault(row.Period) + quantity;
        }

        /// <summary>One for each currency: money in two can't be added.</summary>
        public IEnumerable<ResourceSighting> Sightings() => _costs.Select(costs => new ResourceSighting
        {
            LocalId = $"{accountId}/{id}/{costs.Key}",
            Type = type,
            Arn = isArn ? id : null,
            PhysicalId = isArn ? null : id,
            AccountId = accountId,
            Region = _region,
            Workload = _workload,
            Costs = costs.Value,
            Currency = costs.Key.Length == 0 ? null : costs.Key,
            DataGigabytes = _gibibyteMonths.Count == 0 ? null : (double)_gibibyteMonths.Values.Max() * DataSizes.GigabytesOfGibibyte,
        });

        private static string Least(string? one, string other) => one is null || string.CompareOrdinal(other, one) < 0 ? other : one;

        /// <summary>
        /// Storage kept for a month: what was in it on average in a full month. AWS bills in units of 2^30 bytes and writes GB-Mo, in FOCUS
        /// GB-Months (Amazon S3 FAQs, How will I be charged, November 2026).
        /// </summary>
        private static bool IsGigabyteMonths(string? unit) => unit is not null && BillColumns.Plain(unit) is "gbmo" or "gbmonth" or "gbmonths" or "gibmonths";
    }
}
