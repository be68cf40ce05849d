namespace Guardrails;

/// <summary>
/// How long leaving takes: learning, then the longest chain over the condensation of the couplings, then the transfer of data. A resource takes
/// what one of its type takes, its own couplings and its store's migration. Work is counted in whole millionths of a person-day, so that no
/// order of adding matters.
/// </summary>
internal sealed class TimeModel
{
    /// <summary>Draws of the time: fewer than of the effort, as each walks the whole graph.</summary>
    public const int MostDraws = 200;

    /// <summary>Five working days are a week.</summary>
    private const decimal CalendarDays = 7m / 5m;

    private const int AtOnce = 8;
    private const int LongestChain = 25;
    private const decimal Millionth = 1_000_000m;

    private readonly MeasuredInventory _inventory;
    private readonly ConstantTable _constants;
    private readonly EffortModel _effort;
    private readonly int _draws;
    private readonly int[] _shapeOf;
    private readonly List<NodeShape> _shapes = [];

    // By shape, the draws one after the other, then the mean.
    private readonly long[] _work;

    public TimeModel(MeasuredInventory inventory, ConstantTable constants, EffortModel effort)
    {
        (_inventory, _constants, _effort) = (inventory, constants, effort);
        _draws = Math.Min(MostDraws, constants.DrawCount);
        _shapeOf = Shapes();
        _work = [.. _shapes.SelectMany(Work)];
    }

    /// <param name="members">The group's resources, ascending.</param>
    /// <param name="remaining">The share of a resource's work that remains, by its type; null for all of it.</param>
    public LockInTime Of(IReadOnlyList<int> members, Tally tally, GroupGraph graph, Func<int, double>? remaining = null)
    {
        var order = graph.Order;
        var shares = remaining is null ? null : members.Select(member => remaining(_inventory.Type[member])).ToArray();
        var times = new double[_draws];
        for (var first = 0; first < _draws; first += AtOnce) Chains(members, order, shares, first, Math.Min(AtOnce, _draws - first), times);
        var skills = _effort.Skills(tally);
        var bandwidth = _constants.Find(ConstantNames.Bandwidth) is { } known && _constants[known].Low > 0 ? known : (int?)null;
        var megabytes = tally.StoresWithVolume > 0 && bandwidth is not null ? tally.Megabytes : 0;
        for (var draw = 0; draw < _draws; draw++)
        {
            var learning = 0.0;
            foreach (var skill in skills) learning = Math.Max(learning, _constants.Draws(skill)[draw]);
            times[draw] = (times[draw] + learning) * (double)CalendarDays + (megabytes > 0 ? megabytes / 1000.0 / _constants.Draws(bandwidth!.Value)[draw] : 0);
        }
        var percentiles = EffortDraws.OfDraws(times);
        var chain = MeanChain(members, order, shares, out var length);
        var stores = tally.Stores.Sum();
        return new()
        {
            P10 = percentiles.P10,
            P50 = percentiles.P50,
            P90 = percentiles.P90,
            LearningDays = Days(skills.Select(skill => _effort.Mean(skill)).DefaultIfEmpty(0).Max() / 100m * CalendarDays),
            ChainDays = Days(length / Millionth * CalendarDays),
            TransferDays = stores == 0 ? 0 : tally.StoresWithVolume == 0 || bandwidth is null ? null : Days(tally.Megabytes * 100m / 1000m / _effort.Mean(bandwidth.Value)),
            Circles = order.Sizes.Count(size => size > 1),
            LargestCircle = order.Sizes.Where(size => size > 1).DefaultIfEmpty(0).Max(),
            Chain = chain,
            Draws = _draws,
        };
    }

    private static decimal Days(decimal days) => Math.Round(days, 2, MidpointRounding.ToEven);

    /// <summary>The longest chain of some draws at once: the graph's memory is walked once for all of them.</summary>
    private void Chains(IReadOnlyList<int> members, CouplingOrder order, double[]? shares, int firstDraw, int draws, double[] times)
    {
        var length = new long[order.Count * AtOnce];
        for (var i = 0; i < members.Count; i++)
        {
            var work = _work.AsSpan(_shapeOf[members[i]] * (_draws + 1) + firstDraw, draws);
            var own = length.AsSpan(order.Component[i] * AtOnce, draws);
            for (var draw = 0; draw < draws; draw++) own[draw] += shares is null ? work[draw] : (long)(work[draw] * shares[i]);
        }
        Span<long> longest = stackalloc long[AtOnce];
        Span<long> before = stackalloc long[AtOnce];
        longest.Clear();
        for (var component = 0; component < order.Count; component++)
        {
            before.Clear();
            for (var edge = order.FirstEdge[component]; edge < order.FirstEdge[component + 1]; edge++)
            {
                var used = length.AsSpan(order.Edges[edge] * AtOnce, AtOnce);
                for (var draw = 0; draw < AtOnce; draw++) before[draw] = Math.Max(before[draw], used[draw]);
            }
            var own = length.AsSpan(component * AtOnce, AtOnce);
            for (var draw = 0; draw < AtOnce; draw++)
            {
                own[draw] += before[draw];
                longest[draw] = Math.Max(longest[draw], own[draw]);
            }
        }
        for (var draw = 0; draw < draws; draw++) times[firstDraw + draw] = (double)longest[draw] / (double)Millionth;
    }

    private List<string> MeanChain(IReadOnlyList<int> members, CouplingOrder order, double[]? shares, out long longest)
    {
        var length = new long[order.Count];
        for (var i = 0; i < members.Count; i++)
        {
            var work = _work[_shapeOf[members[i]] * (_draws + 1) + _draws];
            length[order.Component[i]] += shares is null ? work : (long)(work * shares[i]);
        }
        var via = new int[order.Count];
        longest = 0;
        var end = -1;
        for (var component = 0; component < order.Count; component++)
        {
            via[component] = -1;
            var before = 0L;
            for (var edge = order.FirstEdge[component]; edge < order.FirstEdge[component + 1]; edge++)
            {
                if (length[order.Edges[edge]] <= before) continue;
                before = length[order.Edges[edge]];
                via[component] = order.Edges[edge];
            }
            length[component] += before;
            if (length[component] <= longest) continue;
            longest = length[component];
            end = component;
        }
        var chain = new List<int>();
        for (; end >= 0; end = via[end]) chain.Add(end);
        chain.Reverse();
        var shown = chain.Take(LongestChain).ToHashSet();
        var byComponent = Enumerable.Range(0, members.Count).Where(i => shown.Contains(order.Component[i])).ToLookup(i => order.Component[i], i => ResourceNames.Of(_inventory.Resources[members[i]]));
        return [.. chain.Take(LongestChain).SelectMany(component => byComponent[component]).Take(LongestChain)];
    }

    private int[] Shapes()
    {
        var numbers = new Dictionary<NodeShape, int>();
        var shapeOf = new int[_inventory.Resources.Length];
        var couplings = new int[MeasuredInventory.Classes];
        for (var resource = 0; resource < shapeOf.Length; resource++)
        {
            var type = _inventory.Types[_inventory.Type[resource]];
            Array.Clear(couplings);
            for (var edge = _inventory.FirstEdge[resource]; edge < _inventory.FirstEdge[resource + 1]; edge++) couplings[(int)_inventory.EdgeClasses[edge]]++;
            var shape = new NodeShape(type.IsGlue ? -1 : type.Each, type.Migration ?? -1, couplings[0], couplings[1], couplings[2], couplings[3], couplings[4], couplings[5]);
            if (!numbers.TryGetValue(shape, out var number))
            {
                numbers.Add(shape, number = _shapes.Count);
                _shapes.Add(shape);
            }
            shapeOf[resource] = number;
        }
        return shapeOf;
    }

    private IEnumerable<long> Work(NodeShape shape)
    {
        var parts = new List<(int Constant, int Times)>();
        if (shape.Each >= 0) parts.Add((shape.Each, 1));
        if (shape.Migration >= 0) parts.Add((shape.Migration, 1));
        foreach (var (edgeClass, count) in shape.Couplings.Select((count, i) => (i, count)))
            if (count > 0) parts.Add((_effort.EdgeConstant(edgeClass), count));
        for (var draw = 0; draw < _draws; draw++) yield return parts.Sum(part => part.Times * (long)Math.Round(_constants.Draws(part.Constant)[draw] * (double)Millionth));
        yield return parts.Sum(part => part.Times * _effort.Mean(part.Constant) * 10_000);
    }

    /// <summary>What the work of a resource is made of: constants, and couplings by class.</summary>
    private readonly record struct NodeShape(int Each, int Migration, int C0, int C1, int C2, int C3, int C4, int C5)
    {
        public IEnumerable<int> Couplings => [C0, C1, C2, C3, C4, C5];
    }
}
