namespace Guardrails;

/// <summary>Draws an organization, or what is in one of its units, as a tree: a unit, the units in it, then the accounts in it.</summary>
internal static class OrganizationDrawing
{
    private readonly record struct Open(OrganizationalUnit? Unit, Account? Account, string Label, string Below, int Depth);

    /// <param name="from">Where to begin; null for the root, with what can't be placed at the end.</param>
    /// <param name="accounts">Whether accounts get lines too; they are counted in any case.</param>
    public static IEnumerable<OrganizationTreeLine> Draw(Organization organization, OrganizationalUnit? from = null, bool accounts = true)
    {
        var counts = Count(organization);
        var open = new Stack<Open>();
        if (from is null)
        {
            foreach (var account in organization.Accounts.Where(account => accounts && !organization.IsPlaced(account.Id)).Reverse())
                open.Push(new Open(null, account, DisplayText.Visible(account.Path), "", 0));
            foreach (var unit in organization.OrganizationalUnits.Where(unit => !organization.IsPlaced(unit.Id)).Reverse())
                open.Push(new Open(unit, null, DisplayText.Visible(unit.Path), "", 0));
        }
        var first = from ?? organization.Root;
        open.Push(new Open(first, null, first.IsRoot ? OrganizationPath.Root : DisplayText.Visible(first.Name), "", 0));

        while (open.TryPop(out var next))
        {
            yield return Line(organization, next, counts);
            if (next.Unit is null) continue;
            var inside = organization.UnitsIn(next.Unit.Id).Select(unit => (Unit: (OrganizationalUnit?)unit, Account: (Account?)null, unit.Name))
                .Concat(accounts ? organization.AccountsIn(next.Unit.Id).Select(one => (Unit: (OrganizationalUnit?)null, Account: (Account?)one, one.Name)) : [])
                .ToArray();
            for (var i = inside.Length - 1; i >= 0; i--)
            {
                var last = i == inside.Length - 1;
                open.Push(new Open(
                    inside[i].Unit, inside[i].Account, next.Below + (last ? "└─ " : "├─ ") + DisplayText.Visible(inside[i].Name), next.Below + (last ? "   " : "│  "), next.Depth + 1));
            }
        }
    }

    private static OrganizationTreeLine Line(Organization organization, Open open, Dictionary<string, (int Units, int Accounts)> counts)
    {
        var id = open.Unit?.Id ?? open.Account!.Id;
        return new OrganizationTreeLine
        {
            Tree = open.Label,
            Kind = open.Unit is null ? OrganizationTreeKind.Account : open.Unit.IsRoot ? OrganizationTreeKind.Root : OrganizationTreeKind.OrganizationalUnit,
            Name = open.Unit?.Name ?? open.Account!.Name,
            Id = id,
            Path = open.Unit?.Path ?? open.Account!.Path,
            Depth = open.Depth,
            State = open.Account?.State,
            AccountCount = open.Unit is null ? null : counts[id].Accounts,
            OrganizationalUnitCount = open.Unit is null ? null : counts[id].Units,
            Policies = [.. organization.PoliciesOn(id).Select(policy => policy.Name)],
        };
    }

    /// <summary>For each unit what is in it at any depth. Units come sorted with parents first, so backwards every unit is whole when it is added to its parent.</summary>
    private static Dictionary<string, (int Units, int Accounts)> Count(Organization organization)
    {
        var counts = new Dictionary<string, (int Units, int Accounts)>(StringComparer.Ordinal);
        foreach (var unit in organization.OrganizationalUnits.Reverse().Append(organization.Root))
        {
            var (units, accounts) = (0, organization.AccountsIn(unit.Id).Count());
            foreach (var child in organization.UnitsIn(unit.Id))
            {
                units += counts[child.Id].Units + 1;
                accounts += counts[child.Id].Accounts;
            }
            counts[unit.Id] = (units, accounts);
        }
        return counts;
    }
}
