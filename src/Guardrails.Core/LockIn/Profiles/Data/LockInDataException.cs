namespace Guardrails;

/// <summary>Files of lock-in data are not as their schema says. Each finding has its place and what is expected.</summary>
internal sealed class LockInDataException(IReadOnlyList<DocumentFinding> findings)
    : Exception(string.Join(Environment.NewLine, findings.Take(Shown).Select(finding => finding.ToString())) + (findings.Count > Shown ? $"{Environment.NewLine}And {findings.Count - Shown} more." : ""))
{
    private const int Shown = 20;

    public IReadOnlyList<DocumentFinding> Findings { get; } = findings;
}
