using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Guardrails;

/// <summary>Rules about operators of conditions and the values they compare with.</summary>
internal static class ConditionRules
{
    private const string SourceIp = "aws:SourceIp";

    // RFC 1918 and 6598, loopback and link-local: addresses that no caller has on the public internet.
    private static readonly IPNetwork[] PrivateNetworks =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16" }.Select(one => IPNetwork.Parse(one))];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-POL-040", FindingSeverity.Error, LintScope.Authorization, "Unknown condition operator", "Correct the operator's name.", UnknownOperators,
            "parliament:UNKNOWN_OPERATOR", "access-analyzer:INVALID_CONDITION_OPERATOR"),
        new("GR-POL-041", FindingSeverity.Error, LintScope.Authorization, "Null with IfExists or a set operator",
            "Write Null alone: it says itself whether the key exists.", NullWithMore, "access-analyzer:NULL_WITH_IF_EXISTS", "iam-policy-validator:ifexists_condition_usage"),
        new("GR-POL-042", FindingSeverity.Error, LintScope.Authorization, "Condition without key or value", "Write a key with at least one value, or remove the condition.", Empty,
            "access-analyzer:EMPTY_ARRAY_CONDITION", "access-analyzer:EMPTY_OBJECT_CONDITION"),
        new("GR-POL-043", FindingSeverity.Warning, LintScope.Authorization, "Value that the operator can't compare",
            "Write a value of the operator's kind, or use the operator of the value's kind.", Values,
            "parliament:MISMATCHED_TYPE", "access-analyzer:TYPE_MISMATCH", "iam-policy-validator:condition_type_mismatch"),
        new("GR-POL-044", FindingSeverity.Warning, LintScope.Authorization, "Wildcard without a Like operator",
            "Use StringLike or StringNotLike; the other operators take the wildcard as a character.", WildcardWithoutLike, "access-analyzer:WILDCARD_WITHOUT_LIKE_OPERATOR"),
        new("GR-POL-045", FindingSeverity.Error, LintScope.Authorization, "Key written twice in different case", "Put all values into one list under one key.", KeysInOtherCase,
            "access-analyzer:DUPLICATE_KEYS_WITH_DIFFERENT_CASE"),
        new("GR-POL-046", FindingSeverity.Warning, LintScope.Authorization, "ForAllValues without a check that the key is there",
            "Add \"Null\": { key: \"false\" } to the statement: ForAllValues is also true for a request without the key.", ForAllValuesUnguarded,
            "access-analyzer:FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY", "iam-policy-validator:set_operator_validation"),
        new("GR-POL-047", FindingSeverity.Information, LintScope.Authorization, "Source addresses of IPv4 only",
            "Add the IPv6 ranges: a caller with an IPv6 address matches no IPv4 range.", Ipv4Only),
        new("GR-POL-048", FindingSeverity.Warning, LintScope.Authorization, "Private address as source",
            "Use aws:VpcSourceIp for calls through a VPC endpoint; aws:SourceIp is the public address.", PrivateSource,
            "access-analyzer:PRIVATE_IP_ADDRESS", "access-analyzer:PRIVATE_NOT_IP_ADDRESS"),
        new("GR-POL-049", FindingSeverity.Warning, LintScope.Authorization, "Principal's ARN written as of a session",
            "Write the role's ARN (arn:aws:iam::account:role/name): aws:PrincipalArn of a session is its role's.", SessionArns),
        new("GR-POL-050", FindingSeverity.Warning, LintScope.Authorization, "Check of MFA that misses long-term credentials",
            "Use BoolIfExists: calls with long-term access keys don't send the key, and Bool is then not fulfilled.", MfaWithoutIfExists,
            "parliament:BAD_PATTERN_FOR_MFA", "iam-policy-validator:mfa_condition_antipattern"),
        new("GR-POL-051", FindingSeverity.Warning, LintScope.Authorization, "Policy variable under the old Version",
            "Write \"Version\": \"2012-10-17\"; under the old version ${…} is plain text.", VariablesInOldVersion, "access-analyzer:VARIABLE_UNSUPPORTED_IN_VERSION"),
    ];

    private static bool IsNullWithMore(string text) =>
        text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..] is var name
        && (name.Equals("NullIfExists", StringComparison.OrdinalIgnoreCase) || (name.Equals("Null", StringComparison.OrdinalIgnoreCase) && name.Length < text.Length));

    private static IEnumerable<LintFault> UnknownOperators(LintSubject subject) =>
        from one in Operators(subject)
        where !IsNullWithMore(one.Operator.Name) && !PolicyConditionOperator.TryParse(one.Operator.Name, out _)
        select new LintFault(one.Operator.Offset, $"'{Quote.Short(one.Operator.Name)}' is no condition operator.", one.Statement);

    private static IEnumerable<LintFault> NullWithMore(LintSubject subject) =>
        from one in Operators(subject)
        where IsNullWithMore(one.Operator.Name)
        select new LintFault(one.Operator.Offset, $"'{one.Operator.Name}' is no condition operator; Null stands alone.", one.Statement);

    private static IEnumerable<LintFault> Empty(LintSubject subject)
    {
        foreach (var (statement, condition) in subject.Conditions)
        {
            if (condition.Values.Count == 0) yield return new(condition.KeyOffset, $"{Quote.Short(condition.Key)} has no value.", statement);
        }
        foreach (var (statement, operators) in Operators(subject))
        {
            if (operators.Value is { Kind: PolicyJsonKind.Object, Members.Count: 0 }) yield return new(operators.Offset, $"{Quote.Short(operators.Name)} has no condition key.", statement);
        }
        foreach (var statement in subject.Document.Statements)
        {
            if (statement.Json["Condition"] is { Kind: PolicyJsonKind.Object, Members.Count: 0 } empty) yield return new(empty.Offset, "Condition has no operator.", statement);
        }
    }

    private static IEnumerable<(PolicyStatement Statement, PolicyJsonMember Operator)> Operators(LintSubject subject) =>
        from statement in subject.Document.Statements
        let condition = statement.Json["Condition"]
        where condition is not null
        from member in condition.Members
        select (statement, member);

    private static IEnumerable<LintFault> Values(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Operator is not null
        let comparison = one.Condition.Operator!.Value.Comparison
        from value in one.Condition.Values
        where !value.Text.Contains("${", StringComparison.Ordinal) && !DocumentRules.IsUnfilled(value.Text) && Expected(comparison, value) is not null
        select new LintFault(value.Offset, $"'{Quote.Short(value.Text)}' is not {Expected(comparison, value)}, as {one.Condition.OperatorText} needs.", one.Statement);

    /// <summary>What the operator needs; null where the value is just that.</summary>
    private static string? Expected(PolicyComparison comparison, PolicyWord value) => comparison switch
    {
        >= PolicyComparison.NumericEquals and <= PolicyComparison.NumericGreaterThanEquals => IsNumber(value.Text) ? null : "a number",
        >= PolicyComparison.DateEquals and <= PolicyComparison.DateGreaterThanEquals => IsDate(value.Text) ? null : "a date of ISO 8601 or in seconds since 1970",
        PolicyComparison.Bool or PolicyComparison.Null => bool.TryParse(value.Text, out _) ? null : "true or false",
        PolicyComparison.BinaryEquals => Convert.TryFromBase64String(value.Text, new byte[value.Text.Length], out _) ? null : "Base64",
        PolicyComparison.IpAddress or PolicyComparison.NotIpAddress => Network(value.Text) is not null ? null : "an address, or a range such as 203.0.113.0/24",
        >= PolicyComparison.ArnEquals and <= PolicyComparison.ArnNotLike => IsArn(value.Text) ? null : "an ARN with its six parts",
        _ => null,
    };

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsDate(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        || DateTimeOffset.TryParseExact(text,
            ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM", "yyyy"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsArn(string text) => text == "*" || (text.AsSpan().Count(':') >= 5 && (text.StartsWith("arn:", StringComparison.Ordinal) || text[0] is '*' or '?'));

    /// <summary>The network, or an address as a network of one; bits behind the mask are left out. Null for what is neither.</summary>
    private static IPNetwork? Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var written = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(written, out var address)) return null;
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        // .NET reads "10.1" as an address as well; a policy needs all four parts.
        if (isV4 && written.AsSpan().Count('.') != 3) return null;
        var length = isV4 ? 32 : 128;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var mask) || mask > length) return null;
            length = mask;
        }
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static IEnumerable<LintFault> WildcardWithoutLike(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Operator?.Comparison is PolicyComparison.StringEquals or PolicyComparison.StringNotEquals
            or PolicyComparison.StringEqualsIgnoreCase or PolicyComparison.StringNotEqualsIgnoreCase
        from value in one.Condition.Values
        where HasWildcard(value.Text)
        select new LintFault(value.Offset, $"{one.Condition.OperatorText} takes '{Quote.Short(value.Text)}' literally.", one.Statement);

    /// <summary>The literals <c>${*}</c> and <c>${?}</c> are meant as characters, and a question mark is common in URLs.</summary>
    private static bool HasWildcard(string text)
    {
        if (text.Contains("${*}", StringComparison.Ordinal) || text.Contains("${?}", StringComparison.Ordinal)) return false;
        return text.Contains('*', StringComparison.Ordinal) || (text.Contains('?', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal));
    }

    private static IEnumerable<LintFault> KeysInOtherCase(LintSubject subject)
    {
        foreach (var (statement, member) in Operators(subject))
        {
            var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var key in member.Value.Members)
            {
                if (!seen.TryAdd(key.Name, key.Name) && seen[key.Name] != key.Name)
                    yield return new(key.Offset, $"'{Quote.Short(key.Name)}' and '{Quote.Short(seen[key.Name])}' are one key; AWS refuses it twice under one operator.", statement);
            }
        }
    }

    private static IEnumerable<LintFault> ForAllValuesUnguarded(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Operator is { Set: PolicySetOperator.ForAllValues } && !RequiresKey(one.Statement, one.Condition.Key)
        select new LintFault(one.Condition.OperatorOffset,
            $"{one.Condition.OperatorText} is also true for requests without {Quote.Short(one.Condition.Key)}, so the statement {(one.Statement.Effect == PolicyEffect.Allow ? "allows" : "denies")} them.",
            one.Statement);

    /// <summary>True when the statement says by Null that the key must be there.</summary>
    public static bool RequiresKey(PolicyStatement statement, string key) => statement.Conditions.Any(condition =>
        condition.Operator?.Comparison == PolicyComparison.Null && condition.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
        && condition.Values.All(value => value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<(PolicyStatement Statement, PolicyCondition Condition)> SourceAddresses(LintSubject subject) =>
        subject.Conditions.Where(one => one.Condition.Operator?.Comparison is PolicyComparison.IpAddress or PolicyComparison.NotIpAddress
            && one.Condition.Key.Equals(SourceIp, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<LintFault> Ipv4Only(LintSubject subject) =>
        from one in SourceAddresses(subject)
        let networks = one.Condition.Values.Select(value => Network(value.Text)).OfType<IPNetwork>().ToList()
        where networks.Count > 0 && networks.Count == one.Condition.Values.Count && networks.TrueForAll(network => network.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
        select new LintFault(one.Condition.KeyOffset, "All addresses are IPv4.", one.Statement);

    private static IEnumerable<LintFault> PrivateSource(LintSubject subject) =>
        from one in SourceAddresses(subject)
        from value in one.Condition.Values
        where Network(value.Text) is { } network && Array.Exists(PrivateNetworks, known => known.Contains(network.BaseAddress))
        select new LintFault(value.Offset, $"No caller has the private address {value.Text} as {SourceIp}.", one.Statement);

    private static IEnumerable<LintFault> SessionArns(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Key.Equals("aws:PrincipalArn", StringComparison.OrdinalIgnoreCase)
        from value in one.Condition.Values
        where value.Text.Contains(":sts:", StringComparison.Ordinal) && value.Text.Contains(":assumed-role/", StringComparison.Ordinal)
        select new LintFault(value.Offset, $"'{Quote.Short(value.Text)}' is the ARN of a session, which {one.Condition.Key} never is.", one.Statement);

    private static IEnumerable<LintFault> MfaWithoutIfExists(LintSubject subject) =>
        from one in subject.Conditions
        where one.Statement.Effect == PolicyEffect.Deny && one.Condition.Operator is { Comparison: PolicyComparison.Bool, IfExists: false }
            && one.Condition.Key.Equals("aws:MultiFactorAuthPresent", StringComparison.OrdinalIgnoreCase)
            && one.Condition.Values.Any(value => value.Text.Equals("false", StringComparison.OrdinalIgnoreCase))
        select new LintFault(one.Condition.OperatorOffset, "Calls with long-term access keys are not denied: they don't send aws:MultiFactorAuthPresent.", one.Statement);

    private static IEnumerable<LintFault> VariablesInOldVersion(LintSubject subject)
    {
        if (subject.Document.Version is { Text: "2012-10-17" }) yield break;
        foreach (var (statement, word) in Comparable(subject).Where(one => HasVariable(one.Word.Text)))
            yield return new(word.Offset, $"The variable in '{Quote.Short(word.Text)}' is not replaced.", statement);
    }

    private static IEnumerable<(PolicyStatement Statement, PolicyWord Word)> Comparable(LintSubject subject)
    {
        foreach (var statement in subject.Document.Statements)
        {
            foreach (var words in new[] { statement.Resource, statement.NotResource }.OfType<PolicyWords>())
            {
                foreach (var word in words.Values) yield return (statement, word);
            }
            foreach (var word in statement.Conditions.SelectMany(condition => condition.Values)) yield return (statement, word);
        }
    }

    private static bool HasVariable(string text)
    {
        var at = text.IndexOf("${", StringComparison.Ordinal);
        return at >= 0 && text.IndexOf(':', at) > at && text.IndexOf('}', at) > at;
    }
}
