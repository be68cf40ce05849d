using System.Text;
using System.Xml.Linq;

namespace Guardrails.Help;

/// <summary>An example of a docstring: <c>&lt;example&gt;&lt;title/&gt;&lt;code/&gt;&lt;para/&gt;…&lt;/example&gt;</c>.</summary>
internal sealed record Example(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A link of a docstring to another cmdlet or a page.</summary>
internal sealed record Link(string Text, string? Address);

/// <summary>The docstrings of an assembly as plain text: what the compiler writes beside it as XML.</summary>
internal sealed class Documentation
{
    private readonly Dictionary<string, XElement> _members;
    private readonly IReadOnlyDictionary<string, string> _cmdletNames;

    private Documentation(Dictionary<string, XElement> members, IReadOnlyDictionary<string, string> cmdletNames)
    {
        _members = members;
        _cmdletNames = cmdletNames;
    }

    /// <param name="path">The XML file.</param>
    /// <param name="cmdletNames">Names of cmdlets by their class's id: a reference to the class becomes the cmdlet's name.</param>
    public static Documentation Load(string path, IReadOnlyDictionary<string, string> cmdletNames)
    {
        var members = XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member");
        return new Documentation(members.ToDictionary(member => (string)member.Attribute("name")!), cmdletNames);
    }

    public string Summary(string id) => string.Join(" ", Paragraphs(Part(id, "summary")));

    public IReadOnlyList<string> Remarks(string id) => Paragraphs(Part(id, "remarks"));

    public IReadOnlyList<Example> Examples(string id) =>
        [.. Parts(id, "example").Select(example => new Example(
            Text(example.Element("title")), Code(example.Element("code")), [.. example.Elements("para").Select(Text).Where(text => text.Length > 0)]))];

    public IReadOnlyList<Link> Links(string id) =>
        [.. Parts(id, "seealso").Select(link => (string?)link.Attribute("href") is { } address
            ? new Link(Text(link) is { Length: > 0 } text ? text : address, address)
            : new Link(Name((string?)link.Attribute("cref") ?? ""), null))];

    private XElement? Part(string id, string name) => Parts(id, name).FirstOrDefault();

    private IEnumerable<XElement> Parts(string id, string name) => _members.TryGetValue(id, out var member) ? member.Elements(name) : [];

    /// <summary>Each para as one paragraph, each list item as one that starts with a dash, and loose text as paragraphs between them.</summary>
    private List<string> Paragraphs(XElement? element)
    {
        var paragraphs = new List<string>();
        if (element is null) return paragraphs;
        var loose = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            if (node is not XElement { Name.LocalName: "para" or "list" } block)
            {
                Append(loose, node);
                continue;
            }
            Flush();
            if (block.Name == "list") paragraphs.AddRange(block.Elements("item").Select(item => "- " + Text(item)));
            else paragraphs.Add(Text(block));
        }
        Flush();
        return paragraphs;

        void Flush()
        {
            var text = Collapse(loose.ToString());
            if (text.Length > 0) paragraphs.Add(text);
            loose.Clear();
        }
    }

    private string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes()) Append(text, node);
        return Collapse(text.ToString());
    }

    private void Append(StringBuilder text, XNode node)
    {
        if (node is XText plain) text.Append(plain.Value);
        if (node is not XElement element) return;
        if ((string?)element.Attribute("cref") is { } reference) text.Append(Name(reference));
        else if ((string?)element.Attribute("langword") is { } word) text.Append(word);
        else if ((string?)element.Attribute("href") is { } address) text.Append(element.Value.Length > 0 ? $"{element.Value} ({address})" : address);
        else if (element.Name == "paramref") text.Append((string?)element.Attribute("name"));
        else foreach (var child in element.Nodes()) Append(text, child);
    }

    /// <summary>A cmdlet's name, or the last word of any other reference; a property of a cmdlet is a parameter.</summary>
    private string Name(string reference)
    {
        if (_cmdletNames.TryGetValue(reference, out var cmdlet)) return cmdlet;
        var dot = reference.LastIndexOf('.');
        var last = reference[(dot + 1)..];
        return reference.StartsWith("P:", StringComparison.Ordinal) && _cmdletNames.ContainsKey("T:" + reference[2..dot]) ? "-" + last : last;
    }

    private static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Code keeps its lines, less the indentation that they share, or that of the line on which a tag before the first of them stands.</summary>
    private static string Code(XElement? element)
    {
        if (element is null) return "";
        var lines = element.Value.Replace("\r", "", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()).ToList();
        // The first line stands right after the tag as a rule: what it is indented by is what stands before the tag.
        if (lines[0].Length > 0 && element.PreviousNode is XText before && string.IsNullOrWhiteSpace(before.Value)) lines[0] = before.Value[(before.Value.LastIndexOf('\n') + 1)..] + lines[0];
        var indented = lines.Where(line => line.Length > 0).ToList();
        var margin = indented.Count == 0 ? 0 : indented.Min(Indentation);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[margin..])).Trim('\n');

        static int Indentation(string line) => line.Length - line.TrimStart().Length;
    }
}
