namespace Guardrails;

/// <summary>
/// What a report for people says, whatever it is about: each domain makes one of its results, and one writer makes HTML of it. All texts may
/// hold any characters; names come from whoever may name a resource.
/// </summary>
internal sealed record ReportDocument
{
    public required string Title { get; init; }

    /// <summary>What it is about, in a line.</summary>
    public required string Subtitle { get; init; }

    /// <summary>With what and when it was made: label and value.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>What stands at the end.</summary>
    public string? Footer { get; init; }

    /// <summary>A table alone.</summary>
    public static ReportDocument Of(ReportTable table, string title) => new()
    {
        Title = title,
        Subtitle = table.Title,
        Sections =
        [
            new("notes", "What to know of it", [new ReportList(table.Notes)]),
            new("rows", "Rows",
            [
                new ReportGrid
                {
                    Caption = table.Title,
                    Columns = [.. table.Columns.Select(column => new ReportGridColumn(column.Title, column.IsNumber ? ReportGridKind.Number : ReportGridKind.Text))],
                    Rows = [.. table.Rows.Take(ReportGrid.MostRows).Select(row => row.Select(cell => cell.Plain).ToArray())],
                    Rest = table.Rows.Count > ReportGrid.MostRows ? $"{table.Rows.Count - ReportGrid.MostRows} more rows are not shown here. CSV and JSON hold them all." : null,
                },
            ]),
        ],
    };
}

/// <param name="Label">What it is.</param>
/// <param name="Value">What it is here.</param>
internal sealed record ReportFact(string Label, string Value);

/// <param name="Id">Its anchor: lower case, unique in the document.</param>
internal sealed record ReportSection(string Id, string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A part of a section.</summary>
internal abstract record ReportBlock;

/// <param name="Tone">How it is meant.</param>
internal sealed record ReportParagraph(string Text, ReportTone Tone = ReportTone.Plain) : ReportBlock;

internal sealed record ReportList(IReadOnlyList<string> Items) : ReportBlock;

/// <summary>Figures that are to be seen first.</summary>
internal sealed record ReportTiles(IReadOnlyList<ReportTile> Tiles) : ReportBlock;

/// <param name="Label">What it is.</param>
/// <param name="Figure">The figure, or a word.</param>
/// <param name="Note">What goes with it.</param>
internal sealed record ReportTile(string Label, string Figure, string Note);

/// <summary>Something that is there for who looks for it.</summary>
internal sealed record ReportDetails(string Summary, IReadOnlyList<ReportBlock> Blocks) : ReportBlock;

/// <summary>A table for people.</summary>
internal sealed record ReportGrid : ReportBlock
{
    /// <summary>More rows make a document that nobody reads and a browser that stands still.</summary>
    public const int MostRows = 1000;

    public required string Caption { get; init; }
    public required IReadOnlyList<ReportGridColumn> Columns { get; init; }

    /// <summary>Each as long as the columns.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>What is not among the rows; null where nothing is missing.</summary>
    public string? Rest { get; init; }
}

internal sealed record ReportGridColumn(string Title, ReportGridKind Kind = ReportGridKind.Text);

/// <summary>How a column is set.</summary>
internal enum ReportGridKind
{
    Text,

    /// <summary>To the right, in figures of the same width.</summary>
    Number,

    /// <summary>A word or a date, that stays on its line.</summary>
    Short,

    /// <summary>The row's heading.</summary>
    Name,

    /// <summary>Where something comes from: a link where it is a web address and nothing else.</summary>
    Source,
}

/// <summary>How a paragraph is meant.</summary>
internal enum ReportTone
{
    Plain,

    /// <summary>The sentence that counts.</summary>
    Lead,

    /// <summary>An explanation of what stands above it.</summary>
    Note,

    /// <summary>Something that limits what may be concluded.</summary>
    Warning,
}
