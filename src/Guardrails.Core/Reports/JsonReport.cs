using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guardrails;

/// <summary>Writes a table as JSON: format, title, notes, columns, and each row as an object. What is not known is null.</summary>
internal static class JsonReport
{
    // The text is no web page: names stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ReportTable table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", table.Format);
            json.WriteString("title", table.Title);
            json.WriteStartArray("notes");
            foreach (var note in table.Notes) json.WriteStringValue(note);
            json.WriteEndArray();
            json.WriteStartObject("columns");
            foreach (var column in table.Columns) json.WriteString(column.Name, column.Title);
            json.WriteEndObject();
            json.WriteStartArray("rows");
            foreach (var row in table.Rows) WriteRow(json, table.Columns, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<ReportColumn> columns, IReadOnlyList<ReportCell> row)
    {
        json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            json.WritePropertyName(columns[i].Name);
            switch (row[i].Kind)
            {
                case ReportCellKind.Empty:
                    json.WriteNullValue();
                    break;
                case ReportCellKind.Text:
                    json.WriteStringValue(row[i].Plain);
                    break;
                default:
                    json.WriteRawValue(row[i].Plain);
                    break;
            }
        }
        json.WriteEndObject();
    }
}
