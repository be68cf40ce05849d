namespace Guardrails.Sandbox;

internal enum ViolationKind
{
    Missing,
    TooShort,
    TooLong,
    PatternBroken,
    UnknownValue,
    TooSmall,
    TooLarge,
    TooFewItems,
    TooManyItems,
}

/// <param name="Path">The member, such as <c>Tags[3].Key</c>.</param>
/// <param name="Shape">What the model asks for there.</param>
/// <param name="ListItem">A plain value in a list breaks the constraint.</param>
/// <param name="Value">As sent, for protocols whose messages quote it.</param>
internal sealed record Violation(ViolationKind Kind, string Path, Shape Shape, bool ListItem, string? Value);
