namespace Guardrails;

/// <summary>Every kind of change that a rollout can make, over the ports of a connection.</summary>
internal static class RolloutKinds
{
    /// <param name="closures">What is known of earlier closures of accounts; null where nobody needs to know.</param>
    public static IReadOnlyList<ChangeKind> Of(CloudPorts cloud, ClosureWatch? closures = null) =>
    [
        new OrganizationalUnitChanges(cloud.Organization),
        new PolicyAttachmentChanges(cloud.Organization),
        new AccountChanges(cloud.Organization, cloud.Accounts, new AccountCreator(cloud.Organization, cloud.Accounts, cloud.Clock), cloud.Clock, closures),
        new AccountNameChanges(cloud.Settings, cloud.Clock),
        new AlternateContactChanges(cloud.Settings),
        new RegionChanges(cloud.Settings, cloud.Clock),
        new AccountAccessChanges(cloud.Access, cloud.Clock),
    ];
}
