namespace Guardrails.Cmdlets;

/// <summary>The rollouts of this machine, and what runs them.</summary>
internal static class Rollouts
{
    /// <summary>The module's state folder.</summary>
    public static RolloutStore Store { get; } = new(RolloutStore.DefaultFolder(), TimeProvider.System);

    public static RolloutExecutor Executor(GuardrailConnection connection) => new(RolloutKinds.Of(connection.Cloud), connection.Quotas.Lanes, connection.Cloud.Clock);

    /// <summary>What stands in a journal, also while a process is at it.</summary>
    public static RolloutHistory History(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return RolloutHistory.Read(file, path);
    }
}
