namespace Guardrails;

/// <summary>What resources cost in a month, from all bills together.</summary>
internal sealed class InventoryCosts
{
    private readonly Dictionary<string, List<Row>> _rows = new(StringComparer.Ordinal);
    private readonly List<(Row Row, int Count)> _unattributed = [];
    private readonly Dictionary<string, HashSet<DateOnly>> _periods = new(StringComparer.Ordinal);

    /// <param name="sighting">With its account bound, and with costs.</param>
    public void Add(string key, InventoryFile file, ResourceSighting sighting)
    {
        if (!_rows.TryGetValue(key, out var rows)) _rows.Add(key, rows = []);
        foreach (var (period, cost) in sighting.Costs!) rows.Add(Note(new Row(sighting.AccountId ?? "", file.BillFormat, period, sighting.Currency, cost)));
    }

    public void AddUnattributed(InventoryFile file, UnattributedCost cost) =>
        _unattributed.Add((Note(new Row(cost.AccountId ?? file.AccountId ?? "", file.BillFormat, cost.Period, cost.Currency, cost.Cost)), cost.Rows));

    /// <summary>
    /// What a resource costs in a month: its cost in all billing periods, over all periods of which there is a bill of its account. Null
    /// where no bill shows it.
    /// </summary>
    public (decimal Monthly, string? Currency)? Of(string key) => _rows.TryGetValue(key, out var rows) ? Monthly(rows) : null;

    /// <summary>What bills attribute to no resource, by account and currency.</summary>
    public IEnumerable<InventoryGap> Unattributed() =>
        from entry in _unattributed
        group entry by (entry.Row.Account, entry.Row.Currency) into account
        let monthly = Monthly([.. account.Select(entry => entry.Row)]).Monthly
        let rows = account.Sum(entry => entry.Count)
        let whose = account.Key.Account.Length == 0 ? "no account" : $"account {account.Key.Account}"
        select new InventoryGap
        {
            Kind = InventoryGapKind.UnattributedCost,
            AccountId = account.Key.Account.Length == 0 ? null : account.Key.Account,
            Count = rows,
            MonthlyCost = monthly,
            Message = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{monthly:N2} {account.Key.Currency} a month of {whose}, in {rows:N0} rows of bills, belong to no resource that could be told from the bill."),
        };

    private Row Note(Row row)
    {
        if (!_periods.TryGetValue(row.Account, out var periods)) _periods.Add(row.Account, periods = []);
        periods.Add(row.Period);
        return row;
    }

    /// <summary>
    /// Parts of a bill are added up. The same month as FOCUS and as CUR is the same money: the form that says more of it counts. Money in
    /// more than one currency can't be added: the currency with the most of it counts.
    /// </summary>
    private (decimal Monthly, string? Currency) Monthly(List<Row> rows)
    {
        var most = rows.GroupBy(row => row.Currency)
            .Select(currency => (Total: Total(currency), Currency: currency.Key, Account: currency.Select(row => row.Account).Min(StringComparer.Ordinal)!))
            .OrderByDescending(one => one.Total).ThenBy(one => one.Currency, StringComparer.Ordinal).First();
        return (most.Total / _periods[most.Account].Count, most.Currency);
    }

    private static decimal Total(IEnumerable<Row> rows) =>
        rows.GroupBy(row => (row.Account, row.Period)).Sum(month => month.GroupBy(row => row.Format).Max(format => format.Sum(row => row.Cost)));

    private readonly record struct Row(string Account, string? Format, DateOnly Period, string? Currency, decimal Cost);
}
