namespace Guardrails;

/// <summary><c>constants</c>: by name, each with low, likely, high, unit, grade and source.</summary>
internal sealed class ConstantSection
{
    private const decimal Most = 1_000_000m;
    private readonly SectionEntries<LockInConstant> _constants = new();

    public void Read(LockInDataFile file)
    {
        foreach (var (name, fields) in file.Section("constants", "a constant"))
        {
            var low = fields.RequiredNumber("low", 0, Most);
            var likely = fields.RequiredNumber("likely", 0, Most);
            var high = fields.RequiredNumber("high", 0, Most);
            var unit = fields.Text("unit") ?? _constants[name]?.Unit ?? "person-days";
            var evidence = file.EvidenceOf(fields);
            if (low is null || likely is null || high is null || evidence is null) continue;
            if (low > likely || likely > high)
            {
                fields.Find(fields.Mapping, $"The constant '{name}' is not in order: low ({low}) ≤ likely ({likely}) ≤ high ({high}) is expected.");
                continue;
            }
            _constants.Add(file, name, fields, new LockInConstant { Name = name, Low = low.Value, Likely = likely.Value, High = high.Value, Unit = unit, Evidence = evidence });
        }
    }

    /// <summary>All of them; one that is missing, or that nothing would use, is a finding.</summary>
    public IReadOnlyList<LockInConstant> Constants(IReadOnlyList<LockInFamily> families, List<DocumentFinding> findings)
    {
        var required = LockInNames.Required(families).ToHashSet(StringComparer.Ordinal);
        var known = required.Concat(LockInNames.Optional(families)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, _) in _constants.All)
        {
            if (known.Contains(name)) continue;
            var at = _constants.At(name);
            at.Find(at.Mapping, $"The model has no constant '{name}'.{(DocumentFields.Near(name, known) is { } near ? $" '{near}' may be meant." : "")}");
        }
        foreach (var name in required.Where(name => _constants[name] is null).Order(StringComparer.Ordinal))
            findings.Add(new DocumentFinding("constants", null, null, $"There is no constant '{name}', which the model needs: give its low, likely and high, with grade and source."));
        return [.. _constants.Values];
    }
}
