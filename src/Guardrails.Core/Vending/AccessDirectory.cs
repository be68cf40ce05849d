namespace Guardrails;

/// <summary>What IAM Identity Center knows of the groups, users and permission sets that requests name.</summary>
internal sealed class AccessDirectory
{
    private readonly CloudException? _fault;
    private readonly IReadOnlyDictionary<string, string> _permissionSets = Facts.None;
    private readonly Dictionary<(PrincipalType Type, string Name), string?> _principals = [];

    private AccessDirectory(CloudException? fault) => _fault = fault;

    private AccessDirectory(IdentityCenter center, IReadOnlyDictionary<string, string> permissionSets, Dictionary<(PrincipalType, string), string?> principals) =>
        (Center, _permissionSets, _principals) = (center, permissionSets, principals);

    /// <summary>For requests that name nobody, and for organizations without Identity Center.</summary>
    public static AccessDirectory None { get; } = new(null);

    /// <summary>Null where the organization has none, or it cannot be seen.</summary>
    public IdentityCenter? Center { get; }

    /// <summary>Reads no more than what the requests name. A refusal concerns only them, so it is kept and not thrown.</summary>
    public static async Task<AccessDirectory> ReadAsync(IAccountAccessPort port, IReadOnlyList<AccountAccess> wanted, CallScope scope)
    {
        if (wanted.Count == 0) return None;
        try
        {
            if (await port.FindIdentityCenterAsync(scope) is not { } center) return None;
            var names = wanted.Select(one => (one.PrincipalType, one.Principal)).Distinct().ToList();
            var permissionSets = port.ListPermissionSetsAsync(center, scope);
            var ids = await Task.WhenAll(names.Select(name => port.FindPrincipalAsync(center, name.PrincipalType, name.Principal, scope)));
            return new AccessDirectory(center, await permissionSets, names.Zip(ids).ToDictionary(pair => pair.First, pair => pair.Second));
        }
        catch (CloudException e)
        {
            return new AccessDirectory(e);
        }
    }

    /// <summary>Why the access cannot be given; null where it can.</summary>
    public (string Reason, string Message, string NextStep)? ProblemWith(AccountAccess access)
    {
        if (_fault is not null)
            return (_fault.Reason ?? _fault.Code, $"{_fault.Operation}: {_fault.Message}", _fault.NextStep ?? "Allow the caller to read IAM Identity Center, or remove the access from the request.");
        if (Center is null) return null;
        if (!_permissionSets.ContainsKey(access.PermissionSet))
            return ("PermissionSetNotFound", $"IAM Identity Center has no permission set '{access.PermissionSet}'.{Near(access.PermissionSet)}", "Correct the name, or make the permission set first.");
        if (PrincipalOf(access) is null)
            return ("PrincipalNotFound", $"The identity store has no {access.PrincipalType.ToString().ToLowerInvariant()} '{access.Principal}'.", "Correct the name, or make the group or user first.");
        return null;
    }

    public string PermissionSetOf(AccountAccess access) => _permissionSets[access.PermissionSet];

    public Principal? PrincipalOf(AccountAccess access) =>
        _principals.GetValueOrDefault((access.PrincipalType, access.Principal)) is { } id ? new Principal(access.PrincipalType, id) : null;

    public AssignmentPlace PlaceOf(AccountAccess access, string accountId) => new(Center!.InstanceArn, PermissionSetOf(access), accountId);

    private string Near(string name)
    {
        var near = _permissionSets.Keys.Select(one => (one, distance: NearNames.Distance(name, one))).Where(one => one.distance <= NearNames.Limit(name))
            .OrderBy(one => one.distance).Take(3).Select(one => $"'{one.one}'").ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(", ", near)}?";
    }
}
