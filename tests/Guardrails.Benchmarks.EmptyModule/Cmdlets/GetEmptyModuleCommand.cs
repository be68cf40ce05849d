using System.Management.Automation;

namespace Guardrails.Benchmarks.EmptyModule;

[Cmdlet(VerbsCommon.Get, "EmptyModule")]
public sealed class GetEmptyModuleCommand : PSCmdlet;
