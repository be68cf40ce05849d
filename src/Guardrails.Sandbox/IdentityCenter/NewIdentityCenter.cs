namespace Guardrails.Sandbox;

/// <summary>An IAM Identity Center to begin with.</summary>
/// <param name="PermissionSets">Names.</param>
/// <param name="Groups">Display names.</param>
/// <param name="Users">User names; one with an @ is its email too.</param>
internal sealed record NewIdentityCenter(IReadOnlyList<string> PermissionSets, IReadOnlyList<string> Groups, IReadOnlyList<string> Users)
{
    public const string ServicePrincipal = "sso.amazonaws.com";

    public static NewIdentityCenter Default { get; } = new(
        ["AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "Billing"], ["Admins", "Developers", "Auditors", "Finance"], ["jane@example.com", "juan@example.com"]);

    /// <summary>Turns it on, with the trusted access that goes with it.</summary>
    public void AddTo(OrganizationState state, DateTimeOffset time)
    {
        var ids = state.Ids;
        var instance = "ssoins-" + ids.Hexadecimal(16);
        var partition = AccessKeys.PartitionOf(state);
        var center = new IdentityCenter($"arn:{partition}:sso:::instance/{instance}", "d-" + ids.Hexadecimal(10), time);
        foreach (var name in PermissionSets.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var id = "ps-" + ids.Hexadecimal(16);
            center.PermissionSets.Add(new PermissionSet { Sequence = ids.NextSequence(), Id = id, Arn = $"arn:{partition}:sso:::permissionSet/{instance}/{id}", Name = name });
        }
        foreach (var name in Groups.Distinct(StringComparer.OrdinalIgnoreCase))
            center.Principals.Add(new IdentityPrincipal { Sequence = ids.NextSequence(), Id = ids.Uuid(), Arn = "", Name = name, Type = "GROUP" });
        foreach (var name in Users.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            center.Principals.Add(new IdentityPrincipal
            {
                Sequence = ids.NextSequence(),
                Id = ids.Uuid(),
                Arn = "",
                Name = name,
                Type = "USER",
                Email = name.Contains('@') ? name : null,
            });
        }
        state.IdentityCenter = center;
        ServiceAccessOperations.Grant(state, ServicePrincipal, time);
    }
}
