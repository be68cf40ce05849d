namespace Guardrails.Cmdlets;

/// <summary>The rollouts of this machine, and what runs them.</summary>
internal static class Rollouts
{
    /// <summary>The module's state folder.</summary>
    public static RolloutStore Store => new(RolloutStore.DefaultFolder());

    /// <summary>A plan with who made it, when, and for which organization.</summary>
    public static Plan PlanOf(Plan plan, string command, GuardrailConnection connection) =>
        plan with { Command = command, OrganizationId = connection.OrganizationId ?? "", MadeAt = connection.Cloud.Clock.GetUtcNow() };

    /// <param name="resumed">The journal of the rollout that it goes on with; null for a new one.</param>
    public static RolloutExecutor Executor(GuardrailConnection connection, string? resumed = null) => new(RolloutKinds.Of(connection.Cloud, Closures(connection, resumed)), connection.Quotas.Lanes, connection.Cloud.Clock);

    /// <summary>The accounts of the connection's organization that this machine's journals tell of.</summary>
    public static MadeAccounts Made(GuardrailConnection connection) => new(Store, connection.OrganizationId ?? "", connection.IsRehearsal);

    /// <summary>What is known of the closures of the connection's organization.</summary>
    public static ClosureWatch Closures(GuardrailConnection connection, string? resumed = null) => new(
        connection.Quotas.Closures, Store, connection.OrganizationId ?? "", connection.IsRehearsal,
        scope => connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: true, scope), connection.Cloud.Clock, resumed);
}
