namespace Guardrails.AwsClients.Generator;

/// <summary>How a type is written in C#, and the expressions that read it from and write it to JSON.</summary>
internal static class TypeSyntax
{
    /// <summary>Type of a property. Values are nullable, as in version 4 of the official packages.</summary>
    public static string Property(TypeReference type) => IsValue(type) ? Clr(type) + "?" : Clr(type);

    /// <summary>Type of an element: not nullable, and text for enumerations, as in the official packages.</summary>
    public static string Element(TypeReference type) => type.Kind == Kind.Enumeration ? "string" : Clr(type);

    public static string Read(TypeReference type, string json) => type.Kind switch
    {
        Kind.Text => $"Wire.ReadText({json})",
        Kind.Int => $"{json}.GetInt32()",
        Kind.Long => $"{json}.GetInt64()",
        Kind.Bool => $"{json}.GetBoolean()",
        Kind.Double => $"{json}.GetDouble()",
        Kind.Float => $"{json}.GetSingle()",
        Kind.Blob => $"Wire.ReadBlob({json})",
        Kind.EpochTime or Kind.IsoTime => $"Wire.ReadTime({json})",
        Kind.Document => $"Wire.ReadDocument({json})",
        Kind.List => $"Wire.ReadList({json}, static e => {ReadElement(type.Element, "e")})",
        Kind.Map => $"Wire.ReadMap({json}, static e => {ReadElement(type.Element, "e")})",
        Kind.Enumeration => $"{type.Name}.FindValue(Wire.ReadText({json}))",
        Kind.Structure => $"Wire.ReadStructure<{type.Name}>({json})",
        _ => throw new ModelException($"{type.Kind} cannot be read"),
    };

    public static string Write(TypeReference type, string value) => type.Kind switch
    {
        Kind.Text => $"w.WriteStringValue({value})",
        Kind.Int or Kind.Long or Kind.Double or Kind.Float => $"w.WriteNumberValue({value})",
        Kind.Bool => $"w.WriteBooleanValue({value})",
        Kind.Blob => $"w.WriteBase64StringValue({value}.ToArray())",
        Kind.EpochTime => $"Wire.WriteEpochTime(w, {value})",
        Kind.IsoTime => $"w.WriteStringValue(Wire.Text({value}))",
        Kind.Document => $"Wire.WriteDocument(w, {value})",
        Kind.List => $"Wire.WriteList(w, {value}, static (w, e) => {WriteElement(type.Element, "e")})",
        Kind.Map => $"Wire.WriteMap(w, {value}, static (w, e) => {WriteElement(type.Element, "e")})",
        Kind.Enumeration => $"w.WriteStringValue({value}.Value)",
        Kind.Structure => $"Wire.WriteStructure(w, {value})",
        _ => throw new ModelException($"{type.Kind} cannot be written"),
    };

    private static string ReadElement(TypeReference type, string json) => type.Kind == Kind.Enumeration ? $"Wire.ReadText({json})" : Read(type, json);

    private static string WriteElement(TypeReference type, string value) => type.Kind == Kind.Enumeration ? $"w.WriteStringValue({value})" : Write(type, value);

    private static bool IsValue(TypeReference type) =>
        type.Kind is Kind.Int or Kind.Long or Kind.Bool or Kind.Double or Kind.Float or Kind.EpochTime or Kind.IsoTime;

    private static string Clr(TypeReference type) => type.Kind switch
    {
        Kind.Text => "string",
        Kind.Int => "int",
        Kind.Long => "long",
        Kind.Bool => "bool",
        Kind.Double => "double",
        Kind.Float => "float",
        Kind.Blob => "System.IO.MemoryStream",
        Kind.EpochTime or Kind.IsoTime => "DateTime",
        Kind.Document => "Amazon.Runtime.Documents.Document",
        Kind.List => $"List<{Element(type.Element)}>",
        Kind.Map => $"Dictionary<string, {Element(type.Element)}>",
        Kind.Enumeration or Kind.Structure => type.Name,
        _ => throw new ModelException($"{type.Kind} has no type"),
    };
}
