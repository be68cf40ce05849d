namespace Guardrails;

/// <summary>Every kind of change that a rollout can make, over the ports of a connection.</summary>
internal static class RolloutKinds
{
    public static IReadOnlyList<ChangeKind> Of(CloudPorts cloud) =>
    [
        new OrganizationalUnitChanges(cloud.Organization),
        new AccountChanges(cloud.Organization, cloud.Accounts, new AccountCreator(cloud.Organization, cloud.Accounts, cloud.Clock)),
        new AccountNameChanges(cloud.Settings, cloud.Clock),
        new AlternateContactChanges(cloud.Settings),
        new RegionChanges(cloud.Settings, cloud.Clock),
        new AccountAccessChanges(cloud.Access, cloud.Clock),
    ];
}
