namespace Guardrails.Sandbox;

/// <summary>
/// A violation of the model as Organizations answers it: InvalidInputException with a reason
/// (https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html, errors, read 2026-08; the form
/// "(InvalidInputException) You provided a value that does not match the required pattern." is on record in
/// https://github.com/RoadieHQ/roadie-backstage-plugins/issues/1391). AWS's text does not name the parameter; ours does.
/// Values are not quoted: emails and names are marked sensitive in the model.
/// </summary>
internal static class OrganizationsErrors
{
    public static AwsError From(Violation violation)
    {
        var (reason, text) = violation switch
        {
            { Kind: ViolationKind.Missing } => ("INPUT_REQUIRED", "a required parameter has no value"),
            { ListItem: true } => ("INVALID_LIST_MEMBER", "the list contains an invalid value"),
            { Kind: ViolationKind.TooShort } => ("MIN_LENGTH_EXCEEDED", $"the value is shorter than {((StringShape)violation.Shape).Minimum} characters"),
            { Kind: ViolationKind.TooLong } => ("MAX_LENGTH_EXCEEDED", $"the value is longer than {((StringShape)violation.Shape).Maximum} characters"),
            { Kind: ViolationKind.PatternBroken, Shape.Name: "PolicyTargetId" } => ("INVALID_PATTERN_TARGET_ID", Pattern(violation)),
            { Kind: ViolationKind.PatternBroken } => ("INVALID_PATTERN", Pattern(violation)),
            { Kind: ViolationKind.UnknownValue, Shape.Name: "PolicyType" or "EffectivePolicyType" } =>
                ("INVALID_ENUM_POLICY_TYPE", "this is not a type of policy"),
            { Kind: ViolationKind.UnknownValue } => ("INVALID_ENUM", $"the value is none of {string.Join(", ", ((EnumShape)violation.Shape).Values.Order())}"),
            { Kind: ViolationKind.TooSmall } => ("MIN_VALUE_EXCEEDED", $"the value is less than {((NumberShape)violation.Shape).Minimum}"),
            { Kind: ViolationKind.TooLarge } => ("MAX_VALUE_EXCEEDED", $"the value is greater than {((NumberShape)violation.Shape).Maximum}"),
            { Kind: ViolationKind.TooFewItems } => ("MIN_LENGTH_EXCEEDED", $"the list has fewer than {((ListShape)violation.Shape).Minimum} members"),
            _ => ("MAX_LENGTH_EXCEEDED", $"the list has more than {((ListShape)violation.Shape).Maximum} members"),
        };
        return new AwsError("InvalidInputException", $"You provided an invalid value. {violation.Path}: {text}.", reason);
    }

    private static string Pattern(Violation violation) => $"the value does not match the required pattern {((StringShape)violation.Shape).Pattern?.Text}";
}
