using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;

namespace Guardrails.Sandbox;

/// <summary>AWS's Query protocol: a form in, XML out (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, read 2026-08).</summary>
internal static class QueryProtocol
{
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <exception cref="AwsError">MalformedQueryString.</exception>
    public static Dictionary<string, string> ReadForm(ReadOnlyMemory<byte> body)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, true).GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new AwsError("MalformedQueryString", "The body is not valid UTF-8.", status: 404);
        }
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            form[Decode(equals < 0 ? pair : pair[..equals])] = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        }
        return form;
    }

    /// <summary>The form's members by the model; members that the model doesn't have are dropped.</summary>
    /// <exception cref="AwsError">MalformedInput: a number is none.</exception>
    public static JsonObject ReadInput(StructureShape shape, Dictionary<string, string> form) => Structure(shape, form, "");

    public static byte[] WriteResult(string operation, JsonObject output, string requestId) => Write(xml =>
    {
        xml.WriteStartElement(operation + "Response", Namespace);
        xml.WriteStartElement(operation + "Result");
        foreach (var (name, value) in output) Element(xml, name, value);
        xml.WriteEndElement();
        xml.WriteStartElement("ResponseMetadata");
        xml.WriteElementString("RequestId", requestId);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    public static byte[] WriteError(AwsError error, string code, string requestId) => Write(xml =>
    {
        xml.WriteStartElement("ErrorResponse", Namespace);
        xml.WriteStartElement("Error");
        xml.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
        xml.WriteElementString("Code", code);
        xml.WriteElementString("Message", Printable(error.Message));
        xml.WriteEndElement();
        xml.WriteElementString("RequestId", requestId);
        xml.WriteEndElement();
    });

    /// <summary>As STS words it, all violations in one ValidationError.</summary>
    public static AwsError ToError(IReadOnlyList<Violation> violations)
    {
        var parts = violations.Select(violation =>
            $"Value {Quoted(violation.Value)} at '{CamelCase(violation.Path)}' failed to satisfy constraint: {Constraint(violation)}");
        var count = violations.Count == 1 ? "1 validation error detected" : $"{violations.Count} validation errors detected";
        return new AwsError("ValidationError", $"{count}: {string.Join("; ", parts)}");
    }

    private static JsonObject Structure(StructureShape shape, Dictionary<string, string> form, string prefix)
    {
        var result = new JsonObject();
        foreach (var member in shape.Members.Values)
            if (Any(member.Shape, form, prefix + member.WireName) is { } value) result[member.WireName] = value;
        return result;
    }

    private static JsonNode? Any(Shape shape, Dictionary<string, string> form, string name)
    {
        switch (shape)
        {
            case StructureShape structure:
                return form.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal)) ? Structure(structure, form, name + ".") : null;
            case ListShape list:
                var items = new JsonArray();
                for (var i = 1; Any(list.Item, form, string.Create(CultureInfo.InvariantCulture, $"{name}.member.{i}")) is { } item; i++) items.Add(item);
                return items.Count > 0 || form.ContainsKey(name) ? items : null;
            case NumberShape when form.TryGetValue(name, out var text):
                if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                    throw new AwsError("MalformedInput", $"{name} is not a whole number.");
                return JsonValue.Create(number);
            default:
                return form.TryGetValue(name, out var value) ? JsonValue.Create(value) : null;
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static void Element(XmlWriter xml, string name, JsonNode? value)
    {
        xml.WriteStartElement(name);
        if (value is JsonObject members) foreach (var (key, member) in members) Element(xml, key, member);
        else if (value is JsonArray items) foreach (var item in items) Element(xml, "member", item);
        else if (value is not null) xml.WriteString(Printable(value.ToString()));
        xml.WriteEndElement();
    }

    private static byte[] Write(Action<XmlWriter> content)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, Indent = true }))
            content(xml);
        return stream.ToArray();
    }

    /// <summary>XML 1.0 has no way to write most control characters.</summary>
    private static string Printable(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '\uFFFD'));

    private static string Quoted(string? value) => value is null ? "null" : $"'{value}'";

    private static string CamelCase(string path) => char.ToLowerInvariant(path[0]) + path[1..];

    private static string Constraint(Violation violation) => violation switch
    {
        { Kind: ViolationKind.Missing } => "Member must not be null",
        { Kind: ViolationKind.TooShort, Shape: StringShape text } => $"Member must have length greater than or equal to {text.Minimum}",
        { Kind: ViolationKind.TooLong, Shape: StringShape text } => $"Member must have length less than or equal to {text.Maximum}",
        { Kind: ViolationKind.PatternBroken, Shape: StringShape text } => $"Member must satisfy regular expression pattern: {text.Pattern?.Text}",
        { Kind: ViolationKind.UnknownValue, Shape: EnumShape choice } => $"Member must satisfy enum value set: [{string.Join(", ", choice.Values.Order())}]",
        { Kind: ViolationKind.TooSmall, Shape: NumberShape number } => $"Member must have value greater than or equal to {number.Minimum}",
        { Kind: ViolationKind.TooLarge, Shape: NumberShape number } => $"Member must have value less than or equal to {number.Maximum}",
        { Kind: ViolationKind.TooFewItems, Shape: ListShape list } => $"Member must have length greater than or equal to {list.Minimum}",
        { Shape: ListShape list } => $"Member must have length less than or equal to {list.Maximum}",
        _ => "Member is not valid",
    };
}
