using System.Reflection;

namespace Guardrails.Cmdlets.Tests;

/// <summary>Where the module under test is.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Metadata("GuardrailsRoot"));

    public static string Host { get; } = Path.GetFullPath(Metadata("GuardrailsHost"));

    public static string Manifest { get; } = Path.Combine(Root, "Guardrails.psd1");

    public static string Dependencies { get; } = Path.Combine(Root, "module", "bin", "deps");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
