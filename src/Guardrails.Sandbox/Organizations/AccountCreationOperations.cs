using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>CreateAccount and what became of it. There is no idempotency token, and a status carries no email.</summary>
internal static class AccountCreationOperations
{
    /// <summary>The role that AWS makes where none is named.</summary>
    public const string DefaultRoleName = "OrganizationAccountAccessRole";

    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("CreateAccount", Access.Management, Create),
        ("DescribeCreateAccountStatus", Access.DelegatedAdministrator, Describe),
        ("ListCreateAccountStatus", Access.DelegatedAdministrator, List),
    ];

    private static JsonObject Create(CallContext call, JsonObject input)
    {
        var (state, quotas, email) = (call.State, call.Quotas, input.Text("Email"));
        var tags = TagRules.Read(input, quotas);
        TagPolicy.Enforce(state, "account", tags);
        if (call.Now < state.Organization!.Created + state.Behavior.FinalizingTime)
            throw new AwsError(
                "FinalizingOrganizationException",
                "Your organization hasn't finished initializing. This can take up to an hour. Try again later.");
        var limit = AccountLifecycle.AccountQuota(state, quotas);
        if (state.Accounts.Count >= limit)
            throw Errors.Constraint(
                "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
                $"You have exceeded the allowed number of AWS accounts ({limit}). Closed accounts count until they are gone.");
        if (state.Creations.Count(creation => creation.State == "IN_PROGRESS") >= quotas.AccountCreationsInProgress)
            throw Errors.Constraint(
                "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED",
                $"You have exceeded the number of accounts that can be created at a time ({quotas.AccountCreationsInProgress}).");
        var creation = new AccountCreation
        {
            Id = state.Unused(state.Ids.Creation),
            Sequence = state.Ids.NextSequence(),
            Arn = "",
            Name = input.Text("AccountName"),
            Email = email,
            RoleName = input.TextOrNull("RoleName") ?? DefaultRoleName,
            Requested = call.Now,
            Due = call.Now + state.Behavior.CreationTime,
            PlannedFailure = TakePlannedFailure(state, email),
        };
        creation.Set(tags);
        state.Add(creation);
        return Answer(creation);
    }

    /// <summary>A failure planned for this email, otherwise one planned for any.</summary>
    private static string? TakePlannedFailure(OrganizationState state, string email)
    {
        var planned = state.PlannedFailures.Find(failure => string.Equals(failure.Email, email, StringComparison.OrdinalIgnoreCase))
            ?? state.PlannedFailures.Find(failure => failure.Email is null);
        if (planned is null) return null;
        state.PlannedFailures.Remove(planned);
        return planned.Reason;
    }

    private static JsonObject Describe(CallContext call, JsonObject input) =>
        call.State.TryFind<AccountCreation>(input.Text("CreateAccountRequestId"), out var creation)
            ? Answer(creation)
            : throw Errors.NotFound("CreateAccountStatus", "You specified a create account request that doesn't exist.");

    private static JsonObject List(CallContext call, JsonObject input)
    {
        var states = input.Texts("States").ToHashSet(StringComparer.Ordinal);
        return Listing.Page(
            call, input, "ListCreateAccountStatus", "CreateAccountStatuses", call.State.Creations, Show,
            states.Count == 0 ? null : creation => states.Contains(creation.State));
    }

    private static JsonObject Answer(AccountCreation creation) => new() { ["CreateAccountStatus"] = Show(creation) };

    private static JsonObject Show(AccountCreation creation)
    {
        var shown = new JsonObject
        {
            ["Id"] = creation.Id,
            ["AccountName"] = creation.Name,
            ["State"] = creation.State,
            ["RequestedTimestamp"] = Inputs.Timestamp(creation.Requested),
        };
        if (creation.Completed is { } completed) shown["CompletedTimestamp"] = Inputs.Timestamp(completed);
        if (creation.AccountId is not null) shown["AccountId"] = creation.AccountId;
        if (creation.FailureReason is not null) shown["FailureReason"] = creation.FailureReason;
        return shown;
    }
}
