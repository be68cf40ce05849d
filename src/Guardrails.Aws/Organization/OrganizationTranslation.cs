using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>AWS's shapes as the domain's facts.</summary>
internal static class OrganizationTranslation
{
    public static AccountFacts Facts(Model.Account account, string parentId) => new(
        account.Id, account.Arn, account.Name, account.Email, State(account), parentId, account.JoinedMethod?.Value, Time(account.JoinedTimestamp));

    public static OrganizationalUnitFacts Facts(Model.OrganizationalUnit unit, string parentId) => new(unit.Id, unit.Arn, unit.Name, parentId);

    /// <summary>The root or organizational unit that holds the account, from <c>o-…/r-…/ou-…/ACCOUNT/</c>; null where AWS gives no path.</summary>
    public static string? ParentOf(Model.Account account)
    {
        foreach (var path in account.Paths ?? [])
        {
            var parent = path.Split('/').LastOrDefault(s => s.StartsWith("ou-", StringComparison.Ordinal) || s.StartsWith("r-", StringComparison.Ordinal));
            if (parent is not null) return parent;
        }
        return null;
    }

    /// <summary>State; the retired Status only where State is absent.</summary>
    public static AccountState State(Model.Account account) => AccountStateNames.FromAws(account.State?.Value ?? account.Status?.Value);

    public static AccountCreation Facts(Model.CreateAccountStatus status) => new(
        status.Id,
        status.State?.Value switch
        {
            "SUCCEEDED" => AccountCreationState.Succeeded,
            "FAILED" => AccountCreationState.Failed,
            _ => AccountCreationState.InProgress,
        },
        status.AccountName, status.AccountId, status.FailureReason?.Value, Time(status.RequestedTimestamp));

    public static string Value(AccountCreationState state) => state switch
    {
        AccountCreationState.Succeeded => "SUCCEEDED",
        AccountCreationState.Failed => "FAILED",
        _ => "IN_PROGRESS",
    };

    public static List<Model.Tag>? Tags(IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? null : [.. tags.Select(t => new Model.Tag { Key = t.Key, Value = t.Value })];

    private static DateTimeOffset? Time(DateTime? time) => time is { } t ? new DateTimeOffset(t.ToUniversalTime()) : null;
}
