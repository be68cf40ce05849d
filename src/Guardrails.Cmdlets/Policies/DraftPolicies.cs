namespace Guardrails.Cmdlets;

/// <summary>Policy documents that the user named on disk.</summary>
internal static class DraftPolicies
{
    /// <summary>Reads a document that must be one that can be evaluated.</summary>
    /// <exception cref="ErrorRecordException">It cannot: PolicyNotEvaluable, with the first finding and its line.</exception>
    public static PolicyDocument Read(string file, string? type = null) => Evaluable(PolicyReader.Read(File.ReadAllBytes(file), type, file));

    /// <exception cref="ErrorRecordException">It is not evaluable.</exception>
    public static PolicyDocument Evaluable(PolicyDocument document)
    {
        if (document.IsEvaluable) return document;
        var finding = document.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error);
        var statement = document.Statements.FirstOrDefault(statement => !statement.IsEvaluable);
        var why = finding is not null
            ? $"line {finding.Line}: {finding.Message}"
            : statement is not null
                ? $"line {document.PositionOf(statement.Offset).Line}: {statement.Label} lacks an effect, action or resource, or has an operator that is not known."
                : "it has no statements of a service or resource control policy.";
        throw new ErrorRecordException(Errors.PolicyNotEvaluable.Record($"'{document.Source}' cannot be evaluated: {why}", document.Source));
    }

    /// <summary>A file that is tried in the organization.</summary>
    /// <param name="targets">Where it is attached as well; empty to take the place of the policy that has the file's name.</param>
    public static PolicyDraft Draft(string file, Organization organization, IReadOnlyList<string> targets)
    {
        var document = Read(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var draft = new PolicyDraft($"draft:{name}", name, document, targets.Count == 0 ? null : targets);
        if (targets.Count > 0 || organization.Policies.Any(draft.Replaces)) return draft;
        throw new ErrorRecordException(Errors.DraftWithoutTarget.Record($"There is no {draft.Type} named '{name}' that the draft could replace.", file));
    }
}
