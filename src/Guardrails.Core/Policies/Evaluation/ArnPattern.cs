namespace Guardrails;

/// <summary>
/// An ARN with wildcards, as ArnLike and ArnEquals compare it: each of the six segments by itself, so that a wildcard does not cross a
/// colon, except in the last segment, which holds the rest. What has fewer than six segments is no ARN and matches nothing.
/// </summary>
/// <remarks>Source: IAM user guide, "Amazon Resource Name (ARN) condition operators" (August 2026).</remarks>
internal sealed class ArnPattern
{
    private const int Segments = 6;

    private readonly GlobPattern[] _segments;

    private ArnPattern(GlobPattern[] segments) => _segments = segments;

    public static bool TryParse(ReadOnlySpan<int> tokens, out ArnPattern pattern)
    {
        var segments = new GlobPattern[Segments];
        pattern = new ArnPattern(segments);
        for (var i = 0; i < Segments; i++)
        {
            if (!Take(ref tokens, i, out var segment)) return false;
            segments[i] = GlobPattern.FromTokens(segment.ToArray());
        }
        return true;
    }

    public bool Matches(ReadOnlySpan<char> arn)
    {
        for (var i = 0; i < Segments; i++)
        {
            if (!Take(ref arn, i, out var segment) || !_segments[i].Matches(segment)) return false;
        }
        return true;
    }

    public static bool Matches(ReadOnlySpan<int> tokens, ReadOnlySpan<char> arn)
    {
        for (var i = 0; i < Segments; i++)
        {
            if (!Take(ref tokens, i, out var pattern) || !Take(ref arn, i, out var segment)) return false;
            if (!GlobPattern.Matches(pattern, segment, ignoreCase: false)) return false;
        }
        return true;
    }

    /// <summary>The pattern as it is written.</summary>
    public override string ToString() => string.Join(':', _segments.Select(segment => segment.ToString()));

    private static bool Take(ref ReadOnlySpan<int> rest, int index, out ReadOnlySpan<int> segment)
    {
        var colon = index < Segments - 1 ? rest.IndexOf(':') : rest.Length;
        segment = colon < 0 ? default : rest[..colon];
        if (colon >= 0 && index < Segments - 1) rest = rest[(colon + 1)..];
        return colon >= 0;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, int index, out ReadOnlySpan<char> segment)
    {
        var colon = index < Segments - 1 ? rest.IndexOf(':') : rest.Length;
        segment = colon < 0 ? default : rest[..colon];
        if (colon >= 0 && index < Segments - 1) rest = rest[(colon + 1)..];
        return colon >= 0;
    }
}
