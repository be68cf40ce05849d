namespace Guardrails;

/// <summary>Compiles policy documents: each once, however often it is attached.</summary>
internal static class PolicyCompiler
{
    private const string VersionWithVariables = "2012-10-17";

    /// <summary>
    /// Compiles a document. What cannot be evaluated in it (an operator that is not known, a statement without Resource) neither applies
    /// nor doesn't: requests that depend on it are Indeterminate. Ask <see cref="PolicyDocument.IsEvaluable"/> first where that is an error.
    /// </summary>
    /// <param name="id">The policy's id, or the name of the file.</param>
    public static CompiledPolicy Compile(PolicyDocument document, string id, string name, KeyTable keys)
    {
        var variables = HasVariables(document);
        if (document.Statements.Count == 0) return new CompiledPolicy(id, name, [Undecidable(0, null, true, 0, $"{name} (no statement that can be read)", keys)]);
        return new CompiledPolicy(id, name, [.. document.Statements.Select(statement => Compile(statement, document, variables, name, keys))]);
    }

    /// <summary>Whether <c>${…}</c> is a variable in it, and not just text.</summary>
    public static bool HasVariables(PolicyDocument document) => document.Version?.Text == VersionWithVariables;

    private static CompiledStatement Compile(PolicyStatement statement, PolicyDocument document, bool variables, string policy, KeyTable keys)
    {
        var line = document.PositionOf(statement.Offset).Line;
        var denies = statement.Effect != PolicyEffect.Allow;
        var (actions, resources) = (statement.Action ?? statement.NotAction, statement.Resource ?? statement.NotResource);
        if (statement.Effect is null || actions is not { Values.Count: > 0 } || resources is not { Values.Count: > 0 })
        {
            return Undecidable(statement.Index + 1, statement.Sid?.Text, denies, line, $"{policy} {statement.Label} (incomplete)", keys);
        }
        var patterns = resources.Values.Select(value => ResourcePattern.Compile(value.Text, variables, keys)).ToArray();
        return new CompiledStatement(statement.Index + 1, statement.Sid?.Text, denies, line)
        {
            Actions = [.. actions.Values.Select(value => GlobPattern.Parse(value.Text, ignoreCase: true))],
            NotAction = statement.Action is null,
            Resources = patterns,
            NotResource = statement.Resource is null,
            AnyResource = statement.Resource is not null && Array.Exists(patterns, pattern => pattern.MatchesEverything),
            Conditions = [.. statement.Conditions.Select(condition => CompiledCondition.Compile(condition, variables, keys)).OrderBy(condition => condition.Cost)],
        };
    }

    private static CompiledStatement Undecidable(int number, string? sid, bool denies, int line, string why, KeyTable keys) =>
        new(number, sid, denies, line)
        {
            Actions = [GlobPattern.Parse("*")],
            Resources = [ResourcePattern.Compile("*", variables: false, keys)],
            AnyResource = true,
            Conditions = [new CompiledCondition(why, null, keys.Intern(why), why, [])],
        };
}
