using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that measures the lock-in of the resources of an inventory.</summary>
public abstract class MeasuringCmdlet : AsyncCmdlet
{
    private const int MostDraws = 1_000_000;
    private readonly LockInInput _input = new();
    private IReadOnlyList<string> _profiles = [];
    private IReadOnlyDictionary<string, decimal?> _scenarios = new Dictionary<string, decimal?>();
    private (decimal? Whole, IReadOnlyDictionary<string, decimal> Groups) _benefit = (null, new Dictionary<string, decimal>());

    private protected MeasuringCmdlet()
    {
    }

    /// <summary>Resources, and what the inventory does not know: the output of Get-GuardrailInventory.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Where the workload would go. OpenSource where nothing is given; several are measured one after the other.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public LockInTarget[] Target { get; set; } = [LockInTarget.OpenSource];

    /// <summary>
    /// What would make leaving necessary: names (price, regulation, retirement, geopolitics, merger) whose rates come from -Posture, or a
    /// hashtable of names and rates in events a year: @{ price = 0.1 }. Without it no probability is taken, and the decision is a break-even.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(LockInScenarioCompleter))]
    public object? Scenario { get; set; }

    /// <summary>How the organization stands to risk: startup, enterprise or regulated. It changes rates, horizon and what weighs, never the facts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LockInPostureCompleter))]
    public string? Posture { get; set; }

    /// <summary>What a person-day costs, in -Currency. Without it effort is not counted as money.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double? DayRate { get; set; }

    /// <summary>The currency of -DayRate, -Benefit and -Commitment, as ISO 4217 names it. Bills and prices in another one are not converted but named. USD where nothing is given.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z]{3}$")]
    public string Currency { get; set; } = "USD";

    /// <summary>How far to look ahead, in years. Without it that of the posture, else 3.</summary>
    [Parameter]
    [ValidateRange(0.01, 100.0)]
    public double? Horizon { get; set; }

    /// <summary>The seed of the draws: the same seed gives the same bytes.</summary>
    [Parameter]
    public long Seed { get; set; } = 1;

    /// <summary>How many draws the percentiles of the effort come from. 10,000 where nothing is given.</summary>
    [Parameter]
    [ValidateRange(100, MostDraws)]
    public int Draws { get; set; } = LockInRequest.UsualDraws;

    /// <summary>
    /// What staying is worth over the horizon, in -Currency: a number for the whole, or a hashtable by the names of groups, with * for the whole:
    /// @{ shop = 250000; blog = 4000 }. It is what running it oneself would cost more, and the value of being earlier on the market.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Benefit { get; set; }

    /// <summary>The groups that -ExitWindow binds, by name; names may hold wildcards. Without it all of them and the whole.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] CriticalFunction { get; set; } = [];

    /// <summary>The contractual exit window, in calendar days: where leaving takes longer (P90), accepting is not on offer.</summary>
    [Parameter]
    [ValidateRange(1, 36_500)]
    public int? ExitWindow { get; set; }

    /// <summary>The day of the assessment: what may be charged for taking data out depends on it. Today where nothing is given.</summary>
    [Parameter]
    public DateTime Date { get; set; } = DateTime.UtcNow;

    /// <summary>Why data would be taken out: to switch, or to use two providers at the same time. The EU Data Act tells the two apart.</summary>
    [Parameter]
    public EgressPurpose EgressPurpose { get; set; }

    /// <summary>For how many months both sides would be paid. Without it what the module's data says.</summary>
    [Parameter]
    [ValidateRange(0.0, 1200.0)]
    public double? OverlapMonths { get; set; }

    /// <summary>What is still to be paid of savings plans and reservations of the whole, in -Currency. Without it that is named as unknown.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e15)]
    public double? Commitment { get; set; }

    /// <summary>The user's own files of constants, families, profiles, postures and options; they go before the module's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProfilePath { get; set; } = [];

    /// <inheritdoc/>
    private protected override string Activity => "Measuring lock-in";

    private protected IReadOnlyList<InventoryResource> Resources => _input.Resources;

    private protected IReadOnlyList<InventoryGap> Gaps => _input.Gaps;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _profiles = [.. ProfilePath.Select(ExistingFile)];
        _scenarios = Scenarios(Scenario);
        _benefit = Benefits(Benefit);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_input.Add(InputObject) is { } error) WriteError(error);
        foreach (var assessment in _input.Assessments) WriteError(Errors.NotAnInventoryResource.Record($"{assessment.Title} is an assessment already; resources are measured.", assessment));
        _input.Assessments.Clear();
    }

    private protected LockInFacts Facts() => LockInData.Facts(_profiles);

    private protected IEnumerable<LockInRequest> Requests(LockInFacts facts, LockInGrouping groupBy)
    {
        var posture = Posture is null ? null
            : facts.Postures.FirstOrDefault(known => known.Name.Equals(Posture, StringComparison.OrdinalIgnoreCase))
                ?? throw new LockInRequestException($"There is no posture '{Posture}', only {string.Join(", ", facts.Postures.Select(known => known.Name))}.");
        return Target.Distinct().Order().Select(target => new LockInRequest
        {
            Target = target,
            Date = DateOnly.FromDateTime(Date),
            GroupBy = groupBy,
            Posture = posture,
            Scenarios = _scenarios,
            DayRate = (decimal?)DayRate,
            Currency = Currency.ToUpperInvariant(),
            HorizonYears = (decimal?)Horizon,
            Seed = Seed,
            Draws = Draws,
            Benefit = _benefit.Whole,
            Benefits = _benefit.Groups,
            CriticalFunctions = CriticalFunction,
            ExitWindowDays = ExitWindow,
            Purpose = EgressPurpose,
            OverlapMonths = (decimal?)OverlapMonths,
            Commitments = (decimal?)Commitment,
        });
    }

    private Dictionary<string, decimal?> Scenarios(object? given)
    {
        var scenarios = new Dictionary<string, decimal?>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in Items(given))
        {
            if (one is not IDictionary rates)
            {
                scenarios[Text(one)] = null;
                continue;
            }
            foreach (DictionaryEntry rate in rates) scenarios[Text(rate.Key)] = Number(rate.Value, $"-Scenario {rate.Key}");
        }
        return scenarios;
    }

    private (decimal? Whole, IReadOnlyDictionary<string, decimal> Groups) Benefits(object? given)
    {
        var groups = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        if (given is null) return (null, groups);
        if (Unwrapped(given) is not IDictionary amounts) return (Number(given, "-Benefit"), groups);
        foreach (DictionaryEntry amount in amounts) groups[Text(amount.Key)] = Number(amount.Value, $"-Benefit {amount.Key}");
        return (groups.Remove("*", out var whole) ? whole : null, groups);
    }

    private decimal Number(object? value, string what)
    {
        if (LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out decimal number)) return number;
        Fail(Errors.LockInRequestInvalid.Record($"{what}: '{value}' is no number.", value));
        return 0;
    }

    private static IEnumerable<object> Items(object? given) => Unwrapped(given) switch
    {
        null => [],
        IEnumerable many and not (string or IDictionary) => many.Cast<object>().Select(one => Unwrapped(one)!),
        var one => [one],
    };

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string Text(object? value) => Unwrapped(value)?.ToString() ?? "";
}
