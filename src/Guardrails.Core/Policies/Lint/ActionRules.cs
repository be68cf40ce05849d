namespace Guardrails;

/// <summary>Rules about the actions of SCPs and RCPs.</summary>
internal static class ActionRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-POL-030", FindingSeverity.Error, LintScope.Authorization, "Action of the wrong form", "Write service:action, such as s3:GetObject; \"*\" stands for every action.", Malformed,
            "parliament:UNKNOWN_ACTION", "access-analyzer:INVALID_ACTION", "iam-policy-validator:action_validation"),
        new("GR-POL-031", FindingSeverity.Information, LintScope.Authorization, "Service that the data does not know",
            "Check the prefix before the colon; a service newer than the module's data is not in it.", UnknownServices,
            "parliament:UNKNOWN_PREFIX", "access-analyzer:INVALID_SERVICE_IN_ACTION", "iam-policy-validator:action_validation"),
        new("GR-POL-032", FindingSeverity.Warning, LintScope.Authorization, "Action that the service does not have",
            "Correct the name: AWS takes the policy, and the action has no effect.", UnknownActions,
            "parliament:UNKNOWN_ACTION", "access-analyzer:INVALID_ACTION", "iam-policy-validator:action_validation"),
        new("GR-POL-034", FindingSeverity.Information, LintScope.Authorization, "Action that AWS's reference no longer has",
            "Remove the action when nobody can call it any more.", FormerActions),
    ];

    /// <summary>Service and action of a word of the right form; null for <c>*</c>, what has no colon, and a service with wildcards.</summary>
    public static (string Service, string Action)? Parts(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == word.Length - 1) return null;
        var service = word[..colon];
        return Wildcard.IsIn(service) ? null : (service, word[(colon + 1)..]);
    }

    private static IEnumerable<LintFault> Malformed(LintSubject subject) =>
        subject.Actions.Where(one => !IsWellFormed(one.Action.Text))
            .Select(one => new LintFault(one.Action.Offset, $"'{Quote.Short(one.Action.Text)}' is no action.", one.Statement));

    private static bool IsWellFormed(string word)
    {
        if (word.Length > 0 && word.AsSpan().TrimStart('*').IsEmpty) return true;
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < word.Length - 1 && IsName(word.AsSpan(0, colon)) && IsName(word.AsSpan(colon + 1));
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '*' or '?')) return false;
        }
        return true;
    }

    private static IEnumerable<LintFault> UnknownServices(LintSubject subject)
    {
        foreach (var (statement, action, service, name) in Named(subject))
        {
            if (subject.Catalog.Find(service, name) == ActionKnowledge.UnknownService)
                yield return new(action.Offset, $"The service '{Quote.Short(service)}' is not in the data of {subject.Catalog.AsOf:yyyy-MM-dd}.", statement);
        }
    }

    private static IEnumerable<LintFault> UnknownActions(LintSubject subject)
    {
        foreach (var (statement, action, service, name) in Named(subject))
        {
            if (subject.Catalog.Find(service, name) != ActionKnowledge.Unknown) continue;
            var message = Wildcard.IsIn(name) ? $"No action of {service} fits '{Quote.Short(name)}'" : $"{service} has no action '{Quote.Short(name)}'";
            var near = subject.Catalog.NearestAction(service, name) is { } meant ? $" Is {service}:{meant} meant?" : "";
            yield return new(action.Offset, $"{message} in the data of {subject.Catalog.AsOf:yyyy-MM-dd}.{near}", statement);
        }
    }

    private static IEnumerable<LintFault> FormerActions(LintSubject subject)
    {
        foreach (var (statement, action, service, name) in Named(subject))
        {
            if (subject.Catalog.Find(service, name) == ActionKnowledge.Former)
                yield return new(action.Offset, $"{service}:{Quote.Short(name)} was in former editions of AWS's reference, and is not in that of {subject.Catalog.AsOf:yyyy-MM-dd}.", statement);
        }
    }

    private static IEnumerable<(PolicyStatement Statement, PolicyWord Word, string Service, string Action)> Named(LintSubject subject)
    {
        foreach (var (statement, word) in subject.Actions)
        {
            if (IsWellFormed(word.Text) && Parts(word.Text) is var (service, action)) yield return (statement, word, service, action);
        }
    }
}
