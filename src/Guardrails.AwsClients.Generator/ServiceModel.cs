namespace Guardrails.AwsClients.Generator;

/// <summary>Where a member travels.</summary>
internal enum Place
{
    Body,
    Path,
    Query,
    Header,
}

/// <summary>What a value is on the wire.</summary>
internal enum Kind
{
    Text,
    Int,
    Long,
    Bool,
    Double,
    Float,
    Blob,
    EpochTime,
    IsoTime,
    Document,
    List,
    Map,
    Enumeration,
    Structure,
}

/// <summary>A type: a base type, a list or map of <see cref="Element"/>, or the enumeration or structure called <see cref="Name"/>.</summary>
internal sealed class TypeReference(Kind kind, string name = "", TypeReference? element = null)
{
    public Kind Kind { get; } = kind;

    public string Name { get; } = name;

    public TypeReference Element => element ?? throw new InvalidOperationException($"{Kind} has no element.");

    public bool IsCollection => Kind is Kind.List or Kind.Map;
}

internal sealed class Member(string name, string wire, TypeReference type, Place place, bool isToken)
{
    /// <summary>Name of the property: AWS's, with an upper-case first letter.</summary>
    public string Name { get; } = name;

    public string Wire { get; } = wire;

    public TypeReference Type { get; } = type;

    public Place Place { get; } = place;

    /// <summary>An idempotency token: made by the client when the caller set none.</summary>
    public bool IsToken { get; } = isToken;
}

internal sealed class Structure(string name, IReadOnlyList<Member> members)
{
    public string Name { get; } = name;

    public IReadOnlyList<Member> Members { get; } = members;

    public IEnumerable<Member> Body => Members.Where(m => m.Place == Place.Body);

    public IReadOnlyList<Member> Bound => [.. Members.Where(m => m.Place != Place.Body)];
}

internal sealed class Enumeration(string name, IReadOnlyList<string> values)
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>The members that hold the page token of request and response, and the one with the items where the official paginator hands those out.</summary>
internal sealed class Paging(string input, string output, string? items)
{
    public string Input { get; } = input;

    public string Output { get; } = output;

    public string? Items { get; } = items;
}

internal sealed class Operation(string name, string method, string path, bool isSigned, Paging? paging)
{
    public string Name { get; } = name;

    public string Method { get; } = method;

    /// <summary>Path with its <c>{label}</c>s, and fixed query parameters after a question mark.</summary>
    public string Path { get; } = path;

    public bool IsSigned { get; } = isSigned;

    public Paging? Paging { get; } = paging;
}

internal sealed class ExceptionShape(Structure structure, string code)
{
    public Structure Structure { get; } = structure;

    public string Code { get; } = code;
}

/// <summary>One service, as its model file states it.</summary>
internal sealed class ServiceModel
{
    public string Prefix { get; set; } = "";

    public string ServiceId { get; set; } = "";

    public string Endpoint { get; set; } = "";

    public string Signing { get; set; } = "";

    public string Version { get; set; } = "";

    public string JsonVersion { get; set; } = "";

    /// <summary>Prefix of the X-Amz-Target header; null for REST.</summary>
    public string? Target { get; set; }

    /// <summary>Partition → its only region, for services with one endpoint per partition.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Global { get; set; } = [];

    public string? PlainFips { get; set; }

    public IReadOnlyList<Operation> Operations { get; set; } = [];

    public IReadOnlyList<ExceptionShape> Exceptions { get; set; } = [];

    public IReadOnlyList<Structure> Structures { get; set; } = [];

    public IReadOnlyList<Enumeration> Enumerations { get; set; } = [];

    public string Namespace => "Amazon." + Prefix;

    /// <summary>Stem of the client's, the config's and the base exception's names.</summary>
    public string Client => "Amazon" + Prefix;

    public IReadOnlyList<Operation> Paged => [.. Operations.Where(o => o.Paging is not null)];
}

/// <summary>The model says something that this generator does not know.</summary>
internal sealed class ModelException(string message) : Exception(message);
