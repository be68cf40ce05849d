using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Guardrails.Host;

/// <summary>The engine's host: a console that nobody answers at.</summary>
internal sealed class RunbookHost : PSHost
{
    public ConsoleUI Console { get; } = new();

    /// <summary>What the runbook's <c>exit</c> asked for; null while it did not.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "Guardrails.Host";
    public override Version Version { get; } = typeof(RunbookHost).Assembly.GetName().Version!;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override PSHostUserInterface UI => Console;
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    // Help is looked up by it.
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new PSNotSupportedException("Guardrails.Host has no prompt: run the runbook in pwsh to debug it.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("Guardrails.Host has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
