namespace Guardrails.Cmdlets;

/// <summary>The module's lock-in data, with the user's own files over it, read when it is first asked for.</summary>
internal static class LockInData
{
    // Guardrails.Core is in module/bin.
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(GuardrailConnection).Assembly.Location)!, "..", "data", "lockin");
    private static readonly Lazy<LockInFacts> ModuleFacts = new(() => ReadFacts([]));
    private static readonly Lazy<ResourceTypeCatalog> ModuleTypes = new(() => ReadTypes([]));

    /// <summary>Constants, families, profiles and what decisions are made with.</summary>
    /// <param name="own">The user's files, full paths; a later one goes before an earlier one.</param>
    /// <exception cref="LockInDataException">A file is not as its schema says.</exception>
    public static LockInFacts Facts(IReadOnlyList<string> own) => own.Count == 0 ? ModuleFacts.Value : ReadFacts(own);

    /// <summary>What the readers of inventories know of types.</summary>
    /// <param name="own">The user's files, full paths.</param>
    /// <exception cref="LockInDataException">A file is not as its schema says.</exception>
    public static ResourceTypeCatalog Types(IReadOnlyList<string> own) => own.Count == 0 ? ModuleTypes.Value : ReadTypes(own);

    // The names of Terraform's types are a third of the data, and the facts don't need them.
    private static LockInFacts ReadFacts(IReadOnlyList<string> own) =>
        LockInDataReader.Facts(Trees(Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "terraform-types.yaml")), Trees(own));

    private static ResourceTypeCatalog ReadTypes(IReadOnlyList<string> own) =>
        LockInDataReader.Types(Trees([Path.Combine(Folder, "types.yaml"), Path.Combine(Folder, "terraform-types.yaml")]), Trees(own));

    private static List<DocumentTree> Trees(IEnumerable<string> files) => [.. files.Order(StringComparer.Ordinal).Select(Composition.ReadTree)];
}
