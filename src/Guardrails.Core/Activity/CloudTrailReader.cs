using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace Guardrails;

/// <summary>
/// Turns CloudTrail records into requests. What a record does not say stays unknown; what it says is missing is absent. Principal and
/// resource tags, and most keys of services, can't be read from a record.
/// </summary>
/// <remarks>Source: CloudTrail user guide, "CloudTrail record contents" and "userIdentity element"; IAM user guide, global condition keys (August 2026).</remarks>
internal sealed class CloudTrailReader(CloudTrailActions actions)
{
    private const string ServiceSuffix = ".amazonaws.com";

    /// <summary>The calls in a log file, plain or compressed by gzip: an object with <c>Records</c>, a list of records, or one record.</summary>
    /// <exception cref="JsonException">It is not JSON, or none of these.</exception>
    public IReadOnlyList<RecordedCall> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        var compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using var content = compressed ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var json = JsonDocument.Parse(content);
        return [.. Records(json.RootElement).Select(Read).OfType<RecordedCall>()];
    }

    /// <summary>The call in a record; null for records of anything but an API call.</summary>
    /// <exception cref="JsonException">It is no CloudTrail record.</exception>
    public RecordedCall? Read(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object || Text(record, "eventSource") is not { } source || Text(record, "eventName") is not { } name)
        {
            throw new JsonException("This is no CloudTrail record: it has no eventSource and eventName.");
        }
        if (Text(record, "eventType") is { } type && type != "AwsApiCall") return null;
        var call = actions.Call(source, name);
        var needed = actions.ActionsOf(call);
        return new RecordedCall
        {
            EventId = Text(record, "eventID") ?? "",
            Time = Text(record, "eventTime") is { } time && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : default,
            Call = $"{call.Service}:{call.Name}",
            Requests = [.. Requests(record, call, needed)],
            NotReplayed = Text(record, "errorCode") is { } error ? $"It failed: {error}." : needed.Count == 0 ? "No policy decides it." : null,
        };
    }

    private static IEnumerable<JsonElement> Records(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray(),
        JsonValueKind.Object when root.TryGetProperty("Records", out var records) && records.ValueKind == JsonValueKind.Array => records.EnumerateArray(),
        _ => [root],
    };

    private IEnumerable<AccessRequest> Requests(JsonElement record, (string Service, string Name) call, IReadOnlyList<string> needed)
    {
        var principal = Principal.Of(record);
        ContextKey[] context = [.. Context(record, principal)];
        foreach (var action in needed)
        {
            foreach (var (arn, account) in Resources(record)) yield return Request(action, arn, account, record, principal, context);
        }
        if (actions.PassedRoleOf(call) is not { } parameter || needed.Count == 0) yield break;
        foreach (var role in Texts(Member(Member(record, "requestParameters"), parameter)))
        {
            yield return Request("iam:PassRole", role, AccessRequest.AccountOf(role), record, principal, context);
        }
    }

    private static AccessRequest Request(string action, string? arn, string? account, JsonElement record, Principal principal, ContextKey[] context) => new(action)
    {
        PrincipalArn = principal.Arn,
        PrincipalKind = principal.Kind,
        PrincipalAccount = principal.Account,
        Resource = arn,
        ResourceAccount = account,
        AwsManagedKey = IsAwsManagedKey(record),
        Context = context,
    };

    /// <summary>Each resource once; a bucket is left out where an object in it is there too. One that is not known where there are none.</summary>
    private static List<(string? Arn, string? Account)> Resources(JsonElement record)
    {
        var named = new List<(string? Arn, string? Account)>();
        foreach (var resource in Items(Member(record, "resources")))
        {
            if ((Text(resource, "ARN") ?? Text(resource, "arn")) is { } arn) named.Add((arn, Text(resource, "accountId")));
        }
        var all = named.DistinctBy(one => one.Arn).Where(one => !named.Any(other => other.Arn!.StartsWith(one.Arn + "/", StringComparison.Ordinal))).ToList();
        return all.Count > 0 ? all : [(null, null)];
    }

    /// <summary>Known only where the call names the key by its alias.</summary>
    private static bool? IsAwsManagedKey(JsonElement record)
    {
        var alias = Text(Member(record, "requestParameters"), "keyId");
        var at = alias?.IndexOf("alias/", StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : alias.AsSpan(at).StartsWith("alias/aws/", StringComparison.Ordinal);
    }

    private static IEnumerable<ContextKey> Context(JsonElement record, Principal principal)
    {
        var identity = Member(record, "userIdentity");
        var session = Member(identity, "sessionContext");
        var attributes = Member(session, "attributes");
        var invokedBy = Text(identity, "invokedBy");
        if (principal.Type is { } type) yield return new ContextKey("aws:PrincipalType", type);
        if (Text(identity, "principalId") is { } id) yield return new ContextKey("aws:userid", id);
        if (principal.Kind is PrincipalKind.Identity or PrincipalKind.ServiceLinkedRole)
        {
            yield return principal.UserName is { } user ? new ContextKey("aws:username", user) : ContextKey.Absent("aws:username");
            // Only temporary credentials have these; a record of long-term keys has no session.
            yield return Known("aws:MultiFactorAuthPresent", Text(attributes, "mfaAuthenticated"));
            yield return Known("aws:TokenIssueTime", Text(attributes, "creationDate"));
        }
        if (Text(record, "awsRegion") is { } region) yield return new ContextKey("aws:RequestedRegion", region);
        if (Text(record, "eventTime") is { } time)
        {
            yield return new ContextKey("aws:CurrentTime", time);
            if (PolicyDate.TryParse(time, out var date)) yield return new ContextKey("aws:EpochTime", date.Seconds.ToString(CultureInfo.InvariantCulture));
        }
        if (Text(record, "userAgent") is { } agent) yield return new ContextKey("aws:UserAgent", agent);
        if (Member(record, "tlsDetails").ValueKind == JsonValueKind.Object) yield return new ContextKey("aws:SecureTransport", "true");
        if (Text(Member(session, "webIdFederationData"), "federatedProvider") is { } provider) yield return new ContextKey("aws:FederatedProvider", provider);
        if (Text(session, "ec2RoleDelivery") is { } delivery) yield return new ContextKey("ec2:RoleDelivery", delivery);
        foreach (var key in Network(record, invokedBy)) yield return key;
        foreach (var key in Forwarding(invokedBy, principal)) yield return key;
        foreach (var key in Tags(Member(record, "requestParameters"))) yield return key;
    }

    /// <summary>A service's name instead of an address means that the service forwarded the call: then the caller's address is not known.</summary>
    private static IEnumerable<ContextKey> Network(JsonElement record, string? invokedBy)
    {
        var endpoint = Text(record, "vpcEndpointId");
        if (endpoint is not null) yield return new ContextKey("aws:SourceVpce", endpoint);
        else if (invokedBy is null)
        {
            yield return ContextKey.Absent("aws:SourceVpce");
            yield return ContextKey.Absent("aws:SourceVpc");
        }
        if (Text(record, "sourceIPAddress") is not { } source || !IPAddress.TryParse(source, out _)) yield break;
        yield return endpoint is null ? new ContextKey("aws:SourceIp", source) : ContextKey.Absent("aws:SourceIp");
        yield return endpoint is null ? ContextKey.Absent("aws:VpcSourceIp") : new ContextKey("aws:VpcSourceIp", source);
    }

    /// <summary>A record names the last service that forwarded the call, not the ones before it; "AWS Internal" names none.</summary>
    private static IEnumerable<ContextKey> Forwarding(string? invokedBy, Principal principal)
    {
        if (principal.Kind == PrincipalKind.Service) yield break;
        if (invokedBy is null)
        {
            yield return new ContextKey("aws:ViaAWSService", "false");
            yield return ContextKey.Absent("aws:CalledVia");
            yield return ContextKey.Absent("aws:CalledViaFirst");
            yield return ContextKey.Absent("aws:CalledViaLast");
        }
        else if (invokedBy.EndsWith(ServiceSuffix, StringComparison.Ordinal))
        {
            yield return new ContextKey("aws:ViaAWSService", "true");
            yield return new ContextKey("aws:CalledViaLast", invokedBy);
        }
    }

    /// <summary>Tags in the request, as a list of keys and values.</summary>
    private static IEnumerable<ContextKey> Tags(JsonElement parameters)
    {
        var keys = new List<string>();
        foreach (var tag in Items(Member(parameters, "tags")))
        {
            var key = Text(tag, "key") ?? Text(tag, "Key") ?? Text(tag, "tagKey");
            var value = Text(tag, "value") ?? Text(tag, "Value") ?? Text(tag, "tagValue");
            if (key is null || value is null) continue;
            keys.Add(key);
            yield return new ContextKey($"aws:RequestTag/{key}", value);
        }
        if (keys.Count > 0) yield return new ContextKey("aws:TagKeys", keys);
    }

    private static ContextKey Known(string name, string? value) => value is null ? ContextKey.Absent(name) : new ContextKey(name, value);

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement json, string name)
    {
        var member = Member(json, name);
        return member.ValueKind switch
        {
            JsonValueKind.String => member.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => member.GetRawText(),
            _ => null,
        };
    }

    private static JsonElement[] Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    private static IEnumerable<string> Texts(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? [json.GetString()!] : Items(json).Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!);

    /// <param name="Arn">Of a session the role's, never the session's.</param>
    /// <param name="Type">As <c>aws:PrincipalType</c> has it.</param>
    private sealed record Principal(PrincipalKind Kind, string? Arn, string? Account, string? Type, string? UserName)
    {
        public static Principal Of(JsonElement record)
        {
            var identity = Member(record, "userIdentity");
            var arn = Text(identity, "arn");
            var account = Text(identity, "accountId");
            var issuer = Member(Member(identity, "sessionContext"), "sessionIssuer");
            switch (Text(identity, "type"))
            {
                case "IAMUser":
                    return new Principal(PrincipalKind.Identity, arn, account, "User", Text(identity, "userName"));
                case "Root":
                    return new Principal(PrincipalKind.Identity, arn, account, "Account", null);
                case "AssumedRole" or "Role":
                    var role = Text(issuer, "arn");
                    var linked = role?.Contains(":role/aws-service-role/", StringComparison.Ordinal) == true;
                    var kind = role is null ? PrincipalKind.Unknown : linked ? PrincipalKind.ServiceLinkedRole : PrincipalKind.Identity;
                    return new Principal(kind, role, Text(issuer, "accountId") ?? account, "AssumedRole", null);
                case "FederatedUser":
                    return new Principal(PrincipalKind.Identity, arn, account, "FederatedUser", null);
                case "AWSService":
                    return new Principal(PrincipalKind.Service, null, null, null, null);
                case "AWSAccount" when account == "anonymous" || Text(identity, "principalId") == "anonymous":
                    return new Principal(PrincipalKind.Anonymous, null, null, "Anonymous", null);
                default:
                    return new Principal(PrincipalKind.Unknown, null, account, null, null);
            }
        }
    }
}
