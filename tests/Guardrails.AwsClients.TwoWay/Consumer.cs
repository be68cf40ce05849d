using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SSO;
using Amazon.SSO.Model;
using Amazon.SSOOIDC;
using Amazon.SSOOIDC.Model;

namespace Guardrails.AwsClients.TwoWay;

/// <summary>
/// Calls every operation of SSO and SSOOIDC, as a user of the packages would. Compiled once against the official packages and once against
/// generated clients; its surface has types of AWSSDK.Core only, so that one test drives both.
/// </summary>
public sealed class Consumer(HttpClientFactory http)
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public async Task<List<string>> CallSingleSignOnAsync(CancellationToken cancellationToken)
    {
        var config = new AmazonSSOConfig
        {
            RegionEndpoint = RegionEndpoint.EUCentral1,
            HttpClientFactory = http,
            MaxErrorRetry = 0,
            IgnoreConfiguredEndpointUrls = true,
        };
        using IAmazonSSO client = new AmazonSSOClient(new AnonymousAWSCredentials(), config);
        List<string> seen = [];

        var credentials = await client.GetRoleCredentialsAsync(
            new GetRoleCredentialsRequest { AccessToken = "token/+ä", AccountId = "111122223333", RoleName = "Ops & Audit/ä" }, cancellationToken);
        seen.Add($"{credentials.RoleCredentials?.AccessKeyId} {credentials.RoleCredentials?.Expiration} {credentials.HttpStatusCode}");

        var accounts = client.Paginators.ListAccounts(new Amazon.SSO.Model.ListAccountsRequest { AccessToken = "token", MaxResults = 2 });
        await foreach (var account in accounts.AccountList.WithCancellation(cancellationToken))
            seen.Add($"{account.AccountId} {account.AccountName} {account.EmailAddress}");

        await foreach (var page in client.Paginators.ListAccountRoles(
            new ListAccountRolesRequest { AccessToken = "token", AccountId = "111122223333" }).Responses.WithCancellation(cancellationToken))
            seen.Add($"{page.RoleList?.Count} roles, then {page.NextToken}");

        await client.LogoutAsync(new LogoutRequest { AccessToken = "token" }, cancellationToken);
        return seen;
    }

    public async Task<List<string>> CallOpenIdConnectAsync(CancellationToken cancellationToken)
    {
        var config = new AmazonSSOOIDCConfig
        {
            RegionEndpoint = RegionEndpoint.EUCentral1,
            HttpClientFactory = http,
            MaxErrorRetry = 0,
            IgnoreConfiguredEndpointUrls = true,
        };
        using IAmazonSSOOIDC client = new AmazonSSOOIDCClient("AKIDEXAMPLE", Secret, "session", config);
        List<string> seen = [];

        var registered = await client.RegisterClientAsync(
            new RegisterClientRequest { ClientName = "guardrails <ä> \"x\"", ClientType = "public", Scopes = ["sso:account:access"], GrantTypes = [] },
            cancellationToken);
        seen.Add($"{registered.ClientId} {registered.ClientIdIssuedAt} {registered.ClientSecretExpiresAt}");

        var device = await client.StartDeviceAuthorizationAsync(
            new StartDeviceAuthorizationRequest { ClientId = "id", ClientSecret = "secret", StartUrl = "https://example.awsapps.com/start" },
            cancellationToken);
        seen.Add($"{device.UserCode} {device.Interval} {device.ExpiresIn}");

        var token = await client.CreateTokenAsync(
            new CreateTokenRequest { ClientId = "id", ClientSecret = "secret", GrantType = "refresh_token", RefreshToken = "r" }, cancellationToken);
        seen.Add($"{token.TokenType} {token.ExpiresIn}");

        var signed = await client.CreateTokenWithIAMAsync(
            new CreateTokenWithIAMRequest { ClientId = "arn:aws:sso::1:application/x", GrantType = "authorization_code", Code = "c", Scope = ["openid"] },
            cancellationToken);
        seen.Add($"{signed.AwsAdditionalDetails?.IdentityContext} {signed.Scope?.Count} {signed.IssuedTokenType}");
        return seen;
    }

    /// <summary>One call that the service refuses: the type, members and text of what is thrown.</summary>
    public async Task<string> BeRefusedAsync(CancellationToken cancellationToken)
    {
        var config = new AmazonSSOOIDCConfig
        {
            RegionEndpoint = RegionEndpoint.EUCentral1,
            HttpClientFactory = http,
            MaxErrorRetry = 0,
            IgnoreConfiguredEndpointUrls = true,
        };
        using var client = new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), config);
        try
        {
            await client.CreateTokenAsync(new CreateTokenRequest { ClientId = "id" }, cancellationToken);
            return "nothing thrown";
        }
        catch (Amazon.SSOOIDC.Model.InvalidRequestException e)
        {
            return $"InvalidRequest {e.Error}|{e.Error_description}|{e.Reason?.Value}|{e.ErrorCode}|{e.Message}|{e.StatusCode}|{e.RequestId}|{e.ErrorType}";
        }
        catch (AmazonSSOOIDCException e)
        {
            return $"{e.GetType().FullName} {e.ErrorCode}|{e.Message}|{e.StatusCode}|{e.RequestId}|{e.ErrorType}|{e.InnerException?.GetType().Name}";
        }
        catch (AmazonClientException e)
        {
            return $"{e.GetType().FullName} {e.InnerException?.GetType().Name}";
        }
    }

    /// <summary>The addresses that these settings lead to, or the refusal.</summary>
    public string Endpoints(string region, bool fips, bool dualStack)
    {
        var place = RegionEndpoint.GetBySystemName(region);
        var sso = new AmazonSSOConfig { RegionEndpoint = place, UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack, IgnoreConfiguredEndpointUrls = true };
        var oidc = new AmazonSSOOIDCConfig
        {
            RegionEndpoint = place,
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            IgnoreConfiguredEndpointUrls = true,
        };
        try
        {
            return sso.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new LogoutRequest())).URL + " "
                + oidc.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new CreateTokenRequest())).URL;
        }
        catch (AmazonClientException e)
        {
            return e.GetType().Name;
        }
    }
}
