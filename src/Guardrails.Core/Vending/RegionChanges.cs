namespace Guardrails;

/// <summary>
/// Changes of the Regions that an account may use. A change ends when AWS has taken the request: enabling takes minutes to hours, which no
/// lane should stand still for. <see cref="AccountReadiness"/> waits until the Region is enabled.
/// </summary>
internal sealed class RegionChanges(IAccountSettingsPort settings, TimeProvider clock) : ChangeKind
{
    public const string KindName = "region";
    public const string EnableAction = "enable";
    private const string EnableCall = "account:EnableRegion";
    private const int MostUnknownOutcomes = 5;

    // AWS takes a few requests at a time only: 6 for an account, 50 for an organization (Account Management quotas, August 2026).
    private static readonly TimeSpan LongestWaitForRoom = TimeSpan.FromMinutes(60);

    public override string Kind => KindName;

    /// <param name="at">The account, or the change that makes it.</param>
    /// <param name="before">How the Region stands; null where the account is still to be made.</param>
    public static Change Enable(AccountReference at, string region, RegionState? before) => new()
    {
        Kind = KindName,
        Action = EnableAction,
        Address = at.Part(KindName, region),
        ResourceId = at.Id,
        Before = Facts.Of(("state", before?.ToString())),
        After = Facts.Of(("region", region), ("state", nameof(RegionState.Enabled)), at.Fact),
        DependsOn = at.DependsOn,
        Reversibility = Reversibility.Compensable,
    };

    public override IEnumerable<string> Faults(Change change) =>
        change.Action == EnableAction ? ChangeFaults.Of(change, [], ["region"]) : ["is nothing that can be done to a Region"];

    public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
    {
        var account = AccountReference.IdOf(change, run);
        var region = change.After["region"];
        var asked = run.MayHaveHappened(EnableCall);
        var pause = new Pause(clock);
        for (var unknown = 0; ;)
        {
            var state = await settings.GetRegionAsync(account, region, run.Scope);
            if (state is RegionState.Enabled or RegionState.EnabledByDefault or RegionState.Enabling)
                return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
            try
            {
                await run.WriteAsync(EnableCall, scope => settings.EnableRegionAsync(account, region, scope));
                return new ChangeOutcome(ChangeStatus.Done, account);
            }
            catch (CloudException e) when (e.Code is "ConflictException" or "TooManyRequestsException" && pause.Elapsed < LongestWaitForRoom)
            {
                // It is being disabled, or as many requests are under way as AWS takes.
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown && ++unknown < MostUnknownOutcomes)
            {
                asked = true;
            }
            await pause.WaitAsync(run.Scope);
        }
    }

    public override async Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope) =>
        new(AccountReference.FindId(change, at.FindId) is { } account && await settings.GetRegionAsync(account, change.After["region"], scope) is RegionState.Enabled or RegionState.Enabling ? account : null);

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) =>
        new(null, $"Disable {change.After["region"]} in account {resourceId} if nothing there is used: resources stay, are billed, and cannot be reached.");
}
