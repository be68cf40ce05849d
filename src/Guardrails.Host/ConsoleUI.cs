using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace Guardrails.Host;

/// <summary>Output on standard output; errors, warnings and the like on standard error; colour and progress only on a terminal; no questions.</summary>
internal sealed class ConsoleUI : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private const string Yellow = "\x1b[33;1m";
    private const string Reset = "\x1b[0m";

    private readonly Lock _gate = new();
    private readonly ProgressLine _progress = new();
    private readonly ConsoleRawUI _raw = new();

    /// <summary>While true, output goes to standard error too.</summary>
    public bool AllToStandardError { get; set; }

    public override PSHostRawUserInterface RawUI => _raw;
    public override bool SupportsVirtualTerminal => Terminal.OutputTakesColour;

    public override void Write(string value) => Put(Console.Out, Terminal.OutputTakesColour, value, line: false);
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
    public override void WriteLine(string value) => Put(Console.Out, Terminal.OutputTakesColour, value, line: true);
    public override void WriteErrorLine(string value) => Put(Console.Error, Terminal.ErrorTakesColour, value, line: true);
    public override void WriteWarningLine(string message) => WriteErrorLine(Yellow + "WARNING: " + message + Reset);
    public override void WriteVerboseLine(string message) => WriteErrorLine(Yellow + "VERBOSE: " + message + Reset);
    public override void WriteDebugLine(string message) => WriteErrorLine(Yellow + "DEBUG: " + message + Reset);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (!Terminal.ErrorTakesColour) return;
        lock (_gate) _progress.Show(record);
    }

    /// <summary>Leaves the terminal clean.</summary>
    public void Finish()
    {
        lock (_gate) _progress.Hide();
    }

    public override string ReadLine() => throw Refusal("Read-Host");
    public override SecureString ReadLineAsSecureString() => throw Refusal("a secret");
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Refusal(caption, message);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw Refusal(caption, message);

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Refusal([caption, message, .. descriptions.Select(field => "-" + field.Name)]);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw Refusal(caption, message);

    public Collection<int> PromptForChoice(string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices) =>
        throw Refusal(caption, message);

    private void Put(TextWriter writer, bool colour, string text, bool line)
    {
        if (AllToStandardError) (writer, colour) = (Console.Error, Terminal.ErrorTakesColour);
        if (!colour) text = new StringDecorated(text).ToString(OutputRendering.PlainText);
        lock (_gate)
        {
            _progress.Hide();
            if (line) writer.WriteLine(text);
            else writer.Write(text);
        }
    }

    private static PSInvalidOperationException Refusal(params IEnumerable<string?> question) =>
        new($"A runbook is not asked anything, but it needs an answer: {string.Join(" ", question.Where(part => !string.IsNullOrWhiteSpace(part)))}. "
            + "Give the value as a parameter; for a confirmation, give -Confirm:$false.");
}
