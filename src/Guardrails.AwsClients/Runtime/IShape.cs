using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Guardrails.AwsClients.Runtime;

/// <summary>A structure with members in the body of a message.</summary>
internal interface IShape
{
    /// <summary>Takes over one member; unknown ones are passed over.</summary>
    void Read(string member, JsonElement value);

    /// <summary>Writes the members that are set into the object that is open.</summary>
    void Write(Utf8JsonWriter w);
}

/// <summary>A request with members in path, query or headers.</summary>
internal interface IBoundRequest
{
    void Bind(IRequest request);
}

/// <summary>A response or an exception with members in headers.</summary>
internal interface IBoundResponse
{
    void ReadHeaders(IWebResponseData response);
}
