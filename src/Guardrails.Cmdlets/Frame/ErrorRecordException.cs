using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Ends an asynchronous cmdlet's work with an error from the catalogue.</summary>
internal sealed class ErrorRecordException(ErrorRecord record) : Exception(record.Exception.Message, record.Exception)
{
    public ErrorRecord ErrorRecord { get; } = record;
}
