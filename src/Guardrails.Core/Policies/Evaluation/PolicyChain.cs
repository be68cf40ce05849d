namespace Guardrails;

/// <summary>
/// The policies of one type that bind an account, level by level from the root to the account, compiled together. Accounts with the same
/// policies on their levels share one.
/// </summary>
internal sealed class PolicyChain
{
    private readonly StatementIndex _denials;
    private readonly StatementIndex[] _allowances;

    /// <param name="levels">The policies on each level, from the root down.</param>
    /// <param name="mustAllow">Whether each level must allow as well as not deny: true for service control policies.</param>
    public PolicyChain(IReadOnlyList<CompiledPolicy[]> levels, bool mustAllow)
    {
        Levels = levels;
        MustAllow = mustAllow;
        _denials = new StatementIndex(levels.SelectMany(level => level).DistinctBy(policy => policy.Id)
            .SelectMany(policy => policy.Statements).Where(statement => statement.Denies));
        _allowances = !mustAllow ? [] : [.. levels
            .Select(level => level.SelectMany(policy => policy.Statements).Where(statement => !statement.Denies).ToArray())
            .Where(allowing => !Array.Exists(allowing, statement => statement.MatchesAll))
            .Select(allowing => new StatementIndex(allowing))];
    }

    /// <summary>The policies on each level, from the root down.</summary>
    public IReadOnlyList<CompiledPolicy[]> Levels { get; }

    public bool MustAllow { get; }

    /// <summary>A statement on any level denies it, or a level does not allow it.</summary>
    public Truth Denies(BoundRequest request)
    {
        var denied = _denials.AnyApplies(request);
        foreach (var level in _allowances)
        {
            if (denied == Truth.True) break;
            denied = denied.Or(level.AnyApplies(request).Not());
        }
        return denied;
    }
}
