using System.Globalization;

namespace Guardrails;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing needs to be done.</summary>
    Information,

    /// <summary>AWS takes it, but it probably does not do what its author wants.</summary>
    Warning,

    /// <summary>AWS refuses it, or it locks accounts out.</summary>
    Error,
}

/// <summary>What is wrong with a policy document, where, and what to do.</summary>
public sealed record PolicyFinding
{
    /// <summary>The rule's id: <c>GR-SCP-001</c>; <c>GR-POL</c> holds for every type.</summary>
    public required string Rule { get; init; }

    /// <summary>How bad it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>The file as it was named, or the policy's name; null for text without a name.</summary>
    public string? Source { get; init; }

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>The character within the line, counted from 1.</summary>
    public int Column { get; init; } = 1;

    /// <summary>The statement's Sid, or <c>Statement 2</c> where it has none; null where it is not about one statement.</summary>
    public string? Statement { get; init; }

    /// <summary>What other linters call this: <c>parliament:MALFORMED</c>.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>As compilers write it: <c>deny.json(3,7): Error GR-POL-001: message</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source ?? "policy"}({Line},{Column}): {Severity} {Rule}: {Message}");
}
