namespace Guardrails;

/// <summary>What was found about a request for an account before anything is made, and what to do about it.</summary>
public sealed record AccountRequestFinding
{
    /// <summary>Where the request was read: file and line, or its position in the pipeline; null where the whole batch is meant.</summary>
    public string? Source { get; init; }

    /// <summary>The account's name; null where the whole batch is meant.</summary>
    public string? Name { get; init; }

    /// <summary>The root user's email address; null where the whole batch is meant.</summary>
    public string? Email { get; init; }

    /// <summary>The request's property that it is about; null where none alone is.</summary>
    public string? Field { get; init; }

    /// <summary>Error: the request would not be met. Warning: somebody should look. Information: worth knowing.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>What was found.</summary>
    public required string Message { get; init; }

    /// <summary>What to do; null where nothing needs to be done.</summary>
    public string? NextStep { get; init; }

    /// <summary>Severity, name and message.</summary>
    public override string ToString() => Name is null ? $"{Severity}: {Message}" : $"{Severity}: {Name}: {Message}";
}
