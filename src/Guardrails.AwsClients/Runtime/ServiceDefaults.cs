using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Guardrails.AwsClients.Runtime;

/// <summary>
/// The SDK's defaults modes, the same for every service: the time to connect differs, nothing else
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html, August 2026).
/// </summary>
internal static class ServiceDefaults
{
    public static readonly ReadOnlyCollection<IDefaultConfiguration> All = new(
    [
        Mode(DefaultConfigurationMode.Standard, 3100),
        Mode(DefaultConfigurationMode.InRegion, 1100),
        Mode(DefaultConfigurationMode.CrossRegion, 3100),
        Mode(DefaultConfigurationMode.Mobile, 30000),
        Mode(DefaultConfigurationMode.Auto, 1100),
    ]);

    private static DefaultConfiguration Mode(DefaultConfigurationMode mode, int connectMilliseconds) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
    };
}
