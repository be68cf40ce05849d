using System.Text.Json;

namespace Guardrails;

/// <summary>Reads JSON into values with positions. Never throws on content: comments and stray commas are findings, and what is no JSON ends the reading.</summary>
internal sealed class PolicyJsonReader
{
    /// <summary>How deep a document may nest. The deepest policy type in AWS's documentation nests about ten deep.</summary>
    public const int DeepestNesting = 64;

    private const int FewMembers = 8;

    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly FindingList _findings;
    private readonly Stack<Open> _open = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private PolicyJson? _root;

    private PolicyJsonReader(ReadOnlyMemory<byte> utf8, FindingList findings) => (_utf8, _findings) = (utf8, findings);

    /// <summary>The document's value; null with an error among the findings where there is none.</summary>
    /// <param name="utf8">Valid UTF-8 without a byte order mark.</param>
    public static PolicyJson? Read(ReadOnlyMemory<byte> utf8, FindingList findings) => new PolicyJsonReader(utf8, findings).Read();

    private PolicyJson? Read()
    {
        var text = _utf8.Span;
        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Allow, MaxDepth = DeepestNesting + 1 };
        var reader = new Utf8JsonReader(text, options);
        try
        {
            var (from, comma) = (0, -1);
            while (reader.Read())
            {
                var offset = (int)reader.TokenStartIndex;
                var found = text[from..offset].IndexOf((byte)',');
                if (found >= 0) comma = from + found;
                from = (int)reader.BytesConsumed;
                if (reader.TokenType == JsonTokenType.Comment)
                {
                    _findings.Add(ReadingRules.Comment, offset, "Here is a comment.");
                    continue;
                }
                if (comma >= 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    _findings.Add(ReadingRules.TrailingComma, comma, "A comma stands before the closing bracket.");
                comma = -1;
                if (!Take(ref reader, offset)) return null;
            }
            if (_root is null) Malformed(text.Length, "There is no value.");
            return _root;
        }
        catch (JsonException fault)
        {
            Malformed(OffsetOf(fault), JsonFaults.Reason(fault));
        }
        catch (InvalidOperationException)
        {
            Malformed((int)reader.TokenStartIndex, "A \\u escape in this text is half of a surrogate pair.");
        }
        return null;
    }

    private bool Take(ref Utf8JsonReader reader, int offset)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _open.Count == DeepestNesting:
                _findings.Add(ReadingRules.TooDeep, offset, $"The document nests more than {DeepestNesting} deep.");
                return false;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _open.Push(new Open(reader.TokenType == JsonTokenType.StartObject, offset));
                return true;
            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                if (!_names.TryAdd(name, name)) name = _names[name];
                var open = _open.Peek();
                (open.Name, open.NameOffset) = (name, offset);
                if (open.HasAlready(name)) _findings.Add(ReadingRules.DuplicateName, offset, $"The name '{Shorten(name)}' is written twice in this object.");
                return true;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Place(_open.Pop().Close());
                return true;
            default:
                Place(Scalar(ref reader, offset));
                return true;
        }
    }

    private void Place(PolicyJson value)
    {
        if (_open.TryPeek(out var open)) open.Add(value);
        else _root = value;
    }

    private static PolicyJson Scalar(ref Utf8JsonReader reader, int offset) => reader.TokenType switch
    {
        JsonTokenType.String => new() { Kind = PolicyJsonKind.String, Offset = offset, Text = reader.GetString()! },
        JsonTokenType.Number => new() { Kind = PolicyJsonKind.Number, Offset = offset, Text = System.Text.Encoding.UTF8.GetString(reader.ValueSpan) },
        JsonTokenType.True => new() { Kind = PolicyJsonKind.True, Offset = offset, Text = "true" },
        JsonTokenType.False => new() { Kind = PolicyJsonKind.False, Offset = offset, Text = "false" },
        _ => new() { Kind = PolicyJsonKind.Null, Offset = offset, Text = "null" },
    };

    private void Malformed(int offset, string reason) => _findings.Add(ReadingRules.Malformed, offset, "The text is not JSON: " + reason);

    private int OffsetOf(JsonException fault)
    {
        var text = _utf8.Span;
        var start = 0;
        for (var line = fault.LineNumber ?? 0; line > 0; line--)
        {
            var end = text[start..].IndexOf((byte)'\n');
            if (end < 0) break;
            start += end + 1;
        }
        return start + (int)(fault.BytePositionInLine ?? 0);
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";

    /// <summary>An object or array that is not closed yet.</summary>
    private sealed class Open(bool isObject, int offset)
    {
        private readonly List<PolicyJsonMember> _members = [];
        private readonly List<PolicyJson> _items = [];
        private HashSet<string>? _seen;

        public string Name { get; set; } = "";
        public int NameOffset { get; set; }

        public bool HasAlready(string name)
        {
            if (_members.Count < FewMembers) return _members.Exists(member => member.Name == name);
            _seen ??= _members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
            return !_seen.Add(name);
        }

        public void Add(PolicyJson value)
        {
            if (isObject) _members.Add(new(Name, NameOffset, value));
            else _items.Add(value);
        }

        public PolicyJson Close() => isObject
            ? new() { Kind = PolicyJsonKind.Object, Offset = offset, Members = _members.ToArray() }
            : new() { Kind = PolicyJsonKind.Array, Offset = offset, Items = _items.ToArray() };
    }
}
