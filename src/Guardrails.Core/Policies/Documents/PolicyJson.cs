namespace Guardrails;

/// <summary>What kind of JSON value a <see cref="PolicyJson"/> is.</summary>
internal enum PolicyJsonKind { Object, Array, String, Number, True, False, Null }

/// <summary>A JSON value with where it stands. Keeps the order of members and duplicate names as they were written.</summary>
internal sealed class PolicyJson
{
    /// <summary>The kind of value.</summary>
    public required PolicyJsonKind Kind { get; init; }

    /// <summary>Where it begins in the document's bytes; <see cref="PolicyDocument.PositionOf(int)"/> makes line and column of it.</summary>
    public required int Offset { get; init; }

    /// <summary>A string's text, a number as written, or <c>true</c>, <c>false</c>, <c>null</c>; empty for objects and arrays.</summary>
    public string Text { get; init; } = "";

    /// <summary>An object's members; empty for everything else.</summary>
    public IReadOnlyList<PolicyJsonMember> Members { get; init; } = [];

    /// <summary>An array's values; empty for everything else.</summary>
    public IReadOnlyList<PolicyJson> Items { get; init; } = [];

    /// <summary>True for everything but objects and arrays.</summary>
    public bool IsScalar => Kind is not (PolicyJsonKind.Object or PolicyJsonKind.Array);

    /// <summary>The member of that name, in exactly that case of letters; the last one where it is written twice; null where there is none.</summary>
    public PolicyJson? this[string name]
    {
        get
        {
            for (var i = Members.Count - 1; i >= 0; i--)
            {
                if (Members[i].Name == name) return Members[i].Value;
            }
            return null;
        }
    }

    /// <summary>True when both say the same in the same order, wherever it stands. Numbers are compared as written.</summary>
    /// <remarks>Recursion is bounded by the reader's depth.</remarks>
    public bool SaysTheSameAs(PolicyJson other) =>
        Kind == other.Kind && Text == other.Text && Members.Count == other.Members.Count && Items.Count == other.Items.Count
        && Members.Zip(other.Members).All(pair => pair.First.Name == pair.Second.Name && pair.First.Value.SaysTheSameAs(pair.Second.Value))
        && Items.Zip(other.Items).All(pair => pair.First.SaysTheSameAs(pair.Second));
}

/// <param name="Name">The name with its escapes resolved.</param>
/// <param name="Offset">Where the name begins in the document's bytes.</param>
internal readonly record struct PolicyJsonMember(string Name, int Offset, PolicyJson Value);
