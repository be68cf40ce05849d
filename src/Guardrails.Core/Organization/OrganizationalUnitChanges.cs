namespace Guardrails;

/// <summary>Changes of organizational units: create, rename, delete. A move is made of changes (<see cref="OrganizationalUnitMove"/>).</summary>
internal sealed class OrganizationalUnitChanges(IOrganizationPort organization) : ChangeKind
{
    public const string KindName = "organizational-unit";
    private const string CreateAction = "create";
    private const string RenameAction = "rename";
    private const string DeleteAction = "delete";
    private const string CreateCall = "organizations:CreateOrganizationalUnit";
    private const string RenameCall = "organizations:UpdateOrganizationalUnit";
    private const string DeleteCall = "organizations:DeleteOrganizationalUnit";

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

    public static Change Rename(OrganizationalUnit unit, string name) => new()
    {
        Kind = KindName,
        Action = RenameAction,
        Address = AddressOf(unit.Path),
        ResourceId = unit.Id,
        Before = Facts.Of(("name", unit.Name)),
        After = Facts.Of(("name", name)),
        Lane = KindName,
        Reversibility = Reversibility.Reversible,
    };

    /// <summary>Deletes one that holds nothing by then.</summary>
    /// <param name="dependsOn">What empties it.</param>
    public static Change Delete(OrganizationalUnit unit, IReadOnlyList<string> dependsOn) => new()
    {
        Kind = KindName,
        Action = DeleteAction,
        Address = AddressOf(unit.Path),
        ResourceId = unit.Id,
        Before = Facts.Of(("name", unit.Name)).WithTags(unit.Tags ?? Facts.None),
        DependsOn = dependsOn,
        Lane = KindName,
        Risk = ChangeRisk.Medium,
        Reversibility = Reversibility.Compensable,
    };

    public override IEnumerable<string> Faults(Change change) => change.Action switch
    {
        CreateAction => ChangeFaults.Of(change, [], ["name", "parent"]),
        RenameAction => ChangeFaults.Of(change, ["name"], ["name"]).Concat(UnnamedObject(change)),
        DeleteAction => ChangeFaults.Of(change, ["name"], []).Concat(UnnamedObject(change)),
        _ => ["is nothing that can be done to an organizational unit"],
    };

    private static IEnumerable<string> UnnamedObject(Change change) => change.ResourceId is null ? ["does not say which organizational unit"] : [];

    public override Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run) => change.Action switch
    {
        RenameAction => RenameAsync(change, run),
        DeleteAction => DeleteAsync(run),
        _ => CreateAsync(change, run),
    };

    private async Task<ChangeOutcome> CreateAsync(Change change, ChangeRun run)
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
                if (attempt == ChangeRun.MostAttempts) throw;
            }
        }
    }

    private Task<ChangeOutcome> RenameAsync(Change change, ChangeRun run)
    {
        var unit = run.ResourceId;
        var (before, wanted) = (change.Before["name"], change.After["name"]);
        return run.ConvergeAsync(RenameCall, async asked =>
        {
            var now = await organization.FindOrganizationalUnitNameAsync(unit, run.Scope);
            if (now == wanted) return new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, unit);
            if (now is null)
                return new ChangeOutcome(ChangeStatus.Conflict, unit, $"Organizational unit {unit} was deleted by somebody else meanwhile.", "DeletedMeanwhile", "Read the organization again.");
            if (now == before) return null;
            return new ChangeOutcome(ChangeStatus.Conflict, unit, $"Organizational unit {unit} was renamed to '{now}' by somebody else meanwhile; it keeps that name.",
                "RenamedMeanwhile", "Run the same command again to rename it from there.");
        }, scope => organization.RenameOrganizationalUnitAsync(unit, wanted, scope));
    }

    private async Task<ChangeOutcome> DeleteAsync(ChangeRun run)
    {
        var unit = run.ResourceId;
        string? name = null;
        try
        {
            return await run.ConvergeAsync(DeleteCall, async asked =>
            {
                name = await organization.FindOrganizationalUnitNameAsync(unit, run.Scope);
                return name is null ? new ChangeOutcome(asked ? ChangeStatus.Done : ChangeStatus.Unchanged, unit) : null;
            }, scope => organization.DeleteOrganizationalUnitAsync(unit, scope), hasMovedOn: e => e.Code == "OrganizationalUnitNotFoundException");
        }
        catch (CloudException e) when (e.Code == "OrganizationalUnitNotEmptyException")
        {
            return new ChangeOutcome(ChangeStatus.Conflict, unit, $"Organizational unit {unit} '{name}' is not empty: somebody else has put something into it meanwhile. It stays.",
                "NotEmpty", "Look at what is in it, then move that and run the same command again.");
        }
    }

    public override async Task<Trace> LookAsync(Change change, Uncertain at, CallScope scope)
    {
        if (change.Action == RenameAction) return new Trace(change.ResourceId);
        if (change.Action == DeleteAction) return new Trace(await organization.FindOrganizationalUnitNameAsync(change.ResourceId!, scope) is null ? change.ResourceId : null);
        if ((change.After.GetValueOrDefault("parentId") ?? at.FindId(AddressOf(change.After["parent"]))) is not { } parentId) return new Trace(null);
        return new Trace((await organization.FindOrganizationalUnitAsync(parentId, change.After["name"], scope))?.Id);
    }

    public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => change.Action switch
    {
        RenameAction => new(change with { ResourceId = resourceId, Before = change.After, After = change.Before, DependsOn = [] }),
        DeleteAction => new(null, $"Make organizational unit {change.Address[(KindName.Length + 1)..]} again, with another id: New-GuardrailAccount -CreateOrganizationalUnit makes it on the way, Move-GuardrailOrganizationalUnit takes back a move."),
        _ => new(null, $"Delete organizational unit {PathOf(change)} ({resourceId}) when it is empty."),
    };
}
