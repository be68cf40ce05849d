using System.Net;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
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
        var reader = new StreamingUtf8JsonReader(context.Stream, AWSConfigs.StreamingUtf8JsonReaderBufferSize ?? 4096, context.JsonMaxDepth);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
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

    private static void Fill(IShape shape, ReadOnlyMemory<byte> json, int maxDepth)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth });
        Wire.Fill(shape, document.RootElement);
    }
}
