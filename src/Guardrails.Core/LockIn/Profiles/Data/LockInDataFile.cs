namespace Guardrails;

/// <summary>
/// One file of lock-in data while it is read: its date, its sources, and how its values name where they come from. A value's
/// <c>source</c> is the name of an entry in the file's <c>sources</c> (a page with its title, or a judgement that several values share), an
/// address, or the reasoning where it is judgement.
/// </summary>
internal sealed class LockInDataFile
{
    private static readonly string[] Grades = ["A", "B", "C"];
    private readonly Dictionary<string, (string Text, DateOnly? AsOf, bool IsPage)> _sources = new(StringComparer.Ordinal);
    private readonly DateOnly _asOf;

    private LockInDataFile(DocumentFields root, bool isOwn, List<DocumentFinding> findings)
    {
        Root = root;
        IsOwn = isOwn;
        Findings = findings;
        var before = findings.Count;
        if (root.Date("asOf") is { } day) _asOf = day;
        else if (findings.Count == before) root.Missing("asOf", "the day on which it was looked up, as yyyy-MM-dd,");
        ReadSources();
    }

    /// <summary>The file's fields.</summary>
    public DocumentFields Root { get; }

    /// <summary>True for a user's own file, which goes before the module's.</summary>
    public bool IsOwn { get; }

    public List<DocumentFinding> Findings { get; }

    /// <summary>The day on which the file's values were looked up, where they say no other.</summary>
    public DateOnly AsOf => _asOf;

    /// <summary>Null, with findings, where the file is no mapping.</summary>
    public static LockInDataFile? Open(DocumentTree tree, bool isOwn, List<DocumentFinding> findings)
    {
        findings.AddRange(tree.Findings);
        if (tree.Root is null)
        {
            if (tree.Findings.Count == 0) findings.Add(new DocumentFinding(tree.File, null, null, "The file is empty: it must hold names with values, such as asOf and profiles."));
            return null;
        }
        return DocumentFields.Of(tree.Root, tree.File, "a file of lock-in data", findings) is { } root ? new LockInDataFile(root, isOwn, findings) : null;
    }

    /// <summary>The entries of a section: each with its name, its place and its fields.</summary>
    /// <param name="what">What an entry is: <c>a constant</c>.</param>
    public IEnumerable<(string Name, DocumentFields Fields)> Section(string name, string what) => Entries(Root, name, what);

    /// <summary>The entries of a mapping within another.</summary>
    public IEnumerable<(string Name, DocumentFields Fields)> Entries(DocumentFields of, string name, string what)
    {
        if (of.Fields(name, "a section") is not { } section) yield break;
        foreach (var (key, value) in section.Mapping.Entries)
        {
            if (DocumentFields.Of(value, Root.File, what, Findings) is not { } fields) continue;
            yield return (key.Text, fields);
            fields.End();
        }
    }

    /// <summary>Grade, source and date of what a mapping says; null, with findings, where they are not all there.</summary>
    public Evidence? EvidenceOf(DocumentFields fields)
    {
        var before = Findings.Count;
        var grade = fields.Choice("grade", Grades);
        if (grade is null && Findings.Count == before) fields.Missing("grade", "A (measured), B (documented) or C (judgement)");
        var source = fields.RequiredText("source");
        var asOf = fields.Date("asOf");
        if (grade is null || source is null) return null;
        var known = _sources.TryGetValue(source, out var entry);
        if (grade != "C" && !(known ? entry.IsPage : source.StartsWith("https://", StringComparison.Ordinal)))
            fields.Wrong("source", source, "what is measured or documented names its page: an entry of the file's 'sources' with title and page, or an address,", known ? null : DocumentFields.Near(source, _sources.Keys));
        return new Evidence(Enum.Parse<EvidenceGrade>(grade), known ? entry.Text : source, asOf ?? entry.AsOf ?? _asOf);
    }

    /// <summary>A number with where it comes from: <c>{ is: 3, grade: C, source: … }</c>; null where it is not given.</summary>
    public Graded<decimal>? Number(DocumentFields of, string name, decimal least, decimal most)
    {
        if (of.Fields(name, "a value with grade and source") is not { } fields) return null;
        var value = fields.RequiredNumber("is", least, most);
        var evidence = EvidenceOf(fields);
        fields.End();
        return value is { } number && evidence is not null ? new Graded<decimal>(number, evidence) : null;
    }

    /// <summary>A number that must be given.</summary>
    public Graded<decimal>? RequiredNumber(DocumentFields of, string name, decimal least, decimal most)
    {
        var before = Findings.Count;
        var number = Number(of, name, least, most);
        if (number is null && Findings.Count == before) of.Missing(name, "a value with grade and source");
        return number;
    }

    /// <summary>A level with where it comes from: <c>{ is: redesign, grade: B, source: … }</c>; null where it is not given.</summary>
    public Graded<T>? Level<T>(DocumentFields of, string name) where T : struct, Enum
    {
        if (of.Fields(name, "a level with grade and source") is not { } fields) return null;
        var before = Findings.Count;
        var text = fields.Choice("is", LockInNames.All<T>());
        if (text is null && Findings.Count == before) fields.Missing("is", $"one of {string.Join(", ", LockInNames.All<T>())}");
        var evidence = EvidenceOf(fields);
        fields.End();
        return text is not null && evidence is not null ? new Graded<T>(LockInNames.Parse<T>(text)!.Value, evidence) : null;
    }

    private void ReadSources()
    {
        foreach (var (name, fields) in Section("sources", "a source"))
        {
            var asOf = fields.Date("asOf");
            if (fields.Text("judgement") is { } reasoning)
            {
                _sources[name] = ($"judgement: {reasoning}", asOf, false);
                continue;
            }
            var title = fields.RequiredText("title");
            var page = fields.RequiredText("page");
            if (title is null || page is null) continue;
            if (!page.StartsWith("https://", StringComparison.Ordinal)) fields.Wrong("page", page, "an address that begins with https://");
            _sources[name] = ($"{title}, {page}", asOf, true);
        }
    }
}
