namespace Guardrails;

/// <summary>Changes of accounts: create, move, tag.</summary>
internal sealed class AccountChanges(IOrganizationPort organization, AccountCreator creator) : ChangeKind
{
    public const string KindName = "account";
    public const string CreateAction = "create";
    public const string MoveAction = "move";
    public const string TagAction = "tag";
    private const string UnderWay = "creationInProgress";
    private const int MostMoveAttempts = 3;

    public override string Kind => KindName;

    /// <summary>The account's creation in the root, where AWS puts every new account, with its tags.</summary>
    /// <param name="creationInProgress">The request id of a creation of that name which is under way already; null where none is.</param>
    /// <param name="dependsOn">What makes its organizational unit: no account is made that has nowhere to go.</param>
    public static Change Create(string address, AccountRequest request, string? creationInProgress, IReadOnlyList<string> dependsOn) => new()
    {
        Kind = KindName,
        Action = CreateAction,
        Address = address,
        After = Facts.Of(("name", request.Name), ("email", request.Email), ("roleName", request.RoleName), (UnderWay, creationInProgress))
            .WithTags(request.Tags).WithTags(Ownership.Tags),
        DependsOn = dependsOn,
        Lane = "account-creation",
        Reversibility = Reversibility.Compensable,
    };

    /// <param name="account">The account as it is; null where the plan makes it, in the root.</param>
    /// <param name="unit">The destination where it exists already; else a change among <paramref name="dependsOn"/> makes it.</param>
    public static Change Move(string address, Account? account, OrganizationalUnit root, string path, OrganizationalUnit? unit, IReadOnlyList<string> dependsOn) => new()
    {
        Kind = KindName,
        Action = MoveAction,
        Address = address,
        ResourceId = account?.Id,
        Before = Facts.Of(("organizationalUnit", account?.OrganizationalUnit ?? root.Path), ("parentId", account?.ParentId ?? root.Id)),
        After = Facts.Of(("organizationalUnit", path), ("parentId", unit?.Id)),
        DependsOn = dependsOn,
        Lane = $"account-move:{path}",
        Reversibility = Reversibility.Reversible,
    };

    /// <summary>Sets the tags that differ; no tag is taken away.</summary>
    public static Change Tag(string address, Account account, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) => new()
    {
        Kind = KindName,
        Action = TagAction,
        Address = address,
        ResourceId = account.Id,
        Before = Facts.None.WithTags(before),
        After = Facts.None.WithTags(after),
        Reversibility = Reversibility.Reversible,
    };

    public override Task<ChangeOutcome> ApplyAsync(Change change, RolloutState state, CallScope scope) => change.Action switch
    {
        CreateAction => creator.CreateAsync(OrderOf(change), change.After.ContainsKey(UnderWay), scope),
        MoveAction => MoveAsync(change, state, scope),
        TagAction => TagAsync(change, state, scope),
        _ => throw new InvalidOperationException($"'{change.Action}' is not a change of an account."),
    };

    private static AccountCreationOrder OrderOf(Change change) =>
        new(change.After["name"], change.After["email"], change.After.GetValueOrDefault("roleName"), change.After.Tags());

    private async Task<ChangeOutcome> MoveAsync(Change change, RolloutState state, CallScope scope)
    {
        var account = state.IdOf(change);
        var source = change.Before["parentId"];
        var destination = change.After.TryGetValue("parentId", out var known) ? known : state.IdAt(OrganizationalUnitChanges.AddressOf(change.After["organizationalUnit"]));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await organization.MoveAccountAsync(account, source, destination, scope);
                return new ChangeOutcome(ChangeStatus.Done, account);
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown || IsElsewhere(e))
            {
                var now = await organization.FindAccountAsync(account, scope);
                if (now is null) throw;
                // There already: our own call of which no answer came, or somebody else wanted the same.
                if (now.ParentId == destination) return new ChangeOutcome(e.Outcome == CallOutcome.Unknown ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
                if (now.ParentId != source)
                    return new ChangeOutcome(ChangeStatus.Conflict, account, $"Account {account} was moved to '{now.ParentId}' by somebody else meanwhile; it stays there.",
                        "MovedMeanwhile", "Run the same command again to move it from there.");
                if (attempt == MostMoveAttempts) throw;
            }
        }
    }

    // MoveAccount names its source, so AWS itself refuses a move of an account that has moved on. Which of these it answers depends on the state it finds.
    private static bool IsElsewhere(CloudException e) => e.Code is "SourceParentNotFoundException" or "AccountNotFoundException" or "DuplicateAccountException";

    private async Task<ChangeOutcome> TagAsync(Change change, RolloutState state, CallScope scope)
    {
        var account = state.IdOf(change);
        await organization.SetTagsAsync(account, change.After.Tags(), scope);
        return new ChangeOutcome(ChangeStatus.Done, account);
    }
}
