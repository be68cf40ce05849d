using System.Text.Json.Nodes;

namespace Guardrails.Tests;

/// <summary>Random organizations, policies and requests over a small vocabulary, so that patterns and requests meet often.</summary>
internal sealed class RandomPolicies(int seed)
{
    public const string Member = "222222222222";
    public const string Sibling = "333333333333";
    public const string Outsider = "999999999999";

    private const string RoleArn = "arn:aws:iam::222222222222:role/Admin";

    public static readonly IReadOnlySet<string> ResourceServices = new HashSet<string> { "s3", "kms", "sqs" };

    public static ResourcePolicyScope Scope { get; } = new(ResourceServices, ["kms:RetireGrant"]);

    private static readonly string[] Actions = ["s3:GetObject", "s3:PutObject", "S3:getobject", "ec2:RunInstances", "ec2:DescribeInstances", "kms:Decrypt", "kms:RetireGrant", "sqs:SendMessage"];

    private static readonly string[] ActionPatterns =
    [
        "s3:*", "s3:Get*", "s3:getobject", "s3:G?tObject", "s3:*Object", "s3:P*t*", "ec2:*", "ec2:*Instances", "ec2:RunInstances", "EC2:run*",
        "kms:*", "kms:D*", "kms:RetireGrant", "sqs:SendMessage", "*:Get*", "*", "s*:*", "?3:*", "iam:*",
    ];

    private static readonly string[] Resources =
    [
        "*", "arn:aws:s3:::bucket/a", "arn:aws:s3:::bucket/A", "arn:aws:s3:::Member/x", "arn:aws:kms:us-east-1:222222222222:key/1",
        "arn:aws:kms:us-east-1:222222222222:alias/aws/s3", "arn:aws:kms:us-east-1:333333333333:alias/own", "arn:aws:sqs:eu-west-1:333333333333:q",
        "arn:aws:ec2:us-east-1:222222222222:instance/i-1", "arn:aws:s3:::b*ket/a",
    ];

    private static readonly string[] ResourcePatterns =
    [
        "*", "*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a", "arn:aws:s3:::*/?", "arn:aws:kms:*", "arn:aws:kms:*:222222222222:key/*", "arn:*:333333333333:*",
        "arn:aws:s3:::${app:s, 'Member'}/x", "arn:aws:s3:::${app:s}/*", "arn:aws:s3:::b${*}ket/a", "arn:aws:*:${aws:RequestedRegion}:*",
    ];

    private static readonly string[] Texts = ["a", "A", "ab", "b", "a*", "", "Member", "a:b"];
    private static readonly string[] TextPatterns = ["a", "A", "a*", "?", "*b", "*", "b", "${app:v}", "${app:v, 'a'}", "${app:v, 'x'}b", "a${*}", "${", "$", "${app:m}", "${Account}", "${Account, 'a'}"];
    private static readonly string[] Numbers = ["1", "1.0", "2", "-3", "10", "0.5", "x", "+2", "1000000000000"];
    private static readonly string[] Dates =
    [
        "2026-01-01T00:00:00Z", "2026-01-01", "1767225600", "1767225601", "1767225600000", "2026-01-01T01:00:00+01:00", "2026-01", "2026-01-01T00:00:00.5Z",
        "2025-06-30T12:00Z", "2026-13-01", "soon", "-5", "2026",
    ];
    private static readonly string[] Bools = ["true", "false", "True", "FALSE", "maybe"];
    private static readonly string[] Addresses =
    [
        "192.0.2.1", "192.0.2.200", "198.51.100.7", "::ffff:192.0.2.1", "::ffff:c000:201", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db9::", "ec2.amazonaws.com",
    ];
    private static readonly string[] Ranges =
    [
        "192.0.2.0/24", "192.0.2.1", "192.0.2.1/25", "::ffff:192.0.2.0/120", "2001:db8::/32", "2001:DB8:0::1", "0.0.0.0/0", "::/0", "198.51.100.7/32", "not an address",
    ];
    private static readonly string[] Arns = [RoleArn, "arn:aws:iam::333333333333:user/a:b", "arn:aws:s3:::bucket", "arn:aws", "arn:aws:sns:eu-west-1:222222222222:t:sub", "arn:aws:iam::222222222222:role/admin", "arn:aws:s3:iam::222222222222:role/x"];
    private static readonly string[] ArnPatterns =
    [
        "arn:aws:iam::222222222222:role/*", "arn:*:user/*", "arn:*:iam::*:role/*", "arn:aws:iam::*:user/*", "arn:aws:*:*:*:*", "arn:aws:iam::2*:role/Ad?in", "arn:aws:s3:::bucket", "*",
        "arn:aws:iam::${aws:PrincipalAccount}:role/*", "arn:aws:sns:*:t", "arn:aws:sns:eu-west-1:*:t:*", "arn:aws:iam::222222222222:role/${app:v, 'Admin'}",
    ];
    private static readonly string[] Binaries = ["AQ==", "Ag==", "aq=="];

    /// <summary>Keys by what they hold, each with the values of requests and those of policies.</summary>
    private static readonly (string Key, string Kind, string[] Given, string[] Wanted)[] Keys =
    [
        ("app:s", "String", Texts, TextPatterns),
        ("app:m", "String", Texts, TextPatterns),
        ("app:v", "String", ["a", "b", "*", "Admin"], TextPatterns),
        ("app:n", "Numeric", Numbers, Numbers),
        ("app:d", "Date", Dates, Dates),
        ("app:b", "Bool", Bools, Bools),
        ("app:ip", "Ip", Addresses, Ranges),
        ("app:arn", "Arn", Arns, ArnPatterns),
        ("app:bin", "Binary", Binaries, Binaries),
        ("aws:RequestedRegion", "String", ["us-east-1", "eu-west-1"], ["us-east-1", "eu-*"]),
        ("aws:PrincipalArn", "Arn", Arns, ArnPatterns),
        ("aws:PrincipalOrgID", "String", ["o-a1b2c3d4e5", "o-other"], ["o-a1b2c3d4e5", "o-*"]),
        ("aws:ResourceOrgPaths", "String", ["o-a1b2c3d4e5/r-a1b2/"], ["o-a1b2c3d4e5/r-a1b2/*", "o-a1b2c3d4e5/r-a1b2/ou-work/*"]),
        ("aws:PrincipalIsAWSService", "Bool", Bools, Bools),
        ("aws:ResourceAccount", "String", ["222222222222"], ["222222222222", "3*"]),
    ];

    public static IEnumerable<string> KeyNames => Keys.Select(key => key.Key);

    private readonly Random _random = new(seed);

    /// <summary>Root, two units below each other, two members and the management account, with full access or something narrower on each level.</summary>
    public OrganizationFacts Organization()
    {
        string[] targets = [Samples.RootId, "ou-work", "ou-prod", Member, Sibling, Samples.ManagementId];
        var policies = new List<OrganizationPolicy> { Policy("p-full", "SERVICE_CONTROL_POLICY", [.. targets.Where(_ => _random.Next(25) > 0)], FullAccess) };
        for (var i = _random.Next(6); i >= 0; i--)
        {
            var type = _random.Next(3) == 0 ? "RESOURCE_CONTROL_POLICY" : "SERVICE_CONTROL_POLICY";
            string[] attached = [.. targets.Where(_ => _random.Next(5) < 2).DefaultIfEmpty(Pick(targets))];
            policies.Add(Policy($"p-{i}", type, attached, Document(type)));
        }
        return Samples.Facts(
            [Samples.Unit("ou-work", "Workloads"), Samples.Unit("ou-prod", "Prod", "ou-work")],
            [Samples.Account(Member, "shop", "ou-prod"), Samples.Account(Sibling, "web", "ou-work"), Samples.Account(Samples.ManagementId, "Management")],
            policies) with
        { PolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"], Detail = OrganizationCompiler.Needed };
    }

    public AccessRequest Request()
    {
        var context = new List<ContextKey>();
        var unknown = _random.Next(5) > 0 ? 2 : 15;
        foreach (var (key, _, given, _) in Keys)
        {
            if (_random.Next(unknown) == 0) continue;
            if (key.StartsWith("aws:", StringComparison.Ordinal) && _random.Next(3) > 0 && key != "aws:RequestedRegion") continue;
            var name = _random.Next(4) == 0 ? key.ToUpperInvariant() : key;
            context.Add(_random.Next(10) switch
            {
                0 or 1 => ContextKey.Absent(name),
                2 => new ContextKey(name, [Pick(given), Pick(given)]),
                3 when key == "app:m" => new ContextKey(name, [Pick(given), Pick(given), Pick(given)]),
                _ => new ContextKey(name, Pick(given)),
            });
        }
        var resource = Pick(Resources);
        var account = _random.Next(10) switch { 0 => null, 1 => Outsider, 2 => Samples.ManagementId, < 6 => Sibling, _ => Member };
        return new AccessRequest(Pick(Actions))
        {
            PrincipalKind = _random.Next(18) switch
            {
                0 => PrincipalKind.ServiceLinkedRole,
                1 => PrincipalKind.Service,
                2 => PrincipalKind.Anonymous,
                < 7 => PrincipalKind.Unknown,
                _ => PrincipalKind.Identity,
            },
            PrincipalAccount = account,
            ResourceAccount = _random.Next(7) switch { 0 => null, 1 => Outsider, 2 => Samples.ManagementId, < 5 => Sibling, _ => Member },
            Resource = _random.Next(8) == 0 ? null : resource,
            AwsManagedKey = _random.Next(4) switch { 0 => null, 1 => true, _ => false },
            Context = context,
        };
    }

    public const string FullAccess = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private static OrganizationPolicy Policy(string id, string type, IReadOnlyList<string> targets, string content) =>
        Samples.Policy(id, id, targets) with { Type = type, Content = content };

    private string Document(string type)
    {
        var statements = new JsonArray();
        for (var i = _random.Next(3); i >= 0; i--) statements.Add(Statement(type));
        return new JsonObject { ["Version"] = _random.Next(8) == 0 ? "2008-10-17" : "2012-10-17", ["Statement"] = statements }.ToJsonString();
    }

    private JsonObject Statement(string type)
    {
        var denies = type == "RESOURCE_CONTROL_POLICY" || _random.Next(4) > 0;
        var statement = new JsonObject { ["Effect"] = denies ? "Deny" : "Allow" };
        if (type == "RESOURCE_CONTROL_POLICY") statement["Principal"] = "*";
        statement[_random.Next(4) == 0 ? "NotAction" : "Action"] = Some(ActionPatterns, 3);
        statement[_random.Next(6) == 0 ? "NotResource" : "Resource"] = _random.Next(2) == 0 ? "*" : Some(ResourcePatterns, 2);
        if (statement["NotResource"]?.ToString() == "*") statement["NotResource"] = "arn:aws:s3:::bucket/*";
        var conditions = new JsonObject();
        for (var i = _random.Next(5) - 1; i > 0; i--)
        {
            var (key, kind, _, wanted) = Pick(Keys);
            var name = OperatorFor(_random.Next(12) == 0 ? Pick(Keys).Kind : kind);
            conditions[name] ??= new JsonObject();
            conditions[name]![_random.Next(5) == 0 ? key.ToUpperInvariant() : key] = name == "Null" ? Some(["true", "false"], 1) : Some(wanted, 2);
        }
        if (conditions.Count > 0) statement["Condition"] = conditions;
        return statement;
    }

    private string OperatorFor(string kind)
    {
        if (_random.Next(10) == 0) return "Null";
        var name = Pick([.. ReferenceEvaluator.Operators.Where(one => one.Contains(kind, StringComparison.Ordinal))]);
        if (_random.Next(4) == 0) name += "IfExists";
        name = _random.Next(8) switch { 0 => "ForAllValues:" + name, 1 => "ForAnyValue:" + name, _ => name };
        return _random.Next(20) == 0 ? name.ToLowerInvariant() : name;
    }

    private JsonNode Some(string[] from, int atMost)
    {
        string[] some = [.. Enumerable.Range(0, _random.Next(atMost) + 1).Select(_ => Pick(from)).Distinct()];
        return some.Length == 1 ? JsonValue.Create(some[0]) : new JsonArray([.. some.Select(one => (JsonNode)JsonValue.Create(one))]);
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
