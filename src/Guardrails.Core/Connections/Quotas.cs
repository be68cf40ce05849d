using System.Text.Json;

namespace Guardrails;

/// <summary>The limits of the cloud's services that matter to what this module does: facts that age, from <c>module/data/quotas.json</c>.</summary>
internal sealed record Quotas(LaneLimits Lanes, ClosureBudget Closures, PolicyLimits Policies)
{
    /// <summary>No limit known.</summary>
    public static Quotas None { get; } = new(new LaneLimits(new Dictionary<string, int>()), new ClosureBudget(0, 0, 0, 0), PolicyLimits.None);

    /// <param name="files">The module's file, and the user's own, whose values replace the module's.</param>
    /// <exception cref="JsonException">A file is not JSON, or not of that shape.</exception>
    public static Quotas Read(params byte[][] files) => new(
        LaneLimits.Read(files.Select(file => new MemoryStream(file))),
        ClosureBudget.Read(files.Select(file => new MemoryStream(file))),
        PolicyLimits.Read(files.Select(file => new MemoryStream(file))));
}
