namespace Guardrails;

/// <summary>What to do about each reason for which AWS fails an account's creation.</summary>
/// <remarks>Source: AWS Organizations API reference, CreateAccountStatus, FailureReason (August 2026).</remarks>
internal static class AccountCreationFailures
{
    public static string NextStep(string reason) => reason switch
    {
        "ACCOUNT_LIMIT_EXCEEDED" => "Ask AWS Support for a higher account quota; closed accounts count until they are gone.",
        "EMAIL_ALREADY_EXISTS" => "The email belongs to an AWS account outside this organization; use another one.",
        "INVALID_ADDRESS" => "Correct the contact address of the management account.",
        "INVALID_EMAIL" => "Use an address that AWS accepts.",
        "CONCURRENT_ACCOUNT_MODIFICATION" => "Run the same command again: another creation was in the way.",
        "INTERNAL_FAILURE" => "Run the same command again later; ask AWS Support if it stays.",
        "GOVCLOUD_ACCOUNT_ALREADY_EXISTS" => "The AWS GovCloud (US) account exists already.",
        "MISSING_BUSINESS_VALIDATION" or "FAILED_BUSINESS_VALIDATION" or "PENDING_BUSINESS_VALIDATION" or "UNKNOWN_BUSINESS_VALIDATION" or "INVALID_IDENTITY_FOR_BUSINESS_VALIDATION" =>
            "Complete the business validation of the management account (AWS India) with AWS Support.",
        "MISSING_PAYMENT_INSTRUMENT" or "INVALID_PAYMENT_INSTRUMENT" => "Give the management account a valid payment method.",
        "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED" => "Remove the tag conditions from the organization's resource policy, or create the account without tags.",
        _ => "Look the reason up in the AWS Organizations API reference, CreateAccountStatus.",
    };
}
