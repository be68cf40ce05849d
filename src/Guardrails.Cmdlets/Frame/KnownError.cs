using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>An error that the module can report: its stable id, its category, and what to do about it.</summary>
/// <param name="Id">Never changes once released: scripts compare it.</param>
/// <param name="Action">What to do, in one or two sentences.</param>
internal sealed record KnownError(string Id, ErrorCategory Category, string Action)
{
    /// <summary>The error about one thing. PowerShell shows what to do below the message.</summary>
    /// <param name="target">What it is about, as an object that a script can go on with.</param>
    public ErrorRecord Record(string message, object? target, Exception? cause = null) =>
        Record(new InvalidOperationException(message, cause), target);

    /// <summary>The error that an exception stands for.</summary>
    /// <param name="action">What to do in this case, where that is known better than in general.</param>
    public ErrorRecord Record(Exception exception, object? target, string? action = null)
    {
        var details = new ErrorDetails(exception.Message.TrimEnd()) { RecommendedAction = action ?? Action };
        return new ErrorRecord(exception, Id, Category, target) { ErrorDetails = details };
    }

    /// <summary>The error that an exception stands for whose message says already what to do.</summary>
    public ErrorRecord Said(Exception exception, object? target) =>
        new(exception, Id, Category, target) { ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = Action } };
}
