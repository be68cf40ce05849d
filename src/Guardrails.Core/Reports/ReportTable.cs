using System.Globalization;

namespace Guardrails;

/// <summary>Rows with typed cells, to be read by other tools: what the CSV and JSON writers take. Whoever makes it orders the rows.</summary>
internal sealed record ReportTable
{
    /// <summary>What it is, and its version: <c>guardrails-exit-plan/1</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Its title for people.</summary>
    public required string Title { get; init; }

    /// <summary>What a reader must know of it: sources, rules, what is left empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>Each as long as the columns.</summary>
    public required IReadOnlyList<IReadOnlyList<ReportCell>> Rows { get; init; }
}

/// <param name="Name">Its stable name, that tools go by.</param>
/// <param name="Title">What people call it.</param>
/// <param name="IsNumber">True where its cells are numbers.</param>
internal sealed record ReportColumn(string Name, string Title, bool IsNumber = false);

/// <summary>What a cell holds.</summary>
internal enum ReportCellKind
{
    /// <summary>Nothing is known. Never the same as 0.</summary>
    Empty,

    Text,
    Number,
    Boolean,
}

/// <summary>A cell. Dates are text, as ISO 8601 writes them.</summary>
internal readonly record struct ReportCell
{
    private ReportCell(ReportCellKind kind, string text)
    {
        Kind = kind;
        Plain = text;
    }

    public static ReportCell Empty { get; } = new(ReportCellKind.Empty, "");

    public ReportCellKind Kind { get; }

    /// <summary>The value in a form that does not depend on any culture.</summary>
    public string Plain { get; }

    public static implicit operator ReportCell(string? text) => text is null ? Empty : new(ReportCellKind.Text, text);

    // A decimal keeps the zeros at its end; they would tell how it was computed.
    public static implicit operator ReportCell(decimal? number) =>
        number is { } value ? new(ReportCellKind.Number, value.ToString("0.############################", CultureInfo.InvariantCulture)) : Empty;

    public static implicit operator ReportCell(int number) => (decimal?)number;

    public static implicit operator ReportCell(long number) => (decimal?)number;

    public static implicit operator ReportCell(bool? value) => value is { } known ? new(ReportCellKind.Boolean, known ? "true" : "false") : Empty;

    public static implicit operator ReportCell(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
