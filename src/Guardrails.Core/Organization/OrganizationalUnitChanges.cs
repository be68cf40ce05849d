namespace Guardrails;

/// <summary>Changes of organizational units: creation, for now.</summary>
internal sealed class OrganizationalUnitChanges(IOrganizationPort organization) : ChangeKind
{
    public const string KindName = "organizational-unit";
    private const string CreateAction = "create";
    private const int MostAttempts = 5;
    private const string CreateCall = "organizations:CreateOrganizationalUnit";

    public override string Kind => KindName;

    public static string AddressOf(string path) => $"{KindName}:{path}";

    public static string PathOf(Change change) => OrganizationPath.Join(change.After["parent"], change.After["name"]);

    /// <param name="parent">The parent where it exists already; else the change that makes it is <paramref name="parentChange"/>.</param>
    public static Change Create(string path, OrganizationalUnit? parent, Change? parentChange) => new()
    {
        Kind = KindName,
        Action = CreateAction,
        Address = AddressOf(path),
        After = Facts.Of(("name", OrganizationPath.Name(path)), ("parent", OrganizationPath.Parent(path)), ("parentId", parent?.Id)).WithTags(Ownership.Tags),
        DependsOn = parentChange is null ? [] : [parentChange.Id],
        Lane = KindName,
        Reversibility = Reversibility.Compensable,
    };

    public override IEnumerable<string> Faults(Change change) =>
        change.Action == CreateAction ? ChangeFaults.Of(change, [], ["name", "parent"]) : ["is nothing that can be done to an organizational unit"];

    public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
    {
        var name = change.After["name"];
        var parentId = change.After.TryGetValue("parentId", out var known) ? known : run.IdAt(AddressOf(change.After["parent"]));
        if (run.MayHaveHappened(CreateCall) && await organization.FindOrganizationalUnitAsync(parentId, name, run.Scope) is { } there) return new ChangeOutcome(ChangeStatus.Done, there.Id);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var made = await run.WriteAsync(CreateCall, scope => organization.CreateOrganizationalUnitAsync(parentId, name, change.After.Tags(), scope), unit => [("id", unit.Id)]);
                return new ChangeOutcome(ChangeStatus.Done, made.Id);
            }
            catch (CloudException e) when (e.Outcome == CallOutcome.Unknown || e.Code == "DuplicateOrganizationalUnitException")
            {
                // Names are unique below a parent, so one of that name is the one that was wanted, whoever made it.
                if (await organization.FindOrganizationalUnitAsync(parentId, name, run.Scope) is { } found)
                    return new ChangeOutcome(e.Outcome == CallOutcome.Unknown ? ChangeStatus.Done : ChangeStatus.Unchanged, found.Id);
                if (attempt == MostAttempts) throw;
            }
        }
    }

    public override async Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope)
    {
        if ((change.After.GetValueOrDefault("parentId") ?? at.FindId(AddressOf(change.After["parent"]))) is not { } parentId) return new Trace(null);
        return new Trace((await organization.FindOrganizationalUnitAsync(parentId, change.After["name"], scope))?.Id);
    }

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) =>
        new(null, $"Delete organizational unit {PathOf(change)} ({resourceId}) when it is empty.");
}
