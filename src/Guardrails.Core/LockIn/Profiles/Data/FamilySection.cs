namespace Guardrails;

/// <summary><c>families</c>: by name, each with title, edges, types, learning and its levels by target.</summary>
internal sealed class FamilySection
{
    private readonly Dictionary<string, Draft> _families = new(StringComparer.Ordinal);

    public void Read(LockInDataFile file)
    {
        foreach (var (name, fields) in file.Section("families", "a family"))
        {
            if (!_families.TryGetValue(name, out var draft)) _families[name] = draft = new Draft(fields);
            else if (draft.IsOwn == file.IsOwn) fields.Find(fields.Mapping, $"The family '{name}' is in {draft.At.File} as well, on line {draft.At.Mapping.Line}.");
            draft.IsOwn = file.IsOwn;
            draft.At = fields;
            draft.Title = fields.Text("title") ?? draft.Title;
            if (fields.Choice("edges", LockInNames.All<EdgeClass>()) is { } edges) draft.Edges = LockInNames.Parse<EdgeClass>(edges);
            draft.Learning = file.Number(fields, "learning", 0, 1000) ?? draft.Learning;
            foreach (var pattern in fields.Texts("types") ?? []) Claim(pattern, name, file, fields);
            draft.Levels.Read(file, fields, hasAlternatives: false, hasLearning: true);
        }
    }

    /// <summary>All of them, ordered by name.</summary>
    public IReadOnlyList<LockInFamily> Families(List<DocumentFinding> findings)
    {
        var families = new List<LockInFamily>();
        foreach (var (name, draft) in _families.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (draft.Title is null) draft.At.Missing("title", "what people call it");
            if (draft.Edges is null) draft.At.Missing("edges", $"one of {string.Join(", ", LockInNames.All<EdgeClass>())}");
            if (draft.Title is null || draft.Edges is null) continue;
            families.Add(new LockInFamily
            {
                Name = name,
                Title = draft.Title,
                EdgeClass = draft.Edges.Value,
                Types = [.. draft.Types.Order(StringComparer.Ordinal)],
                LearningDays = draft.Learning,
                Levels = Enum.GetValues<LockInTarget>().ToDictionary(target => target, target => LevelsOf(draft.Levels[target])),
            });
        }
        return families;
    }

    // A user's family takes types from a family of the module; two of the same origin can't have the same.
    private void Claim(string pattern, string name, LockInDataFile file, DocumentFields fields)
    {
        if (pattern.TrimEnd('*').Contains('*', StringComparison.Ordinal) || pattern.Length < 2)
        {
            fields.Find(fields.Mapping, $"'{pattern}' is no pattern of types: a whole name, or a beginning that ends in one '*', is expected.");
            return;
        }
        foreach (var (other, draft) in _families)
        {
            if (!draft.Types.Contains(pattern)) continue;
            if (!file.IsOwn || other == name || draft.Claimed.Contains(pattern)) fields.Find(fields.Mapping, $"The types '{pattern}' are given twice: in the family '{other}' and in '{name}'.");
            draft.Types.Remove(pattern);
        }
        _families[name].Types.Add(pattern);
        if (file.IsOwn) _families[name].Claimed.Add(pattern);
    }

    private static LockInFamilyLevels LevelsOf(TargetLevels.OneTarget target) =>
        new() { Api = target.Api, Export = target.Export, Artefact = target.Artefact, LearningDays = target.LearningDays };

    private sealed class Draft(DocumentFields at)
    {
        public DocumentFields At { get; set; } = at;
        public bool? IsOwn { get; set; }
        public string? Title { get; set; }
        public EdgeClass? Edges { get; set; }
        public Graded<decimal>? Learning { get; set; }
        public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

        /// <summary>Those of its types that the user's own files give.</summary>
        public HashSet<string> Claimed { get; } = new(StringComparer.Ordinal);
        public TargetLevels Levels { get; } = new();
    }
}
