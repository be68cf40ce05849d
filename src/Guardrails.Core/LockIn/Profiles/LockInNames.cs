using System.Text;

namespace Guardrails;

/// <summary>
/// The names of levels, targets and constants as data has them, in small letters with hyphens: <c>equivalent-other-api</c>,
/// <c>fixed.redesign.function-package</c>. They are the contract between the data and the model.
/// </summary>
internal static class LockInNames
{
    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.OfValue[value];

    /// <summary>The value of a name; null where it is none.</summary>
    public static T? Parse<T>(string name) where T : struct, Enum => Names<T>.OfName.TryGetValue(name, out var value) ? value : null;

    /// <summary>All names of a kind, in order.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Names<T>.All;

    public static string Fixed(ApiLevel api, RuntimeArtefact? artefact) => $"fixed.{Of(api)}.{(artefact is { } one ? Of(one) : "none")}";

    public static string Each(ApiLevel api) => $"each.{Of(api)}";

    public static string Edge(EdgeClass @class) => $"edge.{Of(@class)}";

    public static string Migration(DataExport export) => $"migration.{Of(export)}";

    public static string Skills(string family) => $"skills.{family}";

    /// <summary>The skills for one target, which go before those for all.</summary>
    public static string Skills(string family, LockInTarget target) => $"skills.{family}.{Of(target)}";

    /// <summary>
    /// What the draws of a constant are made from. The levels of types are one scale, and so are those of resources: in a draw in which a low level
    /// is dear a high one is too, and none finds the high one cheaper. Else a variant that becomes known could lower a percentile.
    /// </summary>
    public static string DrawnAs(string constant) =>
        constant.StartsWith("fixed.", StringComparison.Ordinal) ? "fixed" : constant.StartsWith("each.", StringComparison.Ordinal) ? "each" : constant;

    /// <summary>Every constant that must be there.</summary>
    public static IEnumerable<string> Required(IEnumerable<LockInFamily> families)
    {
        foreach (var api in Enum.GetValues<ApiLevel>())
        {
            yield return Fixed(api, null);
            foreach (var artefact in Enum.GetValues<RuntimeArtefact>()) yield return Fixed(api, artefact);
            yield return Each(api);
        }
        foreach (var edge in Enum.GetValues<EdgeClass>()) yield return Edge(edge);
        foreach (var export in Enum.GetValues<DataExport>()) yield return Migration(export);
        foreach (var family in families) yield return Skills(family.Name);
        foreach (var name in Others) yield return name;
    }

    /// <summary>Every constant that may be there as well.</summary>
    public static IEnumerable<string> Optional(IEnumerable<LockInFamily> families) =>
        families.SelectMany(family => Enum.GetValues<LockInTarget>().Select(target => Skills(family.Name, target))).Concat([ConstantNames.Bandwidth, ConstantNames.OverlapMonths]);

    private static readonly string[] Others =
    [
        "unknown.fixed", "unknown.each", "migration.per-terabyte",
        "iac.cloudformation", "iac.terraform", "iac.macro", "iac.custom-resource", "iac.nested-stack",
    ];

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> OfValue = Enum.GetValues<T>().ToDictionary(value => value, value => Hyphenated(value.ToString()));
        public static readonly Dictionary<string, T> OfName = OfValue.ToDictionary(one => one.Value, one => one.Key, StringComparer.Ordinal);
        public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<T>().Select(value => OfValue[value])];
    }

    private static string Hyphenated(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
