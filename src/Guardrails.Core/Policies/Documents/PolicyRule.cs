namespace Guardrails;

/// <summary>What is looked for in policy documents: the part of a rule that is the same for each of its findings.</summary>
/// <param name="Id">The id, such as <c>GR-SCP-001</c>. An id is never given to another rule.</param>
/// <param name="Title">What the rule looks for, in a few words.</param>
/// <param name="Recommendation">What to do about a finding.</param>
/// <param name="References">What other linters call it, such as <c>parliament:MALFORMED</c>.</param>
internal sealed record PolicyRule(string Id, FindingSeverity Severity, string Title, string Recommendation, params IReadOnlyList<string> References);
