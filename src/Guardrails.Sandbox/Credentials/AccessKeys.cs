using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>
/// Credentials of the sandbox carry in themselves whose they are, so that nothing has to be kept: the account in the access key, role and session in the
/// session token. They protect nothing: the sandbox doesn't check signatures, anybody may make such a key. A key that isn't of this form is
/// the management account's.
/// </summary>
internal static class AccessKeys
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string UserName = "guardrails-sandbox";

    public static SandboxCredentials ForUser(string accountId)
    {
        var key = "AKIA" + Encode(accountId);
        return new SandboxCredentials(key, Secret(key), null, null);
    }

    public static SandboxCredentials ForSession(string accountId, string roleName, string sessionName, DateTimeOffset expiration)
    {
        var key = "ASIA" + Encode(accountId);
        var token = new JsonObject
        {
            ["account"] = accountId,
            ["role"] = roleName,
            ["session"] = sessionName,
            ["expires"] = expiration.ToUnixTimeSeconds(),
        };
        var text = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token.ToJsonString()));
        return new SandboxCredentials(key, Secret(key + text), $"GuardrailsSandbox.{text}", expiration);
    }

    public static Caller User(string partition, string accountId) =>
        new(accountId, $"arn:{partition}:iam::{accountId}:user/{UserName}", "AIDA" + Encode(accountId));

    public static Caller Session(string partition, string accountId, string roleName, string sessionName) =>
        new(accountId, $"arn:{partition}:sts::{accountId}:assumed-role/{roleName}/{sessionName}", $"AROA{Encode(accountId + roleName)}:{sessionName}");

    /// <summary>Who signed the call.</summary>
    /// <exception cref="AwsError">MissingAuthenticationToken, InvalidClientTokenId, ExpiredToken, in the names of the Query protocol.</exception>
    public static Caller Identify(WireRequest request, OrganizationState state, DateTimeOffset now)
    {
        var partition = PartitionOf(state);
        if (request.Header("Authorization") is not { } authorization)
            throw new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", status: 403);
        if (AccessKeyOf(authorization) is not { } key)
            throw new AwsError("IncompleteSignature", "The Authorization header has no Credential parameter with an access key.", status: 403);
        if (Account(key) is not { } accountId) return User(partition, state.ManagementAccountId);
        if (key.StartsWith("AKIA", StringComparison.Ordinal)) return User(partition, accountId);
        var (roleName, sessionName, expires) = Open(request.Header("X-Amz-Security-Token"), accountId)
            ?? throw new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", status: 403);
        if (now.ToUnixTimeSeconds() >= expires) throw new AwsError("ExpiredToken", "The security token included in the request is expired", status: 403);
        return Session(partition, accountId, roleName, sessionName);
    }

    public static string PartitionOf(OrganizationState state) => state.Organization?.Partition ?? "aws";

    /// <summary><c>AWS4-HMAC-SHA256 Credential=KEY/date/region/service/aws4_request, SignedHeaders=…, Signature=…</c></summary>
    private static string? AccessKeyOf(string authorization)
    {
        const string Marker = "Credential=";
        var start = authorization.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0 || !authorization.StartsWith("AWS4-", StringComparison.Ordinal)) return null;
        var rest = authorization[(start + Marker.Length)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? rest[..slash] : null;
    }

    private static (string Role, string Session, long Expires)? Open(string? token, string accountId)
    {
        if (token is null || !token.StartsWith("GuardrailsSandbox.", StringComparison.Ordinal)) return null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(token.IndexOf('.', StringComparison.Ordinal) + 1)));
            var root = document.RootElement;
            if (root.GetProperty("account").GetString() != accountId) return null;
            return (root.GetProperty("role").GetString()!, root.GetProperty("session").GetString()!, root.GetProperty("expires").GetInt64());
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>16 characters of base 32: the account's number in 40 bits, then 40 bits that tell our keys from others.</summary>
    private static string Encode(string accountId)
    {
        var number = long.TryParse(accountId, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var check = Check(accountId);
        return string.Create(16, (number, check), static (span, parts) =>
        {
            for (var i = 0; i < 8; i++)
            {
                span[i] = Alphabet[(int)((parts.number >> (35 - (5 * i))) & 31)];
                span[8 + i] = Alphabet[(int)((parts.check >> (35 - (5 * i))) & 31)];
            }
        });
    }

    private static string? Account(string key)
    {
        if (key.Length != 20 || !(key.StartsWith("AKIA", StringComparison.Ordinal) || key.StartsWith("ASIA", StringComparison.Ordinal))) return null;
        long number = 0;
        foreach (var c in key.AsSpan(4, 8))
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return null;
            number = (number << 5) | (uint)digit;
        }
        var accountId = number.ToString("D12", CultureInfo.InvariantCulture);
        return key.AsSpan(4).SequenceEqual(Encode(accountId)) ? accountId : null;
    }

    private static long Check(string accountId) =>
        (long)(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes("guardrails-sandbox:" + accountId))) >> 24);

    private static string Secret(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("secret:" + text)))[..40];
}
