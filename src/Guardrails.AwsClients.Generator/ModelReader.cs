using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Guardrails.AwsClients.Generator;

/// <summary>Reads a model file. JSON comes as XML from JsonReaderWriterFactory: every compiler's host has it, so the generator brings no dependency.</summary>
internal sealed class ModelReader
{
    private readonly XElement _model;
    private readonly Dictionary<string, XElement> _shapes;

    private ModelReader(XElement model)
    {
        _model = model;
        _shapes = Items("shapes").ToDictionary(Key, StringComparer.Ordinal);
    }

    public static ServiceModel Read(string json)
    {
        using var reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(json), XmlDictionaryReaderQuotas.Max);
        return new ModelReader(XElement.Load(reader)).Read();
    }

    private ServiceModel Read()
    {
        var protocol = Text("protocol");
        if (protocol is not ("json" or "rest-json"))
            throw new ModelException($"protocol {protocol} is not generated");
        var codes = Items("codes").ToDictionary(Key, e => e.Value, StringComparer.Ordinal);
        return new ServiceModel
        {
            Prefix = Text("prefix"),
            ServiceId = Text("serviceId"),
            Endpoint = Text("endpoint"),
            Signing = Text("signing"),
            Version = Text("version"),
            JsonVersion = _model.Element("jsonVersion")?.Value ?? "1.1",
            Target = protocol == "json" ? Text("target") : null,
            Global = [.. Items("global").Select(e => new KeyValuePair<string, string>(Key(e), e.Value))],
            PlainFips = _model.Element("plainFips")?.Value,
            Operations = [.. Items("operations").Select(ReadOperation)],
            Exceptions = [.. Items("exceptions").Select(e => new ExceptionShape(ReadStructure(e), codes.TryGetValue(Key(e), out var code) ? code : Key(e)))],
            Structures = [.. _shapes.Values.Where(s => JsonType(s) == "object").Select(ReadStructure)],
            Enumerations = [.. _shapes.Values.Where(s => JsonType(s) == "array").Select(s => new Enumeration(Key(s), [.. s.Elements().Select(v => v.Value)]))],
        };
    }

    private Operation ReadOperation(XElement line)
    {
        var http = (line.Element("http")?.Value ?? "POST /").Split(' ');
        var page = line.Element("page")?.Value.Split(' ').Select(Pascal).ToArray();
        var paging = page is null ? null : new Paging(page[0], page[1], page.Length > 2 ? page[2] : null);
        foreach (var shape in new[] { Key(line) + "Request", Key(line) + "Response" })
        {
            if (!_shapes.ContainsKey(shape))
                throw new ModelException($"operation {Key(line)} has no shape {shape}");
        }

        return new Operation(Key(line), http[0], http[1], line.Element("auth")?.Value != "none", paging);
    }

    private Structure ReadStructure(XElement shape) => new(Key(shape), [.. shape.Elements().Select(ReadMember)]);

    private Member ReadMember(XElement member)
    {
        var words = member.Value.Split(' ');
        var place = Place.Body;
        var token = false;
        var wire = Key(member);
        foreach (var word in words.Skip(1))
        {
            switch (word)
            {
                case "!": break; // required: checked by the service, as with the official packages
                case "@uri": place = Place.Path; break;
                case "@query": place = Place.Query; break;
                case "@header": place = Place.Header; break;
                case "@token": token = true; break;
                case var name when name.StartsWith("=", StringComparison.Ordinal): wire = name.Substring(1); break;
                default: throw new ModelException($"member {Key(member)}: {word} is not known");
            }
        }

        return new Member(Pascal(Key(member)), wire, ReadType(words[0]), place, token);
    }

    private TypeReference ReadType(string text)
    {
        if (text.Length > 2 && text[0] is '[' or '{')
            return new TypeReference(text[0] == '[' ? Kind.List : Kind.Map, element: ReadType(text.Substring(1, text.Length - 2)));
        if (_shapes.TryGetValue(text, out var shape))
        {
            return JsonType(shape) switch
            {
                "array" => new TypeReference(Kind.Enumeration, text),
                "object" => new TypeReference(Kind.Structure, text),
                _ => ReadType(shape.Value.Split(' ')[0]), // a constrained type: an alias of its base
            };
        }

        return new TypeReference(text switch
        {
            "string" => Kind.Text,
            "int" => Kind.Int,
            "long" => Kind.Long,
            "bool" => Kind.Bool,
            "double" => Kind.Double,
            "float" => Kind.Float,
            "blob" => Kind.Blob,
            "epoch" => Kind.EpochTime,
            "iso" => Kind.IsoTime,
            "document" => Kind.Document,
            _ => throw new ModelException($"type {text} is not known"),
        });
    }

    private string Text(string name) => _model.Element(name)?.Value ?? throw new ModelException($"{name} is missing");

    private IEnumerable<XElement> Items(string name) => _model.Element(name)?.Elements() ?? [];

    /// <summary>The JSON name; names that are no XML names come in an attribute.</summary>
    private static string Key(XElement element) => element.Attribute("item")?.Value ?? element.Name.LocalName;

    private static string JsonType(XElement element) => element.Attribute("type")?.Value ?? "string";

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
