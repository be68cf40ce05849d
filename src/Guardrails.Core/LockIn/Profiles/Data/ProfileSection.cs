namespace Guardrails;

/// <summary>
/// <c>profiles</c>: by type, each with its family, its levels by target and its variants. What a user's file gives replaces that value of the
/// module's; the others stay.
/// </summary>
internal sealed class ProfileSection
{
    private readonly Dictionary<string, Draft> _types = new(StringComparer.Ordinal);

    public void Read(LockInDataFile file)
    {
        foreach (var (type, fields) in file.Section("profiles", "a profile"))
        {
            if (!_types.TryGetValue(type, out var draft)) _types[type] = draft = new Draft();
            ReadInto(draft, type, file, fields);
            draft.Family = fields.Text("family") ?? draft.Family;
            foreach (var (variant, own) in file.Entries(fields, "variants", "a variant's profile"))
            {
                if (!draft.Variants.TryGetValue(variant, out var inner)) draft.Variants[variant] = inner = new Draft();
                ReadInto(inner, $"{type} ({variant})", file, own);
            }
        }
    }

    /// <summary>All of them; a family or an alternative that there is not is a finding.</summary>
    public IReadOnlyList<LockInProfile> Profiles(IReadOnlySet<string> families, Func<string, LockInAlternative?> alternative, List<DocumentFinding> findings)
    {
        var profiles = new List<LockInProfile>();
        foreach (var (type, draft) in _types.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (draft.Family is null) draft.At!.Missing("family", "the name of a family");
            else if (!families.Contains(draft.Family)) draft.At!.Wrong("family", draft.Family, "the name of a family", DocumentFields.Near(draft.Family, families));
            profiles.AddRange(Of(type, null, draft, null, alternative));
            foreach (var (variant, own) in draft.Variants.OrderBy(one => one.Key, StringComparer.Ordinal)) profiles.AddRange(Of(type, variant, own, draft, alternative));
        }
        return profiles;
    }

    private static void ReadInto(Draft draft, string name, LockInDataFile file, DocumentFields fields)
    {
        if (draft.At is { } before && draft.IsOwn == file.IsOwn) fields.Find(fields.Mapping, $"'{name}' is in {before.File} as well, on line {before.Mapping.Line}.");
        draft.At = fields;
        draft.IsOwn = file.IsOwn;
        draft.Levels.Read(file, fields, hasAlternatives: true, hasLearning: false);
    }

    private static IEnumerable<LockInProfile> Of(string type, string? variant, Draft draft, Draft? whole, Func<string, LockInAlternative?> alternative)
    {
        foreach (var target in Enum.GetValues<LockInTarget>())
        {
            var own = draft.Levels[target];
            var common = whole?.Levels[target];
            if (!own.IsGiven && common is not { IsGiven: true }) continue;
            yield return new LockInProfile
            {
                Type = type,
                Variant = variant,
                Family = (whole ?? draft).Family ?? "",
                Target = target,
                Api = own.Api ?? common?.Api,
                Export = own.Export ?? common?.Export,
                Artefact = own.Artefact ?? common?.Artefact,
                Alternatives = own.Alternatives is not null ? Named(own, alternative) : common is not null ? Named(common, alternative) : [],
            };
        }
    }

    private static List<LockInAlternative> Named(TargetLevels.OneTarget target, Func<string, LockInAlternative?> alternative)
    {
        var named = new List<LockInAlternative>();
        foreach (var id in target.Alternatives ?? [])
        {
            if (alternative(id) is { } one) named.Add(one);
            else target.At!.Find(target.At.Value("alternatives")!, $"There is no alternative '{id}': give it in 'alternatives', with name and license.");
        }
        return named;
    }

    private sealed class Draft
    {
        public DocumentFields? At { get; set; }
        public bool IsOwn { get; set; }
        public string? Family { get; set; }
        public TargetLevels Levels { get; } = new();
        public Dictionary<string, Draft> Variants { get; } = new(StringComparer.Ordinal);
    }
}
