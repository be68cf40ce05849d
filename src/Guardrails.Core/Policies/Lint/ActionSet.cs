using System.Numerics;

namespace Guardrails;

/// <summary>A set of actions, as bits by their number in <see cref="AllowedActions"/>. Never changes.</summary>
internal sealed class ActionSet
{
    private readonly ulong[] _bits;
    private readonly int _count;

    public ActionSet(ulong[] bits, int count) => (_bits, _count) = (bits, count);

    public bool IsEmpty => Array.TrueForAll(_bits, word => word == 0);

    /// <summary>True when it has every action that the catalogue knows.</summary>
    public bool IsEverything => _bits.Sum(word => BitOperations.PopCount(word)) == _count;

    public static ActionSet Intersection(ActionSet one, ActionSet other) => new([.. one._bits.Zip(other._bits, (a, b) => a & b)], one._count);

    /// <summary>The union; without sets, the empty set.</summary>
    public static ActionSet Union(IEnumerable<ActionSet> sets)
    {
        ulong[] bits = [];
        var count = 0;
        foreach (var set in sets)
        {
            if (bits.Length == 0) bits = new ulong[set._bits.Length];
            for (var i = 0; i < bits.Length; i++) bits[i] |= set._bits[i];
            count = set._count;
        }
        return new(bits, count);
    }
}
