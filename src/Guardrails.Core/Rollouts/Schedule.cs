namespace Guardrails;

/// <summary>Which changes of a plan may start now: the earliest of the plan first, as long as its lane has room. Used by one thread, the executor's.</summary>
internal sealed class Schedule
{
    private readonly LaneLimits _limits;
    private readonly int _throttleLimit;
    private readonly IReadOnlyList<Change> _all;
    private readonly Dictionary<string, int> _position;
    private readonly Dictionary<string, int> _waitsFor;
    private readonly ILookup<string, Change> _dependents;
    private readonly HashSet<string> _settled;
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <param name="done">Ids of changes that were finished before.</param>
    public Schedule(Plan plan, LaneLimits limits, int throttleLimit, HashSet<string> done)
    {
        _limits = limits;
        _throttleLimit = throttleLimit;
        _all = plan.Changes;
        Done = [.. plan.Changes.Where(change => done.Contains(change.Id))];
        _position = plan.Changes.Select((change, index) => (change.Id, index)).ToDictionary(at => at.Id, at => at.index, StringComparer.Ordinal);
        _settled = [.. done];
        _waitsFor = plan.Changes.ToDictionary(change => change.Id, change => change.DependsOn.Distinct().Count(id => !done.Contains(id)), StringComparer.Ordinal);
        _dependents = plan.Changes.SelectMany(change => change.DependsOn.Distinct().Select(id => (id, change))).ToLookup(edge => edge.id, edge => edge.change);
        foreach (var change in plan.Changes.Where(change => _waitsFor[change.Id] == 0 && !done.Contains(change.Id))) MakeReady(change);
    }

    /// <summary>The changes that were finished before.</summary>
    public IReadOnlyList<Change> Done { get; }

    public int Running { get; private set; }

    public bool IsDone => _settled.Count == _all.Count;

    /// <summary>Takes out the next change that may start now; null where none may.</summary>
    public Change? Start()
    {
        if (Running >= _throttleLimit) return null;
        var lane = _lanes.Values.Where(lane => lane.HasRoom).MinBy(lane => lane.Next);
        if (lane is null) return null;
        Running++;
        return lane.Take();
    }

    /// <summary>Books a result; gives a result for everything that can no longer run because of it.</summary>
    public IReadOnlyList<ChangeResult> Finish(ChangeResult result)
    {
        Running--;
        _lanes[result.Change.Lane].Leave();
        _settled.Add(result.Change.Id);
        if (!result.Holds) return SkipAfter(result);
        foreach (var next in _dependents[result.Change.Id])
            if (--_waitsFor[next.Id] == 0 && !_settled.Contains(next.Id)) MakeReady(next);
        return [];
    }

    /// <summary>What was neither run nor skipped: the rollout was stopped before.</summary>
    public IEnumerable<Change> NeverStarted() => _all.Where(change => !_settled.Contains(change.Id));

    private List<ChangeResult> SkipAfter(ChangeResult cause)
    {
        var skipped = new List<ChangeResult>();
        var reached = new Queue<Change>(_dependents[cause.Change.Id]);
        while (reached.TryDequeue(out var change))
        {
            if (!_settled.Add(change.Id)) continue;
            skipped.Add(new ChangeResult
            {
                Change = change,
                Status = cause.Status == ChangeStatus.Stopped ? ChangeStatus.Stopped : ChangeStatus.Skipped,
                ResourceId = change.ResourceId,
                Message = $"Not tried, because '{cause.Change.Id}' was not made: {cause.Message}",
                Reason = cause.Reason,
                NextStep = cause.NextStep,
            });
            foreach (var next in _dependents[change.Id]) reached.Enqueue(next);
        }
        return skipped;
    }

    private void MakeReady(Change change)
    {
        if (!_lanes.TryGetValue(change.Lane, out var lane)) _lanes[change.Lane] = lane = new Lane(_limits.Of(change.Lane));
        lane.Add(change, _position[change.Id]);
    }

    private sealed class Lane(int limit)
    {
        private readonly PriorityQueue<Change, int> _ready = new();
        private int _running;

        public bool HasRoom => _ready.Count > 0 && _running < limit;

        public int Next => _ready.TryPeek(out _, out var position) ? position : int.MaxValue;

        public void Add(Change change, int position) => _ready.Enqueue(change, position);

        public Change Take()
        {
            _running++;
            return _ready.Dequeue();
        }

        public void Leave() => _running--;
    }
}
