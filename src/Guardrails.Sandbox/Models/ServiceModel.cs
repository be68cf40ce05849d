using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>The part of a service's API model that a server needs: inputs and names of exceptions.</summary>
internal sealed class ServiceModel
{
    private readonly JsonElement _shapes;
    private readonly Dictionary<string, Shape> _known = new(StringComparer.Ordinal);

    private ServiceModel(JsonElement model)
    {
        _shapes = model.GetProperty("shapes");
        Inputs = model.GetProperty("operations").EnumerateObject()
            .ToFrozenDictionary(operation => operation.Name, operation => (StructureShape)Resolve(operation.Name + "Request"), StringComparer.Ordinal);
        Exceptions = model.GetProperty("exceptions").EnumerateObject().Select(exception => exception.Name).ToFrozenSet(StringComparer.Ordinal);
        Codes = model.TryGetProperty("codes", out var codes)
            ? codes.EnumerateObject().ToFrozenDictionary(code => code.Name, code => code.Value.GetString()!, StringComparer.Ordinal)
            : FrozenDictionary<string, string>.Empty;
    }

    /// <summary>By operation.</summary>
    public FrozenDictionary<string, StructureShape> Inputs { get; }

    public FrozenSet<string> Exceptions { get; }

    /// <summary>Exception to its code on the wire, where it differs from the name.</summary>
    public FrozenDictionary<string, string> Codes { get; }

    /// <summary>Reads an embedded model, such as <c>organizations.model.json</c>.</summary>
    public static ServiceModel Load(string resource)
    {
        using var stream = typeof(ServiceModel).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The API model {resource} is not embedded in {typeof(ServiceModel).Assembly.GetName().Name}.");
        using var document = JsonDocument.Parse(stream);
        return new ServiceModel(document.RootElement);
    }

    private Shape Resolve(string type)
    {
        if (_known.TryGetValue(type, out var shape)) return shape;
        if (!_shapes.TryGetProperty(type, out var definition)) return _known[type] = Anonymous(type, type);
        if (definition.ValueKind == JsonValueKind.Object) return Structure(type, definition);
        return _known[type] = definition.ValueKind switch
        {
            JsonValueKind.Array => new EnumShape(type, definition.EnumerateArray().Select(value => value.GetString()!).ToFrozenSet(StringComparer.Ordinal)),
            _ => Anonymous(type, definition.GetString()!),
        };
    }

    private StructureShape Structure(string name, JsonElement definition)
    {
        var structure = new StructureShape(name);
        _known[name] = structure;
        foreach (var member in definition.EnumerateObject())
        {
            var words = member.Value.GetString()!.Split(' ');
            var wireName = words.FirstOrDefault(word => word.StartsWith('='))?[1..] ?? member.Name;
            structure.Members[wireName] = new StructureMember(wireName, Resolve(words[0]), words.Contains("!"));
        }
        return structure;
    }

    /// <summary><c>type [min..max] [/pattern/]</c></summary>
    private Shape Anonymous(string name, string definition)
    {
        var slash = definition.IndexOf('/', StringComparison.Ordinal);
        var pattern = slash < 0 ? null : definition[(slash + 1)..definition.LastIndexOf('/')];
        var words = (slash < 0 ? definition : definition[..slash]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var range = words.Length > 1 ? words[1].Split("..") : ["", ""];
        var (minimum, maximum) = (Number(range[0]), Number(range[1]));
        return words[0] switch
        {
            ['[', .. var item, ']'] => new ListShape(name, Resolve(item), (long?)minimum, (long?)maximum),
            ['{', .. var value, '}'] => new MapShape(name, Resolve(value)),
            "string" => new StringShape(name, (long?)minimum, (long?)maximum, pattern is null ? null : new ValuePattern(pattern)),
            "int" => new NumberShape(name, 32, minimum, maximum),
            "long" => new NumberShape(name, 64, minimum, maximum),
            "double" or "float" => new NumberShape(name, 0, minimum, maximum),
            "bool" => new BooleanShape(name),
            "blob" => new BlobShape(name),
            "epoch" or "iso" => new TimeShape(name),
            "document" => new DocumentShape(name),
            var other => throw new InvalidOperationException($"The API model names a type that is not _known: {other} in {name}."),
        };
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
