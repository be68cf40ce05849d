namespace Guardrails;

/// <summary><c>alternatives</c>: products by id, each with name, license, maintained, gaps and page.</summary>
internal sealed class AlternativeSection
{
    private readonly SectionEntries<LockInAlternative> _alternatives = new();

    /// <summary>The product of an id; null where there is none.</summary>
    public Func<string, LockInAlternative?> ById => id => _alternatives[id];

    public void Read(LockInDataFile file)
    {
        foreach (var (id, fields) in file.Section("alternatives", "an alternative"))
        {
            var name = fields.RequiredText("name");
            var license = fields.RequiredText("license");
            var maintained = fields.Flag("maintained");
            var gaps = fields.Texts("gaps") ?? [];
            var page = fields.Text("page");
            var asOf = fields.Date("asOf") ?? file.AsOf;
            if (page is not null && !page.StartsWith("https://", StringComparison.Ordinal)) fields.Wrong("page", page, "an address that begins with https://");
            if (name is null || license is null) continue;
            _alternatives.Add(file, id, fields, new LockInAlternative { Name = name, License = license, IsMaintained = maintained, AsOf = asOf, Gaps = gaps, Source = page });
        }
    }
}
