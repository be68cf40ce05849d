using System.Text.Json;

namespace Guardrails;

/// <summary>The limits of the cloud's services that matter to what this module does: facts that age, from <c>module/data/quotas.json</c>.</summary>
internal sealed record Quotas(LaneLimits Lanes, ClosureBudget Closures, PolicyLimits Policies)
{
    /// <summary>How many accounts AWS allows where it was not asked for more; null where that is not known.</summary>
    public int? Accounts { get; init; }

    /// <summary>No limit known.</summary>
    public static Quotas None { get; } = new(new LaneLimits(new Dictionary<string, int>()), new ClosureBudget(0, 0, 0, 0), PolicyLimits.None);

    /// <param name="files">The module's file, and the user's own, whose values replace the module's.</param>
    /// <exception cref="JsonException">A file is not JSON, or not of that shape.</exception>
    public static Quotas Read(params byte[][] files) => new(
        LaneLimits.Read(files.Select(file => new MemoryStream(file))),
        ClosureBudget.Read(files.Select(file => new MemoryStream(file))),
        PolicyLimits.Read(files.Select(file => new MemoryStream(file))))
    {
        Accounts = files.Select(AccountsIn).LastOrDefault(accounts => accounts is not null),
    };

    private static int? AccountsIn(byte[] file)
    {
        using var data = JsonDocument.Parse(file);
        return data.RootElement.TryGetProperty("organizations", out var organizations) && organizations.TryGetProperty("accounts", out var accounts)
            && accounts.GetProperty("value").TryGetInt32(out var value) ? value : null;
    }
}
