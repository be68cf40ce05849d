namespace Guardrails.Cmdlets;

/// <summary>The module's data: facts that age, in files with their source and date.</summary>
internal static class ModuleData
{
    private static readonly Lazy<LaneLimits> Lanes = new(() => Quotas(file => LaneLimits.Read(file)));
    private static readonly Lazy<ClosureBudget> Closures = new(() => Quotas(ClosureBudget.Read));

    /// <summary>The services' concurrency limits.</summary>
    public static LaneLimits LaneLimits => Lanes.Value;

    /// <summary>How many accounts AWS closes in a rolling window.</summary>
    public static ClosureBudget ClosureBudget => Closures.Value;

    private static T Quotas<T>(Func<Stream, T> read)
    {
        using var quotas = File.OpenRead(PathOf("quotas.json"));
        return read(quotas);
    }

    // Guardrails.Core is in module/bin.
    private static string PathOf(string file) => Path.Combine(Path.GetDirectoryName(typeof(GuardrailConnection).Assembly.Location)!, "..", "data", file);
}
