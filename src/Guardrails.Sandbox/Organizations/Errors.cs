namespace Guardrails.Sandbox;

/// <summary>The errors of AWS Organizations: shapes and reasons as in the API model 2016-11-28 (August 2026).</summary>
internal static class Errors
{
    public static AwsError Constraint(string reason, string message) => new("ConstraintViolationException", message, reason);

    public static AwsError Input(string reason, string message) => new("InvalidInputException", message, reason);

    public static AwsError NotInUse() =>
        new("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");

    public static AwsError AccessDenied() => new("AccessDeniedException", "You don't have permissions to access this resource.");

    public static AwsError NotFound(string what, string message) => new(what + "NotFoundException", message);

    public static AwsError AccountNotFound() => NotFound("Account", "You specified an account that doesn't exist.");

    public static AwsError ParentNotFound() => NotFound("Parent", "You specified a parent that doesn't exist.");

    public static AwsError TargetNotFound() => NotFound("Target", "You specified a target that doesn't exist.");

    public static AwsError PolicyNotFound() => NotFound("Policy", "You specified a policy that doesn't exist.");
}
