using System.Globalization;

namespace Guardrails;

/// <summary>
/// Reads the fields of a mapping by a schema: each field is asked for, and what was never asked for is unknown. Everything that is wrong is a
/// finding with its place and with what is expected; the caller goes on, so that all of it is found at once.
/// </summary>
/// <param name="what">What the mapping is, for messages: <c>a constant</c>.</param>
internal sealed class DocumentFields(DocumentMapping mapping, string file, string what, List<DocumentFinding> findings)
{
    private readonly List<string> _known = [];

    /// <summary>The mapping that a value must be; null, with a finding, where it is something else.</summary>
    public static DocumentFields? Of(DocumentValue value, string file, string what, List<DocumentFinding> findings)
    {
        if (value is DocumentMapping mapping) return new DocumentFields(mapping, file, what, findings);
        findings.Add(At(file, value, $"Here is {What(value)} where {what} is expected: names with values."));
        return null;
    }

    /// <summary>The line on which the mapping begins.</summary>
    public DocumentMapping Mapping => mapping;

    public string File => file;

    /// <summary>The value of a field; null where it is not given.</summary>
    public DocumentValue? Value(string name)
    {
        _known.Add(name);
        return mapping[name];
    }

    /// <summary>The text of a field; null where it is not given or is nothing.</summary>
    public string? Text(string name)
    {
        if (Value(name) is not { } value) return null;
        if (value is DocumentText { Text: var text }) return text.Trim() is { Length: > 0 } some ? some : null;
        Find(value, $"'{name}' is {What(value)} where text is expected.");
        return null;
    }

    /// <summary>The text of a field that must be given.</summary>
    public string? RequiredText(string name)
    {
        var before = findings.Count;
        var text = Text(name);
        if (text is null && findings.Count == before) Missing(name, "a text");
        return text;
    }

    /// <summary>A number between two bounds.</summary>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Text(name) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}, with a point before its decimals"));
        return null;
    }

    /// <summary>A number that must be given.</summary>
    public decimal? RequiredNumber(string name, decimal least, decimal most)
    {
        var before = findings.Count;
        var number = Number(name, least, most);
        if (number is null && findings.Count == before) Missing(name, "a number");
        return number;
    }

    /// <summary>A day.</summary>
    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Wrong(name, text, "a day as yyyy-MM-dd");
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string name)
    {
        switch (Text(name))
        {
            case null: return null;
            case "true": return true;
            case "false": return false;
            case var text:
                Wrong(name, text, "true or false");
                return null;
        }
    }

    /// <summary>One of a few names.</summary>
    public string? Choice(string name, IReadOnlyCollection<string> names)
    {
        if (Text(name) is not { } text) return null;
        if (names.Contains(text)) return text;
        Wrong(name, text, $"one of {string.Join(", ", names)}", Near(text, names));
        return null;
    }

    /// <summary>A list of texts; null where it is not given.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Value(name) is not { } value) return null;
        if (value is not DocumentList list)
        {
            Find(value, $"'{name}' is {What(value)} where a list is expected.");
            return null;
        }
        var texts = new List<string>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is DocumentText { Text.Length: > 0 } text) texts.Add(text.Text);
            else Find(item, $"In '{name}' is {What(item)} where text is expected.");
        }
        return texts;
    }

    /// <summary>A field that is a mapping itself; null where it is not given.</summary>
    public DocumentFields? Fields(string name, string ofWhat) => Value(name) is { } value ? Of(value, file, ofWhat, findings) : null;

    /// <summary>Every field that was not asked for is unknown.</summary>
    public void End()
    {
        foreach (var (key, _) in mapping.Entries)
        {
            if (_known.Contains(key.Text, StringComparer.Ordinal)) continue;
            Find(key, $"'{key.Text}' is not a name in {what}; {(Near(key.Text, _known) is { } near ? $"'{near}' may be meant. There are " : "there are ")}{string.Join(", ", _known.Distinct(StringComparer.Ordinal))}.");
        }
    }

    public void Missing(string name, string expected) => Find(mapping, $"{Capital(what)} has no '{name}': {expected} is expected.");

    /// <summary>A finding about the value of a field.</summary>
    public void Wrong(string name, string text, string expected, string? near = null) =>
        Find(mapping[name] ?? mapping, $"'{name}' is '{text}'; {expected} is expected.{(near is null ? "" : $" '{near}' may be meant.")}");

    public void Find(DocumentValue at, string message) => findings.Add(At(file, at, message));

    /// <summary>The nearest of some names; null where none is near.</summary>
    public static string? Near(string text, IEnumerable<string> names) =>
        names.Select(name => (name, distance: NearNames.Distance(text, name)))
            .Where(one => one.distance <= NearNames.Limit(text))
            .OrderBy(one => one.distance).ThenBy(one => one.name, StringComparer.Ordinal)
            .Select(one => one.name).FirstOrDefault();

    public static string What(DocumentValue value) => value switch
    {
        DocumentList => "a list",
        DocumentMapping => "a mapping",
        DocumentText { Text.Length: 0 } => "nothing",
        DocumentText { Text: var text } => $"the text '{(text.Length <= 40 ? text : text[..40] + "…")}'",
        _ => "something else",
    };

    private static DocumentFinding At(string file, DocumentValue at, string message) => new(file, at.Line, at.Column, message);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
