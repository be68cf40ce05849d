using System.Reflection;
using Xunit;

namespace Guardrails.Core.Tests.Policies;

/// <summary>The public policies of <c>shared/data/policies</c>: in GUARDRAILS_SHARED, or beside one of the folders above the repository.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    /// <summary>The files of a folder below <c>shared/data/policies</c>, sorted. Where the data is absent the test is skipped, so that the summary counts it.</summary>
    public static IReadOnlyList<string> Policies(string folder) => Files(Path.Combine("policies", folder), "*.json");

    /// <summary>The CloudTrail log files of <c>shared/data/cloudtrail</c>, sorted. Where the data is absent the test is skipped, so that the summary counts it.</summary>
    public static IReadOnlyList<string> CloudTrail() => Files("cloudtrail", "*.json.gz");

    /// <summary>The state files of <c>shared/data/tfstate</c>, sorted. Where the data is absent the test is skipped, so that the summary counts it.</summary>
    public static IReadOnlyList<string> TerraformStates() => Files("tfstate", "*.tfstate");

    private static string[] Files(string folder, string pattern)
    {
        Assert.SkipWhen(Folder is null, "It reads the public data of ../shared/data, which is not here.");
        return [.. Directory.GetFiles(Path.Combine(Folder!, "data", folder), pattern).Order(StringComparer.Ordinal)];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GUARDRAILS_SHARED") is { Length: > 0 } given) return given;
        var root = typeof(SharedData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;
        for (var at = new DirectoryInfo(root); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "data", "policies"))) return candidate;
        }
        return null;
    }
}
