using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace Guardrails.AwsClients.Runtime;

/// <summary>
/// <c>prefix[-fips].region.suffix</c>; for services with one endpoint per partition, the host and signing region of that endpoint.
/// </summary>
internal sealed class ServiceEndpointProvider(string prefix, IReadOnlyDictionary<string, string>? globalRegions = null, string? plainFips = null)
    : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dual = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return fips || dual
                ? throw new AmazonClientException("Invalid Configuration: FIPS or dualstack and a custom endpoint are not supported together")
                : new Endpoint(url);
        }

        if (parameters["Region"] is not string region)
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        var partition = Fn.Partition(region);
        if ((fips && !partition.supportsFIPS) || (dual && !partition.supportsDualStack))
            throw new AmazonClientException($"FIPS or dualstack is enabled, but partition {partition.name} does not support it");

        var attributes = "";
        if (!dual && globalRegions is not null && globalRegions.TryGetValue(partition.name, out var home))
        {
            region = home;
            attributes = $$"""{"authSchemes":[{"name":"sigv4","signingRegion":"{{home}}"}]}""";
        }

        var infix = fips && (dual || partition.name != plainFips) ? "-fips" : "";
        return new Endpoint($"https://{prefix}{infix}.{region}.{(dual ? partition.dualStackDnsSuffix : partition.dnsSuffix)}", attributes, "");
    }
}

/// <summary>Hands region, FIPS, dual stack and a configured address to the endpoint provider.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    public static Endpoint Determine(IClientConfig config, string serviceId, ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, serviceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(false) { ClientConfig = config, OriginalRequest = parameters.Request, Request = request };
        return new ServiceEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new EndpointParameters
        {
            ["Region"] = requestContext.Request.AlternateEndpoint?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOfAddress(config),
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    private static string? RegionOfAddress(IClientConfig config)
    {
        if (string.IsNullOrEmpty(config.ServiceURL))
            return null;
        return string.IsNullOrEmpty(config.AuthenticationRegion)
            ? RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName
            : config.AuthenticationRegion;
    }
}
