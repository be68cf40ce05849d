namespace Guardrails;

/// <summary>One of the objects that a name may mean.</summary>
/// <param name="Id">The id: what to write instead of the name.</param>
/// <param name="Path">The path.</param>
public sealed record IdentityCandidate(string Id, string Path)
{
    /// <summary>Id and path.</summary>
    public override string ToString() => $"{Id} ({Path})";
}

/// <summary>A change was asked for by a name that several objects have. Nothing was changed.</summary>
public sealed class AmbiguousIdentityException : Exception
{
    private const int Shown = 10;

    internal AmbiguousIdentityException(string word, string identity, IReadOnlyList<IdentityCandidate> candidates)
        : base($"'{identity}' may mean {candidates.Count} {word}s: {string.Join(", ", candidates.Take(Shown))}"
            + $"{(candidates.Count > Shown ? ", …" : "")}. Give the id or the full path of the one that is meant.")
    {
        Identity = identity;
        Candidates = candidates;
    }

    /// <summary>What was given.</summary>
    public string Identity { get; }

    /// <summary>What it may mean.</summary>
    public IReadOnlyList<IdentityCandidate> Candidates { get; }
}

/// <summary>Nothing in the organization has that id, ARN, path or name.</summary>
public sealed class IdentityNotFoundException : Exception
{
    internal IdentityNotFoundException(string word, string identity, IReadOnlyList<string> near)
        : base($"The organization has no {word} '{identity}'.{(near.Count > 0 ? $" Is {string.Join(" or ", near)} meant?" : "")}")
    {
        Identity = identity;
        Near = near;
    }

    /// <summary>What was given.</summary>
    public string Identity { get; }

    /// <summary>Paths of up to three objects with a similar name.</summary>
    public IReadOnlyList<string> Near { get; }
}
