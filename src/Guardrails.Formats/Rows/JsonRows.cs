using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Guardrails.Formats;

/// <summary>Reads rows from JSON, as <see cref="RowReader"/> says. Comments and a comma after the last item are let pass. Numbers keep their digits.</summary>
internal static class JsonRows
{
    /// <param name="file">The name that findings carry.</param>
    public static DocumentRows Parse(string text, string file)
    {
        text = text.TrimStart('\uFEFF');
        return DamagedRows.Read(text, file, () => new Nodes(Encoding.UTF8.GetBytes(text), 1, 0), (piece, line) => new Nodes(Encoding.UTF8.GetBytes($"[{piece}]"), line, 1), BeginsItem);
    }

    private static bool BeginsItem(string line, int indentation) => line.Length > indentation && line[indentation] == '{';

    /// <param name="added">Characters that stand before the first line and not in the file.</param>
    private sealed class Nodes(byte[] utf8, int firstLine, int added) : IDocumentNodes
    {
        private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        private int _read;
        private int _at;
        private int _line = firstLine;
        private int _column = 1 - added;

        public DocumentNode Next()
        {
            try
            {
                if (_read == 0 && utf8.AsSpan().Trim(" \t\r\n"u8).IsEmpty) return new DocumentNode(NodeKind.End, "", _line, _column);
                var reader = new Utf8JsonReader(utf8.AsSpan(_read), isFinalBlock: true, _state);
                if (!reader.Read()) return new DocumentNode(NodeKind.End, "", _line, _column);
                GoTo(_read + (int)reader.TokenStartIndex);
                _read += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                return new DocumentNode(KindOf(reader.TokenType), TextOf(ref reader), _line, _column);
            }
            catch (JsonException e)
            {
                GoTo(Math.Min(utf8.Length, OffsetOf(e)));
                throw new DamagedDocumentException(_line, _column, $"This is not JSON: {JsonFaults.Reason(e)}");
            }
            catch (InvalidOperationException e)
            {
                throw new DamagedDocumentException(_line, _column, "This text is not Unicode: half of a pair of characters stands alone in it.", e);
            }
        }

        private static NodeKind KindOf(JsonTokenType type) => type switch
        {
            JsonTokenType.StartArray => NodeKind.List,
            JsonTokenType.EndArray => NodeKind.ListEnd,
            JsonTokenType.StartObject => NodeKind.Mapping,
            JsonTokenType.EndObject => NodeKind.MappingEnd,
            _ => NodeKind.Text,
        };

        private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String or JsonTokenType.PropertyName => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => "",
        };

        /// <summary>Moves line and column on to that byte, which is never before the last one.</summary>
        private void GoTo(int offset)
        {
            while (_at < offset)
            {
                var part = utf8.AsSpan(_at, offset - _at);
                var end = part.IndexOf((byte)'\n');
                if (end < 0)
                {
                    _column += Encoding.UTF8.GetCharCount(part);
                    _at = offset;
                    return;
                }
                _at += end + 1;
                _line++;
                _column = 1;
            }
        }

        // The reader counts lines and bytes from where it began.
        private int OffsetOf(JsonException e)
        {
            var line = e.LineNumber ?? 0;
            var offset = 0;
            for (; line > 0; line--) offset += utf8.AsSpan(offset).IndexOf((byte)'\n') + 1;
            return Math.Max(_at, offset + (int)(e.BytePositionInLine ?? 0));
        }
    }
}
