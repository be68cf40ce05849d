using System.Globalization;

namespace Guardrails;

/// <summary>Changes of accounts: create, adopt, move, tag, close.</summary>
/// <param name="closures">Null where nothing is known of earlier closures.</param>
internal sealed class AccountChanges(IOrganizationPort organization, IAccountPort accounts, AccountCreator creator, TimeProvider clock, ClosureWatch? closures) : ChangeKind
{
    public const string KindName = "account";
    public const string CreateAction = "create";
    public const string MoveAction = "move";
    public const string TagAction = "tag";
    public const string AdoptAction = "adopt";
    public const string CloseAction = "close";
    private const string MoveCall = "organizations:MoveAccount";
    private const string CloseCall = "organizations:CloseAccount";
    private const string TagCall = "organizations:TagResource";
    private const string UntagCall = "organizations:UntagResource";
    public const string UnderWay = "creationInProgress";

    private static readonly TimeSpan LongestWaitForRoom = TimeSpan.FromMinutes(60);

    public override string Kind => KindName;

    /// <summary>Of an account that is there: names are not unique in AWS, so its email is in it.</summary>
    public static string AddressOf(Account account) => $"{KindName}:{account.Path} <{account.Email}>";

    /// <summary>The account's creation in the root, where AWS puts every new account, with its tags.</summary>
    /// <param name="creationInProgress">The request id of a creation of that name which is under way already; null where none is.</param>
    /// <param name="dependsOn">What makes its organizational unit: no account is made that has nowhere to go.</param>
    public static Change Create(string address, AccountRequest request, string? creationInProgress, IReadOnlyList<string> dependsOn) => new()
    {
        Kind = KindName,
        Action = CreateAction,
        Address = address,
        After = Ownership.TagFacts.With(("name", request.Name), ("email", request.Email), ("roleName", request.RoleName), (UnderWay, creationInProgress)).WithTags(request.Tags),
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
        Risk = ChangeRisk.Medium,
        Reversibility = Reversibility.Reversible,
    };

    /// <summary>Marks an account as ours.</summary>
    public static Change Adopt(string address, Account account) => Tag(address, account, Facts.None, Ownership.Tags) with { Action = AdoptAction };

    /// <summary>Closes an account. AWS keeps it for 90 days, in which AWS Support can reopen it.</summary>
    public static Change Close(Account account) => new()
    {
        Kind = KindName,
        Action = CloseAction,
        Address = AddressOf(account),
        ResourceId = account.Id,
        Before = Facts.Of(("name", account.Name), ("email", account.Email), ("state", account.State.ToString())),
        Lane = "account-closure",
        Risk = ChangeRisk.High,
        Reversibility = Reversibility.Irreversible,
    };

    /// <summary>Sets the tags after; takes away those before that are not among them.</summary>
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

    public override IEnumerable<string> Faults(Change change) => change.Action switch
    {
        CreateAction => ChangeFaults.Of(change, [], ["name", "email"]),
        MoveAction => ChangeFaults.Of(change, ["organizationalUnit", "parentId"], ["organizationalUnit"]),
        CloseAction => ChangeFaults.Of(change, ["name"], []).Concat(change.ResourceId is null ? ["does not say which account"] : []),
        TagAction or AdoptAction => [],
        _ => ["is nothing that can be done to an account"],
    };

    public override Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run) => change.Action switch
    {
        CreateAction => creator.CreateAsync(OrderOf(change), change.After.ContainsKey(UnderWay), run),
        MoveAction => MoveAsync(change, run),
        TagAction or AdoptAction => TagAsync(change, run),
        CloseAction => CloseAsync(change, run),
        _ => throw new InvalidOperationException($"'{change.Action}' is not a change of an account."),
    };

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => change.Action switch
    {
        CreateAction => new(null, $"Close account {resourceId} '{change.After["name"]}' if it is not needed: what was created can only be closed."),
        MoveAction when change.Reversibility == Reversibility.Compensable =>
            new(null, $"Account {resourceId} was moved with its organizational unit: Move-GuardrailOrganizationalUnit takes that back, Move-GuardrailAccount moves it alone, to {change.Before["organizationalUnit"]} where that is still there."),
        MoveAction => new(change with
        {
            ResourceId = resourceId,
            Before = Facts.Of(("organizationalUnit", change.After["organizationalUnit"]), ("parentId", DestinationOf(change, idAt))),
            After = change.Before,
            DependsOn = [],
            Lane = $"account-move:{change.Before["organizationalUnit"]}",
        }),
        CloseAction => new(null),
        _ => new(change with { ResourceId = resourceId, Before = change.After, After = change.Before, DependsOn = [] }),
    };

    public override Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope) => change.Action switch
    {
        CreateAction => creator.LookAsync(OrderOf(change), at, scope),
        CloseAction => LookForClosureAsync(change, scope),
        _ => base.LookAsync(change, at, scope),
    };

    private async Task<Trace> LookForClosureAsync(Change change, CallScope scope) =>
        new(await organization.FindAccountAsync(change.ResourceId!, scope) is { State: AccountState.PendingClosure or AccountState.Closed or AccountState.Suspended } closed ? closed.Id : null);

    private static AccountCreationOrder OrderOf(Change change) =>
        new(change.After["name"], change.After["email"], change.After.GetValueOrDefault("roleName"), change.After.Tags());

    private static string DestinationOf(Change move, Func<string, string> idAt) =>
        move.After.TryGetValue("parentId", out var known) ? known : idAt(OrganizationalUnitChanges.AddressOf(move.After["organizationalUnit"]));

    private async Task<ChangeOutcome> MoveAsync(Change change, ChangeRun run)
    {
        var account = run.ResourceId;
        var source = change.Before["parentId"];
        var destination = DestinationOf(change, run.IdAt);
        if (run.MayHaveHappened(MoveCall) && await PlacedAsync(account, source, destination, ours: true, run.Scope) is { } there) return there;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await run.WriteAsync(MoveCall, scope => organization.MoveAccountAsync(account, source, destination, scope));
                return new ChangeOutcome(ChangeStatus.Done, account);
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown || IsElsewhere(e))
            {
                if (await PlacedAsync(account, source, destination, e.Outcome == CallOutcome.Unknown, run.Scope) is { } placed) return placed;
                if (attempt == ChangeRun.MostAttempts) throw;
            }
        }
    }

    /// <summary>The outcome that the account's present place stands for; null where it is still at the source.</summary>
    private async Task<ChangeOutcome?> PlacedAsync(string account, string source, string destination, bool ours, CallScope scope)
    {
        var now = await organization.FindAccountAsync(account, scope);
        if (now?.ParentId == destination) return new ChangeOutcome(ours ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
        if (now is null || now.ParentId == source) return null;
        return new ChangeOutcome(ChangeStatus.Conflict, account, $"Account {account} was moved to '{now.ParentId}' by somebody else meanwhile; it stays there.",
            "MovedMeanwhile", "Run the same command again to move it from there.");
    }

    // MoveAccount names its source, so AWS itself refuses a move of an account that has moved on. Which of these it answers depends on the state it finds.
    private static bool IsElsewhere(CloudException e) => e.Code is "SourceParentNotFoundException" or "AccountNotFoundException" or "DuplicateAccountException";

    private async Task<ChangeOutcome> CloseAsync(Change change, ChangeRun run)
    {
        var account = run.ResourceId;
        var now = await organization.FindAccountAsync(account, run.Scope);
        if (now is { State: AccountState.PendingClosure or AccountState.Closed })
            return new ChangeOutcome(run.MayHaveHappened(CloseCall) ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
        if (now is not null && now.Name != change.Before["name"])
            return new ChangeOutcome(ChangeStatus.Conflict, account, $"Account {account} is called '{now.Name}' now, and was confirmed as '{change.Before["name"]}'; it was not closed.",
                "RenamedMeanwhile", "Look at it again, then confirm its new name.");
        var pause = new Pause(clock);
        for (var unknown = 0; ;)
        {
            try
            {
                await run.WriteAsync(CloseCall, scope => accounts.CloseAccountAsync(account, scope));
                closures?.Closed(account);
                return new ChangeOutcome(ChangeStatus.Done, account);
            }
            catch (CloudException e) when (e.Reason == "CLOSE_ACCOUNT_QUOTA_EXCEEDED")
            {
                return await DeferredAsync(account, e, run.Scope);
            }
            catch (CloudException e) when (e.Reason == "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED" && pause.Elapsed < LongestWaitForRoom)
            {
                // As many closures are under way as AWS takes at once.
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown || e.Code is "AccountAlreadyClosedException" or "ConflictException")
            {
                var found = await organization.FindAccountAsync(account, run.Scope);
                var asked = unknown > 0 || e.Outcome == CallOutcome.Unknown || run.MayHaveHappened(CloseCall);
                if (found is { State: AccountState.PendingClosure or AccountState.Closed or AccountState.Suspended }) return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
                if (e.Outcome != CallOutcome.Unknown || ++unknown == ChangeRun.MostAttempts) throw;
            }
            await pause.WaitAsync(run.Scope);
        }
    }

    private async Task<ChangeOutcome> DeferredAsync(string account, CloudException refusal, CallScope scope)
    {
        var outlook = closures is null ? null : await closures.OutlookAsync(scope);
        var when = outlook?.Text ?? "When it takes the next one is unknown.";
        return new ChangeOutcome(ChangeStatus.Deferred, account, $"AWS closes no more accounts of this organization for now: {refusal.Message} {when}", refusal.Reason,
            outlook?.NextTry is { } next ? string.Create(CultureInfo.InvariantCulture, $"Go on with Resume-GuardrailRollout from {next:u}.") : "Try again later with Resume-GuardrailRollout.")
        {
            NextTry = outlook?.NextTry,
        };
    }

    private async Task<ChangeOutcome> TagAsync(Change change, ChangeRun run)
    {
        var account = run.ResourceId;
        var asked = run.MayHaveHappened(TagCall) || run.MayHaveHappened(UntagCall);
        for (var attempt = 1; ; attempt++)
        {
            var comparison = FactComparison.Of(change.Before.Tags(), change.After.Tags(), await organization.ReadTagsAsync(account, run.Scope));
            if (comparison.MovedOn.Count > 0) return FactComparison.Conflict(account, comparison.MovedOn.Select(fact => "the tag " + fact));
            if (comparison.Open.Count == 0) return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
            var wanted = change.After.Tags().Where(tag => comparison.Open.Contains(tag.Key)).ToDictionary(StringComparer.Ordinal);
            var unwanted = comparison.Open.Where(key => !wanted.ContainsKey(key)).ToList();
            try
            {
                if (wanted.Count > 0) await run.WriteAsync(TagCall, scope => organization.SetTagsAsync(account, wanted, scope));
                if (unwanted.Count > 0) await run.WriteAsync(UntagCall, scope => organization.RemoveTagsAsync(account, unwanted, scope));
                return new ChangeOutcome(ChangeStatus.Done, account);
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown && attempt < ChangeRun.MostAttempts)
            {
                asked = true;
            }
        }
    }
}
