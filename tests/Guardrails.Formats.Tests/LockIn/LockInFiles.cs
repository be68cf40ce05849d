using System.Reflection;

namespace Guardrails.Formats.Tests;

/// <summary>The module's files of lock-in data, and the facts in them.</summary>
internal static class LockInFiles
{
    public static readonly string Root = typeof(LockInFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;

    // Reading is what takes the time; trees and facts never change.
    private static readonly Lazy<IReadOnlyList<DocumentTree>> Trees = new(() => [.. Paths().Select(TreeFiles.Read)]);
    private static readonly Lazy<LockInFacts> ModuleFacts = new(() => LockInDataReader.Facts(All(), []));
    private static readonly Lazy<ResourceTypeCatalog> ModuleTypes = new(() => LockInDataReader.Types(All(), []));

    public static string Folder => Path.Combine(Root, "module", "data", "lockin");

    public static IReadOnlyList<string> Paths() => [.. Directory.GetFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<DocumentTree> All() => Trees.Value;

    /// <summary>The module's facts, with a file of the user's over them.</summary>
    public static LockInFacts Facts(params string[] own) => own.Length == 0 ? ModuleFacts.Value : LockInDataReader.Facts(All(), Own(own));

    public static ResourceTypeCatalog Types(params string[] own) => own.Length == 0 ? ModuleTypes.Value : LockInDataReader.Types(All(), Own(own));

    private static IEnumerable<DocumentTree> Own(string[] texts) => texts.Select((text, i) => TreeFiles.Parse(text, $"own{i + 1}.yaml"));
}
