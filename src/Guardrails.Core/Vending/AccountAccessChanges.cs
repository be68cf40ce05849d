namespace Guardrails;

/// <summary>Changes of people's access to accounts. IAM Identity Center does them in the background; they are waited for, because only then it says why one failed.</summary>
internal sealed class AccountAccessChanges(IAccountAccessPort access, TimeProvider clock) : ChangeKind
{
    public const string KindName = "account-access";
    public const string AssignAction = "assign";
    public const string UnassignAction = "unassign";
    private const string AssignCall = "sso:CreateAccountAssignment";
    private const string UnassignCall = "sso:DeleteAccountAssignment";
    private static readonly TimeSpan LongestAssignment = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(30);

    public override string Kind => KindName;

    /// <param name="at">The account, or the change that makes it.</param>
    public static Change Assign(AccountReference at, AccountAccess access, string instanceArn, string permissionSetArn, Principal principal) => new()
    {
        Kind = KindName,
        Action = AssignAction,
        Address = at.Part(KindName, access.ToString()),
        ResourceId = at.Id,
        After = Facts.Of(("principalType", access.PrincipalType.ToString()), ("principal", access.Principal), ("principalId", principal.Id),
            ("permissionSet", access.PermissionSet), ("permissionSetArn", permissionSetArn), ("instanceArn", instanceArn), at.Fact),
        DependsOn = at.DependsOn,
        Risk = ChangeRisk.Medium,
        Reversibility = Reversibility.Reversible,
    };

    public static AccountAccess AccessOf(Change change) => new()
    {
        PrincipalType = Enum.Parse<PrincipalType>(change.After["principalType"]),
        Principal = change.After["principal"],
        PermissionSet = change.After["permissionSet"],
    };

    public static ExpectedAccess ExpectedOf(Change change) => new(AccessOf(change), change.After["instanceArn"], change.After["permissionSetArn"], PrincipalOf(change));

    public override IEnumerable<string> Faults(Change change) => change.Action switch
    {
        not (AssignAction or UnassignAction) => ["is nothing that can be done to access"],
        _ when !Enum.TryParse<PrincipalType>(change.After.GetValueOrDefault("principalType"), out _) => ["does not say whose access"],
        _ => ChangeFaults.Of(change, [], ["principal", "principalId", "permissionSet", "permissionSetArn", "instanceArn"]),
    };

    public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
    {
        var account = AccountReference.IdOf(change, run);
        var assign = change.Action == AssignAction;
        var call = assign ? AssignCall : UnassignCall;
        var place = new AssignmentPlace(change.After["instanceArn"], change.After["permissionSetArn"], account);
        var principal = PrincipalOf(change);
        var asked = run.MayHaveHappened(call) || run.Answered(call) is not null;
        var pause = new Pause(clock);
        var underWay = asked;
        for (var attempt = 1; ; attempt++)
        {
            if (await StandsAsync(place, principal, assign, underWay ? LongestUnseen : TimeSpan.Zero, run.Scope))
                return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
            try
            {
                var begun = await run.WriteAsync(call,
                    scope => assign ? access.StartAssignmentAsync(place, principal, scope) : access.StartRemovalAsync(place, principal, scope),
                    begun => [("requestId", begun.RequestId)]);
                (asked, underWay) = (true, false);
                var ended = await WaitAsync(begun, place.InstanceArn, assign, run.Scope);
                if (ended.State == AssignmentState.Succeeded) return new ChangeOutcome(ChangeStatus.Done, account);
                // A new account can still be out of its reach for a while.
                if (ended.State == AssignmentState.InProgress || attempt == ChangeRun.MostAttempts) return NotMade(change, account, ended);
            }
            catch (CloudException e) when ((e.Outcome == CallOutcome.Unknown || e.Code == "ConflictException") && attempt < ChangeRun.MostAttempts)
            {
                asked |= underWay = e.Outcome == CallOutcome.Unknown;
            }
            await pause.WaitAsync(run.Scope);
        }
    }

    public override Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope) => Task.FromResult(new Trace(AccountReference.FindId(change, at.FindId)));

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => new(change with
    {
        Action = change.Action == AssignAction ? UnassignAction : AssignAction,
        ResourceId = resourceId,
        Before = change.After,
        DependsOn = [],
    });

    private static Principal PrincipalOf(Change change) => new(Enum.Parse<PrincipalType>(change.After["principalType"]), change.After["principalId"]);

    /// <summary>Whether it is as it is to be. A request whose answer was lost is worked on in the background, so it is looked for a while before it is made again.</summary>
    private async Task<bool> StandsAsync(AssignmentPlace place, Principal principal, bool assign, TimeSpan longest, CallScope scope)
    {
        var pause = new Pause(clock);
        while (true)
        {
            if ((await access.ListAssignmentsAsync(place, scope)).Contains(principal) == assign) return true;
            if (pause.Elapsed >= longest) return false;
            await pause.WaitAsync(scope, longest - pause.Elapsed);
        }
    }

    private async Task<AssignmentRun> WaitAsync(AssignmentRun begun, string instanceArn, bool assign, CallScope scope)
    {
        var pause = new Pause(clock);
        var now = begun;
        while (now.State == AssignmentState.InProgress && pause.Elapsed < LongestAssignment)
        {
            await pause.WaitAsync(scope);
            now = assign ? await access.GetAssignmentAsync(instanceArn, begun.RequestId, scope) : await access.GetRemovalAsync(instanceArn, begun.RequestId, scope);
        }
        return now;
    }

    private static ChangeOutcome NotMade(Change change, string account, AssignmentRun ended)
    {
        var what = $"'{change.After["permissionSet"]}' for {change.After["principalType"].ToLowerInvariant()} '{change.After["principal"]}' in account {account}";
        return ended.State == AssignmentState.InProgress
            ? new(ChangeStatus.Failed, account, $"IAM Identity Center is still at it after {LongestAssignment.TotalMinutes} minutes: {what} ({ended.RequestId}).", "IN_PROGRESS",
                "Run the same command again later: what stands then is left as it is.")
            : new(ChangeStatus.Failed, account, $"IAM Identity Center could not do it: {what} ({ended.RequestId}): {ended.FailureReason}", "AssignmentFailed",
                "See that the permission set can be provisioned in the account, then run the same command again.");
    }
}
