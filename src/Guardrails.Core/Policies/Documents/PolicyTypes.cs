namespace Guardrails;

/// <summary>The policy types of AWS Organizations by the names that its API takes. New types need no new module: a name that is not here is read as JSON.</summary>
/// <remarks>Source: AWS Organizations API reference, PolicySummary, and the syntax page of each type in the user guide (August 2026).</remarks>
internal static class PolicyTypes
{
    public const string ServiceControlPolicy = "SERVICE_CONTROL_POLICY";
    public const string ResourceControlPolicy = "RESOURCE_CONTROL_POLICY";

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SCP"] = ServiceControlPolicy,
        ["RCP"] = ResourceControlPolicy,
    };

    /// <summary>Each type's key at the top of a document. SCPs and RCPs, which have the IAM policy language's elements, are not among them.</summary>
    private static readonly Dictionary<string, string> TopLevelKeys = new(StringComparer.Ordinal)
    {
        ["TAG_POLICY"] = "tags",
        ["BACKUP_POLICY"] = "plans",
        ["AISERVICES_OPT_OUT_POLICY"] = "services",
        ["CHATBOT_POLICY"] = "chatbot",
        ["DECLARATIVE_POLICY_EC2"] = "ec2_attributes",
        ["SECURITYHUB_POLICY"] = "securityhub",
        ["INSPECTOR_POLICY"] = "inspector",
        ["UPGRADE_ROLLOUT_POLICY"] = "upgrade_rollout",
        ["BEDROCK_POLICY"] = "bedrock",
        ["S3_POLICY"] = "s3_attributes",
        ["NETWORK_SECURITY_DIRECTOR_POLICY"] = "network_security_director",
    };

    /// <summary>Every type that is known by name: SCP and RCP first, then the management policies.</summary>
    public static IReadOnlyList<string> All { get; } = [ServiceControlPolicy, ResourceControlPolicy, .. TopLevelKeys.Keys];

    /// <summary>True for the two types written in the IAM policy language.</summary>
    public static bool IsAuthorization(string? type) => type is ServiceControlPolicy or ResourceControlPolicy;

    /// <summary>The key at the top of a management policy of that type; null for SCP, RCP and types that are not known.</summary>
    public static string? TopLevelKey(string type) => TopLevelKeys.GetValueOrDefault(type);

    /// <summary>The API's name for a type written in any case, with hyphens, or short (<c>SCP</c>); null for a name that is not known.</summary>
    public static string? Parse(string name)
    {
        var written = name.Trim().Replace('-', '_').Replace(' ', '_');
        if (ShortNames.TryGetValue(written, out var type)) return type;
        return All.FirstOrDefault(one => one.Equals(written, StringComparison.OrdinalIgnoreCase)
            || one.Equals(written + "_POLICY", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What type a document looks like: by its key at the top; statements with a principal are an RCP's. Null where it can't be told.</summary>
    public static string? Guess(PolicyJson? root)
    {
        if (root is not { Kind: PolicyJsonKind.Object }) return null;
        if (root["Statement"] is { } statements)
        {
            var each = statements.Kind == PolicyJsonKind.Array ? statements.Items : [statements];
            return each.Any(one => one["Principal"] is not null || one["NotPrincipal"] is not null) ? ResourceControlPolicy : ServiceControlPolicy;
        }
        foreach (var (type, key) in TopLevelKeys)
        {
            if (root[key] is not null) return type;
        }
        return null;
    }
}
