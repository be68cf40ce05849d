using System.IO.Compression;
using System.Security.Cryptography;
using CsvHelper;

namespace Guardrails.Formats;

/// <summary>
/// Reads bills (FOCUS, CUR) and exports of resources from CSV, row by row: what is held are the resources, however many rows there are.
/// What is compressed with gzip, as bills are delivered, is read as it is.
/// </summary>
internal static class InventoryTables
{
    // Of a digest; the rest of it is not needed.
    private const int DigestLength = 16;
    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrimWhitespace = true, TrackLineNumbers = true, PoolStrings = true };

    /// <summary>Whether the beginning of a file is that of a table of a kind that is read.</summary>
    /// <param name="beginning">Its first bytes, in UTF-8.</param>
    public static bool IsTable(ReadOnlySpan<byte> beginning)
    {
        var end = beginning.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0) end = beginning.Length;
        using var reader = CsvReader.Create(beginning[..end].ToArray(), Options);
        return reader.Read() && reader.FieldCount > 1 && Header(reader) is var header && (BillColumns.Of(header, "") is not null || ResourceExport.IsExport(header));
    }

    /// <param name="file">The name that the result and its gaps carry.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static InventoryFile Read(Stream content, string file, InventoryReading reading)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, DigestLength));
        content.Position = 0;
        using var text = IsCompressed(content) ? new GZipStream(content, CompressionMode.Decompress) : content;
        // A separator that is not a comma is told from the first lines, so the separator is left to the reader.
        using var reader = CsvReader.Create(text, Options, leaveOpen: true);
        if (!reader.Read()) return NotATable(file, digest, $"{file} is empty.");
        var header = Header(reader);
        if (BillColumns.Of(header, reading.WorkloadTag) is { } columns) return ReadBill(reader, columns, header.Length, file, digest, reading);
        if (ResourceExport.IsExport(header)) return ReadExport(reader, header, file, digest, reading);
        return NotATable(file, digest, $"{file} is no table that is read: a bill has the columns of FOCUS or of the Cost and Usage Report, an export of resources has a column ARN.");
    }

    private static InventoryFile ReadBill(CsvReader reader, BillColumns columns, int width, string file, string digest, InventoryReading reading)
    {
        var bill = new Bill(reading.Types);
        var rows = new Unread();
        Func<int, string> field = at => at < reader.FieldCount ? reader.GetString(at) : "";
        while (reader.Read())
        {
            if (IsEmpty(reader)) continue;
            if (reader.FieldCount != width)
            {
                rows.Note(reader.LineNumber, $"it has {reader.FieldCount} fields instead of {width}");
                continue;
            }
            try
            {
                bill.Add(columns.Row(field));
            }
            catch (FormatException e)
            {
                rows.Note(reader.LineNumber, e.Message);
            }
        }
        return bill.Finish(file, digest, columns.Format, rows.Count, rows.First);
    }

    private static InventoryFile ReadExport(CsvReader reader, string[] header, string file, string digest, InventoryReading reading)
    {
        var export = new ResourceExport(reading.Types, reading.WorkloadTag);
        var cells = new KeyValuePair<string, string>[header.Length];
        while (reader.Read())
        {
            if (IsEmpty(reader)) continue;
            for (var i = 0; i < header.Length; i++) cells[i] = new(header[i], i < reader.FieldCount ? reader.GetString(i) : "");
            export.AddRow(cells);
        }
        return export.Finish(file, digest);
    }

    private static bool IsEmpty(CsvReader reader) => reader.FieldCount == 0 || reader.FieldCount == 1 && reader.GetString(0).Length == 0;

    private static string[] Header(CsvReader reader)
    {
        var header = new string[reader.FieldCount];
        for (var i = 0; i < header.Length; i++) header[i] = reader.GetString(i).TrimStart('\uFEFF');
        return header;
    }

    private static bool IsCompressed(Stream content)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return read == magic.Length && magic is [0x1F, 0x8B];
    }

    private static InventoryFile NotATable(string file, string digest, string message) => new()
    {
        File = file,
        Kind = InventorySourceKind.Bill,
        ContentDigest = digest,
        Gaps = [new InventoryGap { Kind = InventoryGapKind.NotAnInventory, File = file, Message = message }],
    };

    private sealed class Unread
    {
        public int Count { get; private set; }
        public string? First { get; private set; }

        public void Note(long line, string why)
        {
            Count++;
            First ??= string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line}, {why}.");
        }
    }
}
