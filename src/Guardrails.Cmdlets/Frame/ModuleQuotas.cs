using System.Text.Json;

namespace Guardrails.Cmdlets;

/// <summary>The module's data on quotas, with the user's own values over them.</summary>
internal static class ModuleQuotas
{
    // Guardrails.Core is in module/bin.
    private static readonly string Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(GuardrailConnection).Assembly.Location)!, "..", "data", "quotas.json");

    /// <param name="own">The user's file; null for none.</param>
    public static Quotas Read(string? own)
    {
        try
        {
            return own is null ? Quotas.Read(File.ReadAllBytes(Path)) : Quotas.Read(File.ReadAllBytes(Path), File.ReadAllBytes(own));
        }
        catch (JsonException e)
        {
            throw new ErrorRecordException(Errors.QuotasUnreadable.Record($"'{own ?? Path}' cannot be read as quotas: {e.Message}", own ?? Path, e));
        }
    }
}
