using System.Globalization;

namespace Guardrails;

/// <summary>What a group's money is counted from.</summary>
/// <param name="MonthlyCost">In the request's currency; null where none is known in it.</param>
/// <param name="CostIsPartial">Some resources' cost is not known, or in another currency.</param>
/// <param name="EuropeanMegabytes">Known volume in Regions of the European Union.</param>
/// <param name="UnplacedMegabytes">Known volume whose Region is not known.</param>
/// <param name="Commitments">Null where they are not known.</param>
internal sealed record MoneyBasis(
    Tally Tally, decimal EffortMean, Percentiles Effort, decimal? MonthlyCost, bool CostIsPartial, long EuropeanMegabytes, long UnplacedMegabytes, bool HasUnknownTypes, decimal? Commitments);

/// <summary>What leaving costs: effort at the day rate, taking data out, retrieval, overlap and commitments. What is not known is null and named.</summary>
internal static class MoneyModel
{
    public static LockInMoney Of(MoneyBasis basis, LockInRequest request, LockInFacts facts)
    {
        if (basis.Tally.Types.Count == 0) return new() { Currency = request.Currency, Parts = [.. Enum.GetValues<LockInMoneyKind>().Select(kind => Unknown(kind, "Nothing was measured."))] };
        var parts = new List<LockInMoneyPart> { Effort(basis, request), Egress(basis, request, facts), Retrieval(basis), Overlap(basis, request, facts), Commitments(basis) };
        var known = parts.Where(part => part.Mean is not null).ToList();
        return new()
        {
            Currency = request.Currency,
            Parts = parts,
            P10 = known.Count == 0 ? null : known.Sum(part => part.Low),
            Mean = known.Count == 0 ? null : known.Sum(part => part.Mean),
            P90 = known.Count == 0 ? null : known.Sum(part => part.High),
        };
    }

    private static LockInMoneyPart Effort(MoneyBasis basis, LockInRequest request)
    {
        if (request.DayRate is not { } rate) return Unknown(LockInMoneyKind.Effort, "No day rate was given.");
        return new()
        {
            Kind = LockInMoneyKind.Effort,
            Low = Cents(basis.Effort.P10 * rate),
            Mean = Cents(basis.EffortMean * rate),
            High = Cents(basis.Effort.P90 * rate),
            Note = Text($"{basis.EffortMean:0.00} person-days at {rate:0.##} {request.Currency}, P10 to P90."),
        };
    }

    private static LockInMoneyPart Egress(MoneyBasis basis, LockInRequest request, LockInFacts facts)
    {
        const LockInMoneyKind Kind = LockInMoneyKind.Egress;
        var tally = basis.Tally;
        if (request.Target == LockInTarget.OtherAwsService) return Nothing(Kind, "The data stays with the provider.");
        if (tally.Stores.Sum() == 0 && !basis.HasUnknownTypes) return Nothing(Kind, "Nothing keeps data.");
        if (tally.StoresWithVolume == 0) return Unknown(Kind, "The volume of no store is known.");
        if (facts.Egress is not { } egress) return Unknown(Kind, "There is no data on prices.");
        if (!egress.Currency.Equals(request.Currency, StringComparison.OrdinalIgnoreCase)) return Unknown(Kind, $"Prices are known in {egress.Currency} and not converted.");
        var range = EgressModel.Cost(tally.Megabytes, basis.EuropeanMegabytes, basis.UnplacedMegabytes, request.Purpose, request.Date, egress);
        var missing = tally.Stores.Sum() - tally.StoresWithVolume;
        return new()
        {
            Kind = Kind,
            Low = Cents(range.Low),
            Mean = Cents(range.Mean),
            High = Cents(range.High),
            IsAtLeast = missing > 0 || basis.HasUnknownTypes,
            Note = Text($"{tally.Megabytes / 1000m:0.###} GB, {range.Note}{(missing > 0 ? $"; {missing} stores of unknown volume are not in it" : "")}."),
            Evidence = range.Evidence,
        };
    }

    private static LockInMoneyPart Retrieval(MoneyBasis basis) =>
        basis.Tally.Stores.Sum() == 0 && !basis.HasUnknownTypes
            ? Nothing(LockInMoneyKind.Retrieval, "Nothing keeps data.")
            : Unknown(LockInMoneyKind.Retrieval, "No source says what is in archive classes.");

    private static LockInMoneyPart Overlap(MoneyBasis basis, LockInRequest request, LockInFacts facts)
    {
        const LockInMoneyKind Kind = LockInMoneyKind.Overlap;
        var constant = facts.Constants.GetValueOrDefault(ConstantNames.OverlapMonths);
        if (request.OverlapMonths == 0) return Nothing(Kind, "No overlap was asked for.");
        if (request.OverlapMonths is null && constant is null) return Unknown(Kind, "How long both sides are paid for is not known.");
        if (basis.MonthlyCost is not { } cost) return Unknown(Kind, $"No bill shows a cost in {request.Currency}.");
        var months = request.OverlapMonths is { } own ? (Low: own, Mean: own, High: own) : (Low: constant!.Low, Mean: constant.MeanHundredths / 100m, High: constant.High);
        return new()
        {
            Kind = Kind,
            Low = Cents(cost * months.Low),
            Mean = Cents(cost * months.Mean),
            High = Cents(cost * months.High),
            IsAtLeast = basis.CostIsPartial,
            Note = Text($"{months.Mean:0.##} months of {cost:0.00} {request.Currency}."),
            Evidence = request.OverlapMonths is null ? [constant!.Evidence] : [],
        };
    }

    private static LockInMoneyPart Commitments(MoneyBasis basis) =>
        basis.Commitments is { } amount
            ? new() { Kind = LockInMoneyKind.Commitments, Low = amount, Mean = amount, High = amount, Note = "As given." }
            : Unknown(LockInMoneyKind.Commitments, "What is still to be paid of savings plans and reservations was not given.");

    private static LockInMoneyPart Nothing(LockInMoneyKind kind, string note) => new() { Kind = kind, Low = 0, Mean = 0, High = 0, Note = note };

    private static LockInMoneyPart Unknown(LockInMoneyKind kind, string note) => new() { Kind = kind, Note = note };

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.ToEven);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
