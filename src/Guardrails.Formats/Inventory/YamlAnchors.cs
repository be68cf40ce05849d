using YamlDotNet.Core.Events;

namespace Guardrails.Formats;

/// <summary>Keeps what was read at the anchors of a YAML text, and nothing else: each part once, however anchors stand in one another.</summary>
internal sealed class YamlAnchors
{
    private readonly List<ParsingEvent> _events = [];
    private readonly Dictionary<string, (int Start, int End)> _parts = new(StringComparer.Ordinal);

    /// <summary>The anchors whose end was not reached yet, with the depth at which they began.</summary>
    private readonly Stack<(string Name, int Start, int Depth)> _open = new();
    private int _depth;

    public ParsingEvent this[int number] => _events[number];

    /// <summary>What was read at an anchor, from the first event to before the last; null where it is not known, or not read to its end.</summary>
    public (int Start, int End)? Find(string name) => _parts.TryGetValue(name, out var part) ? part : null;

    /// <summary>Takes note of the next event of the text.</summary>
    public void Note(ParsingEvent next)
    {
        var anchor = next is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;
        if (anchor is null && _open.Count == 0) return;
        if (anchor is not null)
        {
            // From here on the name means this one.
            _parts.Remove(anchor);
            _open.Push((anchor, _events.Count, _depth));
        }
        _events.Add(next);
        if (next is MappingStart or SequenceStart) _depth++;
        else if (next is MappingEnd or SequenceEnd) _depth--;
        while (_open.TryPeek(out var open) && open.Depth == _depth)
        {
            _parts[open.Name] = (open.Start, _events.Count);
            _open.Pop();
        }
    }
}
