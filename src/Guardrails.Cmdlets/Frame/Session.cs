using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Guardrails.Cmdlets;

/// <summary>What the module keeps for one runspace, and releases when the runspace is closed.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> Sessions = [];

    private readonly ConcurrentStack<Action> _atEnd = new();
    private readonly ConcurrentBag<SandboxServer> _servers = [];

    /// <summary>The session of the runspace that this thread serves; null where it has none.</summary>
    public static Session? Current => Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var session) ? session : null;

    /// <summary>The current connection, which may be closed meanwhile.</summary>
    public GuardrailConnection? Connection { get; set; }

    /// <summary>The sandboxes that it serves.</summary>
    public IEnumerable<SandboxServer> Servers => _servers.Where(server => server.Running);

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

    /// <summary>Remembers a sandbox that it serves, and stops it at the end.</summary>
    public void Add(SandboxServer server)
    {
        _servers.Add(server);
        AtEnd(() => server.StopAsync().Wait());
    }

    private void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is not (RunspaceState.Closed or RunspaceState.Broken)) return;
        while (_atEnd.TryPop(out var action)) action();
    }
}
