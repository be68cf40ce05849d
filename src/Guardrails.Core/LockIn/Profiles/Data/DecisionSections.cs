namespace Guardrails;

/// <summary><c>postures</c>, <c>options</c> and <c>bands</c>: what decisions are made with.</summary>
internal sealed class DecisionSections
{
    private static readonly string[] Scenarios = ["price", "regulation", "retirement", "geopolitics", "merger"];
    private readonly SectionEntries<LockInPosture> _postures = new();
    private readonly SectionEntries<LockInOption> _options = new();
    private readonly SectionEntries<LockInBands> _bands = new();

    public IReadOnlyList<LockInPosture> Postures => [.. _postures.Values];

    public IReadOnlyList<LockInOption> Options => [.. _options.Values];

    public IReadOnlyDictionary<string, LockInBands> Bands => _bands.All.ToDictionary(StringComparer.Ordinal);

    public void Read(LockInDataFile file)
    {
        foreach (var (name, fields) in file.Section("postures", "a posture")) ReadPosture(file, name, fields);
        foreach (var (id, fields) in file.Section("options", "an option")) ReadOption(file, id, fields);
        foreach (var (name, fields) in file.Section("bands", "a band")) ReadBand(file, name, fields);
    }

    /// <summary>An option for a family that there is not is a finding.</summary>
    public void CheckFamilies(IReadOnlySet<string> families, List<DocumentFinding> findings)
    {
        foreach (var option in _options.Values)
        {
            foreach (var family in option.Families.Where(family => !families.Contains(family)))
            {
                var at = _options.At(option.Id);
                at.Wrong("families", family, "the name of a family", DocumentFields.Near(family, families));
            }
        }
    }

    private void ReadPosture(LockInDataFile file, string name, DocumentFields fields)
    {
        var title = fields.RequiredText("title");
        var rates = new Dictionary<string, Graded<decimal>>(StringComparer.Ordinal);
        if (fields.Fields("ratesPerYear", "rates by scenario") is { } scenarios)
        {
            foreach (var scenario in Scenarios)
            {
                if (file.RequiredNumber(scenarios, scenario, 0, 100) is { } rate) rates[scenario] = rate;
            }
            scenarios.End();
        }
        else
        {
            fields.Missing("ratesPerYear", $"a rate for each of {string.Join(", ", Scenarios)}");
        }
        var horizon = file.RequiredNumber(fields, "horizonYears", 0.25m, 50);
        var aversion = file.RequiredNumber(fields, "riskAversion", 0, 1);
        var review = file.RequiredNumber(fields, "reviewMonths", 1, 120);
        if (title is null || horizon is null || aversion is null || review is null) return;
        _postures.Add(file, name, fields, new LockInPosture { Name = name, Title = title, RatesPerYear = rates, HorizonYears = horizon, RiskAversion = aversion, ReviewMonths = review });
    }

    private void ReadOption(LockInDataFile file, string id, DocumentFields fields)
    {
        var title = fields.RequiredText("title");
        var families = fields.Texts("families") ?? [];
        var types = fields.Texts("types") ?? [];
        if (families.Count + types.Count == 0) fields.Missing("families", "what it is for, by families or types,");
        var share = file.RequiredNumber(fields, "effortShare", 0, 1);
        var price = file.RequiredNumber(fields, "priceDays", 0, 10_000);
        var carrying = file.RequiredNumber(fields, "carryingDaysPerYear", 0, 10_000);
        if (title is null || share is null || price is null || carrying is null) return;
        _options.Add(file, id, fields, new LockInOption { Id = id, Title = title, Families = families, Types = types, EffortShare = share, PriceDays = price, CarryingDaysPerYear = carrying });
    }

    private void ReadBand(LockInDataFile file, string name, DocumentFields fields)
    {
        var medium = fields.RequiredNumber("medium", 0, 1_000_000);
        var high = fields.RequiredNumber("high", 0, 1_000_000);
        var evidence = file.EvidenceOf(fields);
        if (medium is null || high is null || evidence is null) return;
        if (medium > high) fields.Find(fields.Mapping, $"The band '{name}' is not in order: medium ({medium}) ≤ high ({high}) is expected.");
        _bands.Add(file, name, fields, new LockInBands { Name = name, Medium = medium.Value, High = high.Value, Evidence = evidence });
    }
}
