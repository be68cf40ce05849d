using System.Globalization;

namespace Guardrails;

/// <summary>What a decision is made from.</summary>
/// <param name="Options">What each option costs and saves, without whether it pays.</param>
/// <param name="TimeP90">In calendar days.</param>
/// <param name="TimeIsAtLeast">The transfer of some of the data is not in it.</param>
internal sealed record DecisionBasis(
    bool IsEmpty, decimal? Probability, decimal HorizonYears, decimal RiskAversion, LockInMoney Money, decimal? Benefit, IReadOnlyList<LockInOptionResult> Options, decimal TimeP90, int? ExitWindowDays, bool TimeIsAtLeast = false);

/// <summary>
/// Mitigate if an option's p(C − C′) is more than I + kH; else accept if pC is not more than B; else avoid. Indeterminate where the answer at
/// P10 is not that at P90. Where leaving takes longer than the exit window, accepting is not on offer, whatever it would cost.
/// </summary>
internal static class DecisionModel
{
    public static LockInDecision Decide(DecisionBasis basis)
    {
        var offered = basis.ExitWindowDays is not { } window || basis.TimeP90 <= window;
        var options = basis.Options.Select(option => WithAnswer(option, basis)).OrderBy(option => option.BreakEvenProbability ?? decimal.MaxValue).ThenBy(option => option.Id, StringComparer.Ordinal).ToList();
        var best = options.FirstOrDefault(option => option.BreakEvenProbability is not null);
        var cost = Weighed(basis.Money.Mean, basis.Money.P90, basis.RiskAversion);
        var decision = new LockInDecision
        {
            Kind = LockInDecisionKind.Indeterminate,
            Reasons = [],
            AcceptIsOffered = offered,
            BreakEvenProbability = best?.BreakEvenProbability,
            BreakEvenOption = best?.Id,
            BreakEvenBenefit = basis.Probability * cost is { } expected ? Math.Round(expected, 2, MidpointRounding.ToEven) : null,
            Options = options,
        };
        if (basis.IsEmpty) return decision with { BreakEvenBenefit = null, Reasons = ["Nothing was measured."] };
        var reasons = new List<string>();
        if (!offered) reasons.Add(Text($"Leaving takes {basis.TimeP90:0.#} days (P90), longer than the exit window of {basis.ExitWindowDays} days: accepting is not on offer."));
        if (offered && basis is { ExitWindowDays: { } days, TimeIsAtLeast: true })
            reasons.Add(Text($"Leaving takes at least {basis.TimeP90:0.#} days (P90), within the exit window of {days} days; the transfer of data whose volume is not known comes on top."));
        if (basis.Probability is null)
        {
            reasons.Add("No scenario was named, so no probability is known.");
            reasons.Add(best is null ? "No option is known that would lower the cost of leaving." : Pays(best));
            return decision with { Reasons = reasons };
        }
        var atP10 = At(basis, offered, option => option.SavingP10, basis.Money.P10);
        var atP90 = At(basis, offered, option => option.SavingP90, basis.Money.P90);
        decision = decision with { AtP10 = atP10, AtP90 = atP90 };
        if (atP10 != atP90)
        {
            reasons.Add($"The answer flips: {Name(atP10)} at the P10 of the cost, {Name(atP90)} at its P90.");
            if (At(basis, offered, option => Weighed(option.SavingMean, option.SavingP90, basis.RiskAversion)!.Value, cost) is { } weighed)
                reasons.Add($"At the cost that the posture weighs it is {Name(weighed)}.");
            if (best is not null) reasons.Add(Pays(best));
            return decision with { Reasons = reasons };
        }
        if (atP10 is not { } kind)
        {
            if (best is not null) reasons.Add(Pays(best));
            reasons.Add(Missing(basis, decision));
            return decision with { Reasons = reasons };
        }
        reasons.Add(Because(kind, basis, decision, options));
        if (kind == LockInDecisionKind.Mitigate && !offered && options.All(option => option.Pays != true || option.TimeP90 > basis.ExitWindowDays))
            reasons.Add("No option that pays brings leaving into the exit window: alone it is not enough.");
        if (!offered && options.FirstOrDefault(option => option.TimeP90 <= basis.ExitWindowDays) is { } keeps)
            reasons.Add(Text($"With {keeps.Id} leaving takes {keeps.TimeP90:0.#} days (P90), within the exit window."));
        if (kind == LockInDecisionKind.Accept && !basis.Money.IsComplete) reasons.Add("Parts of the cost are not known: it is at least what was compared.");
        return decision with { Kind = kind, Reasons = reasons };
    }

    /// <summary>From which probability on the option pays: (I + kH) ÷ saving. The day rate is on both sides. Null where it saves nothing.</summary>
    public static decimal? BreakEven(decimal price, decimal carrying, decimal years, decimal saving) =>
        saving <= 0 ? null : Math.Round(Math.Min((price + carrying * years) / saving, 1_000_000m), 4, MidpointRounding.ToEven);

    /// <summary>Between the mean and the P90.</summary>
    public static decimal? Weighed(decimal? mean, decimal? p90, decimal riskAversion) => mean + Math.Max(0, (p90 - mean) ?? 0) * riskAversion;

    private static LockInOptionResult WithAnswer(LockInOptionResult option, DecisionBasis basis)
    {
        var saving = Weighed(option.SavingMean, option.SavingP90, basis.RiskAversion)!.Value;
        return option with
        {
            BreakEvenProbability = BreakEven(option.PriceDays, option.CarryingDaysPerYear, basis.HorizonYears, saving),
            Pays = basis.Probability is { } p ? DoesPay(option, p, saving, basis.HorizonYears) : null,
        };
    }

    private static bool DoesPay(LockInOptionResult option, decimal probability, decimal saving, decimal years) =>
        probability * saving > option.PriceDays + option.CarryingDaysPerYear * years;

    /// <summary>The answer at one cost; null where it hangs on something that is not known.</summary>
    private static LockInDecisionKind? At(DecisionBasis basis, bool acceptIsOffered, Func<LockInOptionResult, decimal> saving, decimal? cost)
    {
        var probability = basis.Probability!.Value;
        if (basis.Options.Any(option => DoesPay(option, probability, saving(option), basis.HorizonYears))) return LockInDecisionKind.Mitigate;
        if (!acceptIsOffered) return LockInDecisionKind.Avoid;
        if (basis.Benefit is not { } benefit || cost is not { } known) return null;
        return probability * known <= benefit ? LockInDecisionKind.Accept : LockInDecisionKind.Avoid;
    }

    private static string Because(LockInDecisionKind kind, DecisionBasis basis, LockInDecision decision, List<LockInOptionResult> options)
    {
        var p = basis.Probability!.Value;
        var currency = basis.Money.Currency;
        if (kind == LockInDecisionKind.Accept)
            return $"The expected cost of leaving, p·C, is {Amount(p * basis.Money.P10)} to {Amount(p * basis.Money.P90)} {currency}, not more than the benefit of {Amount(basis.Benefit)} {currency}, and no option pays.";
        if (kind == LockInDecisionKind.Mitigate) return $"{Pays(options[0])} The probability is {p.ToString("0.####", CultureInfo.InvariantCulture)}.";
        return decision.AcceptIsOffered
            ? $"The expected cost of leaving, p·C, is {Amount(p * basis.Money.P10)} to {Amount(p * basis.Money.P90)} {currency}, more than the benefit of {Amount(basis.Benefit)} {currency}, and no option pays."
            : "No option pays.";
    }

    private static string Missing(DecisionBasis basis, LockInDecision decision) =>
        basis.Money.Mean is null ? "No part of the cost is known in money: give the day rate."
        : decision.BreakEvenBenefit is { } benefit ? $"No benefit was given: accepting is right if staying is worth {Amount(benefit)} {basis.Money.Currency} or more."
        : "No benefit was given.";

    private static string Pays(LockInOptionResult option) => option.BreakEvenProbability <= 1
        ? Text($"{option.Title} ({option.Id}) pays from a probability of {option.BreakEvenProbability:0.####} on.")
        : Text($"No option pays at any probability; the nearest is {option.Id}, at {option.BreakEvenProbability:0.##} times what it would save.");

    private static string Name(LockInDecisionKind? kind) => kind?.ToString().ToLowerInvariant() ?? "open";

    private static string Amount(decimal? amount) => amount?.ToString(Math.Abs(amount.Value) < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture) ?? "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
