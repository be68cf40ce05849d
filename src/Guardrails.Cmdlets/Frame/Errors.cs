using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Every error of the module, and which of them an exception is.</summary>
internal static class Errors
{
    // Connection
    public static readonly KnownError NotConnected = new("NotConnected", ErrorCategory.ConnectionError,
        "Run Connect-Guardrail first, or give -Connection. To try things out: New-GuardrailSandbox -Path FILE, then Connect-Guardrail -Sandbox FILE.");

    public static readonly KnownError ConnectionClosed = new("ConnectionClosed", ErrorCategory.ConnectionError,
        "Run Connect-Guardrail again and use the connection it returns.");

    public static readonly KnownError ConnectionFailed = new("ConnectionFailed", ErrorCategory.ConnectionError,
        "Check the network, the proxy, the Region and -EndpointUrl, then run it again.");

    public static readonly KnownError InvalidAnswer = new("InvalidAnswer", ErrorCategory.ProtocolError,
        "Something other than AWS may have answered: check the proxy and -EndpointUrl.");

    public static readonly KnownError CredentialsMissing = new("CredentialsMissing", ErrorCategory.AuthenticationError,
        "Give -Profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. To try things out without AWS, give -Sandbox FILE.");

    public static readonly KnownError CredentialsRefused = new("CredentialsRefused", ErrorCategory.AuthenticationError,
        "Sign in again ('aws sso login' for an SSO profile) or renew the keys, then run Connect-Guardrail again.");

    public static readonly KnownError ProfileNotFound = new("ProfileNotFound", ErrorCategory.ObjectNotFound,
        "Give the name of a profile in ~/.aws/config or ~/.aws/credentials.");

    public static readonly KnownError RegionMissing = new("RegionMissing", ErrorCategory.InvalidArgument,
        "Give -Region, set AWS_REGION, or set a region in the profile.");

    public static readonly KnownError ReadOnlyConnection = new("ReadOnlyConnection", ErrorCategory.PermissionDenied,
        "Connect without -ReadOnly to change something.");

    // What the cloud refused
    public static readonly KnownError AccessDenied = new("AccessDenied", ErrorCategory.PermissionDenied,
        "Give the caller that permission, or connect to the management account or a delegated administrator.");

    public static readonly KnownError NotInOrganization = new("NotInOrganization", ErrorCategory.InvalidOperation,
        "Connect to an account of the organization: give another -Profile or -RoleArn.");

    public static readonly KnownError Throttled = new("Throttled", ErrorCategory.LimitsExceeded,
        "Wait a little and run it again; what was done already is found and kept.");

    public static readonly KnownError LimitReached = new("LimitReached", ErrorCategory.LimitsExceeded,
        "Have the quota raised in Service Quotas where it can be, or stay below it.");

    public static readonly KnownError ConcurrentChange = new("ConcurrentChange", ErrorCategory.ResourceBusy,
        "Somebody else is changing the same thing: run it again.");

    public static readonly KnownError NotFoundInCloud = new("NotFoundInCloud", ErrorCategory.ObjectNotFound,
        "It may have been changed meanwhile: read the organization again with -Refresh.");

    public static readonly KnownError AlreadyInCloud = new("AlreadyInCloud", ErrorCategory.ResourceExists,
        "Use what is there, or choose another name.");

    public static readonly KnownError RefusedInput = new("RefusedInput", ErrorCategory.InvalidArgument,
        "Correct the value that the message names and run it again.");

    public static readonly KnownError CloudFailed = new("CloudFailed", ErrorCategory.InvalidResult,
        "Run it again; if it stays, give the request id to AWS support.");

    // What the user named
    public static readonly KnownError NotAFile = new("NotAFile", ErrorCategory.InvalidArgument,
        "Give a file in a folder on disk.");

    public static readonly KnownError FileNotFound = new("FileNotFound", ErrorCategory.ObjectNotFound,
        "Check the path; a relative one starts at the current location.");

    public static readonly KnownError FolderNotFound = new("FolderNotFound", ErrorCategory.ObjectNotFound,
        "Create the folder first, or give another path.");

    public static readonly KnownError FileExists = new("FileExists", ErrorCategory.ResourceExists,
        "Give -Force to overwrite it, or another path.");

    public static readonly KnownError FileNotAccessible = new("FileNotAccessible", ErrorCategory.PermissionDenied,
        "Check the rights on the file and its folder, and whether another program holds it.");

    public static readonly KnownError SnapshotUnreadable = new("SnapshotUnreadable", ErrorCategory.InvalidData,
        "Give a file that Export-GuardrailSnapshot wrote with this version of Guardrails or an earlier one.");

    public static readonly KnownError QuotasUnreadable = new("QuotasUnreadable", ErrorCategory.InvalidData,
        "Give JSON of the shape of the module's data/quotas.json, with the values that differ only.");

    public static readonly KnownError LockInDataUnreadable = new("LockInDataUnreadable", ErrorCategory.InvalidData,
        "Correct the places that the message names; the module's own files in module/data/lockin show the form.");

    public static readonly KnownError LockInFileUnreadable = new("LockInFileUnreadable", ErrorCategory.InvalidData,
        "Give a file that Export-GuardrailLockIn wrote with this version of Guardrails or an earlier one.");

    public static readonly KnownError NotAnInventoryResource = new("NotAnInventoryResource", ErrorCategory.InvalidArgument,
        "Give the output of Get-GuardrailInventory, or of Measure-GuardrailLockIn where assessments are taken.");

    public static readonly KnownError LockInRequestInvalid = new("LockInRequestInvalid", ErrorCategory.InvalidArgument,
        "Correct what the message names: the module's data/lockin/postures.yaml has the postures and their scenarios.");

    public static readonly KnownError LockInBudgetExceeded = new("LockInBudgetExceeded", ErrorCategory.LimitsExceeded,
        "Change the resources that the message names, raise -Budget, or accept the change with a new baseline (Export-GuardrailLockIn -Force).");

    public static readonly KnownError UnknownLockInType = new("UnknownLockInType", ErrorCategory.ObjectNotFound,
        "Give a type as CloudFormation names it, such as AWS::SQS::Queue, or add a profile for it in a file and give it with -ProfilePath.");

    public static readonly KnownError InventoryUnreadable = new("InventoryUnreadable", ErrorCategory.InvalidData,
        "Correct the file, or leave it out of -Path; what the other files say holds without it.");

    public static readonly KnownError SandboxDamaged = new("SandboxDamaged", ErrorCategory.InvalidData,
        "Restore the file from a copy, or make a new one with New-GuardrailSandbox -Force.");

    public static readonly KnownError SandboxTooNew = new("SandboxTooNew", ErrorCategory.NotImplemented,
        "Update Guardrails, or make a new sandbox with this version.");

    public static readonly KnownError SandboxLocked = new("SandboxLocked", ErrorCategory.ResourceBusy,
        "Run Disconnect-Guardrail or Stop-GuardrailSandbox in the process that uses it, or work on a copy.");

    public static readonly KnownError SandboxUnusable = new("SandboxUnusable", ErrorCategory.InvalidArgument,
        "Correct the path, the port or the option that the message names.");

    public static readonly KnownError IdentityNotFound = new("IdentityNotFound", ErrorCategory.ObjectNotFound,
        "Check the name, path, id or ARN; if it is new, read the organization again with -Refresh.");

    public static readonly KnownError AmbiguousIdentity = new("AmbiguousIdentity", ErrorCategory.InvalidArgument,
        "Give the id or the full path of the one that is meant.");

    public static readonly KnownError RoleMissing = new("RoleMissing", ErrorCategory.InvalidArgument,
        "Give -RoleArn with it, or leave it out.");

    // Policies
    public static readonly KnownError PolicyNotEvaluable = new("PolicyNotEvaluable", ErrorCategory.InvalidData,
        "Correct the document; Test-GuardrailPolicy says all that is wrong with it.");

    public static readonly KnownError PolicyHasFindings = new("PolicyHasFindings", ErrorCategory.InvalidData,
        "Correct what the findings name, or leave a rule out with -ExcludeRule.");

    public static readonly KnownError NotAPolicy = new("NotAPolicy", ErrorCategory.InvalidArgument,
        "Give policies from Get-GuardrailPolicy -Content, files from Get-ChildItem, or texts.");

    public static readonly KnownError UnknownPolicyType = new("UnknownPolicyType", ErrorCategory.InvalidArgument,
        "Give a type as AWS names it, such as SERVICE_CONTROL_POLICY, or short: SCP, RCP, tag, backup.");

    public static readonly KnownError UnknownPolicyRule = new("UnknownPolicyRule", ErrorCategory.InvalidArgument,
        "Give the id of a rule, such as GR-SCP-001, or a pattern of ids, such as GR-SCP-*.");

    public static readonly KnownError DraftWithoutTarget = new("DraftWithoutTarget", ErrorCategory.InvalidArgument,
        "Give -Target to say where it would be attached, or name the file like the policy that it replaces.");

    public static readonly KnownError InvalidRequest = new("InvalidRequest", ErrorCategory.InvalidArgument,
        "Give one action, such as s3:GetObject.");

    public static readonly KnownError NotACloudTrailRecord = new("NotACloudTrailRecord", ErrorCategory.InvalidData,
        "Give CloudTrail log files, or the records in them: (ConvertFrom-Json (Get-Content -Raw FILE)).Records.");

    // Vending and rollouts
    public static readonly KnownError AccountNotVended = new("AccountNotVended", ErrorCategory.NotSpecified,
        "Correct what the message names and run the same command again: what is done is kept.");

    public static readonly KnownError AccountInConflict = new("AccountInConflict", ErrorCategory.ResourceExists,
        "Use another email, or remove the row: what this module did not make is not touched.");

    public static readonly KnownError AccountNotOurs = new("AccountNotOurs", ErrorCategory.PermissionDenied,
        "Take it over with -Adopt if it is really to be changed.");

    public static readonly KnownError InvalidAccountChange = new("InvalidAccountChange", ErrorCategory.InvalidArgument,
        "Correct the parameter that the message names.");

    public static readonly KnownError RequestUnreadable = new("RequestUnreadable", ErrorCategory.InvalidData,
        "Correct the place in the file that the message names.");

    public static readonly KnownError RequestFinding = new("RequestFinding", ErrorCategory.InvalidData,
        "Correct the request that the message names.");

    public static readonly KnownError ClosureNotConfirmed = new("ClosureNotConfirmed", ErrorCategory.PermissionDenied,
        "Give the account's exact name in -ConfirmName if it is really to be closed.");

    public static readonly KnownError ChangeNotMade = new("ChangeNotMade", ErrorCategory.NotSpecified,
        "Do away with the cause, then go on with Resume-GuardrailRollout.");

    public static readonly KnownError RolloutNotFound = new("RolloutNotFound", ErrorCategory.ObjectNotFound,
        "Get-GuardrailRollout shows the rollouts of this machine; give -Path for a journal elsewhere.");

    public static readonly KnownError RolloutHeld = new("RolloutHeld", ErrorCategory.ResourceBusy,
        "Wait for it with Wait-GuardrailRollout, or end that process first.");

    public static readonly KnownError JournalTaken = new("JournalTaken", ErrorCategory.ResourceExists,
        "Go on with that rollout by Resume-GuardrailRollout -Path, or give another file: a journal is never overwritten.");

    public static readonly KnownError RolloutStillRunning = new("RolloutStillRunning", ErrorCategory.OperationTimeout,
        "Wait longer, or look at the process that holds it.");

    public static readonly KnownError RolloutUnreadable = new("RolloutUnreadable", ErrorCategory.InvalidData,
        "Give the file of a journal that this version of the module, or an earlier one, has written.");

    public static readonly KnownError PlanUnreadable = new("PlanUnreadable", ErrorCategory.InvalidData,
        "Give a file that Export-GuardrailPlan wrote with this version of Guardrails or an earlier one; if it was edited, make the plan again.");

    public static readonly KnownError PlanNotRunnable = new("PlanNotRunnable", ErrorCategory.InvalidData,
        "Nothing was started: make the plan again with the command that made it.");

    public static readonly KnownError PlanFileTaken = new("PlanFileTaken", ErrorCategory.InvalidArgument,
        "Write each plan to a file of its own.");

    public static readonly KnownError RolloutUndone = new("RolloutUndone", ErrorCategory.InvalidOperation,
        "Run the command that made it again: it plans from what is there now.");

    public static readonly KnownError RolloutChanged = new("RolloutChanged", ErrorCategory.ResourceBusy,
        "Look at it again with Get-GuardrailRollout, then undo it.");

    public static readonly KnownError OtherOrganization = new("OtherOrganization", ErrorCategory.InvalidOperation,
        "Connect to the organization, or to the sandbox, that the rollout changes.");

    // Reports
    public static readonly KnownError NotReportable = new("NotReportable", ErrorCategory.InvalidArgument,
        "Give the output of Measure-GuardrailLockIn, and of Get-GuardrailLockInSensitivity with it.");

    public static readonly KnownError Unexpected = new("Unexpected", ErrorCategory.NotSpecified,
        "This is a defect of Guardrails: please report it with the exception's text and stack trace ($Error[0].Exception).");

    /// <summary>The error that an exception stands for.</summary>
    public static ErrorRecord Describe(Exception exception, object? target = null) => exception switch
    {
        ErrorRecordException known => known.ErrorRecord,
        RolloutHeldException held => RolloutHeld.Record(held, target),
        InvalidDataException or PlanException => RolloutUnreadable.Record(exception, target),
        CloudException cloud => FromCode(cloud.Code).Record(cloud, target ?? cloud.Operation, cloud.NextStep),
        IdentityNotFoundException missing => IdentityNotFound.Record(missing, target ?? missing.Identity),
        AmbiguousIdentityException ambiguous => AmbiguousIdentity.Said(ambiguous, target ?? ambiguous.Identity),
        LockInFormatException file => LockInFileUnreadable.Record(file, target),
        LockInRequestException request => LockInRequestInvalid.Record(request, target),
        LockInDataException data => LockInDataUnreadable.Said(data, target ?? data.Findings[0].File),
        PlanFormatException plan => PlanUnreadable.Record(plan, target),
        SnapshotFormatException snapshot => SnapshotUnreadable.Said(snapshot, target),
        FileNotFoundException file => FileNotFound.Record(file, target ?? file.FileName),
        DirectoryNotFoundException => FolderNotFound.Record(exception, target),
        IOException or UnauthorizedAccessException => FileNotAccessible.Record(exception, target),
        _ => Unexpected.Record(exception, target),
    };

    /// <summary>The error of a request that was not met.</summary>
    public static ErrorRecord Describe(AccountVendingResult result)
    {
        var about = string.Join(" ", new[] { result.Source, result.Name, result.Email.Length > 0 ? $"<{result.Email}>" : null }.Where(part => !string.IsNullOrEmpty(part)));
        var known = result.Outcome == AccountOutcome.Conflict ? AccountInConflict : AccountNotVended;
        return known.Record(new InvalidOperationException($"{about}: {Because(result.Reason)}{result.Message}"), result, result.NextStep);
    }

    /// <summary>The error of a finding that is to be one.</summary>
    public static ErrorRecord Describe(AccountRequestFinding finding)
    {
        var about = string.Join(" ", new[] { finding.Source, finding.Name }.Where(part => !string.IsNullOrEmpty(part)));
        return RequestFinding.Record(new InvalidOperationException(about.Length == 0 ? finding.Message : $"{about}: {finding.Message}"), finding, finding.NextStep);
    }

    /// <summary>The error of a change that was not made.</summary>
    public static ErrorRecord Describe(ChangeResult result) =>
        ChangeNotMade.Record(new InvalidOperationException($"{result.Change.Id}: {Because(result.Reason)}{result.Message}"), result, result.NextStep);

    private static string Because(string? reason) => reason is null ? "" : $"{reason}: ";

    /// <summary>AWS's code, or one of the module's own, as an error of this catalogue.</summary>
    private static KnownError FromCode(string code) => code switch
    {
        "ReadOnlyConnection" => ReadOnlyConnection,
        "NoRegion" or "InvalidRegion" => RegionMissing,
        "UnknownProfile" => ProfileNotFound,
        "NoCredentials" => CredentialsMissing,
        "InvalidEndpoint" or "InvalidRole" => RefusedInput,
        "ConnectionFailed" => ConnectionFailed,
        "InvalidAnswer" or "EndlessListing" => InvalidAnswer,
        "AccessDenied" or "AccessDeniedException" or "AccessDeniedForDependencyException" => AccessDenied,
        "AWSOrganizationsNotInUseException" => NotInOrganization,
        "TooManyRequestsException" or "ThrottlingException" or "Throttling" => Throttled,
        "ConstraintViolationException" or "HandshakeConstraintViolationException" => LimitReached,
        "ConcurrentModificationException" or "FinalizingOrganizationException" => ConcurrentChange,
        "ExpiredToken" or "ExpiredTokenException" or "InvalidClientTokenId" or "UnrecognizedClientException" or "SignatureDoesNotMatch"
            or "InvalidSignatureException" or "MissingAuthenticationTokenException" => CredentialsRefused,
        "InvalidInputException" or "ValidationException" or "SerializationException" => RefusedInput,
        _ when code.EndsWith("NotFoundException", StringComparison.Ordinal) => NotFoundInCloud,
        _ when code.StartsWith("Duplicate", StringComparison.Ordinal) || code.EndsWith("AlreadyExistsException", StringComparison.Ordinal) => AlreadyInCloud,
        _ => CloudFailed,
    };
}
