namespace Guardrails.Cmdlets;

/// <summary>The module's lock-in data, with the user's own files over it, read when it is first asked for.</summary>
internal static class LockInData
{
    // Guardrails.Core is in module/bin.
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(GuardrailConnection).Assembly.Location)!, "..", "data", "lockin");

    // Only readers of inventories need these, and they are a quarter of the data.
    private static readonly string[] TypeFiles = ["types.yaml", "terraform-types.yaml"];

    private static readonly Lazy<LockInFacts> ModuleFacts = new(() => ReadFacts([]));
    private static readonly Lazy<ResourceTypeCatalog> ModuleTypes = new(() => ReadTypes([]));

    /// <summary>Constants, families, profiles and what decisions are made with.</summary>
    /// <param name="own">The user's files, full paths; two of them can't say the same.</param>
    /// <exception cref="LockInDataException">A file is not as its schema says.</exception>
    public static LockInFacts Facts(IReadOnlyList<string> own) => own.Count == 0 ? ModuleFacts.Value : ReadFacts(own);

    /// <summary>What the readers of inventories know of types.</summary>
    /// <param name="own">The user's files, full paths.</param>
    /// <exception cref="LockInDataException">A file is not as its schema says.</exception>
    public static ResourceTypeCatalog Types(IReadOnlyList<string> own) => own.Count == 0 ? ModuleTypes.Value : ReadTypes(own);

    private static LockInFacts ReadFacts(IReadOnlyList<string> own) =>
        LockInDataReader.Facts(ModuleTrees(Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Where(file => !TypeFiles.Contains(Path.GetFileName(file)))), OwnTrees(own));

    private static ResourceTypeCatalog ReadTypes(IReadOnlyList<string> own) =>
        LockInDataReader.Types(ModuleTrees(TypeFiles.Select(name => Path.Combine(Folder, name))), OwnTrees(own));

    // Reading is nearly all of the time, and files don't depend on each other.
    private static List<DocumentTree> ModuleTrees(IEnumerable<string> files) => [.. files.Order(StringComparer.Ordinal).AsParallel().AsOrdered().Select(Composition.ReadTree)];

    private static List<DocumentTree> OwnTrees(IEnumerable<string> files) => [.. files.Select(Composition.ReadTree)];
}
