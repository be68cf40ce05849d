namespace Guardrails;

/// <summary>
/// What of the whole's effort is whose. What falls due once, whichever group leaves, is nobody's alone where more than one needs it. What
/// the resources of a type cost by the learning curve is divided by their number, with the largest remainders rounded up.
/// </summary>
internal sealed class Sharing
{
    private readonly int[] _groupsOfType;
    private readonly Dictionary<int, int> _groupsOfSkills = [];
    private readonly Dictionary<(int Type, int Group), long> _each = [];

    private Sharing(int types) => _groupsOfType = new int[types];

    /// <param name="groups">The groups in the order of their names: they are all of the whole, and no resource is in two.</param>
    /// <param name="eachOfWhole">What the resources of a type cost by the learning curve in the whole, in hundredths, by the type's number.</param>
    public static Sharing Of(IReadOnlyList<Tally> groups, MeasuredType[] types, Func<int, long> eachOfWhole)
    {
        var sharing = new Sharing(types.Length);
        var users = new List<(int Group, int Count)>[types.Length];
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var (type, count) in groups[group].Types)
            {
                if (types[type].IsGlue) continue;
                sharing._groupsOfType[type]++;
                (users[type] ??= []).Add((group, count));
            }
            foreach (var skills in groups[group].Types.Keys.Select(type => types[type].Skills).OfType<int>().Distinct())
                sharing._groupsOfSkills[skills] = sharing._groupsOfSkills.GetValueOrDefault(skills) + 1;
        }
        for (var type = 0; type < types.Length; type++)
        {
            if (users[type] is not { } list) continue;
            var shares = Divide(eachOfWhole(type), [.. list.Select(user => user.Count)]);
            for (var i = 0; i < shares.Length; i++) sharing._each.Add((type, list[i].Group), shares[i]);
        }
        return sharing;
    }

    public bool IsShared(int type) => _groupsOfType[type] > 1;

    public bool AreSkillsShared(int skills) => _groupsOfSkills.GetValueOrDefault(skills) > 1;

    /// <summary>The group's part of what the type's resources cost by the learning curve.</summary>
    public long Each(int type, int group) => _each.GetValueOrDefault((type, group));

    /// <summary>Divides an amount by weights into whole numbers that add up to it: the largest remainders, of equal ones the first, get one more.</summary>
    public static long[] Divide(long amount, IReadOnlyList<int> weights)
    {
        var all = weights.Sum(weight => (long)weight);
        var shares = weights.Select(weight => (long)((Int128)amount * weight / all)).ToArray();
        var rest = (int)(amount - shares.Sum());
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => (Int128)amount * weights[i] % all).Take(rest)) shares[i]++;
        return shares;
    }
}
