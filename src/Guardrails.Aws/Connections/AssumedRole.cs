using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.Util.Internal;

namespace Guardrails.Aws;

/// <summary>
/// Credentials of an assumed role, renewed before they end. Not the SDK's: those open a client of their own, past endpoint, handler and retries.
/// </summary>
internal sealed partial class AssumedRole : RefreshingAWSCredentials
{
    private static readonly AwsOperation Assume = AwsOperation.Read("sts:AssumeRole");

    private readonly IAmazonSecurityTokenService _sts;
    private readonly AwsCaller _caller;
    private readonly AwsConnectionOptions _options;
    private readonly ITimeProvider _time;

    /// <param name="caller">A gate of its own: calls that wait for these credentials hold the other's turns.</param>
    public AssumedRole(IAmazonSecurityTokenService sts, AwsCaller caller, AwsConnectionOptions options)
        : this(sts, caller, options, new ClockTime(options.Clock))
    {
    }

    private AssumedRole(IAmazonSecurityTokenService sts, AwsCaller caller, AwsConnectionOptions options, ITimeProvider time) : base(time)
    {
        (_sts, _caller, _options, _time) = (sts, caller, options, time);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    /// <exception cref="CloudException">It is not the ARN of a role.</exception>
    public static void Check(string roleArn)
    {
        if (RoleArn().IsMatch(roleArn)) return;
        throw new CloudException("connect", "InvalidRole", $"'{roleArn}' is not the ARN of a role.")
        {
            NextStep = "Give it as arn:aws:iam::123456789012:role/NAME.",
        };
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleRequest
        {
            RoleArn = _options.RoleArn,
            RoleSessionName = _options.RoleSessionName ?? "guardrails",
            ExternalId = _options.ExternalId,
        };
        try
        {
            var answer = await _caller.CallAsync(Assume, cancel => _sts.AssumeRoleAsync(request, cancel), CallScope.None);
            var c = answer.Credentials;
            return new(new ImmutableCredentials(c.AccessKeyId, c.SecretAccessKey, c.SessionToken), c.Expiration!.Value.ToUniversalTime(), _time);
        }
        catch (CloudException e) when (e.Code is "AccessDenied" or "AccessDeniedException")
        {
            var externalId = _options.ExternalId is null ? ", with the external id if the trust policy asks for one (-ExternalId)" : " with this external id";
            throw new CloudException(e.Operation, e.Code, $"The role {_options.RoleArn} cannot be assumed: {e.Message}")
            {
                RequestId = e.RequestId,
                NextStep = $"Allow sts:AssumeRole on the role to the caller, and let the role's trust policy name the caller{externalId}.",
            };
        }
    }

    [GeneratedRegex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$")]
    private static partial Regex RoleArn();

    /// <summary>The connection's clock as the SDK wants it: roles of a sandbox end in its time.</summary>
    private sealed class ClockTime(TimeProvider clock) : ITimeProvider
    {
        public DateTime CorrectedUtcNow => clock.GetUtcNow().UtcDateTime;
    }
}
