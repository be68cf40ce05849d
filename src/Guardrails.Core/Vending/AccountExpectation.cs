namespace Guardrails;

/// <summary>What must stand before an account is ready, as its request or its rollout's journal tells it.</summary>
internal sealed record AccountExpectation
{
    /// <summary>The role that AWS makes in a new account where none is named.</summary>
    public const string DefaultRoleName = "OrganizationAccountAccessRole";

    public required string RoleName { get; init; }

    /// <summary>The account was just made, so its role is on its way.</summary>
    public required bool IsNew { get; init; }

    /// <summary>When an account that was there joined the organization; null where AWS does not say.</summary>
    public DateTimeOffset? Joined { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = Facts.None;

    /// <summary>Null: there must be none.</summary>
    public IReadOnlyDictionary<AlternateContactType, AlternateContact?> Contacts { get; init; } = new Dictionary<AlternateContactType, AlternateContact?>();

    public IReadOnlyList<string> Regions { get; init; } = [];

    public IReadOnlyList<ExpectedAccess> Access { get; init; } = [];

    /// <summary>What is known to be missing whatever happens; null where nothing is.</summary>
    public string? Note { get; init; }

    /// <summary>As a request asks for it.</summary>
    public static AccountExpectation Of(AccountPlanRow row)
    {
        var (request, directory) = (row.Request, row.Directory);
        return new AccountExpectation
        {
            RoleName = request.RoleName ?? DefaultRoleName,
            IsNew = row.Account is null,
            Joined = row.Account?.JoinedTimestamp,
            Tags = request.Tags,
            Contacts = request.Contacts.ToDictionary(one => one.Key, one => (AlternateContact?)one.Value),
            Regions = request.Regions,
            Access = directory.Center is not { } center ? []
                : [.. request.Access.Where(one => directory.ProblemWith(one) is null)
                    .Select(one => new ExpectedAccess(one, center.InstanceArn, directory.PermissionSetOf(one), directory.PrincipalOf(one)!))],
            Note = row.Note,
        };
    }

    /// <summary>As the changes of one account in a journal make it.</summary>
    public static AccountExpectation Of(IReadOnlyList<Change> changes)
    {
        var create = changes.FirstOrDefault(change => change is { Kind: AccountChanges.KindName, Action: AccountChanges.CreateAction });
        var tagging = changes.Where(change => change is { Kind: AccountChanges.KindName, Action: AccountChanges.CreateAction or AccountChanges.TagAction or AccountChanges.AdoptAction });
        return new AccountExpectation
        {
            RoleName = create?.After.GetValueOrDefault("roleName") ?? DefaultRoleName,
            IsNew = create is not null,
            Tags = Facts.Of([.. tagging.SelectMany(change => change.After.Tags()).Select(tag => (tag.Key, (string?)tag.Value))]),
            Contacts = changes.Where(change => change.Kind == AlternateContactChanges.KindName).ToDictionary(AlternateContactChanges.TypeOf, AlternateContactChanges.AfterOf),
            Regions = [.. changes.Where(change => change.Kind == RegionChanges.KindName).Select(change => change.After["region"])],
            Access = [.. changes.Where(change => change is { Kind: AccountAccessChanges.KindName, Action: AccountAccessChanges.AssignAction }).Select(AccountAccessChanges.ExpectedOf)],
        };
    }
}

/// <summary>An assignment that must stand.</summary>
internal sealed record ExpectedAccess(AccountAccess Access, string InstanceArn, string PermissionSetArn, Principal Principal);
