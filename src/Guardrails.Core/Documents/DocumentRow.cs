namespace Guardrails;

/// <summary>A row of a document as text, with where it stands.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">The line on which it begins; the first line of a file is 1.</param>
/// <param name="Fields">Name and text of each column, in the document's order; names are unique in any case of letters.</param>
internal sealed record DocumentRow(string File, int Line, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Where the text of each field begins, in their order; empty where that is not known, as in a sheet.</summary>
    public IReadOnlyList<TextPosition> Places { get; init; } = [];

    /// <summary>Where the text of that field begins; null where that is not known.</summary>
    public TextPosition? PlaceOf(string name)
    {
        for (var i = 0; i < Places.Count; i++)
            if (string.Equals(Fields[i].Key, name, StringComparison.OrdinalIgnoreCase)) return Places[i];
        return null;
    }

    /// <summary>The text in that column, named in any case of letters; null where there is no such column.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (column, text) in Fields)
            {
                if (string.Equals(column, name, StringComparison.OrdinalIgnoreCase)) return text;
            }
            return null;
        }
    }
}

/// <summary>Something in a document that can't be used as it is.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">The line, counted from 1; null where the whole file is meant.</param>
/// <param name="Column">The character within the line, counted from 1; null where it is not known.</param>
/// <param name="Message">What is wrong, and what to do where that is not plain.</param>
internal sealed record DocumentFinding(string File, int? Line, int? Column, string Message)
{
    /// <summary>As compilers write it: <c>accounts.csv(3,7): message</c>.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (null, _) => $"{File}: {Message}",
        (_, null) => $"{File}({Line}): {Message}",
        _ => $"{File}({Line},{Column}): {Message}",
    };
}

/// <summary>What was read of a document of rows: the rows that are sound, and what is wrong with the others or with the whole.</summary>
internal sealed record DocumentRows(IReadOnlyList<DocumentRow> Rows, IReadOnlyList<DocumentFinding> Findings);
