namespace Guardrails.Formats;

/// <summary>
/// Reads a document as a tree. References to other places are not followed, so no file can grow in memory; a name twice in a mapping and a
/// reference are findings, and the rest is read. With a mistake of the format there is no tree.
/// </summary>
internal sealed class TreeReader(IDocumentNodes nodes, string file)
{
    // As deep as nobody writes, and far from the end of the stack.
    private const int DeepestNesting = 64;

    private readonly List<DocumentFinding> _findings = [];

    public DocumentTree Read()
    {
        try
        {
            var first = nodes.Next();
            if (first.Kind == NodeKind.End) return Tree(null);
            var root = ValueOf(first, 1);
            var next = nodes.Next();
            if (next.Kind == NodeKind.NextDocument) Find(next, "There is a second document in the file; it must hold one.");
            return Tree(root);
        }
        catch (DamagedDocumentException damage)
        {
            _findings.Add(new DocumentFinding(file, damage.Line, damage.Column, damage.Message + " Nothing of the file is used."));
            return Tree(null);
        }
    }

    private DocumentTree Tree(DocumentValue? root) => new(file, root, _findings);

    private DocumentValue ValueOf(DocumentNode node, int depth)
    {
        if (depth > DeepestNesting) throw new DamagedDocumentException(node.Line, node.Column, $"Lists and mappings are nested more than {DeepestNesting} deep.");
        switch (node.Kind)
        {
            case NodeKind.List:
                return ListAt(node, depth);
            case NodeKind.Mapping:
                return MappingAt(node, depth);
            case NodeKind.Alias:
                Find(node, $"This refers to '{node.Text}' elsewhere in the file. References are not followed: write the value out.");
                return new DocumentText("", node.Line, node.Column);
        }
        if (node.Text.Contains('\uFFFD', StringComparison.Ordinal)) Find(node, "Some characters here are not UTF-8. Save the file as UTF-8.");
        return new DocumentText(node.Text, node.Line, node.Column);
    }

    private DocumentList ListAt(DocumentNode start, int depth)
    {
        var items = new List<DocumentValue>();
        for (var item = Inner(); item.Kind != NodeKind.ListEnd; item = Inner()) items.Add(ValueOf(item, depth + 1));
        return new DocumentList(items, start.Line, start.Column);
    }

    private DocumentMapping MappingAt(DocumentNode start, int depth)
    {
        var entries = new List<KeyValuePair<DocumentText, DocumentValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var key = Inner(); key.Kind != NodeKind.MappingEnd; key = Inner())
        {
            var name = ValueOf(key, depth + 1) as DocumentText;
            var value = ValueOf(Inner(), depth + 1);
            if (name is null) Find(key, "Here is a list or a mapping where a name is expected.");
            else if (!names.Add(name.Text)) Find(key, $"'{name.Text}' is given twice.");
            else entries.Add(new(name, value));
        }
        return new DocumentMapping(entries, start.Line, start.Column);
    }

    private DocumentNode Inner()
    {
        var next = nodes.Next();
        if (next.Kind is NodeKind.End or NodeKind.NextDocument) throw new DamagedDocumentException(next.Line, next.Column, "The file ends within a list or a mapping.");
        return next;
    }

    private void Find(DocumentNode node, string message) => _findings.Add(new DocumentFinding(file, node.Line, node.Column, message));
}
