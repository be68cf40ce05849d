namespace Guardrails;

/// <summary>Who uses whom, summed up for a drawing: of the whole by group, of a group by family.</summary>
public sealed record LockInGraph
{
    /// <summary>The nodes, by name.</summary>
    public required IReadOnlyList<LockInGraphNode> Nodes { get; init; }

    /// <summary>The couplings between and within nodes, by source, target and class.</summary>
    public required IReadOnlyList<LockInGraphEdge> Edges { get; init; }
}

/// <summary>A group or a family of resources.</summary>
/// <param name="Name">The group's or the family's name; <c>(none)</c> for what is of none, <c>(outside)</c> for what is used outside the group.</param>
/// <param name="Title">Its title for people.</param>
/// <param name="Count">How many resources.</param>
public sealed record LockInGraphNode(string Name, string Title, int Count);

/// <summary>Couplings of one class between two nodes.</summary>
/// <param name="Source">The name of the node that uses the other.</param>
/// <param name="Target">The name of the other node, or of the same.</param>
/// <param name="Class">The class of the couplings.</param>
/// <param name="Count">How many.</param>
public sealed record LockInGraphEdge(string Source, string Target, EdgeClass Class, int Count);

/// <summary>A resource as a measurement saw it: enough to tell later what was added and what it added.</summary>
public sealed record LockInResource
{
    /// <summary>What it is recognised by in a later measurement: its identity, else account, stack, logical id and type.</summary>
    public required string Identity { get; init; }

    /// <summary>The name that people know.</summary>
    public required string Name { get; init; }

    /// <summary>The type.</summary>
    public required string Type { get; init; }

    /// <summary>The variant.</summary>
    public string? Variant { get; init; }

    /// <summary>The group that it was measured in.</summary>
    public required string Group { get; init; }

    /// <summary>The template, state or stack that defines it.</summary>
    public string? Stack { get; init; }

    /// <summary>How many couplings it has, by class; classes without any are left out.</summary>
    public IReadOnlyDictionary<EdgeClass, int> Couplings { get; init; } = new Dictionary<EdgeClass, int>();

    /// <summary>What would be saved of the whole's mean effort if only this one were not there, in hundredths of a person-day.</summary>
    public required long MarginalHundredths { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Name}";
}
