using Amazon;
using Amazon.Account;
using Amazon.IdentityStore;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SSOAdmin;

namespace Guardrails.Aws;

/// <summary>Connects to AWS, or to whatever speaks AWS's wire protocol at an endpoint or in a handler.</summary>
internal static class AwsCloud
{
    private static readonly AwsOperation WhoAmI = AwsOperation.Read("sts:GetCallerIdentity");
    private static readonly AwsOperation ListRoots = AwsOperation.Read("organizations:ListRoots");

    /// <summary>Finds Region and credentials, assumes the role if there is one, and learns what the caller is to the organization.</summary>
    /// <exception cref="CloudException">It cannot be done; says what is missing and what to do.</exception>
    public static async Task<GuardrailConnection> ConnectAsync(AwsConnectionOptions options, CallScope scope)
    {
        var held = new Held(options.Close);
        try
        {
            return await ConnectAsync(options, held, scope);
        }
        catch
        {
            held.Release();
            throw;
        }
    }

    private static async Task<GuardrailConnection> ConnectAsync(AwsConnectionOptions options, Held held, CallScope scope)
    {
        if (options.RoleArn is { } arn) AssumedRole.Check(arn);
        if (options.EndpointUrl is { } url && url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new CloudException("connect", "InvalidEndpoint", $"'{url}' is not an http or https address.")
            {
                NextStep = "Give it as http://127.0.0.1:4566.",
            };
        }
        var profile = options.Keys is null ? AwsProfiles.Find(options.Profile) : null;
        var region = AwsRegion.Find(options.Region, profile ?? (options.Keys is null ? AwsProfiles.Default() : null));
        var facts = new CallerFacts { Profile = profile?.Name, SsoProfile = AwsProfiles.IsSso(profile) };

        var secrets = new KnownSecrets();
        var http = held.Keep(new AwsHttp(options.Handler?.Invoke(), options.Calls.CallTimeout));
        var stsConfig = Configure(new AmazonSecurityTokenServiceConfig(), options, region, http);
        var found = await AwsCredentialSource.FindAsync(options, profile, stsConfig, facts, scope.Cancel);
        AWSCredentials credentials = new WatchedCredentials(found, secrets);
        if (options.RoleArn is not null)
        {
            // On its own gate: see AssumedRole.
            var gate = new AwsCaller(options.Calls, options.Clock, options.ReadOnly, secrets, facts);
            var source = held.Keep(new AmazonSecurityTokenServiceClient(credentials, stsConfig));
            var role = held.Keep(new AssumedRole(source, gate, options));
            await role.GetCredentialsAsync().WaitAsync(scope.Cancel);
            credentials = new WatchedCredentials(role, secrets);
        }

        var caller = new AwsCaller(options.Calls, options.Clock, options.ReadOnly, secrets, facts);
        var sts = held.Keep(new AmazonSecurityTokenServiceClient(credentials, Configure(new AmazonSecurityTokenServiceConfig(), options, region, http)));
        var identity = await caller.CallAsync(WhoAmI, cancel => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancel), scope);
        caller = caller.For(facts with { AccountId = identity.Account, CallerArn = identity.Arn });

        var client = held.Keep(new AmazonOrganizationsClient(credentials, Configure(new AmazonOrganizationsConfig(), options, region, http)));
        var organization = await DescribeAsync(caller, client, scope);
        caller = caller.For(caller.Caller with { ManagementAccountId = organization?.MasterAccountId });
        var standing = await RoleAsync(caller, client, organization, scope);
        caller = caller.For(caller.Caller with { Role = standing });

        var organizations = new OrganizationsPort(client, caller, options.Clock);
        var account = held.Keep(new AmazonAccountClient(credentials, Configure(new AmazonAccountConfig(), options, region, http)));
        var sso = held.Keep(new AmazonSSOAdminClient(credentials, Configure(new AmazonSSOAdminConfig(), options, region, http)));
        var store = held.Keep(new AmazonIdentityStoreClient(credentials, Configure(new AmazonIdentityStoreConfig(), options, region, http)));
        var ports = new CloudPorts(
            organizations, new AccountsPort(client, caller, organizations), new AccountSettingsPort(account, caller.ForService(), sts, caller.ForService()),
            new AccountAccessPort(sso, caller.ForService(), store, caller.ForService()), options.Clock, held.Release);
        return new GuardrailConnection(ports)
        {
            AccountId = identity.Account,
            CallerArn = identity.Arn,
            Role = standing,
            OrganizationId = organization?.Id,
            ManagementAccountId = organization?.MasterAccountId,
            Region = region,
            Profile = profile?.Name,
            RoleArn = options.RoleArn,
            EndpointUrl = options.EndpointUrl,
            Sandbox = options.Sandbox,
            ReadOnly = options.ReadOnly,
            ConnectedAt = options.Clock.GetUtcNow(),
        };
    }

    private static T Configure<T>(T config, AwsConnectionOptions options, string region, AwsHttp http) where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (options.EndpointUrl is { } url)
        {
            config.ServiceURL = url.AbsoluteUri;
            config.AuthenticationRegion = region;
        }
        config.IgnoreConfiguredEndpointUrls = options.Handler is not null || options.EndpointUrl is not null;
        config.HttpClientFactory = http;
        config.Timeout = options.Calls.CallTimeout;
        // AwsCaller is the only one that repeats a call. Both kinds of the SDK's own repetition are off.
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        config.ThrottleRetries = false;
        config.DisableLogging = true;
        config.ClientAppId = "guardrails";
        return config;
    }

    private static async Task<Amazon.Organizations.Model.Organization?> DescribeAsync(AwsCaller caller, AmazonOrganizationsClient client, CallScope scope)
    {
        try
        {
            return await OrganizationsPort.DescribeAsync(caller, client, scope);
        }
        catch (CloudException e) when (e.Code == "AWSOrganizationsNotInUseException")
        {
            return null;
        }
    }

    private static async Task<CallerRole> RoleAsync(
        AwsCaller caller, AmazonOrganizationsClient client, Amazon.Organizations.Model.Organization? organization, CallScope scope)
    {
        if (organization is null) return CallerRole.NoOrganization;
        if (organization.MasterAccountId == caller.Caller.AccountId) return CallerRole.ManagementAccount;
        try
        {
            // AWS allows the listings to delegated administrators and to no other member.
            await caller.CallAsync(ListRoots, cancel => client.ListRootsAsync(new ListRootsRequest(), cancel), scope);
            return CallerRole.DelegatedAdministrator;
        }
        catch (CloudException e) when (e.Code is "AccessDeniedException")
        {
            return CallerRole.MemberAccount;
        }
    }

    /// <summary>What a connection holds, released once, the last first.</summary>
    private sealed class Held(Action? last)
    {
        private readonly Stack<IDisposable> _held = new();
        private int _released;

        public T Keep<T>(T held) where T : IDisposable
        {
            _held.Push(held);
            return held;
        }

        public void Release()
        {
            if (Interlocked.Exchange(ref _released, 1) != 0) return;
            while (_held.TryPop(out var held)) held.Dispose();
            last?.Invoke();
        }
    }
}
