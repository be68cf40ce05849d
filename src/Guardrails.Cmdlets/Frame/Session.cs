using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Guardrails.Cmdlets;

/// <summary>What the module keeps for one runspace, and releases when the runspace is closed.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> Sessions = [];

    private readonly ConcurrentStack<Action> _atEnd = new();

    /// <summary>The session of the runspace that this thread serves; null where it has none.</summary>
    public static Session? Current => Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var session) ? session : null;

    /// <summary>The current connection, which may be closed meanwhile.</summary>
    public GuardrailConnection? Connection { get; set; }

    /// <summary>The session of the runspace that this thread serves, begun if need be.</summary>
    public static Session ForCurrentRunspace()
    {
        var runspace = Runspace.DefaultRunspace;
        if (Sessions.TryGetValue(runspace, out var known)) return known;
        var session = new Session();
        Sessions.Add(runspace, session);
        runspace.StateChanged += session.OnStateChanged;
        return session;
    }

    /// <summary>Runs it when the runspace is closed, the last one first.</summary>
    public void AtEnd(Action action) => _atEnd.Push(action);

    private void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is not (RunspaceState.Closed or RunspaceState.Broken)) return;
        while (_atEnd.TryPop(out var action)) action();
    }
}
