namespace Guardrails;

/// <summary>
/// A pattern for paths in the organization, step by step as <see cref="TextPattern"/> says: <c>/Workloads/*/shop-[a-c]</c>. A wildcard
/// does not cross a slash. Without any slash it is meant for the last step, wherever that is; with one it is read from the root.
/// </summary>
internal sealed class PathPattern
{
    private readonly TextPattern[] _steps;
    private readonly bool _rooted;

    private PathPattern(TextPattern[] steps, bool rooted, bool isName)
    {
        _steps = steps;
        _rooted = rooted;
        IsName = isName;
        HasWildcards = Array.Exists(steps, step => step.HasWildcards);
    }

    /// <summary>True where no slash was given: only the name counts.</summary>
    public bool IsName { get; }

    public bool HasWildcards { get; }

    public static PathPattern Parse(string pattern)
    {
        var steps = OrganizationPath.Steps(pattern);
        var isName = steps.Count == 1 && steps[0].Length == pattern.Length;
        return new PathPattern([.. steps.Select(TextPattern.Parse)], pattern.StartsWith('/'), isName);
    }

    /// <summary>Whether an object with that name and path is meant.</summary>
    public bool Matches(string name, string path) => IsName ? _steps[0].Matches(name) : Matches(path);

    private bool Matches(string path)
    {
        if (_rooted && !path.StartsWith('/')) return false;
        var (step, start) = (0, 0);
        for (var i = 0; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] == '`')
            {
                i++;
                continue;
            }
            if (i < path.Length && path[i] != '/') continue;
            if (i > start)
            {
                if (step == _steps.Length || !MatchesStep(_steps[step++], path.AsSpan(start..Math.Min(i, path.Length)))) return false;
            }
            start = i + 1;
        }
        return step == _steps.Length;
    }

    private static bool MatchesStep(TextPattern pattern, ReadOnlySpan<char> step) =>
        step.Contains('`') ? pattern.Matches(OrganizationPath.Unescape(step.ToString())) : pattern.Matches(step);
}
