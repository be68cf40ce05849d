namespace Guardrails;

/// <summary>Rules about the elements of SCPs and RCPs and their form.</summary>
internal static class StatementRules
{
    private const string CurrentVersion = "2012-10-17";
    private const string OldVersion = "2008-10-17";

    private static readonly string[] TopElements = ["Version", "Id", "Statement"];

    private static readonly string[] StatementElements =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-POL-020", FindingSeverity.Error, LintScope.Authorization, "Unknown element", "Remove the element, or correct its name.", UnknownElements,
            "parliament:MALFORMED", "access-analyzer:INVALID_POLICY_ELEMENT", "iam-policy-validator:policy_structure"),
        new("GR-POL-021", FindingSeverity.Error, LintScope.Authorization, "Sid used twice", "Give each statement a Sid of its own.", DuplicateSids,
            "parliament:DUPLICATE_SID", "access-analyzer:UNIQUE_SIDS_REQUIRED", "iam-policy-validator:sid_uniqueness"),
        new("GR-POL-022", FindingSeverity.Warning, LintScope.Authorization, "Sid with other characters than letters and digits",
            "Use A-Z, a-z and 0-9 only: other policy types and tools refuse the rest.", InvalidSids, "parliament:INVALID_SID", "access-analyzer:EMPTY_SID_VALUE"),
        new("GR-POL-023", FindingSeverity.Warning, LintScope.Authorization, "No Version", "Write \"Version\": \"2012-10-17\"; without it AWS takes the old version.", MissingVersion,
            "parliament:NO_VERSION", "access-analyzer:MISSING_VERSION"),
        new("GR-POL-024", FindingSeverity.Warning, LintScope.ServiceControlPolicy, "Old Version", "Write \"Version\": \"2012-10-17\"; the old version has no policy variables.", OldVersions,
            "parliament:OLD_VERSION"),
        new("GR-POL-025", FindingSeverity.Error, LintScope.ServiceControlPolicy, "Invalid Version", "Write \"Version\": \"2012-10-17\".", InvalidVersion,
            "parliament:INVALID_VERSION", "access-analyzer:INVALID_VERSION"),
        new("GR-POL-026", FindingSeverity.Error, LintScope.Authorization, "No statement", "Write at least one statement.", NoStatement, "access-analyzer:MISSING_STATEMENT"),
        new("GR-POL-027", FindingSeverity.Error, LintScope.Authorization, "Effect missing or invalid", "Write Allow or Deny, in this case of letters.", InvalidEffect,
            "access-analyzer:MISSING_EFFECT", "access-analyzer:INVALID_EFFECT"),
        new("GR-POL-028", FindingSeverity.Error, LintScope.Authorization, "Action or NotAction missing, empty, or both",
            "Write exactly one of Action and NotAction, with at least one action.", ActionElements,
            "access-analyzer:MISSING_ACTION", "access-analyzer:EMPTY_ARRAY_ACTION", "access-analyzer:UNSUPPORTED_ELEMENT_COMBINATION"),
        new("GR-POL-029", FindingSeverity.Error, LintScope.Authorization, "Resource or NotResource missing, empty, or both",
            "Write exactly one of Resource and NotResource; \"*\" for every resource.", ResourceElements,
            "access-analyzer:MISSING_RESOURCE", "access-analyzer:EMPTY_ARRAY_RESOURCE", "access-analyzer:UNSUPPORTED_ELEMENT_COMBINATION"),
        new("GR-POL-033", FindingSeverity.Warning, LintScope.Authorization, "Resource that is no ARN",
            "Write \"*\" or an ARN: arn:partition:service:region:account:resource.", InvalidArns,
            "parliament:INVALID_ARN", "access-analyzer:MISSING_ARN_FIELD", "access-analyzer:INVALID_ARN_PREFIX", "iam-policy-validator:resource_validation"),
    ];

    private static IEnumerable<LintFault> UnknownElements(LintSubject subject)
    {
        foreach (var member in subject.Document.Root!.Members.Where(member => !TopElements.Contains(member.Name)))
            yield return new(member.Offset, Unknown(member.Name, TopElements, "A policy"));
        foreach (var statement in subject.Document.Statements)
        {
            foreach (var member in statement.Json.Members.Where(member => !StatementElements.Contains(member.Name)))
                yield return new(member.Offset, Unknown(member.Name, StatementElements, "A statement"), statement);
        }
    }

    private static string Unknown(string name, string[] elements, string owner)
    {
        var meant = elements.FirstOrDefault(element => element.Equals(name, StringComparison.OrdinalIgnoreCase));
        return meant is null
            ? $"{owner} has no element '{Quote.Short(name)}'."
            : $"The element '{name}' is named '{meant}', in this case of letters.";
    }

    private static IEnumerable<LintFault> DuplicateSids(LintSubject subject)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in subject.Document.Statements)
        {
            if (statement.Sid is { Text.Length: > 0 } sid && !seen.Add(sid.Text))
                yield return new(sid.Offset, $"The Sid '{Quote.Short(sid.Text)}' is used by an earlier statement.", statement);
        }
    }

    private static IEnumerable<LintFault> InvalidSids(LintSubject subject) =>
        from statement in subject.Document.Statements
        where statement.Sid is not null
        let sid = statement.Sid!.Value
        where sid.Text.Length == 0 || !sid.Text.All(char.IsAsciiLetterOrDigit)
        select new LintFault(sid.Offset, sid.Text.Length == 0 ? "The Sid is empty." : $"The Sid '{Quote.Short(sid.Text)}' has a character that is no letter or digit.", statement);

    private static IEnumerable<LintFault> MissingVersion(LintSubject subject)
    {
        if (subject.Document.Root!["Version"] is null) yield return new(subject.Document.Root.Offset, "The policy has no Version.");
    }

    private static IEnumerable<LintFault> OldVersions(LintSubject subject)
    {
        if (subject.Document.Version is { Text: OldVersion } version) yield return new(version.Offset, $"Version {OldVersion} is the old one.");
    }

    private static IEnumerable<LintFault> InvalidVersion(LintSubject subject)
    {
        if (subject.Document.Version is { Text: not (CurrentVersion or OldVersion) } version) yield return new(version.Offset, $"There is no Version '{Quote.Short(version.Text)}'.");
    }

    private static IEnumerable<LintFault> NoStatement(LintSubject subject)
    {
        var root = subject.Document.Root!;
        if (root["Statement"] is not { } statement) yield return new(root.Offset, "The policy has no Statement.");
        else if (statement is { Kind: PolicyJsonKind.Array, Items.Count: 0 }) yield return new(statement.Offset, "The list of statements is empty.");
    }

    private static IEnumerable<LintFault> InvalidEffect(LintSubject subject)
    {
        foreach (var statement in subject.Document.Statements)
        {
            if (statement.Json["Effect"] is null) yield return new(statement.Offset, "The statement has no Effect.", statement);
            else if (statement is { Effect: null, EffectText: { } text }) yield return new(text.Offset, $"'{Quote.Short(text.Text)}' is no Effect.", statement);
        }
    }

    private static IEnumerable<LintFault> ActionElements(LintSubject subject) =>
        subject.Document.Statements.SelectMany(statement => EitherOr(statement, statement.Action, statement.NotAction, "Action"));

    private static IEnumerable<LintFault> ResourceElements(LintSubject subject) =>
        subject.Document.Statements.SelectMany(statement => EitherOr(statement, statement.Resource, statement.NotResource, "Resource"));

    private static IEnumerable<LintFault> EitherOr(PolicyStatement statement, PolicyWords? words, PolicyWords? not, string element)
    {
        if (words is null && not is null) yield return new(statement.Offset, $"The statement has neither {element} nor Not{element}.", statement);
        if (words is not null && not is not null) yield return new(not.Offset, $"The statement has both {element} and Not{element}.", statement);
        foreach (var empty in new[] { words, not }.OfType<PolicyWords>().Where(one => one.Values.Count == 0))
            yield return new(empty.Offset, $"{empty.Element} is empty.", statement);
    }

    private static IEnumerable<LintFault> InvalidArns(LintSubject subject) =>
        from statement in subject.Document.Statements
        from words in new[] { statement.Resource, statement.NotResource }
        where words is not null
        from word in words.Values
        where !IsArn(word.Text)
        select new LintFault(word.Offset, $"'{Quote.Short(word.Text)}' is neither \"*\" nor an ARN with its six parts.", statement);

    private static bool IsArn(string text) =>
        text == "*" || text.StartsWith("${", StringComparison.Ordinal) || (text.StartsWith("arn:", StringComparison.Ordinal) && (text.AsSpan().Count(':') >= 5 || text.EndsWith('*')));
}
