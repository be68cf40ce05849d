using System.Management.Automation;
using System.Runtime.InteropServices;

namespace Guardrails.Host;

/// <summary>
/// Ends the runbook on Ctrl+C and on SIGTERM: the running cmdlet gets time for its bookkeeping. A second signal, or a cmdlet that
/// takes longer than <see cref="Patience"/>, ends the process at once.
/// </summary>
internal sealed class Stopping : IDisposable
{
    // Longer than any cmdlet's own limit for its bookkeeping.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly ManualResetEventSlim _ended = new();
    private volatile PowerShell? _running;
    private int _exitCode;

    public Stopping()
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, 130)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, 143)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, 129)));
    }

    /// <summary>The exit code that the signal asks for; null while there was none.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is var code and not 0 ? code : null;

    /// <summary>Names what a signal is to stop.</summary>
    public void Watch(PowerShell running) => _running = running;

    public void Dispose()
    {
        _ended.Set();
        foreach (var signal in _signals) signal.Dispose();
        _ended.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0) Environment.Exit(exitCode);
        new Thread(Stop) { IsBackground = true, Name = "Stopping" }.Start();
    }

    private void Stop()
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        try
        {
            do
            {
                // The engine forgets a stop that comes while nothing runs, as between import and runbook: say it again.
                if (_running is { InvocationStateInfo.State: PSInvocationState.Running } running) running.BeginStop(null, null);
                if (_ended.Wait(Interval)) return;
            }
            while (Environment.TickCount64 < deadline);
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        Console.Error.WriteLine($"The runbook did not stop within {Patience.TotalSeconds:F0} s and was ended.");
        Environment.Exit(_exitCode);
    }
}
