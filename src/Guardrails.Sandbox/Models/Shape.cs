using System.Collections.Frozen;

namespace Guardrails.Sandbox;

/// <summary>What an API model says of a value. Format: src/Guardrails.AwsClients/Models/README.md.</summary>
internal abstract record Shape(string Name);

/// <param name="Minimum">In characters, that is code points.</param>
internal sealed record StringShape(string Name, long? Minimum, long? Maximum, ValuePattern? Pattern) : Shape(Name);

internal sealed record EnumShape(string Name, FrozenSet<string> Values) : Shape(Name);

/// <param name="Bits">Of a whole number; 0: a floating point number.</param>
internal sealed record NumberShape(string Name, int Bits, double? Minimum, double? Maximum) : Shape(Name);

internal sealed record BooleanShape(string Name) : Shape(Name);

internal sealed record BlobShape(string Name) : Shape(Name);

internal sealed record TimeShape(string Name) : Shape(Name);

internal sealed record DocumentShape(string Name) : Shape(Name);

internal sealed record ListShape(string Name, Shape Item, long? Minimum, long? Maximum) : Shape(Name);

internal sealed record MapShape(string Name, Shape Value) : Shape(Name);

internal sealed record StructureShape(string Name) : Shape(Name)
{
    /// <summary>In the model's order. Filled after construction, because structures may hold themselves.</summary>
    public Dictionary<string, StructureMember> Members { get; } = new(StringComparer.Ordinal);
}

/// <param name="WireName">The name in the request.</param>
internal sealed record StructureMember(string WireName, Shape Shape, bool Required);
