using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Guardrails.Formats;

/// <summary>
/// The tokens of the first document of a YAML text. An alias reads as what stands at its anchor, and a merge (<c>&lt;&lt;: *anchor</c>) as the keys
/// that the mapping does not have itself; both only up to a number of tokens, so that no file can grow in memory or time.
/// </summary>
internal sealed class YamlTokens : IDocumentTokens
{
    // Far more than any template holds: it may have 1 MB (CloudFormation quotas, read 2026-11-25).
    private const int MostReplayed = 200_000;

    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly YamlAnchors _anchors = new();

    /// <summary>The mappings and lists that are open.</summary>
    private readonly Stack<Level> _levels = new();

    /// <summary>The keys of all mappings that are open, one after the other.</summary>
    private readonly List<string> _keys = [];

    /// <summary>What is read instead of the text: parts of what was read at anchors, the innermost last.</summary>
    private readonly Stack<Replay> _replays = new();
    private Level _level;
    private ParsingEvent? _putBack;
    private string _text = "";
    private string _tag = "";
    private int _replayed;
    private int _documents;

    public YamlTokens(string text)
    {
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
    }

    public DocumentToken Kind { get; private set; }

    public ReadOnlySpan<char> Tag => _tag.Length > 1 && _tag[0] == '!' ? _tag.AsSpan(1) : default;

    public bool TextIs(ReadOnlySpan<byte> ascii) => Ascii.Equals(_text, ascii);

    public bool TextStartsWith(ReadOnlySpan<byte> ascii) => _text.Length >= ascii.Length && Ascii.Equals(_text.AsSpan(0, ascii.Length), ascii);

    public ReadOnlySpan<char> Text() => _text;

    public void Read()
    {
        while (true)
        {
            var next = Next();
            switch (next)
            {
                case null:
                    Become(DocumentToken.End);
                    return;
                case DocumentStart when ++_documents > 1:
                    Become(DocumentToken.NextDocument);
                    return;
                case AnchorAlias alias:
                    Follow(alias, _anchors.Find(alias.Value.Value));
                    continue;
                case Scalar scalar when _level.ExpectsKey:
                    if (IsMerge(scalar) && ReadMerge()) continue;
                    if (!AddKey(scalar.Value)) continue;
                    _level.ExpectsKey = false;
                    Become(DocumentToken.Key, scalar.Value);
                    return;
                case Scalar scalar:
                    _level.ExpectsKey = _level.IsMapping;
                    Become(DocumentToken.Text, IsNothing(scalar) ? "" : scalar.Value, scalar);
                    return;
                case MappingStart or SequenceStart when _level.ExpectsKey:
                    // A key that is a mapping or list is none that a template has.
                    Pass(1);
                    if (!AddKey("")) continue;
                    _level.ExpectsKey = false;
                    Become(DocumentToken.Key);
                    return;
                case MappingStart start:
                    Open(start, isMapping: true);
                    Become(DocumentToken.Mapping, "", start);
                    return;
                case SequenceStart start:
                    Open(start, isMapping: false);
                    Become(DocumentToken.List, "", start);
                    return;
                case MappingEnd end when _level.Merges is { Count: > 0 } merges:
                    _putBack = end;
                    Merge(end, merges);
                    continue;
                case MappingEnd or SequenceEnd:
                    Become(_level.IsMapping ? DocumentToken.MappingEnd : DocumentToken.ListEnd);
                    Close();
                    return;
            }
        }
    }

    public int Depth => _levels.Count;

    public bool ReadToFunction(int depth)
    {
        while (true)
        {
            Read();
            switch (Kind)
            {
                case DocumentToken.Key when MayBeFunction(_text):
                    return true;
                case DocumentToken.Key:
                    break;
                case DocumentToken.MappingEnd or DocumentToken.ListEnd:
                    if (Depth < depth) return false;
                    break;
                case DocumentToken.End or DocumentToken.NextDocument:
                    return false;
                default:
                    if (_tag.Length > 0) return true;
                    break;
            }
        }
    }

    public void Skip()
    {
        if (Kind is DocumentToken.Mapping or DocumentToken.List)
        {
            Pass(1);
            Become(_level.IsMapping ? DocumentToken.MappingEnd : DocumentToken.ListEnd);
            Close();
        }
        else if (Kind == DocumentToken.Key)
        {
            PassValue();
            _level.ExpectsKey = true;
            Become(DocumentToken.Text);
        }
    }

    private static bool MayBeFunction(string key) => key.StartsWith("Fn", StringComparison.Ordinal) || key == "Ref";

    private void Become(DocumentToken kind, string text = "", NodeEvent? node = null)
    {
        Kind = kind;
        _text = text;
        _tag = node is { Tag: { IsEmpty: false, IsNonSpecific: false } tag } ? tag.Value : "";
    }

    private void Open(NodeEvent start, bool isMapping)
    {
        if (_levels.Count >= JsonTokens.DeepestNesting) throw Damaged(start.Start, $"Lists and mappings are nested more than {JsonTokens.DeepestNesting} deep.");
        _levels.Push(_level);
        _level = new Level { IsMapping = isMapping, ExpectsKey = isMapping, FirstKey = _keys.Count };
    }

    private void Close()
    {
        if (_level.IsMapping) _keys.RemoveRange(_level.FirstKey, _keys.Count - _level.FirstKey);
        _level = _levels.Pop();
        _level.ExpectsKey = _level.IsMapping;
    }

    /// <summary>Notes a key. Among merged keys, one that is there already is passed over with its value.</summary>
    private bool AddKey(string key)
    {
        if (_level.Own is { } own && !own.Add(key))
        {
            PassValue();
            return false;
        }
        _keys.Add(key);
        return true;
    }

    /// <summary>Notes what is to be merged at the end of the mapping.</summary>
    /// <returns>False where the value is something else, which is read like that of any key.</returns>
    private bool ReadMerge()
    {
        var value = Next();
        switch (value)
        {
            case AnchorAlias alias:
                (_level.Merges ??= []).Enqueue(_anchors.Find(alias.Value.Value));
                return true;
            case SequenceStart:
                for (var depth = 1; depth > 0;)
                {
                    var item = Next();
                    if (item is AnchorAlias alias && depth == 1) (_level.Merges ??= []).Enqueue(_anchors.Find(alias.Value.Value));
                    depth += item?.NestingIncrease ?? -depth;
                }
                return true;
            default:
                _putBack = value;
                return false;
        }
    }

    private void Merge(MappingEnd end, Queue<(int Start, int End)?> merges)
    {
        if (merges.Dequeue() is not { } part) throw Damaged(end.Start, "A merge refers to an anchor that is not before it.");
        if (_level.Own is null)
        {
            _level.Own = new HashSet<string>(StringComparer.Ordinal);
            for (var i = _level.FirstKey; i < _keys.Count; i++) _level.Own.Add(_keys[i]);
        }
        // Only mappings can be merged: their keys and values, without where they begin and end.
        if (_anchors[part.Start] is MappingStart) _replays.Push(new Replay { At = part.Start + 1, End = part.End - 1, PutBack = Take() });
    }

    private ParsingEvent? Take()
    {
        var taken = _putBack;
        _putBack = null;
        return taken;
    }

    private void Follow(AnchorAlias alias, (int Start, int End)? part)
    {
        // Not by its name: a password without quotes that begins with an asterisk reads as an alias.
        if (part is not { } found) throw Damaged(alias.Start, "It refers to an anchor that is not before it.");
        if (_replays.Count >= JsonTokens.DeepestNesting) throw Damaged(alias.Start, $"References stand in one another more than {JsonTokens.DeepestNesting} deep.");
        _replays.Push(new Replay { At = found.Start, End = found.End });
    }

    private void PassValue()
    {
        var value = Next();
        if (value is MappingStart or SequenceStart) Pass(1);
    }

    /// <summary>Reads on to where as many mappings and lists as are open have ended, and follows nothing.</summary>
    private void Pass(int depth)
    {
        while (depth > 0)
        {
            var next = Next();
            if (next is null) return;
            depth += next.NestingIncrease;
            if (depth > JsonTokens.DeepestNesting) throw Damaged(next.Start, $"Lists and mappings are nested more than {JsonTokens.DeepestNesting} deep.");
        }
    }

    private ParsingEvent? Next()
    {
        if (Take() is { } putBack) return putBack;
        while (_replays.TryPeek(out var replay))
        {
            if (replay.At < replay.End)
            {
                var replayed = _anchors[replay.At++];
                if (++_replayed > MostReplayed) throw Damaged(replayed.Start, $"References to other places of the file unfold to more than {MostReplayed} parts.");
                return replayed;
            }
            _replays.Pop();
            if (replay.PutBack is { } then) return then;
        }
        if (!MoveNext()) return null;
        var next = _parser.Current!;
        _anchors.Note(next);
        return next;
    }

    private bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException e)
        {
            throw Damaged(e.Start, $"This is not YAML: {e.Message.TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // On some damage the parser fails in its own state instead of saying what is wrong.
            throw Damaged(_scanner.CurrentPosition, "This is not YAML: something before this place is not closed, or not in its place.", e);
        }
    }

    public DamagedDocumentException? DamageOf(Exception e) => e as DamagedDocumentException;

    private static DamagedDocumentException Damaged(Mark at, string message, Exception? cause = null) =>
        new(Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column), message, cause);

    private static bool IsMerge(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "<<" };

    private static bool IsNothing(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>A mapping or list that is open.</summary>
    private struct Level
    {
        public bool IsMapping;
        public bool ExpectsKey;
        public int FirstKey;

        /// <summary>The parts of <see cref="YamlAnchors"/> that are merged at the mapping's end; null for an anchor that is not there.</summary>
        public Queue<(int Start, int End)?>? Merges;

        /// <summary>While merging: the keys that are there already.</summary>
        public HashSet<string>? Own;
    }

    private sealed class Replay
    {
        public int At { get; set; }

        public int End { get; init; }

        /// <summary>What was read before it was its turn.</summary>
        public ParsingEvent? PutBack { get; init; }
    }
}
