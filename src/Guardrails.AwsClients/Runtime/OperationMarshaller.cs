using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Guardrails.AwsClients.Runtime;

/// <summary>Makes the HTTP request of one operation.</summary>
internal sealed class OperationMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private readonly ServiceInfo _service;
    private readonly string _name;
    private readonly string _method;
    private readonly string _path;
    private readonly bool _hasBody;
    private readonly KeyValuePair<string, string?>[] _parameters;

    public OperationMarshaller(ServiceInfo service, string name, string method, string path, bool hasBody)
    {
        (_service, _name, _method, _hasBody) = (service, name, method, hasBody);
        var parts = path.Split('?', 2);
        _path = parts[0];
        var parameters = parts.Length == 1 ? [] : parts[1].Split('&').Select(p => p.Split('=', 2));
        _parameters = [.. parameters.Select(p => KeyValuePair.Create(p[0], p.ElementAtOrDefault(1)))];
    }

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, _service.Namespace) { HttpMethod = _method, ResourcePath = _path };
        request.Headers["x-amz-api-version"] = _service.ApiVersion;
        if (_service.TargetPrefix is not null)
            request.Headers["X-Amz-Target"] = $"{_service.TargetPrefix}.{_name}";
        foreach (var (key, value) in _parameters)
            request.AddSubResource(key, value);
        (input as IBoundRequest)?.Bind(request);
        if (!_hasBody)
            return request;
        request.Headers["Content-Type"] = _service.ContentType;
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
            Wire.WriteStructure(writer, (IShape)input);
        request.Content = body.ToArray();
        return request;
    }
}
