namespace Guardrails;

/// <summary>A document as lists, mappings and text, whatever its format.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Root">What it holds; null where it is empty or can't be read.</param>
/// <param name="Findings">What is wrong with the text itself.</param>
internal sealed record DocumentTree(string File, DocumentValue? Root, IReadOnlyList<DocumentFinding> Findings);

/// <summary>Something in a document, with where it begins.</summary>
/// <param name="line">The line; the first is 1.</param>
/// <param name="column">The character within the line, counted from 1.</param>
internal abstract class DocumentValue(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}

/// <summary>Text as it is written there; empty for nothing.</summary>
internal sealed class DocumentText(string text, int line, int column) : DocumentValue(line, column)
{
    public string Text { get; } = text;
}

/// <summary>A list.</summary>
internal sealed class DocumentList(IReadOnlyList<DocumentValue> items, int line, int column) : DocumentValue(line, column)
{
    public IReadOnlyList<DocumentValue> Items { get; } = items;
}

/// <summary>Names with values, in the document's order; each name once, exactly as it is written.</summary>
internal sealed class DocumentMapping(IReadOnlyList<KeyValuePair<DocumentText, DocumentValue>> entries, int line, int column) : DocumentValue(line, column)
{
    public IReadOnlyList<KeyValuePair<DocumentText, DocumentValue>> Entries { get; } = entries;

    /// <summary>The value of that name; null where there is none.</summary>
    public DocumentValue? this[string name]
    {
        get
        {
            foreach (var (key, value) in Entries)
            {
                if (key.Text == name) return value;
            }
            return null;
        }
    }
}
