using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Organizational units, and the tree as parents and children.</summary>
internal static class UnitOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("CreateOrganizationalUnit", Access.Management, Create),
        ("UpdateOrganizationalUnit", Access.Management, Update),
        ("DeleteOrganizationalUnit", Access.Management, Delete),
        ("DescribeOrganizationalUnit", Access.DelegatedAdministrator, (call, input) => Answer(call, Find(call, input))),
        ("ListOrganizationalUnitsForParent", Access.DelegatedAdministrator, ListForParent),
        ("ListParents", Access.DelegatedAdministrator, ListParents),
        ("ListChildren", Access.DelegatedAdministrator, ListChildren),
    ];

    /// <summary>The container that an input names as its parent.</summary>
    public static Container Parent(CallContext call, JsonObject input) =>
        call.State.TryFind<Container>(input.Text("ParentId"), out var parent) ? parent : throw Errors.ParentNotFound();

    private static JsonObject Create(CallContext call, JsonObject input)
    {
        var (state, name) = (call.State, input.Text("Name"));
        var parent = Parent(call, input);
        var tags = TagRules.Read(input, call.Quotas);
        TagPolicy.Enforce(state, "ou", tags);
        if (state.FindUnit(parent, name) is not null) throw Duplicate(name);
        if (parent.Depth >= call.Quotas.OrganizationalUnitDepth)
            throw Errors.Constraint(
                "OU_DEPTH_LIMIT_EXCEEDED",
                $"You have exceeded the maximum depth of organizational units ({call.Quotas.OrganizationalUnitDepth} levels).");
        if (state.Units.Count >= call.Quotas.OrganizationalUnits)
            throw Errors.Constraint(
                "OU_NUMBER_LIMIT_EXCEEDED",
                $"You have exceeded the number of organizational units that you can have in an organization ({call.Quotas.OrganizationalUnits}).");
        var unit = state.CreateUnit(parent, name);
        unit.Set(tags);
        return Answer(call, unit);
    }

    private static JsonObject Update(CallContext call, JsonObject input)
    {
        var unit = Find(call, input);
        if (input.TextOrNull("Name") is not { } name || name == unit.Name) return Answer(call, unit);
        if (call.State.FindUnit(unit.Parent!, name) is not null) throw Duplicate(name);
        call.State.Rename(unit, name);
        return Answer(call, unit);
    }

    private static JsonObject Delete(CallContext call, JsonObject input)
    {
        var unit = Find(call, input);
        if (unit.Units.Count > 0 || unit.Accounts.Count > 0)
            throw new AwsError(
                "OrganizationalUnitNotEmptyException",
                "The specified organizational unit (OU) is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try again.");
        call.State.Remove(unit);
        return [];
    }

    private static JsonObject ListForParent(CallContext call, JsonObject input) => Listing.Page(
        call, input, "ListOrganizationalUnitsForParent", "OrganizationalUnits", Parent(call, input).Units, unit => Show(call.State, unit));

    private static JsonObject ListParents(CallContext call, JsonObject input)
    {
        if (!call.State.TryFind<PolicyTarget>(input.Text("ChildId"), out var child) || child.Parent is not { } parent)
            throw Errors.NotFound("Child", "You specified an organizational unit (OU) or account that doesn't exist.");
        var parents = new OrderedList<Container> { parent };
        return Listing.Page(call, input, "ListParents", "Parents", parents, entity => new JsonObject { ["Id"] = entity.Id, ["Type"] = entity.TargetType });
    }

    private static JsonObject ListChildren(CallContext call, JsonObject input)
    {
        var parent = Parent(call, input);
        return input.Text("ChildType") == "ACCOUNT"
            ? Listing.Page(call, input, "ListChildren", "Children", parent.Accounts, Child)
            : Listing.Page(call, input, "ListChildren", "Children", parent.Units, Child);
        static JsonObject Child(PolicyTarget entity) => new() { ["Id"] = entity.Id, ["Type"] = entity.TargetType };
    }

    private static UnitEntity Find(CallContext call, JsonObject input) =>
        call.State.TryFind<UnitEntity>(input.Text("OrganizationalUnitId"), out var unit)
            ? unit
            : throw Errors.NotFound("OrganizationalUnit", "You specified an organizational unit that doesn't exist.");

    private static AwsError Duplicate(string name) => new(
        "DuplicateOrganizationalUnitException",
        $"An organizational unit (OU) with the name '{name}' already exists. The name must be unique within the parent root or OU.");

    private static JsonObject Answer(CallContext call, UnitEntity unit) => new() { ["OrganizationalUnit"] = Show(call.State, unit) };

    private static JsonObject Show(OrganizationState state, UnitEntity unit) => new()
    {
        ["Id"] = unit.Id,
        ["Arn"] = unit.Arn,
        ["Name"] = unit.Name,
        ["Path"] = state.PathOf(unit),
    };
}
