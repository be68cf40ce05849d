using System.Text;

namespace Guardrails;

/// <summary>
/// Writes a table as CSV after RFC 4180: a header of column names, comma, CRLF, quotes where needed. Text that a spreadsheet would take for
/// a formula gets an apostrophe before it, because names come from whoever may name a resource
/// (https://owasp.org/www-community/attacks/CSV_Injection, 2026-11).
/// </summary>
internal static class CsvReport
{
    // The last four are the wide forms, which spreadsheets in East Asian settings take for the same.
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    public static string Write(ReportTable table)
    {
        var text = new StringBuilder();
        AppendRow(text, table.Columns.Select(column => Field(column.Name)));
        foreach (var row in table.Rows) AppendRow(text, row.Select(Field));
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields).Append("\r\n");

    private static string Field(ReportCell cell) => cell.Kind == ReportCellKind.Text ? Field(cell.Plain) : cell.Plain;

    private static string Field(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
