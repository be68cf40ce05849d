using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Guardrails.Cmdlets.Tests;

/// <summary>A real PowerShell engine with the module imported through its manifest. One pipeline at a time.</summary>
public sealed class Engine : IDisposable
{
    // First runspaces that are opened at once sometimes lack the FileSystem provider: a race in the engine.
    private static readonly Lock Opening = new();

    private readonly RecordingHost _host = new();

    public Engine() : this(import: true)
    {
    }

    internal Engine(bool import)
    {
        lock (Opening)
        {
            var state = InitialSessionState.CreateDefault2();
            state.ThrowOnRunspaceOpenError = true;
            Runspace = RunspaceFactory.CreateRunspace(_host, state);
            Runspace.Open();
        }
        if (import) Run("Import-Module -Name $args[0] -ErrorAction Stop", Repository.Manifest).ThrowOnError();
    }

    internal Runspace Runspace { get; }

    internal IReadOnlyList<ProgressRecord> Progress => _host.Progress;

    /// <summary>Runs a script. A terminating error is among the result's errors, as the last one.</summary>
    internal Result Run(string script, params object?[] arguments)
    {
        using var shell = PowerShell.Create(Runspace);
        shell.AddScript(script);
        foreach (var argument in arguments) shell.AddArgument(argument);
        var output = new List<PSObject>();
        ErrorRecord? ended = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            ended = e.ErrorRecord;
        }
        return new Result(
            output, [.. shell.Streams.Error, .. ended is null ? [] : new[] { ended }], [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)], [.. shell.Streams.Debug.Select(record => record.Message)]);
    }

    /// <summary>What a script's output looks like on a screen of 160 columns without colour.</summary>
    internal string Show(string script, params object?[] arguments)
    {
        _host.Take();
        Run("& { " + script + " } @args | Out-Default", arguments).ThrowOnError();
        return _host.Take();
    }

    public void Dispose() => Runspace.Dispose();

    internal sealed record Result(
        IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> Verbose, IReadOnlyList<string> Debug)
    {
        public Result ThrowOnError()
        {
            if (Errors.Count > 0) Assert.Fail(string.Join("\n", Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error} {error.Exception}")));
            return this;
        }

        public PSObject Single => Assert.Single(ThrowOnError().Output);

        /// <summary>The only error, which must have that id.</summary>
        public ErrorRecord Error(string id)
        {
            var error = Assert.Single(Errors);
            Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
            return error;
        }

        public IEnumerable<string> Texts(string property) => ThrowOnError().Output.Select(item => item.Properties[property].Value?.ToString() ?? "");
    }
}
