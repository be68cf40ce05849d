namespace Guardrails;

/// <summary>Changes of an account's name.</summary>
internal sealed class AccountNameChanges(IAccountSettingsPort settings, TimeProvider clock) : ChangeKind
{
    public const string KindName = "account-name";
    public const string RenameAction = "rename";
    private const string RenameCall = "account:PutAccountName";

    public override string Kind => KindName;

    public static Change Rename(string address, Account account, string name) => new()
    {
        Kind = KindName,
        Action = RenameAction,
        Address = address,
        ResourceId = account.Id,
        Before = Facts.Of(("name", account.Name)),
        After = Facts.Of(("name", name)),
        Reversibility = Reversibility.Reversible,
    };

    public override IEnumerable<string> Faults(Change change) => ChangeFaults.Of(change, ["name"], ["name"]);

    public override Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
    {
        var account = run.ResourceId;
        var (before, wanted) = (change.Before["name"], change.After["name"]);
        return run.ConvergeAsync(RenameCall, async asked =>
        {
            var now = await settings.GetNameAsync(account, run.Scope);
            if (now == wanted) return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
            if (now == before) return null;
            return new ChangeOutcome(ChangeStatus.Conflict, account, $"Account {account} was renamed to '{now}' by somebody else meanwhile; it keeps that name.",
                "RenamedMeanwhile", "Run the same command again to rename it from there.");
        }, scope => settings.SetNameAsync(account, wanted, scope), new Pause(clock));
    }

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) =>
        new(change with { ResourceId = resourceId, Before = change.After, After = change.Before, DependsOn = [] });
}
