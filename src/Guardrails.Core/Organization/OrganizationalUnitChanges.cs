namespace Guardrails;

/// <summary>Changes of organizational units: creation, for now.</summary>
internal sealed class OrganizationalUnitChanges(IOrganizationPort organization) : ChangeKind
{
    public const string KindName = "organizational-unit";
    private const string CreateAction = "create";

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

    public override async Task<ChangeOutcome> ApplyAsync(Change change, RolloutState state, CallScope scope)
    {
        var name = change.After["name"];
        var parentId = change.After.TryGetValue("parentId", out var known) ? known : state.IdAt(AddressOf(change.After["parent"]));
        try
        {
            var made = await organization.CreateOrganizationalUnitAsync(parentId, name, change.After.Tags(), scope);
            return new ChangeOutcome(ChangeStatus.Done, made.Id);
        }
        catch (CloudException e) when (e.Outcome == CallOutcome.Unknown || e.Code == "DuplicateOrganizationalUnitException")
        {
            // Names are unique below a parent, so one of that name is the one that was wanted, whoever made it.
            var found = await organization.FindOrganizationalUnitAsync(parentId, name, scope);
            if (found is null) throw;
            return new ChangeOutcome(e.Outcome == CallOutcome.Unknown ? ChangeStatus.Done : ChangeStatus.Unchanged, found.Id);
        }
    }
}
