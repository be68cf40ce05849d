using System.Globalization;
using System.Text.Json;

namespace Guardrails;

/// <summary>How many accounts AWS closes in a rolling window: the higher of a number and a share of the accounts, and never more than a maximum.</summary>
internal sealed record ClosureBudget(int WindowDays, int Minimum, double Share, int Maximum)
{
    /// <summary>Reads the section <c>organizations</c> of the quota data; a value of a later file replaces that of an earlier one.</summary>
    /// <exception cref="JsonException">A file is not JSON, or not of that shape.</exception>
    public static ClosureBudget Read(params IEnumerable<Stream> files)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var data = JsonDocument.Parse(file);
            if (!data.RootElement.TryGetProperty("organizations", out var organizations)) continue;
            foreach (var quota in organizations.EnumerateObject().Where(quota => quota.Value.ValueKind == JsonValueKind.Object))
                values[quota.Name] = quota.Value.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
                    ? number
                    : throw new JsonException($"organizations.{quota.Name}.value is not a number.");
        }
        double Value(string name) => values.TryGetValue(name, out var value) ? value : throw new JsonException($"organizations.{name} is missing.");
        return new((int)Value("accountClosureWindowDays"), (int)Value("accountClosuresMinimum"), Value("accountClosuresShare"), (int)Value("accountClosuresMaximum"));
    }

    /// <summary>
    /// How many closures are left at least. AWS does not tell when an account was closed, so what is closed now counts, except what this
    /// module is known to have closed before the window: a lower bound.
    /// </summary>
    /// <param name="known">When accounts were closed, by id, as far as that is known.</param>
    public (int Limit, int WindowDays, int ClosedNow, int AtLeastLeft) Estimate(Organization organization, IReadOnlyDictionary<string, DateTimeOffset> known, DateTimeOffset now)
    {
        var closed = organization.Accounts.Where(IsClosed).ToList();
        var older = closed.Count(account => known.TryGetValue(account.Id, out var at) && at <= now.AddDays(-WindowDays));
        var limit = Limit(organization);
        return (limit, WindowDays, closed.Count, Math.Max(0, limit - (closed.Count - older)));
    }

    /// <summary>When the next closure may be taken, now that AWS says that the budget is used up.</summary>
    /// <param name="known">When accounts were closed, as far as that is known.</param>
    /// <param name="organization">Null where it cannot be read.</param>
    public ClosureOutlook Outlook(IReadOnlyCollection<DateTimeOffset> known, Organization? organization, DateTimeOffset now)
    {
        var recent = known.Where(at => at > now.AddDays(-WindowDays)).Order().ToList();
        var window = string.Create(CultureInfo.InvariantCulture, $"{WindowDays} days");
        if (recent.Count == 0)
            return new(null, $"When it takes the next one is unknown: AWS does not tell when accounts were closed, and no journal on this machine tells of a closure within {window}. If nobody closes another one, it is at the latest {Time(now.AddDays(WindowDays))}.");
        if (organization is not null && recent.Count >= Limit(organization))
        {
            var next = recent[^Limit(organization)].AddDays(WindowDays);
            return new(next, $"It takes the next one from {Time(next)}, when the oldest of this module's {recent.Count} closures within {window} no longer counts.");
        }
        var latest = recent[0].AddDays(WindowDays);
        var others = organization is null ? "others" : string.Create(CultureInfo.InvariantCulture, $"up to {organization.Accounts.Count(IsClosed)} accounts that are closed now");
        return new(latest, $"It takes the next one at the latest from {Time(latest)}, when this module's own closure of {Time(recent[0])} no longer counts (an estimate: of {others}, the times of {recent.Count} closures are known, and another one may no longer count before).");
    }

    private static bool IsClosed(Account account) => account.State is AccountState.Closed or AccountState.PendingClosure or AccountState.Suspended;

    private int Limit(Organization organization) => Math.Min(Maximum, Math.Max(Minimum, (int)(organization.Accounts.Count * Share)));

    private static string Time(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}
