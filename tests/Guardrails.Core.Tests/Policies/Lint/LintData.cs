using System.Reflection;

namespace Guardrails.Core.Tests.Policies.Lint;

/// <summary>The module's own data files, and the lint on them.</summary>
internal static class LintData
{
    private static readonly string Root = typeof(LintData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;

    public static LintFacts Facts { get; } = LintFacts.Read(Open("policies/lint.json"));

    public static ActionCatalog Catalog { get; } = ActionCatalog.Read(Open("policies/actions.json"), Facts.ConditionKeys);

    public static PolicyLimits Limits { get; } = PolicyLimits.Read(Open("quotas.json"));

    public static PolicyLint Lint { get; } = With(RuleSelection.All);

    public static PolicyLint With(RuleSelection selection) => new(Catalog, Limits, Facts, selection);

    private static MemoryStream Open(string file) => new(File.ReadAllBytes(Path.Combine(Root, "module", "data", file)));
}
