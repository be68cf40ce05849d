using System.Globalization;

namespace Guardrails;

/// <summary>
/// The effort of leaving: the sum of what types, couplings, stores, families and definitions take. Every term's mean is a whole number of
/// hundredths of a person-day, so that they add up exactly.
/// </summary>
internal sealed class EffortModel(MeasuredInventory inventory, ConstantTable constants)
{
    private readonly long _perTerabyte = constants[constants.Index(ConstantNames.PerTerabyte)].MeanHundredths;

    public Tally Count(IReadOnlyList<int> members, Func<int, bool> isMember) => Tally.Of(inventory, members, isMember, _perTerabyte);

    /// <summary>The resources of a group by type, without what only joins others. Variants of a type have numbers that follow each other.</summary>
    public IEnumerable<TypeUse> Uses(Tally tally)
    {
        List<(int Type, int Count)> same = [];
        foreach (var (number, count) in tally.Types)
        {
            if (inventory.Types[number].IsGlue) continue;
            if (same.Count > 0 && inventory.Types[same[0].Type].Type != inventory.Types[number].Type)
            {
                yield return new(inventory.Types[same[0].Type].Type, same);
                same = [];
            }
            same.Add((number, count));
        }
        if (same.Count > 0) yield return new(inventory.Types[same[0].Type].Type, same);
    }

    /// <summary>The variants that cost once. What is of no known variant is one of those that are known, as far as anybody knows.</summary>
    public IEnumerable<int> DueOnce(TypeUse use) => use.Variants.Select(one => one.Type).Where(type => !inventory.Types[type].IsOpen || use.Variants.Count == 1);

    /// <summary>What the resources of a type cost by the learning curve, in hundredths.</summary>
    public long Each(TypeUse use) => Each(Parts(use));

    /// <summary>By what a type's cost by the learning curve is divided among groups.</summary>
    public long Weight(TypeUse use) => use.Variants.Sum(one => one.Count * Mean(inventory.Types[one.Type].Each));

    /// <summary>What the resources of a type cost, once and by the learning curve, in hundredths.</summary>
    public long TypeMean(TypeUse use) => DueOnce(use).Sum(type => Mean(inventory.Types[type].Fixed)) + Each(use);

    /// <summary>What one resource adds to its group's volume, in hundredths.</summary>
    public long Volume(int resource) => inventory.Megabytes(resource) is { } volume ? Tally.VolumeEffort(volume, _perTerabyte) : 0;

    public long Mean(int constant) => constants[constant].MeanHundredths;

    /// <summary>What one definition costs in hundredths, by the name of its constant.</summary>
    public long Definition(string name) => Mean(constants.Index(name));

    /// <summary>The terms of a group's mean, the largest first.</summary>
    /// <param name="group">The group's number; null for the whole.</param>
    public IReadOnlyList<LockInTerm> Terms(Tally tally, Sharing sharing, int? group) =>
    [.. TypeTerms(tally, sharing, group)
        .Concat(CouplingTerms(tally)).Concat(MigrationTerms(tally)).Concat(SkillTerms(tally, sharing)).Concat(DefinitionTerms(tally))
        .OrderByDescending(term => term.AmountHundredths).ThenBy(term => term.Kind).ThenBy(term => term.Subject, StringComparer.Ordinal).ThenBy(term => term.Variant, StringComparer.Ordinal)];

    /// <summary>How often each constant is in the group's effort.</summary>
    /// <param name="onlyOwn">Without what does not depend on which resources they are: skills and definitions.</param>
    public Coefficients Coefficients(Tally tally, bool onlyOwn = false)
    {
        var sum = new SortedDictionary<int, double>();
        void Add(int constant, double times)
        {
            if (times > 0) sum[constant] = sum.GetValueOrDefault(constant) + times;
        }

        foreach (var use in Uses(tally))
        {
            foreach (var type in DueOnce(use)) Add(inventory.Types[type].Fixed, 1);
            foreach (var part in Parts(use)) Add(part.Constant, part.Times);
        }
        for (var i = 0; i < tally.Couplings.Length; i++)
            if (tally.Couplings[i] > 0) Add(EdgeConstant(i), tally.Couplings[i]);
        for (var i = 0; i < tally.Stores.Length; i++)
            if (tally.Stores[i] > 0) Add(MigrationConstant(i), tally.Stores[i]);
        if (tally.Megabytes > 0) Add(constants.Index(ConstantNames.PerTerabyte), tally.Megabytes / 1e6);
        if (onlyOwn) return new([.. sum.Keys], [.. sum.Values]);
        foreach (var skills in Skills(tally)) Add(skills, 1);
        for (var i = 0; i < tally.Definitions.Length; i++)
            if (tally.Definitions[i] > 0) Add(constants.Index(ConstantNames.Definitions[i].Name), tally.Definitions[i]);
        return new([.. sum.Keys], [.. sum.Values]);
    }

    /// <summary>The mean of what depends on these resources alone, in hundredths: without skills and definitions.</summary>
    public long OwnMean(Tally tally)
    {
        var sum = tally.VolumeHundredths + Uses(tally).Sum(TypeMean);
        for (var i = 0; i < tally.Couplings.Length; i++)
            if (tally.Couplings[i] > 0) sum += tally.Couplings[i] * Mean(EdgeConstant(i));
        for (var i = 0; i < tally.Stores.Length; i++)
            if (tally.Stores[i] > 0) sum += tally.Stores[i] * Mean(MigrationConstant(i));
        return sum;
    }

    /// <summary>The constants of the families' skills, each once.</summary>
    public SortedSet<int> Skills(Tally tally) => [.. tally.Types.Keys.Select(type => inventory.Types[type].Skills).OfType<int>()];

    public int EdgeConstant(int edgeClass) => constants.Index(LockInNames.Edge((EdgeClass)edgeClass));

    public int MigrationConstant(int export) => constants.Index(LockInNames.Migration((DataExport)export));

    private long Each(IReadOnlyList<CurvePart> parts) => (long)Math.Round(parts.Sum(part => Mean(part.Constant) * part.Times), MidpointRounding.ToEven);

    private IReadOnlyList<CurvePart> Parts(TypeUse use) => LearningCurve.Parts([.. use.Variants.Select(one => (inventory.Types[one.Type].Each, one.Count))], Mean);

    private IEnumerable<LockInTerm> TypeTerms(Tally tally, Sharing sharing, int? group)
    {
        foreach (var use in Uses(tally))
        {
            foreach (var number in DueOnce(use))
            {
                var type = inventory.Types[number];
                var shared = sharing.IsShared(number);
                var once = Mean(type.Fixed);
                yield return Term(LockInTermKind.TypeOnce, type.Type, tally.Types[number], once, shared ? 0 : once, $"{Days(once)} once", [type.Fixed], type.Evidence) with { Variant = type.Variant, IsShared = shared };
            }
            var parts = Parts(use);
            var each = Each(parts);
            yield return Term(
                LockInTermKind.TypeEach, use.Type, use.Count, each, group is { } own ? sharing.Each(use.Type, own) : each, string.Join(" + ", parts.Select(part => $"{Days(Mean(part.Constant))} × {part}")),
                [.. parts.Select(part => part.Constant)], use.Variants.SelectMany(one => inventory.Types[one.Type].Evidence).Distinct());
        }
    }

    private IEnumerable<LockInTerm> CouplingTerms(Tally tally)
    {
        for (var i = 0; i < tally.Couplings.Length; i++)
            if (tally.Couplings[i] > 0) yield return Times(LockInTermKind.Coupling, ((EdgeClass)i).ToString(), tally.Couplings[i], EdgeConstant(i));
    }

    private IEnumerable<LockInTerm> MigrationTerms(Tally tally)
    {
        for (var i = 0; i < tally.Stores.Length; i++)
            if (tally.Stores[i] > 0) yield return Times(LockInTermKind.Migration, ((DataExport)i).ToString(), tally.Stores[i], MigrationConstant(i));
        if (tally.StoresWithVolume == 0) yield break;
        var volume = string.Create(CultureInfo.InvariantCulture, $"{tally.Megabytes / 1_000_000m:0.######} TB × {Days(_perTerabyte)}, rounded for each store");
        yield return Term(
            LockInTermKind.Volume, "Data", tally.Megabytes, tally.VolumeHundredths, tally.VolumeHundredths, volume, [constants.Index(ConstantNames.PerTerabyte)], []);
    }

    private IEnumerable<LockInTerm> SkillTerms(Tally tally, Sharing sharing)
    {
        foreach (var family in tally.Types.Where(pair => inventory.Types[pair.Key].Skills is not null).GroupBy(pair => inventory.Types[pair.Key].Skills!.Value))
        {
            var shared = sharing.AreSkillsShared(family.Key);
            var days = Mean(family.Key);
            var name = inventory.Types[family.First().Key].Family!.Name;
            yield return Term(LockInTermKind.Skills, name, family.Sum(pair => pair.Value), days, shared ? 0 : days, $"{Days(days)} once", [family.Key], []) with { IsShared = shared };
        }
    }

    private IEnumerable<LockInTerm> DefinitionTerms(Tally tally)
    {
        for (var i = 0; i < tally.Definitions.Length; i++)
        {
            var (trait, name) = ConstantNames.Definitions[i];
            if (tally.Definitions[i] > 0) yield return Times(LockInTermKind.Definition, trait.ToString(), tally.Definitions[i], constants.Index(name));
        }
    }

    private LockInTerm Times(LockInTermKind kind, string subject, int count, int constant)
    {
        var amount = count * Mean(constant);
        return Term(kind, subject, count, amount, amount, string.Create(CultureInfo.InvariantCulture, $"{count} × {Days(Mean(constant))}"), [constant], []);
    }

    private LockInTerm Term(LockInTermKind kind, string subject, long count, long amount, long own, string formula, IReadOnlyList<int> used, IEnumerable<Evidence> more) => new()
    {
        Kind = kind,
        Subject = subject,
        Count = count,
        AmountHundredths = amount,
        OwnHundredths = own,
        Formula = formula,
        Constants = [.. used.Select(constant => constants[constant].Name)],
        Evidence = [.. used.Select(constant => constants[constant].Evidence), .. more],
    };

    private static string Days(long hundredths) => (hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
