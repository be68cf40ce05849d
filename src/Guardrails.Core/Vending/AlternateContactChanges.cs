namespace Guardrails;

/// <summary>Changes of an account's alternate contacts. Both calls leave the same end state however often they are made.</summary>
internal sealed class AlternateContactChanges(IAccountSettingsPort settings) : ChangeKind
{
    public const string KindName = "alternate-contact";
    public const string SetAction = "set";
    public const string RemoveAction = "remove";
    private const string SetCall = "account:PutAlternateContact";
    private const string RemoveCall = "account:DeleteAlternateContact";

    public override string Kind => KindName;

    /// <param name="at">The account, or the change that makes it.</param>
    /// <param name="before">The contact as it is; null where there is none.</param>
    public static Change Set(AccountReference at, AlternateContactType type, AlternateContact? before, AlternateContact after) => new()
    {
        Kind = KindName,
        Action = SetAction,
        Address = at.Part(KindName, NameOf(type)),
        ResourceId = at.Id,
        Before = before is null ? Facts.None : FactsOf(type, before),
        After = FactsOf(type, after).With(at.Fact),
        DependsOn = at.DependsOn,
        Reversibility = Reversibility.Reversible,
    };

    /// <param name="before">The contact as it is.</param>
    public static Change Remove(AccountReference at, AlternateContactType type, AlternateContact before) => new()
    {
        Kind = KindName,
        Action = RemoveAction,
        Address = at.Part(KindName, NameOf(type)),
        ResourceId = at.Id,
        Before = FactsOf(type, before),
        After = Facts.Of(("type", NameOf(type))),
        DependsOn = at.DependsOn,
        Reversibility = Reversibility.Reversible,
    };

    public override IEnumerable<string> Faults(Change change) => change.Action switch
    {
        _ when !Enum.TryParse<AlternateContactType>(change.After.GetValueOrDefault("type"), ignoreCase: true, out _) => ["does not say which contact"],
        SetAction => ChangeFaults.Of(change, [], ["name", "title", "email", "phone"]),
        RemoveAction => [],
        _ => ["is nothing that can be done to a contact"],
    };

    public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
    {
        var account = AccountReference.IdOf(change, run);
        var type = TypeOf(change);
        // An account that this plan makes has no contact that somebody could have changed.
        if (change.ResourceId is not null)
        {
            var now = await settings.FindContactAsync(account, type, run.Scope);
            var comparison = FactComparison.Of(change.Before, change.After, now is null ? Facts.None : FactsOf(type, now), "type", AccountReference.AddressFact);
            if (comparison.MovedOn.Count > 0) return FactComparison.Conflict(account, comparison.MovedOn);
            if (comparison.Open.Count == 0) return new ChangeOutcome(run.MayHaveHappened(SetCall) || run.MayHaveHappened(RemoveCall) ? ChangeStatus.Done : ChangeStatus.Unchanged, account);
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (change.Action == SetAction) await run.WriteAsync(SetCall, scope => settings.SetContactAsync(account, type, ContactOf(change.After), scope));
                else await run.WriteAsync(RemoveCall, scope => settings.RemoveContactAsync(account, type, scope));
                return new ChangeOutcome(ChangeStatus.Done, account);
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown && attempt < ChangeRun.MostAttempts)
            {
                // Either call leaves the same behind, once or twice.
            }
        }
    }

    public override Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope) => Task.FromResult(new Trace(AccountReference.FindId(change, at.FindId)));

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => new(change with
    {
        Action = change.Before.ContainsKey("email") ? SetAction : RemoveAction,
        ResourceId = resourceId,
        Before = change.After,
        After = change.Before.ContainsKey("email") ? change.Before : Facts.Of(("type", change.After["type"])),
        DependsOn = [],
    });

    /// <summary>AWS's name of the type: <c>SECURITY</c>.</summary>
    public static string NameOf(AlternateContactType type) => type.ToString().ToUpperInvariant();

    public static AlternateContactType TypeOf(Change change) => Enum.Parse<AlternateContactType>(change.After["type"], ignoreCase: true);

    /// <summary>The contact as it is to be; null where there is to be none.</summary>
    public static AlternateContact? AfterOf(Change change) => change.After.ContainsKey("email") ? ContactOf(change.After) : null;

    private static IReadOnlyDictionary<string, string> FactsOf(AlternateContactType type, AlternateContact contact) =>
        Facts.Of(("type", NameOf(type)), ("name", contact.Name), ("title", contact.Title), ("email", contact.Email), ("phone", contact.Phone));

    private static AlternateContact ContactOf(IReadOnlyDictionary<string, string> facts) =>
        new() { Name = facts["name"], Title = facts["title"], Email = facts["email"], Phone = facts["phone"] };
}
