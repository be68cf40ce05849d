namespace Guardrails.Sandbox;

/// <summary>What AWS does by itself while time passes: creations get done, accounts become active, closures come to their end.</summary>
internal static class AccountLifecycle
{
    /// <summary>Brings the state up to a time. Everything happens in the order in which it was due; nothing happens twice.</summary>
    public static void Advance(OrganizationState state, DateTimeOffset now, SandboxQuotas quotas)
    {
        if (state.Organization is null || now < state.NextEvent) return;
        var next = DateTimeOffset.MaxValue;
        foreach (var creation in state.Creations.Where(creation => creation.State == "IN_PROGRESS").OrderBy(creation => creation.Due).ToList())
        {
            if (creation.Due <= now) Complete(state, creation, quotas);
            else next = Earlier(next, creation.Due);
        }
        foreach (var account in state.Accounts.Where(account => account.State != "ACTIVE").ToList())
        {
            if (account.State == "PENDING_ACTIVATION" && account.ActiveAt <= now) account.State = "ACTIVE";
            if (account.State == "PENDING_CLOSURE" && account.ClosureDoneAt <= now) account.State = "CLOSED";
            var due = account.State switch
            {
                "PENDING_ACTIVATION" => account.ActiveAt,
                "PENDING_CLOSURE" => account.ClosureDoneAt,
                "CLOSED" => account.ClosedAt?.AddDays(quotas.AccountReopenDays),
                _ => null,
            };
            // Closed for good: until then it counted against the quota of accounts.
            if (account.State == "CLOSED" && due <= now) state.Remove(account);
            else next = Earlier(next, due ?? DateTimeOffset.MaxValue);
        }
        state.NextEvent = next;
    }

    /// <summary>The account quota in force: raised for this organization, or the default.</summary>
    public static int AccountQuota(OrganizationState state, SandboxQuotas quotas) => state.AccountQuota ?? quotas.Accounts;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static void Complete(OrganizationState state, AccountCreation creation, SandboxQuotas quotas)
    {
        creation.Completed = creation.Due;
        creation.FailureReason = creation.PlannedFailure ?? Failure(state, creation, quotas);
        if (creation.FailureReason is not null)
        {
            creation.State = "FAILED";
            return;
        }
        var id = state.Unused(state.Ids.Account);
        var account = new AccountEntity
        {
            Sequence = state.Ids.NextSequence(),
            Id = id,
            Arn = state.Arn("account", id),
            Name = creation.Name,
            Email = creation.Email,
            JoinedMethod = "CREATED",
            Joined = creation.Due,
            State = "PENDING_ACTIVATION",
            RoleName = creation.RoleName,
            ActiveAt = creation.Due + state.Behavior.ActivationTime,
            UsableAt = creation.Due + state.Behavior.UsableTime,
        };
        foreach (var (key, value) in creation.Tags) account.Tags.Add(key, value);
        state.Add(account, state.Root);
        state.AttachDefaults(account);
        creation.AccountId = id;
        creation.State = "SUCCEEDED";
    }

    private static string? Failure(OrganizationState state, AccountCreation creation, SandboxQuotas quotas)
    {
        if (!EmailAddress.IsValid(creation.Email)) return "INVALID_EMAIL";
        if (state.EmailIsTaken(creation.Email)) return "EMAIL_ALREADY_EXISTS";
        return state.Accounts.Count >= AccountQuota(state, quotas) ? "ACCOUNT_LIMIT_EXCEEDED" : null;
    }
}
