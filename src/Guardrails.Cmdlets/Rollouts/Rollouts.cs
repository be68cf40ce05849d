namespace Guardrails.Cmdlets;

/// <summary>The rollouts of this machine, and what runs them.</summary>
internal static class Rollouts
{
    /// <summary>The module's state folder.</summary>
    public static RolloutStore Store { get; } = new(RolloutStore.DefaultFolder());

    public static RolloutExecutor Executor(GuardrailConnection connection) => new(RolloutKinds.Of(connection.Cloud, Closures(connection)), connection.Quotas.Lanes, connection.Cloud.Clock);

    /// <summary>What is known of the closures of the connection's organization.</summary>
    public static ClosureWatch Closures(GuardrailConnection connection) => new(
        connection.Quotas.Closures, Store, connection.OrganizationId ?? "",
        scope => connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: true, scope), connection.Cloud.Clock);
}
