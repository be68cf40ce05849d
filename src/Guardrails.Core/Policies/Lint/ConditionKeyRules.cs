namespace Guardrails;

/// <summary>Rules about the keys of conditions.</summary>
internal static class ConditionKeyRules
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new("GR-POL-060", FindingSeverity.Warning, LintScope.Authorization, "Unknown global condition key", "Correct the key: a key that no request has never matches.", UnknownGlobalKeys,
            "access-analyzer:INVALID_GLOBAL_CONDITION_KEY", "iam-policy-validator:condition_key_validation"),
        new("GR-POL-061", FindingSeverity.Warning, LintScope.Authorization, "Condition key that the service does not have",
            "Correct the key: a key that no request has never matches.", UnknownServiceKeys,
            "parliament:UNKNOWN_CONDITION_FOR_ACTION", "access-analyzer:INVALID_SERVICE_CONDITION_KEY", "iam-policy-validator:condition_key_validation"),
        new("GR-POL-062", FindingSeverity.Information, LintScope.Authorization, "Condition key of a service that the data does not know",
            "Check the prefix before the colon; a service newer than the module's data is not in it.", KeysOfUnknownServices,
            "access-analyzer:INVALID_SERVICE_CONDITION_KEY"),
        new("GR-POL-063", FindingSeverity.Warning, LintScope.Authorization, "Operator that does not fit the key's type", "Use an operator of the key's type.", OperatorOfOtherType,
            "parliament:MISMATCHED_TYPE", "access-analyzer:TYPE_MISMATCH", "iam-policy-validator:condition_type_mismatch"),
        new("GR-POL-064", FindingSeverity.Warning, LintScope.Authorization, "Key with several values and no set operator",
            "Begin the operator with ForAnyValue: (or ForAllValues: and a Null check); without it the condition never matches.", MultivaluedWithoutSet,
            "access-analyzer:MISSING_QUALIFIER"),
        new("GR-POL-065", FindingSeverity.Warning, LintScope.Authorization, "Set operator on a key with one value", "Remove ForAllValues: or ForAnyValue:.", SetOnSingleValued,
            "access-analyzer:FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY", "iam-policy-validator:set_operator_validation"),
        new("GR-POL-066", FindingSeverity.Warning, LintScope.Authorization, "Denied because a key is missing",
            "Add \"Null\": { key: \"false\" }, or a condition on aws:ViaAWSService or aws:PrincipalIsAWSService, if such requests are not meant: a negated operator is true for them, with IfExists as well.",
            NegatedOnMissing),
    ];

    /// <summary>The key's prefix is a host name: a claim of a web identity provider, and any provider can have any claim.</summary>
    private static bool IsProviderClaim(string key) => ActionCatalog.Prefix(key).Contains('.', StringComparison.Ordinal);

    private static bool IsGlobal(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<LintFault> UnknownGlobalKeys(LintSubject subject) =>
        from one in subject.Conditions
        where IsGlobal(one.Condition.Key) && subject.Catalog.TypeOfKey(one.Condition.Key) is null
        select new LintFault(one.Condition.KeyOffset, $"There is no global condition key '{Quote.Short(one.Condition.Key)}' in the data of {subject.Catalog.AsOf:yyyy-MM-dd}.", one.Statement);

    private static IEnumerable<LintFault> UnknownServiceKeys(LintSubject subject) =>
        from one in subject.Conditions
        let key = one.Condition.Key
        where !IsGlobal(key) && !IsProviderClaim(key) && subject.Catalog.TypeOfKey(key) is null
            && (!key.Contains(':', StringComparison.Ordinal) || subject.Catalog.KnowsKeysOf(ActionCatalog.Prefix(key)))
        select new LintFault(one.Condition.KeyOffset,
            key.Contains(':', StringComparison.Ordinal)
                ? $"{Quote.Short(ActionCatalog.Prefix(key))} has no condition key '{Quote.Short(key)}' in the data of {subject.Catalog.AsOf:yyyy-MM-dd}."
                : $"'{Quote.Short(key)}' is no condition key: a key has a prefix and a colon.",
            one.Statement);

    private static IEnumerable<LintFault> KeysOfUnknownServices(LintSubject subject) =>
        from one in subject.Conditions
        let key = one.Condition.Key
        where key.Contains(':', StringComparison.Ordinal) && !IsGlobal(key) && !IsProviderClaim(key) && subject.Catalog.TypeOfKey(key) is null
            && !subject.Catalog.KnowsKeysOf(ActionCatalog.Prefix(key))
        select new LintFault(one.Condition.KeyOffset, $"The service of the key '{Quote.Short(key)}' is not in the data of {subject.Catalog.AsOf:yyyy-MM-dd}.", one.Statement);

    private static IEnumerable<LintFault> OperatorOfOtherType(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Operator is not null
        let type = subject.Catalog.TypeOfKey(one.Condition.Key)
        where type is not null && !IsProviderClaim(one.Condition.Key) && !Fits(one.Condition.Operator!.Value.Comparison, type.StartsWith("ArrayOf", StringComparison.Ordinal) ? type["ArrayOf".Length..] : type)
        select new LintFault(one.Condition.OperatorOffset, $"{Quote.Short(one.Condition.Key)} has values of type {type}, which {one.Condition.OperatorText} does not compare.", one.Statement);

    /// <summary>Only what cannot work: AWS compares texts with everything that is sent as a text, and ARNs are texts.</summary>
    private static bool Fits(PolicyComparison comparison, string type) => comparison switch
    {
        PolicyComparison.Null => true,
        <= PolicyComparison.StringNotLike => type is not ("Numeric" or "IPAddress" or "Date"),
        <= PolicyComparison.NumericGreaterThanEquals => type is "Numeric" or "Date",
        <= PolicyComparison.DateGreaterThanEquals => type is "Date" or "Numeric",
        PolicyComparison.Bool => type is "Bool" or "String",
        PolicyComparison.BinaryEquals => type is "Binary" or "String",
        PolicyComparison.IpAddress or PolicyComparison.NotIpAddress => type is "IPAddress",
        _ => type is "ARN" or "String",
    };

    private static bool IsMultivalued(LintSubject subject, string key) =>
        subject.Facts.Multivalued.Contains(key) || subject.Catalog.TypeOfKey(key)?.StartsWith("ArrayOf", StringComparison.Ordinal) == true;

    private static IEnumerable<LintFault> MultivaluedWithoutSet(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Operator is { Set: PolicySetOperator.None, Comparison: not PolicyComparison.Null } && IsMultivalued(subject, one.Condition.Key)
        select new LintFault(one.Condition.OperatorOffset, $"{one.Condition.Key} can hold several values in one request, and {one.Condition.OperatorText} compares one.", one.Statement);

    private static IEnumerable<LintFault> SetOnSingleValued(LintSubject subject) =>
        from one in subject.Conditions
        where one.Condition.Operator is { Set: not PolicySetOperator.None } && subject.Catalog.TypeOfKey(one.Condition.Key) is not null && !IsMultivalued(subject, one.Condition.Key)
        select new LintFault(one.Condition.OperatorOffset, $"{one.Condition.Key} holds one value.", one.Statement);

    private static IEnumerable<LintFault> NegatedOnMissing(LintSubject subject) =>
        from one in subject.Conditions
        where one.Statement.Effect == PolicyEffect.Deny && one.Condition.Operator is { IsNegated: true, Set: not PolicySetOperator.ForAnyValue }
            && subject.Facts.NotAlwaysSent.ContainsKey(one.Condition.Key) && !IsGuarded(one.Statement, one.Condition.Key)
        select new LintFault(one.Condition.KeyOffset, $"{one.Condition.Key} is missing from {subject.Facts.NotAlwaysSent[one.Condition.Key]}; the statement denies these too.", one.Statement);

    private static bool IsGuarded(PolicyStatement statement, string key) =>
        ConditionRules.RequiresKey(statement, key) || statement.Conditions.Any(condition =>
            condition.Operator?.Comparison == PolicyComparison.Bool
            && (condition.Key.Equals("aws:ViaAWSService", StringComparison.OrdinalIgnoreCase) || condition.Key.Equals("aws:PrincipalIsAWSService", StringComparison.OrdinalIgnoreCase)));
}
