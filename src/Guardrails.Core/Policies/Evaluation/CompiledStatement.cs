namespace Guardrails;

/// <summary>A pattern of Resource or NotResource, which may hold variables. A wildcard matches any characters, colons and slashes too.</summary>
/// <remarks>Source: IAM user guide, "IAM JSON policy elements: Resource" (August 2026). Resources are case-sensitive.</remarks>
internal sealed record ResourcePattern(string Text, GlobPattern? Pattern, VariableText? Variable)
{
    public bool MatchesEverything => Pattern?.MatchesEverything == true;

    public static ResourcePattern Compile(string text, bool variables, KeyTable keys)
    {
        var parsed = VariableText.Parse(text, wildcards: true, variables, keys);
        return parsed.HasVariables ? new ResourcePattern(text, null, parsed) : new ResourcePattern(text, GlobPattern.FromTokens(parsed.Tokens), null);
    }

    public Truth Matches(string resource, BoundRequest request)
    {
        if (Pattern is not null) return TruthLogic.Of(Pattern.Matches(resource));
        var known = Variable!.Expand(request, out var tokens);
        return known == Truth.True ? TruthLogic.Of(GlobPattern.Matches(tokens, resource, ignoreCase: false)) : known;
    }
}

/// <summary>A statement, compiled. Immutable: a changed copy is made with <c>with</c>.</summary>
/// <param name="Number">Its place in the policy, from 1.</param>
/// <param name="Line">Its line in the document, from 1; 0 where it was not read from text.</param>
internal sealed record CompiledStatement(int Number, string? Sid, bool Denies, int Line)
{
    /// <summary>The patterns of Action or NotAction, over the whole of service prefix and name, in any case.</summary>
    public required GlobPattern[] Actions { get; init; }

    /// <summary>True for NotAction.</summary>
    public bool NotAction { get; init; }

    /// <summary>The patterns of Resource or NotResource.</summary>
    public required ResourcePattern[] Resources { get; init; }

    /// <summary>True for NotResource.</summary>
    public bool NotResource { get; init; }

    /// <summary>All of them must hold; cheap ones first.</summary>
    public required CompiledCondition[] Conditions { get; init; }

    /// <summary>True where it matches each resource, known or not.</summary>
    public bool AnyResource { get; init; }

    /// <summary>True for a statement that matches every request.</summary>
    public bool MatchesAll => AnyResource && Conditions.Length == 0 && !NotAction && Actions.Any(action => action.MatchesEverything);

    public bool MatchesAction(ReadOnlySpan<char> action)
    {
        foreach (var pattern in Actions)
        {
            if (pattern.Matches(action)) return !NotAction;
        }
        return NotAction;
    }

    /// <summary>Whether it applies to a request whose action it matches: resource first, conditions last and only as far as they are needed.</summary>
    public Truth Evaluate(BoundRequest request)
    {
        var applies = AnyResource ? Truth.True : MatchesResource(request);
        foreach (var condition in Conditions)
        {
            if (applies == Truth.False) break;
            applies = applies.And(condition.Evaluate(request));
        }
        return applies;
    }

    public Truth MatchesResource(BoundRequest request)
    {
        if (AnyResource) return Truth.True;
        if (request.Request.Resource is not { } resource)
        {
            return Array.Exists(Resources, pattern => pattern.MatchesEverything) ? TruthLogic.Of(!NotResource) : Truth.Unknown;
        }
        var any = Truth.False;
        foreach (var pattern in Resources)
        {
            any = any.Or(pattern.Matches(resource, request));
            if (any == Truth.True) break;
        }
        return NotResource ? any.Not() : any;
    }

    /// <summary>What would have to be known to decide whether it applies, where that is in doubt.</summary>
    public IEnumerable<string> MissingKeys(BoundRequest request)
    {
        if (MatchesResource(request) == Truth.Unknown)
        {
            if (request.Request.Resource is null) yield return "the resource";
            foreach (var key in request.UnknownAmong(Resources.SelectMany(pattern => pattern.Variable?.Variables ?? []))) yield return key;
        }
        foreach (var condition in Conditions)
        {
            if (condition.Evaluate(request) != Truth.Unknown) continue;
            foreach (var key in condition.MissingKeys(request)) yield return key;
        }
    }

    /// <summary>The Sid, or the place in the policy.</summary>
    public override string ToString() => string.IsNullOrEmpty(Sid) ? $"statement {Number}" : Sid;
}

/// <summary>A policy document, compiled once and used on every level it is attached to.</summary>
/// <param name="Id">The policy's id, or the file it was read from.</param>
internal sealed record CompiledPolicy(string Id, string Name, CompiledStatement[] Statements)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
