namespace Guardrails.Formats;

/// <summary>
/// Reads rows from YAML, as <see cref="RowReader"/> says. Every value is the text that is written there, so <c>0123</c> and <c>no</c> stay what
/// they are; <c>null</c>, <c>~</c> and nothing are empty. Aliases are not followed, so no file can grow in memory.
/// </summary>
internal static class YamlRows
{
    /// <param name="file">The name that findings carry.</param>
    public static DocumentRows Parse(string text, string file)
    {
        text = YamlNodes.Normalized(text);
        return DamagedRows.Read(text, file, () => new YamlNodes(text, 1), (piece, line) => new YamlNodes(piece, line), BeginsItem);
    }

    private static bool BeginsItem(string line, int indentation) =>
        line.Length > indentation && line[indentation] == '-' && (line.Length == indentation + 1 || line[indentation + 1] is ' ' or '\t');
}
