namespace Guardrails;

/// <summary>Where a value comes from.</summary>
/// <param name="Grade">How well it is known.</param>
/// <param name="Source">The page, or the reasoning where it is judgement.</param>
/// <param name="AsOf">When it was looked up.</param>
public sealed record Evidence(EvidenceGrade Grade, string Source, DateOnly AsOf)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Grade}, {AsOf:yyyy-MM-dd}: {Source}";
}

/// <summary>A value with where it comes from.</summary>
public sealed record Graded<T>(T Value, Evidence Evidence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Value} ({Evidence.Grade})";
}
