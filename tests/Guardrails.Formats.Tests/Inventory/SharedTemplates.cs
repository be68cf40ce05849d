using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>The public templates of <c>shared/data/templates</c>: in GUARDRAILS_SHARED, or beside one of the folders above the repository.</summary>
internal static class SharedTemplates
{
    /// <summary>The files, sorted. Where the data is absent the test is skipped, so that the summary counts it.</summary>
    public static IReadOnlyList<string> Files() => [.. Directory.GetFiles(Folder("templates")).Order(StringComparer.Ordinal)];

    /// <summary>A folder of <c>shared/data</c>. Where the data is absent the test is skipped, so that the summary counts it.</summary>
    public static string Folder(string name)
    {
        var folder = Find();
        Assert.SkipWhen(folder is null, "It reads the public data of ../shared/data, which is not here.");
        return Path.Combine(Path.GetDirectoryName(folder)!, name);
    }

    /// <summary>Where the templates are; null where they are absent.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GUARDRAILS_SHARED") is { Length: > 0 } given) return Path.Combine(given, "data", "templates");
        for (var at = new DirectoryInfo(LockInFiles.Root); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "data", "templates");
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}
