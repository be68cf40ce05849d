using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Guardrails.Host;

/// <summary>Runs one runbook in an engine of its own, with the module imported through its manifest as PowerShell does it.</summary>
internal sealed class Runbook(Arguments arguments, Stopping stopping)
{
    // A file run as a command of its own would swallow `exit n`.
    private const string RunFile = "param($file, $named, $rest) . $file @named @rest; if (-not $?) { exit $LASTEXITCODE }";

    private readonly RunbookHost _host = new();

    /// <summary>Runs it and returns the process's exit code.</summary>
    public int Run()
    {
        PrepareEnvironment();
        try
        {
            using var runspace = Open();
            using var shell = PowerShell.Create(runspace);
            stopping.Watch(shell);
            return stopping.ExitCode ?? Run(shell);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ItemNotFoundException)
        {
            _host.Console.WriteErrorLine(e.Message);
            return 1;
        }
        finally
        {
            _host.Console.Finish();
        }
    }

    /// <summary>Nothing but the engine and the module: no modules of a PowerShell that happens to be installed, and nothing written to disk.</summary>
    private static void PrepareEnvironment()
    {
        Environment.SetEnvironmentVariable("PSModulePath", "");
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
        Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", OperatingSystem.IsWindows() ? "NUL" : "/dev/null");
    }

    private Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.Variables.Add(new SessionStateVariableEntry("ErrorView", ErrorView.ConciseView, ""));
        state.Variables.Add(new SessionStateVariableEntry("ErrorActionPreference", ActionPreference.Stop, ""));
        var runspace = RunspaceFactory.CreateRunspace(_host, state);
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(Environment.CurrentDirectory));
        return runspace;
    }

    private int Run(PowerShell shell)
    {
        try
        {
            shell.AddCommand("Import-Module").AddParameter("Name", FindManifest()).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
            if (stopping.ExitCode is { } before) return before;
            shell.Commands.Clear();
            shell.Streams.ClearStreams();
            AddRunbook(shell);
            // Errors go the way of the output, so that both keep their order and the views apply to both.
            shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            shell.AddCommand("Out-Default");
            shell.Invoke(Array.Empty<object>(), new PSInvocationSettings { AddToHistory = false, Host = _host });
            return stopping.ExitCode ?? _host.ExitCode ?? (LastTextFailed(shell) ? 1 : 0);
        }
        catch (PipelineStoppedException)
        {
            return stopping.ExitCode ?? 1;
        }
        catch (RuntimeException e)
        {
            ShowError(shell.Runspace, e.ErrorRecord);
            return stopping.ExitCode ?? _host.ExitCode ?? 1;
        }
    }

    private void AddRunbook(PowerShell shell)
    {
        var given = RunbookArguments.From(arguments.Rest);
        if (arguments.File is { } file)
        {
            shell.AddScript(RunFile, useLocalScope: false).AddArgument(FullPath(file)).AddArgument(given.Named).AddArgument(given.Rest);
            return;
        }
        shell.AddScript(arguments.Command!, useLocalScope: false);
        foreach (var argument in arguments.Rest) shell.AddArgument(argument);
    }

    /// <summary>A text that failed at its end is a failure, as with <c>pwsh -Command</c>; a file says it with <c>exit</c>.</summary>
    private bool LastTextFailed(PowerShell shell) => arguments.File is null && shell.Runspace.SessionStateProxy.GetVariable("?") is false;

    private static string FullPath(string file)
    {
        var path = Path.GetFullPath(file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no runbook '{path}'.", path);
    }

    /// <summary>Shows an error that ended the runbook, by the error view, on standard error.</summary>
    private void ShowError(Runspace runspace, ErrorRecord error)
    {
        using var shell = PowerShell.Create(runspace);
        // Out-Default takes an error that did not come through the error stream for an object to show.
        _host.Console.AllToStandardError = true;
        try
        {
            shell.AddCommand("Out-Default").Invoke(new[] { error });
        }
        catch (RuntimeException)
        {
            _host.Console.WriteErrorLine(error.ToString());
        }
        finally
        {
            _host.Console.AllToStandardError = false;
        }
    }

    private static string FindManifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, "Guardrails.psd1");
            if (File.Exists(manifest)) return manifest;
        }
        throw new FileNotFoundException($"There is no Guardrails.psd1 in a folder above '{AppContext.BaseDirectory}'.");
    }
}
