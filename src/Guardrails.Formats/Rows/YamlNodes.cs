using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Guardrails.Formats;

/// <summary>Steps through YAML. Every value is the text that is written there; <c>null</c>, <c>~</c> and nothing are empty.</summary>
internal sealed class YamlNodes : IDocumentNodes
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly int _firstLine;
    private readonly int _lineCount;
    private int _documents;

    public YamlNodes(string text, int firstLine)
    {
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
        _firstLine = firstLine;
        _lineCount = text.Count(c => c == '\n') + 1;
    }

    /// <summary>Without a byte order mark, and with one kind of line end, as the line numbers need it.</summary>
    public static string Normalized(string text) => text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    public DocumentNode Next()
    {
        while (Read())
        {
            switch (_parser.Current)
            {
                case Scalar scalar:
                    return Node(NodeKind.Text, scalar, IsNothing(scalar) ? "" : scalar.Value);
                case SequenceStart start:
                    return Node(NodeKind.List, start);
                case SequenceEnd end:
                    return Node(NodeKind.ListEnd, end);
                case MappingStart start:
                    return Node(NodeKind.Mapping, start);
                case MappingEnd end:
                    return Node(NodeKind.MappingEnd, end);
                case AnchorAlias alias:
                    return Node(NodeKind.Alias, alias, alias.Value.Value);
                case DocumentStart start when ++_documents > 1:
                    return Node(NodeKind.NextDocument, start);
            }
        }
        return new DocumentNode(NodeKind.End, "", Line(_scanner.CurrentPosition), 1);
    }

    private bool Read()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException e)
        {
            throw new DamagedDocumentException(Line(e.Start), Math.Max(1, (int)e.Start.Column), $"This is not YAML: {e.Message.TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // On some damage the parser fails in its own state instead of saying what is wrong.
            var at = _scanner.CurrentPosition;
            throw new DamagedDocumentException(Line(at), Math.Max(1, (int)at.Column), "This is not YAML: something before this place is not closed, or not in its place.", e);
        }
    }

    private static bool IsNothing(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

    private DocumentNode Node(NodeKind kind, ParsingEvent at, string text = "") => new(kind, text, Line(at.Start), (int)at.Start.Column);

    private int Line(Mark mark) => _firstLine - 1 + Math.Clamp((int)mark.Line, 1, _lineCount);
}
