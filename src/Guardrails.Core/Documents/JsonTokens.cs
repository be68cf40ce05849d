using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Guardrails;

/// <summary>The tokens of a JSON text in UTF-8 without a byte order mark. Comments and a comma after the last item are let pass.</summary>
/// <remarks>Whoever makes one disposes of it: it borrows the memory for texts.</remarks>
internal ref struct JsonTokens : IDocumentTokens, IDisposable
{
    /// <summary>Nobody writes more; a text that does is damaged, or made to hurt.</summary>
    public const int DeepestNesting = 128;

    public static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = DeepestNesting };

    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private char[]? _text;

    public JsonTokens(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8, Options);
        _text = null;
        Kind = DocumentToken.None;
    }

    public DocumentToken Kind { get; private set; }

    public readonly ReadOnlySpan<char> Tag => default;

    // No handler stands around the parser's steps: they take most of the time in which a template is read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read() => Kind = _reader.Read() ? KindOf(_reader.TokenType) : DocumentToken.End;

    public readonly int Depth => _reader.CurrentDepth + (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

    public bool ReadToFunction(int depth)
    {
        while (_reader.Read())
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.PropertyName when MayBeFunction(_reader.ValueSpan):
                    Kind = DocumentToken.Key;
                    return true;
                case JsonTokenType.EndObject or JsonTokenType.EndArray when _reader.CurrentDepth < depth:
                    Kind = KindOf(_reader.TokenType);
                    return false;
            }
        }
        Kind = DocumentToken.End;
        return false;
    }

    public void Skip()
    {
        _reader.Skip();
        Kind = KindOf(_reader.TokenType);
    }

    public readonly DamagedDocumentException? DamageOf(Exception e) => e is JsonException json ? Damaged(json) : e as DamagedDocumentException;

    public readonly bool TextIs(ReadOnlySpan<byte> ascii) =>
        _reader.ValueIsEscaped ? _reader.ValueTextEquals(ascii) : _reader.ValueSpan.SequenceEqual(ascii);

    public bool TextStartsWith(ReadOnlySpan<byte> ascii)
    {
        if (!_reader.ValueIsEscaped) return _reader.ValueSpan.StartsWith(ascii);
        var text = Text();
        return text.Length >= ascii.Length && Ascii.Equals(text[..ascii.Length], ascii);
    }

    public ReadOnlySpan<char> Text()
    {
        if (_reader.TokenType == JsonTokenType.Null) return default;
        var length = _reader.ValueSpan.Length;
        if (_text is null || _text.Length < length) Grow(length);
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) return _text.AsSpan(0, Encoding.UTF8.GetChars(_reader.ValueSpan, _text));
        try
        {
            return _text.AsSpan(0, _reader.CopyString(_text));
        }
        catch (InvalidOperationException e)
        {
            var (line, column) = Place((int)_reader.TokenStartIndex);
            throw new DamagedDocumentException(line, column, "This text is not Unicode: some of its bytes are not UTF-8, or half of a pair of characters stands alone in it.", e);
        }
    }

    public void Dispose()
    {
        if (_text is not null) ArrayPool<char>.Shared.Return(_text);
        _text = null;
    }

    // An escaped letter may be anything.
    private static bool MayBeFunction(ReadOnlySpan<byte> key) => key.Length > 2 && ((key[0] == 'F' && key[1] == 'n') || (key[0] == 'R' && key[1] == 'e') || key[0] == '\\' || key[1] == '\\');

    private void Grow(int length)
    {
        Dispose();
        _text = ArrayPool<char>.Shared.Rent(Math.Max(length, 256));
    }

    // The kinds up to the key stand in the order of JSON's; this is done for each token.
    private static DocumentToken KindOf(JsonTokenType type) => type <= JsonTokenType.PropertyName ? (DocumentToken)type : DocumentToken.Text;

    private readonly DamagedDocumentException Damaged(JsonException e)
    {
        var offset = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--) offset += _utf8[offset..].IndexOf((byte)'\n') + 1;
        var (at, column) = Place(Math.Min(_utf8.Length, offset + (int)(e.BytePositionInLine ?? 0)));
        return new DamagedDocumentException(at, column, $"This is not JSON: {JsonFaults.Reason(e)}");
    }

    private readonly (int Line, int Column) Place(int offset)
    {
        var before = _utf8[..offset];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
