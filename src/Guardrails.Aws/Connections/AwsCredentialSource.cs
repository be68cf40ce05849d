using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace Guardrails.Aws;

/// <summary>Finds credentials by the SDK's own chain and says in one sentence what is wrong when there are none.</summary>
internal static class AwsCredentialSource
{
    /// <param name="profile">Null to let the chain look: environment, default profile, container, instance.</param>
    /// <exception cref="CloudException">There are none, or they have expired.</exception>
    public static async Task<AWSCredentials> FindAsync(
        AwsConnectionOptions options, CredentialProfile? profile, IClientConfig config, CallerFacts caller, CancellationToken cancel)
    {
        if (options.Keys is { } keys)
        {
            return keys.SessionToken is null
                ? new BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey)
                : new SessionAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
        }
        try
        {
            // Parts of the chain block: an unreachable metadata service does for many seconds.
            return await Task.Run(() => Resolve(profile, config), cancel).WaitAsync(options.Calls.CredentialTimeout, cancel);
        }
        catch (TimeoutException)
        {
            throw None(
                $"The search for credentials took longer than {options.Calls.CredentialTimeout.TotalSeconds:0.#} seconds; "
                + "an instance metadata service that is not there is the usual cause.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Translate(e, caller);
        }
    }

    private static async Task<AWSCredentials> Resolve(CredentialProfile? profile, IClientConfig config)
    {
        var found = profile is null
            ? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config)
            : AWSCredentialsFactory.GetAWSCredentials(profile, profile.CredentialProfileStore);
        await found.GetCredentialsAsync();
        return found;
    }

    private static CloudException Translate(Exception e, CallerFacts caller)
    {
        var refused = Causes(e).OfType<AmazonServiceException>().FirstOrDefault();
        if (caller.SsoProfile)
        {
            if (refused?.StatusCode == HttpStatusCode.Forbidden)
            {
                return new(
                    "sso:GetRoleCredentials", "AccessDenied",
                    $"The sign-in of profile '{caller.Profile}' is good, but its role in its account is not assigned to you.")
                {
                    NextStep = "Ask for the permission set, or correct sso_account_id and sso_role_name in the profile.",
                };
            }
            if (Causes(e).OfType<HttpRequestException>().Any())
            {
                return new("sso:GetRoleCredentials", "ConnectionFailed", $"IAM Identity Center could not be reached for profile '{caller.Profile}'.")
                {
                    NextStep = "See that this machine reaches the network.",
                };
            }
            return new("sso:GetRoleCredentials", "ExpiredToken", $"The sign-in of profile '{caller.Profile}' has expired, or was never made.")
            {
                NextStep = NextSteps.SignInAgain(caller),
            };
        }
        if (refused?.ErrorCode is "ExpiredToken" or "ExpiredTokenException")
            return new("connect", "ExpiredToken", "The credentials have expired.") { NextStep = NextSteps.SignInAgain(caller) };
        if (refused?.ErrorCode is "AccessDenied" or "AccessDeniedException")
        {
            return new("sts:AssumeRole", "AccessDenied", refused.Message)
            {
                NextStep = "Let the trust policy of the profile's role allow its source credentials.",
            };
        }
        return caller.Profile is { } name
            ? new("connect", "NoCredentials", $"Profile '{name}' gives no credentials: {FirstLine(e.Message)}")
            {
                NextStep = "Correct the profile, or sign in anew.",
            }
            : None("No credentials were found: not in the environment, not in a default profile, and not from a container or an instance.");
    }

    private static CloudException None(string message) => new("connect", "NoCredentials", message)
    {
        NextStep = "Give -Profile, sign in with aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. To try things without AWS, give -Sandbox.",
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    private static IEnumerable<Exception> Causes(Exception? e)
    {
        if (e is null) yield break;
        yield return e;
        foreach (var inner in e is AggregateException many ? many.InnerExceptions : e.InnerException is { } one ? [one] : Enumerable.Empty<Exception>())
            foreach (var cause in Causes(inner)) yield return cause;
    }
}
