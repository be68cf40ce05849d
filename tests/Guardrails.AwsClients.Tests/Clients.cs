using Amazon;
using Amazon.Organizations;

namespace Guardrails.AwsClients.Tests;

/// <summary>A client of Organizations whose far end is in the process and whose settings owe nothing to the machine.</summary>
internal static class Clients
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static AmazonOrganizationsClient Organizations(Answers answers, int retries = 0) =>
        new("AKIDEXAMPLE", Secret, "session/+=", new AmazonOrganizationsConfig
        {
            RegionEndpoint = RegionEndpoint.EUCentral1,
            HttpClientFactory = answers,
            MaxErrorRetry = retries,
            MaxStaleConnectionRetries = 0, // a limit of its own, 10 unless told otherwise, that MaxErrorRetry does not touch
            IgnoreConfiguredEndpointUrls = true,
        });
}
