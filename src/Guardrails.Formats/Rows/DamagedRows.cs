namespace Guardrails.Formats;

/// <summary>
/// Reads a document whose text may be damaged. Neither JSON nor YAML can be read past a mistake, so the rest is cut where the lines show
/// that the next item begins (at the same indentation as the others), and each piece is read for itself: a mistake costs its own item.
/// </summary>
internal static class DamagedRows
{
    /// <param name="open">Opens the whole text.</param>
    /// <param name="openPiece">Opens the lines of a piece as a list, from that line (counted from 1).</param>
    /// <param name="beginsItem">Whether an item begins in a line at that indentation.</param>
    public static DocumentRows Read(string text, string file, Func<IDocumentNodes> open, Func<string, int, IDocumentNodes> openPiece, Func<string, int, bool> beginsItem)
    {
        var whole = new RowReader(open(), file);
        try
        {
            whole.ReadDocument();
        }
        catch (DamagedDocumentException damage)
        {
            var pieces = whole is { FirstItem: { } first, LastItem: { } last } ? Pieces(text, first, last, whole.Item is not null, beginsItem) : [];
            var before = whole.Findings.Count;
            foreach (var (piece, line) in pieces) ReadPiece(whole, openPiece(piece, line), file);
            // The mistake may be between the pieces, or keep anything from being read at all.
            if (whole.Findings.Count == before) whole.Findings.Add(Finding(file, damage, pieces.Count == 0 ? " What follows it is not read." : ""));
        }
        return new DocumentRows(whole.Rows, whole.Findings);
    }

    private static void ReadPiece(RowReader whole, IDocumentNodes nodes, string file)
    {
        var reader = new RowReader(nodes, file);
        try
        {
            reader.ReadList();
        }
        catch (DamagedDocumentException damage)
        {
            reader.Findings.Add(Finding(file, damage));
        }
        whole.Rows.AddRange(reader.Rows);
        whole.Findings.AddRange(reader.Findings);
    }

    /// <param name="first">The list's first item, which shows the indentation of all.</param>
    /// <param name="last">The item that was read last.</param>
    /// <param name="again">True where it was not read to its end.</param>
    private static List<(string Text, int Line)> Pieces(string text, DocumentNode first, DocumentNode last, bool again, Func<string, int, bool> beginsItem)
    {
        var lines = text.Split('\n');
        var indentation = Indentation(lines[first.Line - 1]);
        var starts = new List<int>();
        for (var i = last.Line - 1; i < lines.Length; i++)
        {
            if (i == last.Line - 1 && !(again && IsFirstIn(lines[i], last))) continue;
            if (Indentation(lines[i]) == indentation && beginsItem(lines[i], indentation)) starts.Add(i);
        }
        var pieces = new List<(string, int)>(starts.Count);
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : lines.Length;
            pieces.Add((string.Join('\n', lines[starts[i]..end]), starts[i] + 1));
        }
        return pieces;
    }

    // In YAML an item begins with its dash, and what is in it after that.
    private static bool IsFirstIn(string line, DocumentNode item) => line[..Math.Min(line.Length, item.Column - 1)].AsSpan().Trim(" \t-").IsEmpty;

    private static int Indentation(string line)
    {
        var at = 0;
        while (at < line.Length && line[at] is ' ' or '\t') at++;
        return at;
    }

    private static DocumentFinding Finding(string file, DamagedDocumentException damage, string more = "") => new(file, damage.Line, damage.Column, damage.Message + more);
}
