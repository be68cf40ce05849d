using System.Runtime.CompilerServices;

namespace Guardrails.Cmdlets;

/// <summary>The current connection of each runspace, so that sessions in one process do not disturb each other.</summary>
internal static class CurrentConnection
{
    private static readonly ConditionalWeakTable<GuardrailConnection, object> Closed = [];

    /// <summary>The connection of the runspace that this thread serves; null where it has none.</summary>
    public static GuardrailConnection? Get() => Session.Current?.Connection is { } connection && !IsClosed(connection) ? connection : null;

    /// <summary>Makes it the current connection of the runspace that this thread serves. It is closed when the runspace is.</summary>
    public static GuardrailConnection Set(GuardrailConnection connection)
    {
        var session = Session.ForCurrentRunspace();
        session.Connection = connection;
        session.AtEnd(() => Close(connection));
        return connection;
    }

    public static bool IsClosed(GuardrailConnection connection) => Closed.TryGetValue(connection, out _);

    /// <summary>Releases what the connection holds, once.</summary>
    public static void Close(GuardrailConnection connection)
    {
        if (Closed.TryAdd(connection, connection.ConnectedAt)) connection.Cloud.Close();
    }
}
