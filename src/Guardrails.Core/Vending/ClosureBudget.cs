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

    /// <summary>What can be said from the accounts' states. AWS does not tell when an account was closed, so older closures count too: a lower bound.</summary>
    public (int Limit, int WindowDays, int ClosedNow, int AtLeastLeft) Estimate(Organization organization)
    {
        var limit = Math.Min(Maximum, Math.Max(Minimum, (int)(organization.Accounts.Count * Share)));
        var closed = organization.Accounts.Count(account => account.State is AccountState.Closed or AccountState.PendingClosure);
        return (limit, WindowDays, closed, Math.Max(0, limit - closed));
    }
}
