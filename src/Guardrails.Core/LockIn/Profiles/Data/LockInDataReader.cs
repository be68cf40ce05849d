namespace Guardrails;

/// <summary>
/// Reads files of lock-in data: the module's first, then the user's own, whose values go before. Any file may hold any section. Everything
/// that is wrong in any of them is found at once.
/// </summary>
internal sealed class LockInDataReader
{
    private readonly List<DocumentFinding> _findings = [];
    private readonly ConstantSection _constants = new();
    private readonly FamilySection _families = new();
    private readonly ProfileSection _profiles = new();
    private readonly AlternativeSection _alternatives = new();
    private readonly DecisionSections _decisions = new();
    private readonly EgressSection _egress = new();
    private readonly TypeSections _types = new();

    private LockInDataReader(IEnumerable<DocumentTree> module, IEnumerable<DocumentTree> own)
    {
        foreach (var tree in module) Read(tree, isOwn: false);
        foreach (var tree in own) Read(tree, isOwn: true);
    }

    /// <summary>What the model needs, from all files but those of Terraform's types.</summary>
    /// <exception cref="LockInDataException">A file is not as its schema says.</exception>
    public static LockInFacts Facts(IEnumerable<DocumentTree> module, IEnumerable<DocumentTree> own)
    {
        var reader = new LockInDataReader(module, own);
        return reader.Checked(reader.MakeFacts);
    }

    /// <summary>What readers of inventories need, from the files of types.</summary>
    /// <exception cref="LockInDataException">A file is not as its schema says.</exception>
    public static ResourceTypeCatalog Types(IEnumerable<DocumentTree> module, IEnumerable<DocumentTree> own)
    {
        var reader = new LockInDataReader(module, own);
        return reader.Checked(reader._types.Catalog);
    }

    private void Read(DocumentTree tree, bool isOwn)
    {
        if (LockInDataFile.Open(tree, isOwn, _findings) is not { } file) return;
        _constants.Read(file);
        _families.Read(file);
        _profiles.Read(file);
        _alternatives.Read(file);
        _decisions.Read(file);
        _egress.Read(file);
        _types.Read(file);
        file.Root.End();
    }

    private LockInFacts MakeFacts()
    {
        var families = _families.Families(_findings);
        var names = families.Select(family => family.Name).ToHashSet(StringComparer.Ordinal);
        var constants = _constants.Constants(families, _findings);
        var profiles = _profiles.Profiles(names, _alternatives.ById, _findings);
        _decisions.CheckFamilies(names, _findings);
        if (_findings.Count > 0) throw new LockInDataException(_findings);
        return new LockInFacts(families, profiles, constants, _types.Glue)
        {
            Postures = _decisions.Postures,
            Options = _decisions.Options,
            Bands = _decisions.Bands,
            Egress = _egress.Facts,
        };
    }

    private T Checked<T>(Func<T> make)
    {
        if (_findings.Count > 0) throw new LockInDataException(_findings);
        return make();
    }
}
