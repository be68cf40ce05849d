namespace Guardrails;

/// <summary>The resources of an inventory, divided.</summary>
internal sealed class LockInGroups
{
    public const string Whole = "Organization";
    public const string NoGroup = "(none)";

    private LockInGroups(string[] names, string[] titles, int[] of, IReadOnlyList<int>[] members) => (Names, Titles, Of, Members) = (names, titles, of, members);

    /// <summary>In ordinal order.</summary>
    public string[] Names { get; }

    public string[] Titles { get; }

    /// <summary>The number of each resource's group.</summary>
    public int[] Of { get; }

    /// <summary>Each group's resources, ascending.</summary>
    public IReadOnlyList<int>[] Members { get; }

    public static LockInGroups By(LockInGrouping grouping, MeasuredInventory inventory)
    {
        var named = inventory.Resources.Select(resource => Name(resource, grouping)).ToArray();
        string[] names = [.. named.Select(one => one.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        var members = names.Select(_ => new List<int>()).ToArray();
        var titles = new string[names.Length];
        var of = new int[named.Length];
        for (var i = 0; i < named.Length; i++)
        {
            var group = of[i] = numbers[named[i].Name];
            members[group].Add(i);
            // Of several titles the first in order, so that the order of input does not matter.
            if (titles[group] is null || string.CompareOrdinal(named[i].Title, titles[group]) < 0) titles[group] = named[i].Title;
        }
        return new(names, titles, of, members);
    }

    private static (string Name, string Title) Name(InventoryResource resource, LockInGrouping grouping)
    {
        var name = grouping switch
        {
            LockInGrouping.Resource => resource.Key,
            LockInGrouping.Workload => resource.Workload,
            LockInGrouping.Account => resource.AccountId,
            LockInGrouping.OrganizationalUnit => resource.OrganizationalUnit,
            _ => Whole,
        } ?? NoGroup;
        var title = grouping switch
        {
            LockInGrouping.Resource => ResourceNames.Of(resource),
            LockInGrouping.Account => resource.AccountName,
            _ => null,
        };
        return (name, title ?? name);
    }
}
