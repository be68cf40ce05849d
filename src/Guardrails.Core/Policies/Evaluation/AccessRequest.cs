namespace Guardrails;

/// <summary>Who makes a request, as far as service and resource control policies treat them differently.</summary>
public enum PrincipalKind
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>A user, a role, a federated session or the root user of an account.</summary>
    Identity,

    /// <summary>A service-linked role: neither service nor resource control policies bind it.</summary>
    ServiceLinkedRole,

    /// <summary>A service principal such as <c>cloudtrail.amazonaws.com</c>: service control policies don't bind it.</summary>
    Service,

    /// <summary>Nobody who signed: service control policies don't bind them.</summary>
    Anonymous,
}

/// <summary>
/// A request to AWS as policies see it. What is not said is unknown, not absent: the answer is then Indeterminate where it depends on it.
/// </summary>
/// <remarks>Source: IAM user guide, "Policy evaluation logic" and "AWS global condition context keys" (August 2026).</remarks>
public sealed class AccessRequest
{
    private readonly ContextKey[] _context = [];

    /// <param name="action">The action, such as <c>s3:GetObject</c>, without wildcards.</param>
    /// <exception cref="ArgumentException">It is not a service prefix, a colon and a name.</exception>
    public AccessRequest(string action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == action.Length - 1 || action.AsSpan().ContainsAny("*? \t") || action.IndexOf(':', colon + 1) >= 0)
        {
            throw new ArgumentException($"'{action}' is not an action: give a service prefix, a colon and a name, such as s3:GetObject, without wildcards.", nameof(action));
        }
        Action = action;
        ServiceLength = colon;
    }

    /// <summary>The action: <c>s3:GetObject</c>. Its case does not matter.</summary>
    public string Action { get; }

    /// <summary>The ARN of the resource, <c>*</c> for an action on no certain resource; null where it is not known.</summary>
    public string? Resource
    {
        get;
        init
        {
            field = value;
            ResourceAccount ??= AccountOf(value);
        }
    }

    /// <summary>The ARN of the principal: for a session the role's, not the session's; null where it is not known.</summary>
    public string? PrincipalArn
    {
        get;
        init
        {
            field = value;
            if (PrincipalKind == PrincipalKind.Unknown) PrincipalKind = KindOf(value);
            PrincipalAccount ??= AccountOf(value);
        }
    }

    /// <summary>Who it is; read from <see cref="PrincipalArn"/> where it is not said.</summary>
    public PrincipalKind PrincipalKind { get; init; }

    /// <summary>The 12-digit account of the principal; read from <see cref="PrincipalArn"/> where it is not said, null where it is not known.</summary>
    public string? PrincipalAccount { get; init; }

    /// <summary>The 12-digit account of the resource; read from <see cref="Resource"/> where it is not said, null where it is not known.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>Whether the resource is a KMS key that AWS manages; null where it is not known. Only matters for actions of KMS.</summary>
    public bool? AwsManagedKey { get; init; }

    /// <summary>The condition keys that are known to be there, or known to be absent. The same name twice: the first counts.</summary>
    public IReadOnlyList<ContextKey> Context
    {
        get => _context;
        init => _context = [.. value];
    }

    /// <summary>Action and resource.</summary>
    public override string ToString() => Resource is null ? Action : $"{Action} {Resource}";

    internal int ServiceLength { get; }

    internal ReadOnlySpan<char> Service => Action.AsSpan(0, ServiceLength);

    internal ReadOnlySpan<char> Name => Action.AsSpan(ServiceLength + 1);

    internal ReadOnlySpan<ContextKey> Keys => _context;

    /// <summary>The same request of a principal in that account, on a resource of that account; null keeps what is known.</summary>
    /// <remarks>A principal of whom nothing but the account is known is an ordinary identity.</remarks>
    internal AccessRequest With(string? principalAccount, string? resourceAccount) => new(Action)
    {
        PrincipalArn = PrincipalArn,
        PrincipalKind = PrincipalKind == PrincipalKind.Unknown && (principalAccount ?? PrincipalAccount) is not null ? PrincipalKind.Identity : PrincipalKind,
        PrincipalAccount = principalAccount ?? PrincipalAccount,
        Resource = Resource,
        ResourceAccount = resourceAccount ?? ResourceAccount,
        AwsManagedKey = AwsManagedKey,
        Context = _context,
    };

    /// <summary>The 12-digit account in an ARN; null where it has none, as those of S3 buckets.</summary>
    public static string? AccountOf(string? arn)
    {
        if (arn is null || !arn.StartsWith("arn:", StringComparison.Ordinal)) return null;
        Span<Range> parts = stackalloc Range[7];
        if (arn.AsSpan().Split(parts, ':') < 6) return null;
        var account = arn.AsSpan()[parts[4]];
        return account.Length == 12 && !account.ContainsAnyExceptInRange('0', '9') ? account.ToString() : null;
    }

    private static PrincipalKind KindOf(string? principal)
    {
        if (principal is null) return PrincipalKind.Unknown;
        if (principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) || principal.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal))
        {
            return PrincipalKind.Service;
        }
        return principal.Contains(":role/aws-service-role/", StringComparison.Ordinal) ? PrincipalKind.ServiceLinkedRole : PrincipalKind.Identity;
    }
}

/// <summary>A condition key of a request: its values, or that it is known to be absent.</summary>
/// <param name="Name">The name, such as <c>aws:RequestedRegion</c>; its case does not matter.</param>
/// <param name="Values">The values; more than one for a multivalued key; null or empty where the request is known to have no such key.</param>
public sealed record ContextKey(string Name, IReadOnlyList<string>? Values)
{
    /// <summary>A key with one value.</summary>
    public ContextKey(string name, string value) : this(name, [value])
    {
    }

    /// <summary>A key that the request is known not to have.</summary>
    public static ContextKey Absent(string name) => new(name, (IReadOnlyList<string>?)null);

    internal string[] Items { get; } = Values is null ? [] : [.. Values];

    /// <summary>Name and values.</summary>
    public override string ToString() => Items.Length == 0 ? $"{Name} absent" : $"{Name} = {string.Join(", ", Items)}";
}
