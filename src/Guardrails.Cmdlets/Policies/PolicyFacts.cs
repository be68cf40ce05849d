namespace Guardrails.Cmdlets;

/// <summary>The module's data that the evaluation and the lint of policies need, read when it is first asked for.</summary>
internal static class PolicyFacts
{
    private static readonly Lazy<LintFacts> Facts = new(() => Read("lint.json", LintFacts.Read));
    private static readonly Lazy<ActionCatalog> Catalog = new(() => Read("actions.json", data => ActionCatalog.Read(data, Facts.Value.ConditionKeys)));
    private static readonly Lazy<ResourcePolicyScope> Scope = new(() => ResourcePolicyScope.Of(Actions));
    private static readonly Lazy<CloudTrailReader> Trail = new(() => new CloudTrailReader(Read("cloudtrail-actions.json", CloudTrailActions.Read)));

    /// <summary>The actions and condition keys that there are.</summary>
    public static ActionCatalog Actions => Catalog.Value;

    /// <summary>The lint, with the rules that are wanted.</summary>
    public static PolicyLint Lint(PolicyLimits limits, RuleSelection selection) => new(Actions, limits, Facts.Value, selection);

    /// <summary>What resource control policies reach.</summary>
    public static ResourcePolicyScope ResourceControls => Scope.Value;

    /// <summary>Turns CloudTrail records into requests.</summary>
    public static CloudTrailReader CloudTrail => Trail.Value;

    // Guardrails.Core is in module/bin.
    private static T Read<T>(string file, Func<Stream, T> read)
    {
        using var data = File.OpenRead(Path.Combine(Path.GetDirectoryName(typeof(GuardrailConnection).Assembly.Location)!, "..", "data", "policies", file));
        return read(data);
    }
}
