using System.Net;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Guardrails.AwsClients.Runtime;

/// <summary>Makes the exception of one error code.</summary>
internal delegate AmazonServiceException ErrorFactory(
    string? message, Exception? inner, ErrorType type, string? code, string? requestId, HttpStatusCode status);

/// <summary>What the runtime must know of a service; generated from the head of its model.</summary>
internal sealed class ServiceInfo : IServiceMetadata
{
    public required string ServiceId { get; init; }

    public required string Namespace { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>Prefix of the X-Amz-Target header; null for REST.</summary>
    public string? TargetPrefix { get; init; }

    public string ContentType { get; init; } = "application/json";

    public required IReadOnlyDictionary<string, ErrorFactory> Errors { get; init; }

    public required ErrorFactory DefaultError { get; init; }

    /// <summary>Names of the requests that go unsigned.</summary>
    public IReadOnlySet<string> Unsigned { get; init; } = new HashSet<string>();

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(0);

    /// <summary>The product's own token: these are not the official clients, and AWS's logs must not say so.</summary>
    public static string UserAgent(string serviceId, string apiVersion)
    {
        var version = typeof(ServiceInfo).Assembly.GetName().Version?.ToString(3);
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";
        var platform = $"os/{system} md/ARCH#{RuntimeInformation.OSArchitecture} lang/.NET#{Environment.Version}";
        return $"guardrails-awsclients/{version} ua/2.1 {platform} api/{serviceId.Replace(' ', '_')}#{apiVersion}";
    }

    public InvokeOptions Operation<TResponse>(string name, string method, string path, bool hasBody)
        where TResponse : AmazonWebServiceResponse, IShape, new() => new()
        {
            RequestMarshaller = new OperationMarshaller(this, name, method, path, hasBody),
            ResponseUnmarshaller = new OperationUnmarshaller<TResponse>(this),
        };

    public void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new ServiceAuthHandler(this));
    }
}

/// <summary>SigV4, or no signature for the operations that hand out tokens.</summary>
internal sealed class ServiceAuthHandler(ServiceInfo service) : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        service.Unsigned.Contains(executionContext.RequestContext.Request.RequestName)
            ? AuthSchemeOption.DEFAULT_NOAUTH
            : AuthSchemeOption.DEFAULT_SIGV4;
}
