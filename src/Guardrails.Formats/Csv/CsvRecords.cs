using System.Text;
using CsvHelper;

namespace Guardrails.Formats;

/// <summary>
/// Reads CSV as people and spreadsheets write it: with or without byte order mark, any line ends, separated by comma, semicolon or tab,
/// quoted where needed, with empty lines and empty columns at the end. A row that can't be read is a finding and leaves the others alone.
/// </summary>
internal static class CsvRecords
{
    /// <exception cref="IOException">The file can't be read.</exception>
    public static DocumentRows Read(string file)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true);
        return Parse(reader.ReadToEnd(), file);
    }

    /// <param name="file">The name that findings carry.</param>
    public static DocumentRows Parse(string text, string file)
    {
        var reading = new Reading(text.TrimStart('\uFEFF'), file);
        reading.Run();
        return new DocumentRows(reading.Rows, reading.Findings);
    }

    private sealed class Reading(string text, string file)
    {
        private readonly int[] _lineStarts = LineStarts(text);
        private readonly HashSet<int> _duplicates = [];
        private CsvReaderOptions _options = new() { HasHeader = false, TrimWhitespace = true, TrackLineNumbers = true };
        private string[]? _header;

        public List<DocumentRow> Rows { get; } = [];
        public List<DocumentFinding> Findings { get; } = [];

        public void Run()
        {
            int? line = 1;
            while (line is { } from) line = ReadFrom(from);
            if (_header is null) Find(null, "The file is empty: its first line must name the columns.");
        }

        /// <summary>
        /// Reads to the end, or to a record that can't be right: a stray quote takes many lines with it, so the line after the one on which
        /// the record begins is tried anew. Returns that line; null at the end.
        /// </summary>
        private int? ReadFrom(int from)
        {
            if (from > _lineStarts.Length) return null;
            var rest = text[_lineStarts[from - 1]..];
            CsvMalformedRecord? malformed = null;
            using var reader = CsvReader.FromText(rest, _options with { OnMalformedRecord = record => malformed ??= record });
            while (reader.Read())
            {
                var line = from - 1 + (int)reader.LineNumber;
                if (malformed is { } record)
                {
                    FindQuote(line, reader.RawRecord[..(int)Math.Min(record.ByteOffset - reader.ByteOffset, reader.RawRecord.Length)], record.Reason);
                    if (reader.RawRecord.IndexOfAny((byte)'\r', (byte)'\n') >= 0) return line + 1;
                    malformed = null;
                    continue;
                }
                var fields = new string[reader.FieldCount];
                for (var i = 0; i < fields.Length; i++) fields[i] = reader[i].ToString();
                if (Array.Exists(fields, field => field.Length > 0)) Take(fields, line);
                // What the first lines tell of the separator holds for the rest, also when reading begins anew.
                if (_options.Separator is null) _options = _options with { Separator = reader.Separator };
            }
            return null;
        }

        /// <param name="before">What stands before the quote in its record, as UTF-8.</param>
        private void FindQuote(int line, ReadOnlySpan<byte> before, CsvMalformedReason reason)
        {
            var what = reason switch
            {
                CsvMalformedReason.UnterminatedQuote => "A quote is opened and never closed.",
                CsvMalformedReason.TextAfterClosingQuote => "There is text after a closing quote.",
                _ => "There is a quote within a field that is not in quotes.",
            };
            int? column = before.IndexOfAny((byte)'\r', (byte)'\n') < 0 ? Encoding.UTF8.GetCharCount(before) + 1 : null;
            Findings.Add(new DocumentFinding(file, line, column, what + " Write a field with quotes in it in quotes, and each quote within it twice."));
        }

        private static int[] LineStarts(string text)
        {
            var starts = new List<int> { 0 };
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) starts.Add(i + 1);
            }
            return [.. starts];
        }

        private void Take(string[] fields, int line)
        {
            if (Array.Exists(fields, field => field.Contains('\uFFFD', StringComparison.Ordinal)))
            {
                Find(line, "Some characters are not UTF-8. Save the file as \"CSV UTF-8\".");
                if (_header is not null) return;
            }
            if (_header is null)
            {
                TakeHeader(fields, line);
                return;
            }
            var count = fields.Length;
            while (count > _header.Length && fields[count - 1].Length == 0) count--;
            if (count != _header.Length)
            {
                Find(line, $"The row has {count} field{(count == 1 ? "" : "s")} instead of {_header.Length}.");
                return;
            }
            var named = new List<KeyValuePair<string, string>>(count);
            for (var i = 0; i < count; i++)
            {
                if (_header[i].Length > 0) named.Add(new(_header[i], fields[i]));
                else if (fields[i].Length > 0 && !_duplicates.Contains(i)) Find(line, $"Column {i + 1} has no name, so '{fields[i]}' is not used.");
            }
            Rows.Add(new DocumentRow(file, line, named));
        }

        /// <summary>The first of two columns with the same name counts; a column without a name only counts where something is in it.</summary>
        private void TakeHeader(string[] names, int line)
        {
            var count = names.Length;
            while (names[count - 1].Length == 0) count--;
            _header = names[..count];
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < count; i++)
            {
                if (_header[i].Length == 0 || seen.Add(_header[i])) continue;
                Find(line, $"There is more than one column '{_header[i]}'; the first one is used.");
                _duplicates.Add(i);
                _header[i] = "";
            }
        }

        private void Find(int? line, string message) => Findings.Add(new DocumentFinding(file, line, null, message));
    }
}
