namespace Guardrails;

/// <summary>
/// What can be known about requests before anything is made. What would be done comes from <see cref="AccountPlanner"/> itself, so that
/// the preflight and the run cannot disagree.
/// </summary>
internal static class AccountPreflight
{
    /// <summary>What is wrong in the requests themselves: lengths, characters, tags, and emails or names that are in the batch twice.</summary>
    public static IEnumerable<AccountRequestFinding> Offline(IReadOnlyList<AccountRequest> requests)
    {
        var emails = new Dictionary<string, AccountRequest>(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, AccountRequest>(StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            foreach (var fault in AccountRequestCheck.Faults(request)) yield return Of(request, fault.Field, FindingSeverity.Error, fault.Message, "Correct the request.");
            if (request.Email.Length > 0 && !emails.TryAdd(request.Email, request))
                yield return Of(request, nameof(request.Email), FindingSeverity.Error, $"The email is also in {Where(emails[request.Email])}.", "Give each account an email of its own.");
            if (request.Name.Length > 0 && !names.TryAdd(request.Name, request))
                yield return Of(request, nameof(request.Name), FindingSeverity.Warning, $"The name is also in {Where(names[request.Name])}. AWS allows it, people and reports mix them up.", "Give each account a name of its own.");
        }
    }

    /// <summary>A row that is no request at all.</summary>
    public static AccountRequestFinding Unreadable(UnreadableRequest row) => new()
    {
        Source = row.Source,
        Name = row.Name.Length == 0 ? null : row.Name,
        Email = row.Email.Length == 0 ? null : row.Email,
        Field = row.Field,
        Severity = FindingSeverity.Error,
        Message = row.Message,
        NextStep = "Correct the row.",
    };

    /// <summary>What the organization has to say, beyond <see cref="Offline"/>.</summary>
    /// <param name="rows">The plan of the requests.</param>
    /// <param name="accountQuota">How many accounts AWS allows where it was not asked for more; null where that is not known.</param>
    public static IEnumerable<AccountRequestFinding> Online(IReadOnlyList<AccountPlanRow> rows, Organization organization, int? accountQuota)
    {
        var byName = organization.Accounts.ToLookup(account => account.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var finding in rows.SelectMany(row => Row(row, byName))) yield return finding;
        var made = rows.Count(IsMade);
        if (made == 0) yield break;
        yield return Batch("Email", FindingSeverity.Information, $"None of the {made} emails that are new is in this organization. Whether one belongs to an AWS account elsewhere cannot be known before AWS is asked to create it.");
        yield return Quota(organization.Accounts.Count, made, accountQuota);
    }

    private static IEnumerable<AccountRequestFinding> Row(AccountPlanRow row, ILookup<string, Account> byName)
    {
        var request = row.Request;
        if (row.Settled is { IsTrouble: true } trouble)
        {
            if (trouble.Reason is "InvalidRequest" or "DuplicateEmail") yield break;
            yield return Of(request, FieldOf(trouble.Reason), FindingSeverity.Error, trouble.Message ?? trouble.Reason ?? "", trouble.NextStep);
        }
        foreach (var other in byName[request.Name].Where(other => !other.Email.Equals(request.Email, StringComparison.OrdinalIgnoreCase)))
            yield return Of(request, nameof(request.Name), FindingSeverity.Warning,
                $"Account {other.Id} at '{other.Path}' <{other.Email}> has that name too{(other.State is AccountState.Active ? "" : $", and is {other.State}")}. AWS allows it.", "See that it is not the account that is meant; its email would be another.");
        if (row.Note is { } note) yield return Of(request, nameof(request.Access), FindingSeverity.Warning, note, null);
        foreach (var unit in row.Units)
            yield return Of(request, nameof(request.OrganizationalUnit), FindingSeverity.Information, $"The organizational unit '{OrganizationalUnitChanges.PathOf(unit)}' will be made.", null);
        if (row.Changes.Any(change => change.After.ContainsKey(AccountChanges.UnderWay)))
            yield return Of(request, nameof(request.Name), FindingSeverity.Warning, "A creation of an account of that name is in progress. Its email cannot be seen before it has ended.", "Nothing: it is waited for, and looked up by email then.");
        if (row.Account is { } account && row.Settled is not { IsTrouble: true })
            yield return Of(request, nameof(request.Email), FindingSeverity.Information, row.Changes.Count == 0
                ? $"Account {account.Id} at '{account.Path}' is there and as requested."
                : $"Account {account.Id} at '{account.Path}' is there. {AccountVending.ActionsOf(row.Changes)}.", null);
    }

    private static AccountRequestFinding Quota(int now, int made, int? quota)
    {
        var total = now + made;
        var counted = $"Estimate: {now} accounts are there, closed ones included, and {made} would be made: {total}.";
        if (quota is null || now > quota) return Batch(null, FindingSeverity.Information, $"{counted} How many AWS allows this organization is unknown.");
        return total <= quota
            ? Batch(null, FindingSeverity.Information, $"{counted} AWS allows {quota} where it was not asked for more.")
            : Batch(null, FindingSeverity.Warning, $"{counted} AWS allows {quota} where it was not asked for more; whether it was is unknown.", "Look up 'Default maximum number of accounts' of AWS Organizations in Service Quotas, and have it raised first where it is too low.");
    }

    private static bool IsMade(AccountPlanRow row) => row.Changes.Any(change => change is { Kind: AccountChanges.KindName, Action: AccountChanges.CreateAction });

    private static string? FieldOf(string? reason) => reason switch
    {
        "NotOurs" or "AccountNotActive" => nameof(AccountRequest.Email),
        "OrganizationalUnitNotFound" => nameof(AccountRequest.OrganizationalUnit),
        "PermissionSetNotFound" or "PrincipalNotFound" => nameof(AccountRequest.Access),
        _ => null,
    };

    private static string Where(AccountRequest request) => request.Source ?? $"the request for '{request.Name}'";

    private static AccountRequestFinding Batch(string? field, FindingSeverity severity, string message, string? nextStep = null) =>
        new() { Field = field, Severity = severity, Message = message, NextStep = nextStep };

    private static AccountRequestFinding Of(AccountRequest request, string? field, FindingSeverity severity, string message, string? nextStep) => new()
    {
        Source = request.Source,
        Name = request.Name,
        Email = request.Email,
        Field = field,
        Severity = severity,
        Message = message,
        NextStep = nextStep,
    };
}
