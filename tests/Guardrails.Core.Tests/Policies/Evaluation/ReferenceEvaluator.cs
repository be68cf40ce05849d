using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Guardrails.Tests;

/// <summary>
/// A second evaluator, slow and plain, written from the facts page alone: it reads the JSON itself, goes through everything in order,
/// and shares no code with the compiled one. <c>null</c> is "not known". It counts what it met, so that tests can say what they covered.
/// </summary>
internal sealed class ReferenceEvaluator(OrganizationFacts organization, IReadOnlySet<string> resourceServices)
{
    private static readonly Dictionary<string, Regex> Regexes = [];

    public static readonly string[] Operators =
    [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike", "Null",
    ];

    private readonly Dictionary<string, JsonObject> _documents = organization.Policies.ToDictionary(p => p.Id, p => JsonNode.Parse(p.Content!)!.AsObject());

    /// <summary>How often each operator was evaluated, and each exemption changed the outcome.</summary>
    public Dictionary<string, int> Met { get; init; } = [];

    public AccessOutcome Decide(AccessRequest request)
    {
        var denied = Or(ServiceControls(request), ResourceControls(request));
        return denied == true ? AccessOutcome.Denied : denied == false ? AccessOutcome.NotDenied : AccessOutcome.Indeterminate;
    }

    /// <summary>What one document makes of a request: denied 0, nothing 1, allowed 2; and the first statement that says so. Null where it is in doubt.</summary>
    public (int Rank, int Statement)? EffectOf(string document, AccessRequest request)
    {
        var statement = JsonNode.Parse(document)!["Statement"]!;
        List<JsonObject> statements = statement is JsonArray array ? [.. array.Select(one => one!.AsObject())] : [statement.AsObject()];
        var applies = statements.Select(one => Applies(one, request)).ToList();
        foreach (var (effect, rank) in new[] { ("Deny", 0), ("Allow", 2) })
        {
            for (var i = 0; i < statements.Count; i++)
            {
                if ((string?)statements[i]["Effect"] != effect || applies[i] == false) continue;
                return applies[i] == true ? (rank, i + 1) : null;
            }
        }
        return (1, 0);
    }

    private bool? ServiceControls(AccessRequest request)
    {
        var members = organization.Accounts.Where(a => a.Id != organization.ManagementAccountId).ToList();
        bool? Bound()
        {
            if (request.PrincipalAccount is null)
            {
                return members.All(member => DeniedByServiceControls(member, request) == false) ? false : null;
            }
            var account = organization.Accounts.FirstOrDefault(a => a.Id == request.PrincipalAccount);
            if (account is null) return Exempt("outside principal", DeniedByServiceControls(members[0], request));
            return account.Id == organization.ManagementAccountId
                ? Exempt("management principal", DeniedByServiceControls(account, request))
                : DeniedByServiceControls(account, request);
        }
        var denied = Bound();
        return request.PrincipalKind switch
        {
            PrincipalKind.ServiceLinkedRole => Exempt("service-linked role, SCP", denied),
            PrincipalKind.Service => Exempt("service principal", denied),
            PrincipalKind.Anonymous => Exempt("anonymous", denied),
            PrincipalKind.Unknown => denied == false ? false : null,
            _ => denied,
        };
    }

    private bool? ResourceControls(AccessRequest request)
    {
        bool? denied;
        if (request.ResourceAccount is null)
        {
            var members = organization.Accounts.Where(a => a.Id != organization.ManagementAccountId);
            denied = members.All(member => DeniedByResourceControls(member, request) == false) ? false : null;
        }
        else
        {
            var account = organization.Accounts.FirstOrDefault(a => a.Id == request.ResourceAccount);
            denied = account is null
                ? Exempt("outside resource", DeniedByResourceControls(organization.Accounts[^1], request))
                : account.Id == organization.ManagementAccountId
                    ? Exempt("management resource", DeniedByResourceControls(account, request))
                    : DeniedByResourceControls(account, request);
        }
        var service = request.Action.Split(':')[0].ToLowerInvariant();
        if (!resourceServices.Contains(service)) denied = Exempt("service without RCP", denied);
        if (request.Action.Equals("kms:RetireGrant", StringComparison.OrdinalIgnoreCase)) denied = Exempt("kms:RetireGrant", denied);
        if (service == "kms")
        {
            bool? managed = request.AwsManagedKey
                ?? (request.Resource is null ? null
                : request.Resource == "*" ? false
                : request.Resource.Contains(":alias/aws/", StringComparison.Ordinal) ? true
                : request.Resource.Contains(":alias/", StringComparison.Ordinal) ? false : null);
            if (managed == true) denied = Exempt("AWS-managed key", denied);
            if (managed is null && denied == true) denied = null;
        }
        if (request.PrincipalKind == PrincipalKind.ServiceLinkedRole) denied = Exempt("service-linked role, RCP", denied);
        if (request.PrincipalKind == PrincipalKind.Unknown && denied == true) denied = null;
        return denied;
    }

    private bool? Exempt(string exemption, bool? otherwise)
    {
        if (otherwise != false) Meet(exemption);
        return false;
    }

    private void Meet(string what) => Met[what] = Met.GetValueOrDefault(what) + 1;

    /// <summary>Root, units, account.</summary>
    private List<string> Levels(AccountFacts account)
    {
        var levels = new List<string> { account.Id };
        for (var at = account.ParentId; at != organization.Root.Id; at = organization.OrganizationalUnits.Single(u => u.Id == at).ParentId!) levels.Insert(0, at);
        levels.Insert(0, organization.Root.Id);
        return levels;
    }

    private IEnumerable<JsonObject> Statements(string target, string type) => organization.Policies
        .Where(policy => policy.Type == type && policy.Targets.Contains(target))
        .SelectMany(policy => _documents[policy.Id]["Statement"]!.AsArray().Select(statement => statement!.AsObject()));

    private bool? DeniedByServiceControls(AccountFacts account, AccessRequest request)
    {
        bool? denied = false;
        foreach (var level in Levels(account))
        {
            bool? allowed = false;
            foreach (var statement in Statements(level, "SERVICE_CONTROL_POLICY"))
            {
                var applies = Applies(statement, request);
                if ((string?)statement["Effect"] == "Deny") denied = Or(denied, applies);
                else allowed = Or(allowed, applies);
            }
            denied = Or(denied, !allowed);
        }
        return denied;
    }

    private bool? DeniedByResourceControls(AccountFacts account, AccessRequest request)
    {
        bool? denied = false;
        foreach (var level in Levels(account))
        {
            foreach (var statement in Statements(level, "RESOURCE_CONTROL_POLICY").Where(statement => (string?)statement["Effect"] == "Deny"))
            {
                denied = Or(denied, Applies(statement, request));
            }
        }
        return denied;
    }

    private bool? Applies(JsonObject statement, AccessRequest request)
    {
        var variables = (string?)statement.Root["Version"] == "2012-10-17";
        var action = Strings(statement["Action"] ?? statement["NotAction"]).Any(pattern => Glob(Literal(pattern), request.Action, ignoreCase: true));
        if (statement["NotAction"] is not null) action = !action;

        bool? resource = false;
        foreach (var pattern in Strings(statement["Resource"] ?? statement["NotResource"]))
        {
            if (request.Resource is null) resource = Or(resource, pattern == "*" ? true : null);
            else resource = Or(resource, MatchesText(pattern, variables, request, tokens => Glob(tokens, request.Resource, ignoreCase: false)));
        }
        if (statement["NotResource"] is not null) resource = !resource;

        var all = And(action, resource);
        foreach (var (name, keys) in statement["Condition"]?.AsObject() ?? [])
        {
            foreach (var (key, values) in keys!.AsObject()) all = And(all, Condition(name, key, Strings(values), variables, request));
        }
        return all;
    }

    private bool? Condition(string name, string key, List<string> values, bool variables, AccessRequest request)
    {
        var (set, ifExists, bare) = ("", false, name.ToLowerInvariant());
        foreach (var prefix in new[] { "forallvalues:", "foranyvalue:" })
        {
            if (bare.StartsWith(prefix, StringComparison.Ordinal)) (set, bare) = (prefix, bare[prefix.Length..]);
        }
        if (bare.EndsWith("ifexists", StringComparison.Ordinal)) (ifExists, bare) = (true, bare[..^"ifexists".Length]);
        Meet(Operators.Single(known => known.Equals(bare, StringComparison.OrdinalIgnoreCase)));
        if (ifExists) Meet("IfExists");
        if (set.Length > 0) Meet(set);

        var given = Key(key, request);
        if (given is null) return null;
        if (bare == "null") return values.Any(value => value.Equals(given.Count == 0 ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        var negated = bare.Contains("not", StringComparison.Ordinal);
        if (given.Count == 0) return ifExists || set == "forallvalues:" || (set.Length == 0 && negated);
        if (given.Count > 1 && set.Length == 0) return false;
        bool? One(string value)
        {
            bool? any = false;
            foreach (var wanted in values) any = Or(any, Matches(bare.Replace("not", "", StringComparison.Ordinal), value, wanted, variables, request));
            return negated ? !any : any;
        }
        bool? result = set != "foranyvalue:";
        foreach (var value in given) result = set == "foranyvalue:" ? Or(result, One(value)) : And(result, One(value));
        return result;
    }

    private bool? Matches(string comparison, string given, string wanted, bool variables, AccessRequest request)
    {
        switch (comparison)
        {
            case "stringequals":
                return MatchesText(wanted, variables, request, tokens => Plain(tokens, wildcards: false) == given);
            case "stringequalsignorecase":
                return MatchesText(wanted, variables, request, tokens => string.Equals(Plain(tokens, wildcards: false), given, StringComparison.OrdinalIgnoreCase));
            case "stringlike":
                return MatchesText(wanted, variables, request, tokens => Glob(tokens, given, ignoreCase: false));
            case "arnlike" or "arnequals":
                return MatchesText(wanted, variables, request, tokens => Arn(tokens, given));
            case "binaryequals":
                return given == wanted;
            case "bool":
                return bool.TryParse(given, out var isTrue) && bool.TryParse(wanted, out var wantedTrue) && isTrue == wantedTrue;
            case "ipaddress":
                return Ip(given, wanted);
        }
        int? order = comparison.StartsWith("numeric", StringComparison.Ordinal) ? Compare(Number(given), Number(wanted)) : Compare(Date(given), Date(wanted));
        return comparison.Replace("numeric", "", StringComparison.Ordinal).Replace("date", "", StringComparison.Ordinal) switch
        {
            "equals" => order == 0,
            "lessthan" => order < 0,
            "lessthanequals" => order <= 0,
            "greaterthan" => order > 0,
            "greaterthanequals" => order >= 0,
            _ => throw new InvalidOperationException(comparison),
        };
    }

    /// <summary>Null for a key that is not known, an empty list for one that is absent.</summary>
    private IReadOnlyList<string>? Key(string name, AccessRequest request)
    {
        if (request.Context.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } said) return said.Values ?? [];
        if (!name.Contains(':', StringComparison.Ordinal)) return [];
        string? Path(string? accountId)
        {
            var account = organization.Accounts.FirstOrDefault(a => a.Id == accountId);
            return account is null ? null : string.Concat(Levels(account).SkipLast(1).Prepend(organization.Id).Select(level => level + "/"));
        }
        var derived = name.ToLowerInvariant() switch
        {
            "aws:principalarn" => request.PrincipalKind == PrincipalKind.Service ? null : request.PrincipalArn,
            "aws:principalaccount" => request.PrincipalAccount,
            "aws:principalorgid" => Path(request.PrincipalAccount) is null ? null : organization.Id,
            "aws:principalorgpaths" => Path(request.PrincipalAccount),
            "aws:resourceaccount" => request.ResourceAccount,
            "aws:resourceorgid" => Path(request.ResourceAccount) is null ? null : organization.Id,
            "aws:resourceorgpaths" => Path(request.ResourceAccount),
            "aws:principalisawsservice" => request.PrincipalKind switch
            {
                PrincipalKind.Service => "true",
                PrincipalKind.Identity or PrincipalKind.ServiceLinkedRole => "false",
                _ => null,
            },
            _ => null,
        };
        return derived is null ? null : [derived];
    }

    /// <summary>Replaces the variables, and asks; null where a variable is not known, false where it stands for nothing.</summary>
    private bool? MatchesText(string text, bool variables, AccessRequest request, Func<List<(char Char, bool Wild)>, bool> matches)
    {
        if (!variables) return matches(Literal(text));
        var tokens = new List<(char, bool)>();
        bool? known = true;
        var rest = text;
        while (rest.Length > 0)
        {
            var variable = Regex.Match(rest, @"^\$\{([^}]+)\}");
            if (!variable.Success)
            {
                tokens.Add((rest[0], rest[0] is '*' or '?'));
                rest = rest[1..];
                continue;
            }
            rest = rest[variable.Length..];
            var inner = variable.Groups[1].Value.Trim();
            var value = inner is "*" or "?" or "$" ? inner : null;
            if (value is null)
            {
                var parts = inner.Split(',', 2);
                var given = Key(parts[0].Trim(), request);
                if (given is null) known = And(known, null);
                else if (given.Count == 1) value = given[0];
                else if (given.Count == 0 && parts.Length == 2) value = parts[1].Trim().Trim('\'');
                else return false;
            }
            tokens.AddRange((value ?? "").Select(c => (c, false)));
        }
        return known == true ? matches(tokens) : null;
    }

    private static List<(char Char, bool Wild)> Literal(string text) => [.. text.Select(c => (c, c is '*' or '?'))];

    private static string Plain(List<(char Char, bool Wild)> tokens, bool wildcards) => string.Concat(tokens.Select(t => wildcards && t.Wild ? "" : t.Char.ToString()));

    private static bool Glob(List<(char Char, bool Wild)> tokens, string text, bool ignoreCase)
    {
        var pattern = new StringBuilder(ignoreCase ? "(?i)\\A" : "\\A");
        foreach (var (c, wild) in tokens) pattern.Append(!wild ? Regex.Escape(c.ToString()) : c == '*' ? "[\\s\\S]*" : "[\\s\\S]");
        pattern.Append("\\z");
        var key = pattern.ToString();
        if (!Regexes.TryGetValue(key, out var regex)) Regexes.Add(key, regex = new Regex(key, RegexOptions.CultureInvariant));
        return regex.IsMatch(text);
    }

    private static bool Arn(List<(char Char, bool Wild)> pattern, string text)
    {
        var wanted = new List<List<(char Char, bool Wild)>> { new() };
        foreach (var token in pattern)
        {
            if (token.Char == ':' && wanted.Count < 6) wanted.Add([]);
            else wanted[^1].Add(token);
        }
        var given = text.Split(':', 6);
        return wanted.Count == 6 && given.Length == 6 && wanted.Zip(given).All(pair => Glob(pair.First, pair.Second, ignoreCase: false));
    }

    private static bool Ip(string given, string wanted)
    {
        var parts = wanted.Split('/');
        if (!IPAddress.TryParse(given, out var address) || !IPAddress.TryParse(parts[0], out var network)) return false;
        var bits = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : network.GetAddressBytes().Length * 8;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (network.IsIPv4MappedToIPv6 && bits >= 96) (network, bits) = (network.MapToIPv4(), bits - 96);
        if (address.AddressFamily != network.AddressFamily) return false;
        var (a, n) = (address.GetAddressBytes(), network.GetAddressBytes());
        return Enumerable.Range(0, bits).All(bit => (a[bit / 8] >> (7 - bit % 8) & 1) == (n[bit / 8] >> (7 - bit % 8) & 1));
    }

    /// <summary>Scaled by a billion.</summary>
    private static BigInteger? Number(string text)
    {
        var match = Regex.Match(text, @"\A([+-]?)(\d*)(?:\.(\d*))?\z");
        if (!match.Success || match.Groups[2].Length + match.Groups[3].Length == 0) return null;
        var value = BigInteger.Parse("0" + match.Groups[2].Value + match.Groups[3].Value.PadRight(9, '0'), CultureInfo.InvariantCulture);
        return match.Groups[1].Value == "-" ? -value : value;
    }

    /// <summary>Ticks since 1970, without an end.</summary>
    private static BigInteger? Date(string text)
    {
        if (Regex.IsMatch(text, @"\A-?\d{1,18}\z")) return BigInteger.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond;
        string[] formats =
        [
            "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        ];
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks
            : null;
    }

    private static int? Compare(BigInteger? one, BigInteger? other) => one is null || other is null ? null : one.Value.CompareTo(other.Value);

    private static List<string> Strings(JsonNode? node) => node is JsonArray array ? [.. array.Select(item => item!.ToString())] : [node!.ToString()];

    private static bool? And(bool? one, bool? other) => one & other;

    private static bool? Or(bool? one, bool? other) => one | other;
}
