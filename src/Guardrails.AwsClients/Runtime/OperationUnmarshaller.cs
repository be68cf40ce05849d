using System.Net;
using System.Text.Json;
using System.Xml;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Guardrails.AwsClients.Runtime;

/// <summary>Reads the answer of one operation. What cannot be read is a JsonException that names the member; Core wraps it.</summary>
internal sealed class OperationUnmarshaller<TResponse>(ServiceInfo service) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, IShape, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
    {
        var response = new TResponse();
        using var body = new MemoryStream();
        context.Stream.CopyTo(body);
        if (body.Length > 0)
            Fill(response, body.GetBuffer().AsMemory(0, (int)body.Length), context.JsonMaxDepth);
        (response as IBoundResponse)?.ReadHeaders(context.ResponseData);
        return response;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = ReadError(context);
        if (error is null)
        {
            var id = context.ResponseData.GetHeaderValue("x-amzn-RequestId");
            var message = $"The service refused the call with HTTP status {(int)statusCode}; its reason could not be read.";
            return service.DefaultError(message, innerException, ErrorType.Unknown, null, id, statusCode);
        }

        var create = error.Code is not null && service.Errors.TryGetValue(error.Code, out var known) ? known : service.DefaultError;
        var exception = create(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        (exception as IBoundResponse)?.ReadHeaders(context.ResponseData);
        if (exception is not IShape shape)
            return exception;
        try
        {
            Fill(shape, context.GetResponseBodyBytes(), context.JsonMaxDepth);
        }
        catch (JsonException)
        {
            // The error's own members stay unset; code, message and status are known already and matter more.
        }

        return exception;
    }

    /// <summary>Code and message of an error; null if the answer is none that a service gives.</summary>
    private static ErrorResponse? ReadError(JsonUnmarshallerContext context)
    {
        try
        {
            var reader = new StreamingUtf8JsonReader(context.Stream, AWSConfigs.StreamingUtf8JsonReaderBufferSize ?? 4096, context.JsonMaxDepth);
            return JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
        }
        catch (Exception e) when (e is AmazonClientException or JsonException or XmlException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Fill(IShape shape, ReadOnlyMemory<byte> json, int maxDepth)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth });
        Wire.Fill(shape, document.RootElement);
    }
}
