namespace Guardrails;

/// <summary>
/// Measures an inventory: the whole, and each group as if it left alone. Time and memory grow linearly with resources and couplings. The same
/// resources in any order, settings and data give the same.
/// </summary>
internal sealed class LockInMeasurement
{
    private readonly LockInRequest _request;
    private readonly LockInFacts _facts;
    private readonly IReadOnlyList<InventoryGap> _gaps;
    private readonly MeasuredInventory _inventory;
    private readonly ConstantTable _constants;
    private readonly EffortModel _effort;
    private readonly EffortDraws _draws;
    private readonly TimeModel _time;
    private readonly OptionModel _options;
    private readonly LockInGroups _groups;
    private readonly LockInRisk _risk;
    private readonly string _digest;
    private readonly int[] _place;

    private LockInMeasurement(IEnumerable<InventoryResource> resources, IEnumerable<InventoryGap> gaps, LockInFacts facts, LockInRequest request)
    {
        (_request, _facts) = (request, facts);
        _gaps = [.. gaps.OrderBy(gap => gap.Kind).ThenBy(gap => gap.File, StringComparer.Ordinal).ThenBy(gap => gap.Message, StringComparer.Ordinal).ThenBy(gap => gap.Count)];
        _constants = new(facts.Constants, request.Seed, request.Draws);
        _inventory = MeasuredInventory.Of(resources, facts, request.Target, _constants);
        _effort = new(_inventory, _constants);
        _draws = new(_constants);
        _time = new(_inventory, _constants, _effort);
        _options = new(_inventory, _effort, _draws, _time, facts.Options);
        _groups = LockInGroups.By(request.GroupBy, _inventory);
        _risk = RiskModel.Of(request);
        _digest = FactsDigest.Of(facts, request.Target);
        _place = new int[_inventory.Resources.Length];
    }

    /// <summary>The whole first, then the groups by name; the whole alone where it was not grouped.</summary>
    /// <exception cref="LockInRequestException">Something was asked for that there is not.</exception>
    /// <exception cref="MissingConstantException">The data lacks a constant.</exception>
    public static IReadOnlyList<LockInAssessment> Of(
        IEnumerable<InventoryResource> resources, IEnumerable<InventoryGap> gaps, LockInFacts facts, LockInRequest request, CancellationToken cancel = default) =>
        new LockInMeasurement(resources, gaps, facts, request).Assess(cancel);

    /// <summary>The whole's mean effort alone, in person-days.</summary>
    public static decimal Mean(IEnumerable<InventoryResource> resources, LockInFacts facts, LockInRequest request)
    {
        var constants = new ConstantTable(facts.Constants, request.Seed, request.Draws);
        var inventory = MeasuredInventory.Of(resources, facts, request.Target, constants);
        var effort = new EffortModel(inventory, constants);
        var tally = effort.Count([.. Enumerable.Range(0, inventory.Resources.Length)], _ => true);
        return effort.Terms(tally, Sharing.Of([tally], tally, inventory.Types, effort), null).Sum(term => term.AmountHundredths) / 100m;
    }

    private List<LockInAssessment> Assess(CancellationToken cancel)
    {
        var tallies = _groups.Members.Select((members, group) => _effort.Count(members, InGroup(group))).ToList();
        var whole = Enumerable.Range(0, _inventory.Resources.Length).ToArray();
        var tally = _effort.Count(whole, _ => true);
        var sharing = Sharing.Of(tallies, tally, _inventory.Types, _effort);
        var total = Assess(LockInGroups.Whole, LockInGroups.Whole, null, whole, tally, sharing, _ => true);
        var assessments = new List<LockInAssessment> { total with { Resources = Marginals.Of(_inventory, tally, _effort, _groups) } };
        if (_request.GroupBy == LockInGrouping.Organization) return assessments;
        for (var group = 0; group < tallies.Count; group++)
        {
            cancel.ThrowIfCancellationRequested();
            assessments.Add(Assess(_groups.Names[group], _groups.Titles[group], group, _groups.Members[group], tallies[group], sharing, InGroup(group)));
        }
        return assessments;
    }

    private Func<int, bool> InGroup(int group) => resource => _groups.Of[resource] == group;

    private LockInAssessment Assess(string name, string title, int? group, IReadOnlyList<int> members, Tally tally, Sharing sharing, Func<int, bool> isMember)
    {
        var isTotal = group is null;
        var terms = _effort.Terms(tally, sharing, group);
        var percentiles = _draws.Of(_effort.Coefficients(tally));
        var mean = terms.Sum(term => term.AmountHundredths);
        var graph = GroupGraph.Of(_inventory, members, isMember, _place);
        var time = _time.Of(members, tally, graph);
        var counts = Counts(members, tally);
        var money = MoneyModel.Of(MoneyOf(members, tally, mean, percentiles, counts, isTotal), _request, _facts);
        int? window = _request.IsCritical(name, title, isTotal) ? _request.ExitWindowDays : null;
        var benefit = _request.BenefitOf(name, title, isTotal);
        var options = _options.Of(members, tally, isMember, graph, withTime: time.P90 > window);
        var posture = _request.Posture;
        return new()
        {
            Name = name,
            Title = title,
            GroupBy = _request.GroupBy,
            IsTotal = isTotal,
            Settings = Settings(terms, window),
            Counts = counts,
            Effort = new()
            {
                P10 = percentiles.P10,
                P50 = percentiles.P50,
                P90 = percentiles.P90,
                MeanHundredths = mean,
                OwnHundredths = terms.Sum(term => term.OwnHundredths),
                SharedHundredths = terms.Where(term => term.IsShared).Sum(term => term.AmountHundredths),
            },
            Terms = terms,
            Learning = LearningModel.Of(tally.Types.Keys.Select(type => _inventory.Types[type]), _request.Target),
            Time = time,
            Money = money,
            Risk = _risk,
            Benefit = benefit,
            Decision = DecisionModel.Decide(new(members.Count == 0, _risk.Probability, _request.Horizon, posture?.RiskAversion.Value ?? 0, money, benefit, options, time.P90, window, counts.StoresWithoutVolume > 0 || time.TransferDays is null)),
            Confidence = ConfidenceModel.Of(ConfidenceOf(members, tally, counts), _facts.Bands.GetValueOrDefault("confidence")),
            Band = members.Count > 0 && _facts.Bands.TryGetValue("effort", out var bands) ? Bands.Of(mean / 100m, bands) : null,
            Types = [.. tally.Types.Select(pair => _inventory.Types[pair.Key].Use(pair.Value))],
            Gaps = GapsModel.Of(counts, FamilyTypes(tally), tally, members.Select(member => _inventory.Resources[member]), _request.Currency, _gaps, _constants),
            Graph = _request.GroupBy == LockInGrouping.Resource && !isTotal ? null : GraphSummary.Of(_inventory, members, isMember, Node(isTotal)),
        };
    }

    private Func<int, (string Name, string Title)> Node(bool isTotal)
    {
        if (isTotal && _request.GroupBy is not (LockInGrouping.Organization or LockInGrouping.Resource))
            return resource => (_groups.Names[_groups.Of[resource]], _groups.Titles[_groups.Of[resource]]);
        return resource => _inventory.Types[_inventory.Type[resource]].Family is { } family ? (family.Name, family.Title) : (LockInGroups.NoGroup, LockInGroups.NoGroup);
    }

    private LockInSettings Settings(IReadOnlyList<LockInTerm> terms, int? window) => new()
    {
        Target = _request.Target,
        AssessedOn = _request.Date,
        ReviewOn = _request.Review,
        Posture = _request.Posture?.Name,
        HorizonYears = _request.Horizon,
        RiskAversion = _request.Posture?.RiskAversion.Value ?? 0,
        DayRate = _request.DayRate,
        Currency = _request.Currency,
        ExitWindowDays = window,
        Seed = _request.Seed,
        Draws = _request.Draws,
        DataAsOf = terms.SelectMany(term => term.Constants).Select(name => (DateOnly?)_facts.Constants[name].Evidence.AsOf).Min(),
        DataDigest = _digest,
    };

    private LockInCounts Counts(IReadOnlyList<int> members, Tally tally)
    {
        var resources = members.Select(member => _inventory.Resources[member]).ToList();
        var types = tally.Types.Keys.Select(type => _inventory.Types[type]).ToList();
        var costs = resources.Where(resource => resource.MonthlyCost is not null && InCurrency(resource)).Select(resource => resource.MonthlyCost!.Value).ToList();
        return new()
        {
            Resources = resources.Count,
            Glue = tally.Types.Where(pair => _inventory.Types[pair.Key].IsGlue).Sum(pair => pair.Value),
            Types = types.Count,
            FamilyTypes = FamilyTypes(tally).Count,
            UnknownTypes = [.. types.Where(type => type.IsUnknown).Select(type => type.Type).Distinct(StringComparer.Ordinal)],
            Couplings = tally.Couplings.Sum(),
            OutwardCouplings = tally.Outward,
            Stores = tally.Stores.Sum(),
            StoresWithoutVolume = tally.Stores.Sum() - tally.StoresWithVolume,
            DataGigabytes = tally.StoresWithVolume == 0 ? null : tally.Megabytes / 1000m,
            MonthlyCost = costs.Count == 0 ? null : costs.Sum(),
            ResourcesWithCost = resources.Count(resource => resource.MonthlyCost is not null),
            Matched = resources.Count(resource => resource.IsMatched),
        };
    }

    private List<string> FamilyTypes(Tally tally) =>
        [.. tally.Types.Keys.Select(type => _inventory.Types[type]).Where(type => type is { IsGlue: false, IsUnknown: false, Profile.IsFamilyProfile: true }).Select(type => type.Type).Distinct(StringComparer.Ordinal)];

    private bool InCurrency(InventoryResource resource) => resource.Currency is null || resource.Currency.Equals(_request.Currency, StringComparison.OrdinalIgnoreCase);

    private MoneyBasis MoneyOf(IReadOnlyList<int> members, Tally tally, long mean, Percentiles percentiles, LockInCounts counts, bool isTotal)
    {
        var (european, unplaced) = (0L, 0L);
        foreach (var member in members)
        {
            if (_inventory.Megabytes(member) is not { } volume) continue;
            if (_inventory.Resources[member].Region is not { } region) unplaced += volume;
            else if (_facts.Egress?.EuropeanRegions.Contains(region) == true) european += volume;
        }
        var partial = members.Any(member => !_inventory.Types[_inventory.Type[member]].IsGlue && (_inventory.Resources[member].MonthlyCost is null || !InCurrency(_inventory.Resources[member])));
        return new(tally, mean / 100m, percentiles, counts.MonthlyCost, partial, european, unplaced, counts.UnknownTypes.Count > 0, isTotal ? _request.Commitments : null);
    }

    private ConfidenceBasis ConfidenceOf(IReadOnlyList<int> members, Tally tally, LockInCounts counts)
    {
        var resources = members.Select(member => _inventory.Resources[member]);
        var cost = counts.ResourcesWithCost == 0 ? (decimal?)null : resources.Sum(resource => resource.MonthlyCost ?? 0);
        var files = resources.SelectMany(resource => resource.Sources).Select(source => source.File).ToHashSet(StringComparer.Ordinal).Count;
        return new([.. tally.Types.Select(pair => KeyValuePair.Create(_inventory.Types[pair.Key], pair.Value))], members.Count, counts.Matched, cost, files, _gaps);
    }
}
