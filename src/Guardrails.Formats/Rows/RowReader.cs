namespace Guardrails.Formats;

/// <summary>
/// Reads rows from a list of mappings, or from the one list in a mapping. A field that is a mapping becomes a field for each of its keys:
/// <c>Tags: { CostCenter: 2100 }</c> is <c>Tag:CostCenter</c>. A list of texts becomes one text with <c>;</c> between them.
/// An item with anything wrong in it is a finding, and no row.
/// </summary>
internal sealed class RowReader(IDocumentNodes nodes, string file)
{
    // Nobody writes more; a file that does is damaged, or made to hurt.
    private const int DeepestNesting = 64;
    private const int DeepestField = 3;
    private const char ListSeparator = ';';
    private bool _sound;

    public List<DocumentRow> Rows { get; } = [];
    public List<DocumentFinding> Findings { get; } = [];

    /// <summary>Where the item begins that is being read; null between items.</summary>
    public DocumentNode? Item { get; private set; }

    /// <summary>The list's first item; null where there was none yet.</summary>
    public DocumentNode? FirstItem { get; private set; }

    /// <summary>The item that was read last, or is being read; null where the list was not reached.</summary>
    public DocumentNode? LastItem { get; private set; }

    /// <exception cref="DamagedDocumentException">The text is not of the format; what was read before stands.</exception>
    public void ReadDocument()
    {
        var first = nodes.Next();
        switch (first.Kind)
        {
            case NodeKind.End:
                Find(null, "The file is empty: it must hold a list of rows.");
                return;
            case NodeKind.List:
                ReadItems();
                break;
            case NodeKind.Mapping:
                ReadListIn(first);
                break;
            default:
                Find(first, "The file must hold a list of rows, each with named fields.");
                Skip(first);
                break;
        }
        var next = nodes.Next();
        if (next.Kind == NodeKind.NextDocument) Find(next, "There is a second document in the file; only the first one is read.");
    }

    /// <summary>Reads the items of a list, and nothing after it.</summary>
    public void ReadList()
    {
        var first = nodes.Next();
        if (first.Kind == NodeKind.List) ReadItems();
        else Find(first, "Here the list of rows should go on.");
    }

    private void ReadListIn(DocumentNode mapping)
    {
        string? list = null;
        for (var key = Inner(); key.Kind != NodeKind.MappingEnd; key = Inner())
        {
            if (key.Kind != NodeKind.Text) Skip(key);
            var value = Inner();
            if (value.Kind == NodeKind.List && list is null)
            {
                list = key.Text;
                ReadItems();
                continue;
            }
            if (value.Kind == NodeKind.List) Find(value, $"'{key.Text}' is a second list; the rows of '{list}' are read, and only those.");
            Skip(value);
        }
        if (list is null) Find(mapping, "There is no list of rows in the file: write a list, or a name with a list, such as accounts.");
    }

    private void ReadItems()
    {
        for (var item = Inner(); item.Kind != NodeKind.ListEnd; item = Inner())
        {
            Item = LastItem = item;
            FirstItem ??= item;
            ReadItem(item);
            Item = null;
        }
    }

    private void ReadItem(DocumentNode item)
    {
        if (item.Kind != NodeKind.Mapping)
        {
            Find(item, $"Here is {What(item)} where a row with named fields is expected.");
            Skip(item);
            return;
        }
        _sound = true;
        var fields = new List<KeyValuePair<string, string>>();
        var places = new List<TextPosition>();
        ReadFields(fields, places, new HashSet<string>(StringComparer.OrdinalIgnoreCase), "", 1);
        if (_sound) Rows.Add(new DocumentRow(file, item.Line, fields) { Places = places });
    }

    private void ReadFields(List<KeyValuePair<string, string>> fields, List<TextPosition> places, HashSet<string> names, string prefix, int depth)
    {
        for (var key = Inner(); key.Kind != NodeKind.MappingEnd; key = Inner())
        {
            if (key.Kind != NodeKind.Text || string.IsNullOrWhiteSpace(key.Text))
            {
                Wrong(key, key.Kind == NodeKind.Text ? "A field has no name." : $"Here is {What(key)} where a field's name is expected.");
                Skip(key);
                Skip(Inner());
                continue;
            }
            var name = prefix + key.Text.Trim();
            var value = Inner();
            if (value.Kind == NodeKind.Mapping && depth < DeepestField)
            {
                ReadFields(fields, places, names, prefix + Singular(key.Text.Trim()) + ":", depth + 1);
                continue;
            }
            var text = TextOf(name, value);
            if (!names.Add(name))
            {
                Wrong(key, $"The field '{name}' is given twice.");
                continue;
            }
            fields.Add(new(name, text));
            places.Add(new(value.Line, value.Column));
        }
    }

    private string TextOf(string name, DocumentNode value)
    {
        if (value.Kind == NodeKind.List) return string.Join(ListSeparator, TextsOf(name));
        if (value.Kind == NodeKind.Text)
        {
            if (value.Text.Contains('\uFFFD', StringComparison.Ordinal)) Wrong(value, $"Some characters of '{name}' are not UTF-8. Save the file as UTF-8.");
            return value.Text;
        }
        Wrong(value, value.Kind == NodeKind.Alias
            ? $"'{name}' refers to '{value.Text}' elsewhere in the file. References are not followed: write the value out."
            : $"'{name}' goes too deep: here is {What(value)} where text is expected.");
        Skip(value);
        return "";
    }

    private List<string> TextsOf(string name)
    {
        var texts = new List<string>();
        for (var part = Inner(); part.Kind != NodeKind.ListEnd; part = Inner())
        {
            texts.Add(part.Kind == NodeKind.List ? Nested(name, part) : TextOf(name, part));
            if (part.Kind == NodeKind.Text && part.Text.Contains(ListSeparator, StringComparison.Ordinal))
                Wrong(part, $"'{part.Text}' in the list '{name}' holds a '{ListSeparator}', which separates the parts of a list.");
        }
        return texts;
    }

    private string Nested(string name, DocumentNode list)
    {
        Wrong(list, $"'{name}' goes too deep: here is a list in a list.");
        Skip(list);
        return "";
    }

    private DocumentNode Inner()
    {
        var next = nodes.Next();
        if (next.Kind is NodeKind.End or NodeKind.NextDocument) throw new DamagedDocumentException(next.Line, next.Column, "The file ends within a list or a mapping.");
        return next;
    }

    private void Skip(DocumentNode node)
    {
        var depth = Step(node);
        while (depth > 0)
        {
            var next = nodes.Next();
            if (next.Kind is NodeKind.End or NodeKind.NextDocument) return;
            depth += Step(next);
            if (depth > DeepestNesting) throw new DamagedDocumentException(next.Line, next.Column, $"Lists and mappings are nested more than {DeepestNesting} deep.");
        }
    }

    private static int Step(DocumentNode node) => node.Kind switch
    {
        NodeKind.List or NodeKind.Mapping => 1,
        NodeKind.ListEnd or NodeKind.MappingEnd => -1,
        _ => 0,
    };

    private static string What(DocumentNode node) => node.Kind switch
    {
        NodeKind.List => "a list",
        NodeKind.Mapping => "a mapping",
        NodeKind.Alias => $"a reference to '{node.Text}'",
        _ => node.Text.Length == 0 ? "nothing" : $"the text '{Short(node.Text)}'",
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // Tags: { Owner: … } is the column Tag:Owner of a sheet, Contacts: { Billing: { Name: … } } is Contact:Billing:Name.
    private static string Singular(string name) =>
        name.Length > 1 && name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) ? name[..^1] : name;

    private void Wrong(DocumentNode node, string message)
    {
        _sound = false;
        Find(node, message);
    }

    private void Find(DocumentNode? node, string message) => Findings.Add(new DocumentFinding(file, node?.Line, node?.Column, message));
}
