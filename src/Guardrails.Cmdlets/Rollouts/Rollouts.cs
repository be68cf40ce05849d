namespace Guardrails.Cmdlets;

/// <summary>The rollouts of this machine, and what runs them.</summary>
internal static class Rollouts
{
    /// <summary>The module's state folder.</summary>
    public static RolloutStore Store { get; } = new(RolloutStore.DefaultFolder());

    public static RolloutExecutor Executor(GuardrailConnection connection) => new(RolloutKinds.Of(connection.Cloud), connection.Quotas.Lanes, connection.Cloud.Clock);
}
