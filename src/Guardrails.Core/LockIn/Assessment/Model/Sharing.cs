namespace Guardrails;

/// <summary>
/// What of the whole's effort is whose. What falls due once, whichever group leaves, is nobody's alone where more than one needs it. What
/// the resources of a type cost by the learning curve is divided by what one of each costs, with the largest remainders rounded up.
/// </summary>
internal sealed class Sharing
{
    private readonly int[] _groupsOfType;
    private readonly HashSet<int> _dueOnce;
    private readonly Dictionary<int, int> _groupsOfSkills = [];
    private readonly Dictionary<(string Type, int Group), long> _each = [];

    private Sharing(int types, IEnumerable<int> dueOnce) => (_groupsOfType, _dueOnce) = (new int[types], [.. dueOnce]);

    /// <param name="groups">The groups in the order of their names: they are all of the whole, and no resource is in two.</param>
    public static Sharing Of(IReadOnlyList<Tally> groups, Tally whole, MeasuredType[] types, EffortModel effort)
    {
        var sharing = new Sharing(types.Length, effort.Uses(whole).SelectMany(effort.DueOnce));
        var users = new Dictionary<string, List<(int Group, long Weight)>>(StringComparer.Ordinal);
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var use in effort.Uses(groups[group]))
            {
                foreach (var (type, _) in use.Variants) sharing._groupsOfType[type]++;
                if (!users.TryGetValue(use.Type, out var list)) users.Add(use.Type, list = []);
                list.Add((group, effort.Weight(use)));
            }
            foreach (var skills in groups[group].Types.Keys.Select(type => types[type].Skills).OfType<int>().Distinct())
                sharing._groupsOfSkills[skills] = sharing._groupsOfSkills.GetValueOrDefault(skills) + 1;
        }
        foreach (var use in effort.Uses(whole))
        {
            var list = users[use.Type];
            var shares = Divide(effort.Each(use), [.. list.Select(user => user.Weight)]);
            for (var i = 0; i < shares.Length; i++) sharing._each.Add((use.Type, list[i].Group), shares[i]);
        }
        return sharing;
    }

    /// <summary>True where more than one group needs it, or where in the whole it is paid for with another variant of the type.</summary>
    public bool IsShared(int type) => _groupsOfType[type] > 1 || !_dueOnce.Contains(type);

    public bool AreSkillsShared(int skills) => _groupsOfSkills.GetValueOrDefault(skills) > 1;

    /// <summary>The group's part of what the type's resources cost by the learning curve.</summary>
    public long Each(string type, int group) => _each.GetValueOrDefault((type, group));

    /// <summary>Divides an amount by weights into whole numbers that add up to it: the largest remainders, of equal ones the first, get one more.</summary>
    public static long[] Divide(long amount, IReadOnlyList<long> weights)
    {
        if (amount == 0) return new long[weights.Count];
        var all = weights.Sum();
        var shares = weights.Select(weight => (long)((Int128)amount * weight / all)).ToArray();
        var rest = (int)(amount - shares.Sum());
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => (Int128)amount * weights[i] % all).Take(rest)) shares[i]++;
        return shares;
    }
}
