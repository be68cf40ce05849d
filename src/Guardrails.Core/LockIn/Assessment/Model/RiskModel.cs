namespace Guardrails;

/// <summary>How likely it is that leaving becomes necessary: by scenarios that somebody names, never by the inventory.</summary>
internal static class RiskModel
{
    /// <exception cref="LockInRequestException">A scenario has no rate, or an impossible one.</exception>
    public static LockInRisk Of(LockInRequest request)
    {
        var scenarios = request.Scenarios.OrderBy(scenario => scenario.Key, StringComparer.Ordinal).Select(scenario => Scenario(scenario.Key, scenario.Value, request)).ToList();
        return new()
        {
            Scenarios = scenarios,
            Probability = scenarios.Count == 0 ? null : Probability(scenarios.Sum(scenario => scenario.RatePerYear), request.Horizon),
        };
    }

    /// <summary>That something that happens <paramref name="rate"/> times a year on average happens at all: 1 − exp(−λH).</summary>
    public static decimal Probability(decimal rate, decimal years) => Math.Round((decimal)(1 - Math.Exp(-(double)(rate * years))), 6, MidpointRounding.ToEven);

    private static LockInScenario Scenario(string name, decimal? rate, LockInRequest request)
    {
        if (rate < 0) throw new LockInRequestException($"The scenario '{name}' has a rate below 0.");
        if (rate is { } own) return new() { Name = name, RatePerYear = own, Probability = Probability(own, request.Horizon) };
        if (request.Posture is not { } posture) throw new LockInRequestException($"The scenario '{name}' has no rate, and there is no posture to take one from.");
        if (posture.RatesPerYear.FirstOrDefault(known => known.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { Value: { } preset } found)
            throw new LockInRequestException($"The posture '{posture.Name}' has no scenario '{name}', only {string.Join(", ", posture.RatesPerYear.Keys.Order(StringComparer.Ordinal))}.");
        return new() { Name = found.Key, RatePerYear = preset.Value, Probability = Probability(preset.Value, request.Horizon), Evidence = preset.Evidence };
    }
}
