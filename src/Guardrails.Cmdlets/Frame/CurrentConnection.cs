using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Guardrails.Cmdlets;

/// <summary>The current connection of each runspace, so that sessions in one process do not disturb each other.</summary>
internal static class CurrentConnection
{
    private static readonly ConditionalWeakTable<Runspace, GuardrailConnection> Current = [];
    private static readonly ConditionalWeakTable<GuardrailConnection, object> Closed = [];

    /// <summary>The connection of the runspace that this thread serves; null where it has none.</summary>
    public static GuardrailConnection? Get() =>
        Runspace.DefaultRunspace is { } runspace && Current.TryGetValue(runspace, out var connection) ? connection : null;

    /// <summary>Makes it the runspace's connection. It is closed when the runspace is.</summary>
    public static void Set(GuardrailConnection connection)
    {
        var runspace = Runspace.DefaultRunspace;
        if (!Current.TryGetValue(runspace, out _)) runspace.StateChanged += OnStateChanged;
        Current.AddOrUpdate(runspace, connection);
    }

    public static bool IsClosed(GuardrailConnection connection) => Closed.TryGetValue(connection, out _);

    /// <summary>Releases what the connection holds, once, and forgets it where it was current.</summary>
    public static void Close(GuardrailConnection connection)
    {
        if (ReferenceEquals(Get(), connection)) Current.Remove(Runspace.DefaultRunspace);
        if (Closed.TryAdd(connection, connection.ConnectedAt)) connection.Cloud.Close();
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is not (RunspaceState.Closed or RunspaceState.Broken)) return;
        if (sender is not Runspace runspace) return;
        runspace.StateChanged -= OnStateChanged;
        if (!Current.TryGetValue(runspace, out var connection)) return;
        Current.Remove(runspace);
        Close(connection);
    }
}
