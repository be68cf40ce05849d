using System.Reflection;

namespace Guardrails.Core.Tests.Policies;

/// <summary>The public policies of <c>shared/data/policies</c>: in GUARDRAILS_SHARED, or beside one of the folders above the repository.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    /// <summary>The files of a folder below <c>shared/data/policies</c>, sorted; none where the data is absent, which is printed.</summary>
    /// <param name="needs">How many tests of the caller need them.</param>
    public static IReadOnlyList<string> Policies(string folder, int needs = 1) => Files(Path.Combine("policies", folder), "*.json", needs);

    /// <summary>The CloudTrail log files of <c>shared/data/cloudtrail</c>, sorted; none where the data is absent, which is printed.</summary>
    /// <param name="needs">How many tests of the caller need them.</param>
    public static IReadOnlyList<string> CloudTrail(int needs = 1) => Files("cloudtrail", "*.json.gz", needs);

    private static string[] Files(string folder, string pattern, int needs)
    {
        if (Folder is not null) return [.. Directory.GetFiles(Path.Combine(Folder, "data", folder), pattern).Order(StringComparer.Ordinal)];
        Console.WriteLine($"not run: {needs} tests need ../shared/data");
        return [];
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
