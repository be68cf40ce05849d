using Amazon;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using Xunit;

namespace Guardrails.AwsClients.Tests;

/// <summary>Where calls to Organizations go. Source: botocore, endpoint-rule-set-1.json of Organizations, August 2026.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("us-east-1", false, false, "https://organizations.us-east-1.amazonaws.com/", "us-east-1")]
    [InlineData("eu-central-1", false, false, "https://organizations.us-east-1.amazonaws.com/", "us-east-1")]
    [InlineData("eu-central-1", true, false, "https://organizations-fips.us-east-1.amazonaws.com/", "us-east-1")]
    [InlineData("eu-central-1", false, true, "https://organizations.eu-central-1.api.aws/", "eu-central-1")]
    [InlineData("us-east-1", true, true, "https://organizations-fips.us-east-1.api.aws/", "us-east-1")]
    [InlineData("cn-north-1", false, false, "https://organizations.cn-northwest-1.amazonaws.com.cn/", "cn-northwest-1")]
    [InlineData("us-gov-east-1", false, false, "https://organizations.us-gov-west-1.amazonaws.com/", "us-gov-west-1")]
    [InlineData("us-gov-east-1", true, false, "https://organizations.us-gov-west-1.amazonaws.com/", "us-gov-west-1")]
    [InlineData("us-iso-west-1", false, false, "https://organizations.us-iso-east-1.c2s.ic.gov/", "us-iso-east-1")]
    [InlineData("us-isob-east-1", false, false, "https://organizations.us-isob-east-1.sc2s.sgov.gov/", "us-isob-east-1")]
    [InlineData("us-isof-south-1", false, false, "https://organizations.us-isof-south-1.csp.hci.ic.gov/", "us-isof-south-1")]
    public async Task Call_goes_to_the_partitions_endpoint_and_is_signed_for_its_region(
        string region, bool fips, bool dualStack, string address, string signedFor)
    {
        var answers = Answers.Always("{}");
        var config = new AmazonOrganizationsConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            HttpClientFactory = answers,
            MaxErrorRetry = 0,
            IgnoreConfiguredEndpointUrls = true,
        };
        using var client = new AmazonOrganizationsClient("AKIDEXAMPLE", Clients.Secret, config);
        await client.DescribeOrganizationAsync(new DescribeOrganizationRequest(), TestContext.Current.CancellationToken);
        Assert.Equal(address, answers.Sent[0].Address.AbsoluteUri);
        Assert.Contains($"/{signedFor}/organizations/aws4_request", answers.Sent[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal(address, client.DetermineServiceOperationEndpoint(new DescribeOrganizationRequest()).URL);
    }

    [Fact]
    public async Task Configured_address_is_used_as_it_is()
    {
        var answers = Answers.Always("{}");
        var config = new AmazonOrganizationsConfig
        {
            ServiceURL = "http://127.0.0.1:4599/",
            AuthenticationRegion = "eu-west-1",
            HttpClientFactory = answers,
            MaxErrorRetry = 0,
        };
        using var client = new AmazonOrganizationsClient("AKIDEXAMPLE", Clients.Secret, config);
        await client.ListRootsAsync(new ListRootsRequest(), TestContext.Current.CancellationToken);
        Assert.Equal("http://127.0.0.1:4599/", answers.Sent[0].Address.AbsoluteUri);
        Assert.Contains("/eu-west-1/organizations/aws4_request", answers.Sent[0].Header("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Configured_address_with_FIPS_or_dual_stack_is_refused(bool fips, bool dualStack)
    {
        var answers = Answers.Always("{}");
        var config = new AmazonOrganizationsConfig
        {
            ServiceURL = "http://127.0.0.1:4599/",
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            HttpClientFactory = answers,
            MaxErrorRetry = 0,
        };
        using var client = new AmazonOrganizationsClient("AKIDEXAMPLE", Clients.Secret, config);
        var thrown = await Assert.ThrowsAnyAsync<AmazonClientException>(
            () => client.ListRootsAsync(new ListRootsRequest(), TestContext.Current.CancellationToken));
        Assert.Contains("custom endpoint", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(answers.Sent);
    }
}

/// <summary>The address from the environment, which belongs to the whole process: alone, after the other tests.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_ORGANIZATIONS")]
    public async Task Address_from_the_environment_is_used(string variable)
    {
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, "http://127.0.0.1:4598");
        try
        {
            var answers = Answers.Always("{}");
            var config = new AmazonOrganizationsConfig { RegionEndpoint = RegionEndpoint.EUCentral1, HttpClientFactory = answers, MaxErrorRetry = 0 };
            using var client = new AmazonOrganizationsClient("AKIDEXAMPLE", Clients.Secret, config);
            await client.ListRootsAsync(new ListRootsRequest(), TestContext.Current.CancellationToken);
            Assert.Equal("http://127.0.0.1:4598/", answers.Sent[0].Address.AbsoluteUri);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
