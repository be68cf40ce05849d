namespace Guardrails.Aws;

/// <summary>Who is calling, as far as it is known: for what errors advise.</summary>
internal sealed record CallerFacts
{
    public string? Profile { get; init; }
    public bool SsoProfile { get; init; }
    public string? AccountId { get; init; }
    public string? CallerArn { get; init; }
    public CallerRole? Role { get; init; }
    public string? ManagementAccountId { get; init; }
}

/// <summary>What to do about an error, by AWS's code and reason.</summary>
internal static class NextSteps
{
    private const string Clock = "Set this machine's clock: AWS accepts requests only within five minutes of its own time.";
    private const string Look = "Look whether it happened before asking again.";

    private static readonly Dictionary<string, string> ByReason = new(StringComparer.Ordinal)
    {
        ["ACCOUNT_NUMBER_LIMIT_EXCEEDED"] = "Ask AWS Support for a higher account quota; closed accounts count until they are gone.",
        ["ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED"] = "Wait until creations that are under way have ended, then go on.",
        ["CLOSE_ACCOUNT_QUOTA_EXCEEDED"] = "Wait: closures count for 30 days.",
        ["CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED"] = "Wait until closures that are under way have ended, then go on.",
        ["WAIT_PERIOD_ACTIVE"] = "Wait: a new account can be removed only some days after its creation.",
        ["OU_DEPTH_LIMIT_EXCEEDED"] = "Place it higher in the tree: organizational units nest five deep.",
        ["OU_NUMBER_LIMIT_EXCEEDED"] = "Delete organizational units that are not used, or ask AWS Support for a higher quota.",
        ["MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"] = "Detach a policy of this type from the target first, or merge policies.",
        ["MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"] = "Attach another policy of this type to the target first.",
        ["POLICY_CONTENT_LIMIT_EXCEEDED"] = "Shorten the policy, or split it.",
        ["POLICY_NUMBER_LIMIT_EXCEEDED"] = "Delete policies of this type that are not attached.",
        ["TAG_POLICY_VIOLATION"] = "Use a tag value that the organization's tag policies allow.",
        ["SERVICE_ACCESS_NOT_ENABLED"] = "Turn on trusted access for the service first.",
        ["INVALID_NEXT_TOKEN"] = "Start the listing again.",
        ["IMMUTABLE_POLICY"] = "AWS owns this policy: make one of your own instead.",
    };

    private static readonly Dictionary<string, string> ByCode = new(StringComparer.Ordinal)
    {
        ["AWSOrganizationsNotInUseException"] = "Connect with an account that belongs to an organization, or create one first.",
        ["ReadOnlyConnection"] = "Connect without -ReadOnly to change something.",
        ["ConnectionClosed"] = "Connect again.",
        ["InvalidAnswer"] = "See whether a proxy or -EndpointUrl stands between this machine and AWS.",
        ["ConnectionFailed"] = "See whether this machine reaches the endpoint: network, proxy, -EndpointUrl.",
        ["EndlessListing"] = "Try again later; if it stays, report it to AWS with the operation's name.",
        ["RequestTimeTooSkewed"] = Clock,
        ["RequestExpired"] = Clock,
        ["SignatureDoesNotMatch"] = "See that the secret access key is right and that this machine's clock is.",
        ["InvalidSignatureException"] = "See that the secret access key is right and that this machine's clock is.",
        ["InvalidClientTokenId"] = "The access key does not exist any more, or belongs to another partition: use other credentials.",
        ["UnrecognizedClientException"] = "The access key does not exist any more, or belongs to another partition: use other credentials.",
        ["TooManyRequestsException"] = "Others use the organization's call rate too: try again later.",
        ["ConcurrentModificationException"] = "Another change to the organization is under way: try again when it has ended.",
        ["FinalizingOrganizationException"] = "The organization is still being set up, which can take an hour: try again later.",
        ["AccountOwnerNotVerifiedException"] = "Verify the management account's email address first.",
        ["DuplicateOrganizationalUnitException"] = "Use the organizational unit that is there, or another name.",
        ["DuplicateAccountException"] = "The account is in the destination already.",
        ["SourceParentNotFoundException"] = "The account was moved meanwhile: read the organization again.",
        ["AccountNotFoundException"] = "The account is not in this organization: read the organization again.",
        ["ParentNotFoundException"] = "The organizational unit was deleted meanwhile: read the organization again.",
        ["DestinationParentNotFoundException"] = "The organizational unit was deleted meanwhile: read the organization again.",
        ["TargetNotFoundException"] = "It was deleted meanwhile: read the organization again.",
        ["PolicyTypeNotEnabledException"] = "Enable the policy type on the root first.",
    };

    public static string? For(AwsOperation operation, CallFailure failure, CallerFacts caller)
    {
        var advice = (failure.Inner as CloudException)?.NextStep ?? Advice(operation, failure, caller);
        if (failure.Outcome != CallOutcome.Unknown || operation.Kind == CallKind.Read) return advice;
        return advice is null ? Look : Look + " " + advice;
    }

    private static string? Advice(AwsOperation operation, CallFailure failure, CallerFacts caller) => failure.Code switch
    {
        _ when failure.Reason is { } reason && ByReason.TryGetValue(reason, out var step) => step,
        "AccessDeniedException" or "AccessDenied" => Denied(operation, caller),
        "ExpiredTokenException" or "ExpiredToken" => SignInAgain(caller),
        // AWS's signature errors name a time when the clock is the cause.
        "SignatureDoesNotMatch" or "InvalidSignatureException" when failure.Message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase)
            || failure.Message.Contains("not yet current", StringComparison.OrdinalIgnoreCase) => Clock,
        _ => ByCode.GetValueOrDefault(failure.Code),
    };

    /// <summary>How to get fresh credentials.</summary>
    public static string SignInAgain(CallerFacts caller) => caller switch
    {
        { SsoProfile: true, Profile: { } profile } => $"Run: aws sso login --profile {profile}",
        { Profile: { } profile } => $"Renew the credentials of profile '{profile}'.",
        _ => "Renew the credentials: the session has ended.",
    };

    private static string Denied(AwsOperation operation, CallerFacts caller)
    {
        var organizations = operation.Name.StartsWith("organizations:", StringComparison.Ordinal);
        return caller.Role switch
        {
            CallerRole.MemberAccount when organizations =>
                $"You are in member account {caller.AccountId}; this needs the management account {caller.ManagementAccountId} or a delegated administrator.",
            CallerRole.DelegatedAdministrator when organizations && operation.Kind != CallKind.Read =>
                $"You are in delegated administrator account {caller.AccountId}; this needs the management account {caller.ManagementAccountId}, "
                + $"or a delegation policy that allows {operation.Name}.",
            _ when operation.Name.StartsWith("account:", StringComparison.Ordinal) =>
                "From the management account, enable trusted access for AWS Account Management in the organization (service principal account.amazonaws.com), "
                + $"and allow {operation.Name} to {caller.CallerArn}.",
            _ when operation.Name.StartsWith("sso:", StringComparison.Ordinal) || operation.Name.StartsWith("identitystore:", StringComparison.Ordinal) =>
                "Call from the management account, or from the account that IAM Identity Center is delegated to, in the Region that it is in; "
                + $"and allow {operation.Name} to {caller.CallerArn}.",
            _ when caller.CallerArn is { } arn => $"Allow {operation.Name} to {arn}, and see that no service control policy denies it.",
            _ => $"Allow {operation.Name} to the caller, and see that no service control policy denies it.",
        };
    }
}
