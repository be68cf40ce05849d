using System.Text.Json;

namespace Guardrails;

/// <summary>How many accounts AWS closes in a rolling window: the higher of a number and a share of the accounts, and never more than a maximum.</summary>
internal sealed record ClosureBudget(int WindowDays, int Minimum, double Share, int Maximum)
{
    /// <summary>Reads it from the quota data.</summary>
    /// <exception cref="JsonException">The data is not of that shape.</exception>
    public static ClosureBudget Read(Stream quotas)
    {
        using var data = JsonDocument.Parse(quotas);
        var organizations = data.RootElement.GetProperty("organizations");
        double Value(string name) => organizations.GetProperty(name).GetProperty("value").GetDouble();
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
