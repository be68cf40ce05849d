namespace Guardrails;

/// <summary>What each option would cost a group and take off its effort.</summary>
internal sealed class OptionModel
{
    private readonly MeasuredInventory _inventory;
    private readonly EffortModel _effort;
    private readonly EffortDraws _draws;
    private readonly TimeModel _time;

    // By option, whether it is for a type.
    private readonly IReadOnlyList<(LockInOption Option, bool[] Fits)> _options;

    public OptionModel(MeasuredInventory inventory, EffortModel effort, EffortDraws draws, TimeModel time, IReadOnlyList<LockInOption> options)
    {
        (_inventory, _effort, _draws, _time) = (inventory, effort, draws, time);
        _options = [.. options.Select(option => (option, inventory.Types.Select(type => !type.IsGlue && option.AppliesTo(type.Type, type.Family?.Name)).ToArray()))];
    }

    /// <param name="withTime">Whether to say how long leaving would take with it.</param>
    public IReadOnlyList<LockInOptionResult> Of(IReadOnlyList<int> members, Tally tally, Func<int, bool> isMember, GroupGraph graph, bool withTime)
    {
        var results = new List<LockInOptionResult>();
        foreach (var (option, fits) in _options)
        {
            if (!tally.Types.Keys.Any(type => fits[type])) continue;
            List<int> concerned = [.. members.Where(member => fits[_inventory.Type[member]])];
            var part = _effort.Count(concerned, isMember);
            var share = option.EffortShare.Value;
            var saving = _draws.Of(_effort.Coefficients(part, onlyOwn: true).Scaled((double)share));
            results.Add(new()
            {
                Id = option.Id,
                Title = option.Title,
                Resources = concerned.Count,
                PriceDays = option.PriceDays.Value * concerned.Count,
                CarryingDaysPerYear = option.CarryingDaysPerYear.Value * concerned.Count,
                SavingP10 = saving.P10,
                SavingMean = Math.Round(_effort.OwnMean(part) * share / 100m, 2, MidpointRounding.ToEven),
                SavingP90 = saving.P90,
                TimeP90 = withTime ? _time.Of(members, tally, graph, type => fits[type] ? (double)(1 - share) : 1).P90 : null,
                Evidence = [.. new[] { option.EffortShare.Evidence, option.PriceDays.Evidence, option.CarryingDaysPerYear.Evidence }.Distinct()],
            });
        }
        return results;
    }
}
