using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Guardrails.Sandbox;

/// <summary>
/// Who am I, and roles of accounts. The sandbox knows one role of each account that was created in it, the one named in CreateAccount, which trusts
/// the management account. In the management account itself, whose roles it doesn't know, any role can be assumed by anybody of the organization.
/// </summary>
internal static partial class StsOperations
{
    private const int DefaultDuration = 3600;

    public static IReadOnlyDictionary<string, Operation> All { get; } = new Dictionary<string, Operation>(StringComparer.Ordinal)
    {
        ["GetCallerIdentity"] = GetCallerIdentity,
        ["AssumeRole"] = AssumeRole,
    };

    private static JsonObject GetCallerIdentity(CallContext call, JsonObject input) => new()
    {
        ["UserId"] = call.Caller.UserId,
        ["Account"] = call.Caller.AccountId,
        ["Arn"] = call.Caller.Arn,
    };

    private static JsonObject AssumeRole(CallContext call, JsonObject input)
    {
        var arn = (string)input["RoleArn"]!;
        if (RoleArn().Match(arn) is not { Success: true } role) throw new AwsError("ValidationError", $"{arn} is invalid");
        var (accountId, roleName) = (role.Groups["account"].Value, role.Groups["name"].Value);
        // Whoever polls until the role can be assumed makes no call of Organizations meanwhile.
        AccountLifecycle.Advance(call.State, call.Now, call.Quotas);
        if (!IsAllowed(call, accountId, roleName))
            throw new AwsError("AccessDenied", $"User: {call.Caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {arn}", status: 403);

        // A session that assumes a role gets at most an hour: role chaining
        // (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html, read 2026-08).
        var seconds = (int?)input["DurationSeconds"] ?? DefaultDuration;
        if (seconds > DefaultDuration && call.Caller.Arn.Contains(":assumed-role/", StringComparison.Ordinal))
            throw new AwsError("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");

        var sessionName = (string)input["RoleSessionName"]!;
        var session = AccessKeys.Session(AccessKeys.PartitionOf(call.State), accountId, roleName, sessionName);
        var expiration = call.Now.AddSeconds(seconds);
        var credentials = AccessKeys.ForSession(accountId, roleName, sessionName, expiration);
        var result = new JsonObject
        {
            ["AssumedRoleUser"] = new JsonObject { ["AssumedRoleId"] = session.UserId, ["Arn"] = session.Arn },
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = credentials.AccessKeyId,
                ["SecretAccessKey"] = credentials.SecretAccessKey,
                ["SessionToken"] = credentials.SessionToken,
                ["Expiration"] = expiration.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            },
        };
        if (input["SourceIdentity"] is { } source) result["SourceIdentity"] = source.DeepClone();
        return result;
    }

    private static bool IsAllowed(CallContext call, string accountId, string roleName)
    {
        var state = call.State;
        AccountLifecycle.Advance(state, call.Now, call.Quotas);
        if (accountId == state.ManagementAccountId)
            return call.Caller.AccountId == accountId || state.TryFind<AccountEntity>(call.Caller.AccountId, out _);
        return call.Caller.AccountId == state.ManagementAccountId
            && state.TryFind<AccountEntity>(accountId, out var account)
            && account.State == "ACTIVE"
            && account.UsableAt <= call.Now
            && account.RoleName == roleName;
    }

    [GeneratedRegex(
        @"\Aarn:aws[a-z-]*:iam::(?<account>[0-9]{12}):role/(?:[\x21-\x7E]+/)?(?<name>[A-Za-z0-9_+=,.@-]{1,64})\z",
        RegexOptions.CultureInvariant, 250)]
    private static partial Regex RoleArn();
}
