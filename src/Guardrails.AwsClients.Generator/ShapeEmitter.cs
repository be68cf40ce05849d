namespace Guardrails.AwsClients.Generator;

/// <summary>Requests, responses and structures: properties, and the members that read and write them.</summary>
internal static class ShapeEmitter
{
    public static void Emit(SourceWriter w, ServiceModel model)
    {
        w.Open($"namespace {model.Namespace}");
        w.Line($"public partial class {model.Client}Request : AmazonWebServiceRequest {{ }}");
        w.Close();
        w.Open($"namespace {model.Namespace}.Model");
        var requests = new HashSet<string>(model.Operations.Select(o => o.Name + "Request"));
        var responses = new HashSet<string>(model.Operations.Select(o => o.Name + "Response"));
        var paths = model.Operations.ToDictionary(o => o.Name + "Request", o => o.Path);
        foreach (var shape in model.Structures)
        {
            var isRequest = requests.Contains(shape.Name);
            var parent = isRequest ? model.Client + "Request, " : responses.Contains(shape.Name) ? "AmazonWebServiceResponse, " : "";
            var bound = shape.Bound.Count == 0 ? "" : isRequest ? ", IBoundRequest" : ", IBoundResponse";
            w.Open($"public partial class {shape.Name} : {parent}IShape{bound}");
            Body(w, shape, []);
            if (isRequest)
                Bind(w, model, shape, paths[shape.Name]);
            else
                ReadHeaders(w, shape);
            w.Close();
        }

        w.Close();
    }

    /// <summary>Properties, and the reading and writing of those that travel in the body.</summary>
    /// <param name="inherited">Names of the base type that a member may hide.</param>
    public static void Body(SourceWriter w, Structure shape, IReadOnlyCollection<string> inherited)
    {
        foreach (var member in shape.Members)
        {
            var hides = inherited.Contains(member.Name) ? "new " : "";
            var initial = member.Type.IsCollection ? " = Amazon.AWSConfigs.InitializeCollections ? new() : null;" : "";
            w.Line($"public {hides}{TypeSyntax.Property(member.Type)} {member.Name} {{ get; set; }}{initial}");
        }

        w.Open("void IShape.Read(string member, JsonElement value)");
        if (shape.Body.Any())
        {
            w.Open("switch (member)");
            foreach (var member in shape.Body)
                w.Line($"case {SourceWriter.Quote(member.Wire)}: {member.Name} = {TypeSyntax.Read(member.Type, "value")}; break;");
            w.Close();
        }

        w.Close();
        w.Open("void IShape.Write(Utf8JsonWriter w)");
        foreach (var member in shape.Body)
            w.Line(WriteMember(member));
        w.Close();
    }

    /// <summary>The members of a response or an exception that come in headers.</summary>
    public static void ReadHeaders(SourceWriter w, Structure shape)
    {
        if (shape.Bound.Count == 0)
            return;
        w.Open("void IBoundResponse.ReadHeaders(IWebResponseData response)");
        foreach (var member in shape.Bound)
        {
            var text = $"response.GetHeaderValue({SourceWriter.Quote(member.Wire)})";
            w.Line($"if (response.IsHeaderPresent({SourceWriter.Quote(member.Wire)})) {member.Name} = " + member.Type.Kind switch
            {
                Kind.Text => $"{text};",
                Kind.Enumeration => $"{member.Type.Name}.FindValue({text});",
                Kind.Int => $"Wire.ReadInt({text});",
                _ => throw new ModelException($"{shape.Name}.{member.Name}: a header of this type is not known"),
            });
        }

        w.Close();
    }

    private static string WriteMember(Member member)
    {
        var name = $"w.WritePropertyName({SourceWriter.Quote(member.Wire)})";
        if (member.IsToken)
            return $"w.WriteString({SourceWriter.Quote(member.Wire)}, {member.Name} ?? Guid.NewGuid().ToString());";
        if (member.Type.Kind == Kind.Document)
            return $"if (!{member.Name}.IsNull()) {{ {name}; {TypeSyntax.Write(member.Type, member.Name)}; }}";
        var test = member.Type.IsCollection ? $"Wire.IsSet({member.Name})" : $"{member.Name} is not null";
        var value = TypeSyntax.Property(member.Type).EndsWith("?", StringComparison.Ordinal) ? member.Name + ".Value" : member.Name;
        return $"if ({test}) {{ {name}; {TypeSyntax.Write(member.Type, value)}; }}";
    }

    /// <summary>The members of a request that go into path, query or headers.</summary>
    private static void Bind(SourceWriter w, ServiceModel model, Structure shape, string path)
    {
        if (shape.Bound.Count == 0)
            return;
        w.Open("void IBoundRequest.Bind(IRequest request)");
        foreach (var member in shape.Bound)
        {
            var wire = SourceWriter.Quote(member.Wire);
            switch (member.Place)
            {
                case Place.Path:
                    var greedy = path.Contains("{" + member.Wire + "+}");
                    var label = SourceWriter.Quote("{" + member.Wire + (greedy ? "+}" : "}"));
                    w.Line($"if (string.IsNullOrEmpty(Wire.Text({member.Name})))");
                    w.Line($"    throw new {model.Client}Exception(\"Request object does not have required field {member.Name} set\");");
                    w.Line($"request.AddPathResource({label}, Wire.Text({member.Name}){(greedy ? ".TrimStart('/')" : "")});");
                    break;
                case Place.Header:
                    w.Line($"if ({member.Name} is not null) request.Headers[{wire}] = Wire.Text({member.Name});");
                    break;
                default:
                    var value = member.Type.IsCollection ? member.Name : $"Wire.Text({member.Name})";
                    w.Line($"if ({member.Name} is not null) request.ParameterCollection.Add({wire}, {value});");
                    break;
            }
        }

        if (shape.Bound.Any(m => m.Place == Place.Query))
            w.Line("request.UseQueryString = true;");
        w.Close();
    }
}
