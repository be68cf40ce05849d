using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Accounts that are there: listed, moved, closed, removed.</summary>
internal static class AccountOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("DescribeAccount", Access.DelegatedAdministrator, (call, input) => new() { ["Account"] = Show(call.State, Find(call, input)) }),
        ("ListAccounts", Access.DelegatedAdministrator, (call, input) =>
            Listing.Page(call, input, "ListAccounts", "Accounts", call.State.Accounts, account => Show(call.State, account))),
        ("ListAccountsForParent", Access.DelegatedAdministrator, (call, input) => Listing.Page(
            call, input, "ListAccountsForParent", "Accounts", UnitOperations.Parent(call, input).Accounts, account => Show(call.State, account))),
        ("MoveAccount", Access.Management, Move),
        ("CloseAccount", Access.Management, Close),
        ("RemoveAccountFromOrganization", Access.Management, Remove),
    ];

    public static AccountEntity Find(CallContext call, JsonObject input) =>
        call.State.TryFind<AccountEntity>(input.Text("AccountId"), out var account) ? account : throw Errors.AccountNotFound();

    public static JsonObject Show(OrganizationState state, AccountEntity account)
    {
        var shown = new JsonObject
        {
            ["Id"] = account.Id,
            ["Arn"] = account.Arn,
            ["Email"] = account.Email,
            ["Name"] = account.Name,
            ["State"] = account.State,
            ["Paths"] = new JsonArray(state.PathOf(account)),
            ["JoinedMethod"] = account.JoinedMethod,
            ["JoinedTimestamp"] = Inputs.Timestamp(account.Joined),
        };
        if (state.Behavior.LegacyStatus) shown["Status"] = LegacyStatus(account);
        return shown;
    }

    /// <summary>The retired member Status knew three states only.</summary>
    public static string LegacyStatus(AccountEntity account) => account.State switch
    {
        "CLOSED" => "SUSPENDED",
        "PENDING_ACTIVATION" => "ACTIVE",
        var state => state,
    };

    /// <summary>The account leaves, by its own will or the management account's.</summary>
    public static void LetGo(CallContext call, AccountEntity account)
    {
        if (account.Id == call.State.ManagementAccountId)
            throw new AwsError("MasterCannotLeaveOrganizationException", "You can't remove a management account from an organization.");
        if (call.State.FindDelegation(account.Id) is not null)
            throw Errors.Constraint(
                "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
                "You attempted to remove an account that is a delegated administrator for a service integrated with Organizations. Deregister it first.");
        var days = call.Quotas.AccountRemovalWaitDays;
        if (account.JoinedMethod == "CREATED" && call.Now < account.Joined.AddDays(days))
            throw Errors.Constraint(
                "WAIT_PERIOD_ACTIVE",
                $"After you create an account, you must wait until at least {days} days after it was created before you can remove it from the organization.");
        call.State.Remove(account);
    }

    private static JsonObject Move(CallContext call, JsonObject input)
    {
        var account = Find(call, input);
        if (!call.State.TryFind<Container>(input.Text("SourceParentId"), out var source))
            throw Errors.NotFound("SourceParent", "You specified a source parent that doesn't exist.");
        if (!call.State.TryFind<Container>(input.Text("DestinationParentId"), out var destination))
            throw Errors.NotFound("DestinationParent", "You specified a destination parent that doesn't exist.");
        if (account.Parent == destination) throw new AwsError("DuplicateAccountException", "That account is already present in the specified destination.");
        // The source is there, the account is elsewhere: AWS does not find it in that source.
        if (account.Parent != source) throw Errors.AccountNotFound();
        OrganizationState.Move(account, destination);
        return [];
    }

    private static JsonObject Close(CallContext call, JsonObject input)
    {
        var (state, quotas) = (call.State, call.Quotas);
        var account = Find(call, input);
        if (account.Id == state.ManagementAccountId)
            throw Errors.Constraint("CANNOT_CLOSE_MANAGEMENT_ACCOUNT", "You can't close the management account with CloseAccount.");
        if (account.State is "CLOSED" or "SUSPENDED") throw new AwsError(
            "AccountAlreadyClosedException",
            "You attempted to close an account that is already closed.");
        if (account.State != "ACTIVE")
            throw new AwsError(
                "ConflictException",
                $"The request conflicts with the state of the account: {account.State}. Wait until it has ended, then try again.");
        if (state.Accounts.Count(other => other.State == "PENDING_CLOSURE") >= quotas.AccountClosuresInProgress)
            throw Errors.Constraint(
                "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED",
                $"You have exceeded the number of accounts that can be closed at a time ({quotas.AccountClosuresInProgress}).");
        state.Closures.RemoveAll(closed => closed <= call.Now.AddDays(-quotas.AccountClosureWindowDays));
        if (state.Closures.Count >= ClosureBudget(state, quotas))
            throw Errors.Constraint(
                "CLOSE_ACCOUNT_QUOTA_EXCEEDED",
                $"You have exceeded the number of accounts that can be closed in {quotas.AccountClosureWindowDays} days ({ClosureBudget(state, quotas)}).");
        account.State = "PENDING_CLOSURE";
        account.ClosedAt = call.Now;
        account.ClosureDoneAt = call.Now + state.Behavior.ClosureTime;
        state.Expect(account.ClosureDoneAt.Value);
        state.Closures.Add(call.Now);
        return [];
    }

    /// <summary>In a rolling window, the higher of a number or a share of all accounts, at most the maximum.</summary>
    private static int ClosureBudget(OrganizationState state, SandboxQuotas quotas) => Math.Min(
        quotas.AccountClosuresMaximum, Math.Max(quotas.AccountClosuresMinimum, (int)(quotas.AccountClosuresShare * state.Accounts.Count)));

    private static JsonObject Remove(CallContext call, JsonObject input)
    {
        LetGo(call, Find(call, input));
        return [];
    }
}
