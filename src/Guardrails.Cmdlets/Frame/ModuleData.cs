namespace Guardrails.Cmdlets;

/// <summary>The module's data: facts that age, in files with their source and date.</summary>
internal static class ModuleData
{
    private static readonly Lazy<LaneLimits> Lanes = new(() =>
    {
        using var quotas = File.OpenRead(PathOf("quotas.json"));
        return LaneLimits.Read(quotas);
    });

    /// <summary>The services' concurrency limits.</summary>
    public static LaneLimits LaneLimits => Lanes.Value;

    // Guardrails.Core is in module/bin.
    private static string PathOf(string file) => Path.Combine(Path.GetDirectoryName(typeof(GuardrailConnection).Assembly.Location)!, "..", "data", file);
}
