using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Guardrails.Formats.Tests;

/// <summary>The same template in the other format: in YAML with short forms, in JSON with long ones.</summary>
internal static class TemplateRenditions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    public static string ToYaml(string json) => ToYaml(JsonNode.Parse(json, documentOptions: Lenient));

    public static string ToYaml(JsonNode? template)
    {
        var text = new StringWriter();
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Emit(emitter, template, TagName.Empty);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    public static string ToJson(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Read(parser)!.ToJsonString(Indented);
    }

    private static void Emit(Emitter emitter, JsonNode? node, TagName tag)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } function when tag.IsEmpty && ShortForm(function.First()) is { } form:
                Emit(emitter, form.Argument, form.Tag);
                break;
            case JsonObject mapping:
                emitter.Emit(new MappingStart(AnchorName.Empty, tag, tag.IsEmpty, MappingStyle.Block));
                foreach (var (key, value) in mapping)
                {
                    emitter.Emit(new Scalar(key));
                    Emit(emitter, value, TagName.Empty);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, tag, tag.IsEmpty, SequenceStyle.Block));
                foreach (var item in list) Emit(emitter, item, TagName.Empty);
                emitter.Emit(new SequenceEnd());
                break;
            default:
                var text = node?.ToString() ?? "null";
                var style = node is not null && text is "" or "~" or "null" ? ScalarStyle.SingleQuoted : ScalarStyle.Any;
                emitter.Emit(new Scalar(AnchorName.Empty, tag, text, style, tag.IsEmpty, tag.IsEmpty));
                break;
        }
    }

    // A short form cannot stand on another one, nor on nothing.
    private static (TagName Tag, JsonNode Argument)? ShortForm(KeyValuePair<string, JsonNode?> only) => only switch
    {
        ("Ref", JsonValue name) => ("!Ref", name),
        ("Fn::GetAtt", JsonArray { Count: 2 } path) when path.All(part => part is JsonValue) => ("!GetAtt", JsonValue.Create($"{path[0]}.{path[1]}")),
        ({ } name, { } argument) when name.StartsWith("Fn::", StringComparison.Ordinal) && !name.StartsWith("Fn::ForEach", StringComparison.Ordinal)
            && !(argument is JsonObject { Count: 1 } inner && ShortForm(inner.First()) is not null) => ("!" + name[4..], argument),
        _ => null,
    };

    private static JsonNode? Read(Parser parser)
    {
        var start = parser.Consume<NodeEvent>();
        JsonNode? node;
        switch (start)
        {
            case Scalar scalar:
                node = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? null : JsonValue.Create(scalar.Value);
                break;
            case SequenceStart:
                var list = new JsonArray();
                while (!parser.Accept<SequenceEnd>(out _)) list.Add(Read(parser));
                parser.Consume<SequenceEnd>();
                node = list;
                break;
            default:
                var mapping = new JsonObject();
                while (!parser.Accept<MappingEnd>(out _)) mapping.Add(Read(parser)!.ToString(), Read(parser));
                parser.Consume<MappingEnd>();
                node = mapping;
                break;
        }
        if (start.Tag.IsEmpty || start.Tag.IsNonSpecific) return node;
        var name = start.Tag.Value[1..];
        if (name == "GetAtt" && node is JsonValue) node = new JsonArray([.. node.ToString().Split('.', 2).Select(part => (JsonNode)part)]);
        return new JsonObject { [name is "Ref" or "Condition" || name.StartsWith("Rain::", StringComparison.Ordinal) ? name : "Fn::" + name] = node };
    }
}
