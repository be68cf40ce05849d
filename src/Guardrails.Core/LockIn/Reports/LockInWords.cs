using System.Globalization;

namespace Guardrails;

/// <summary>How reports say the results of a measurement. Figures are the same in every culture.</summary>
internal static class LockInWords
{
    public static string Of(LockInTarget target) => target switch
    {
        LockInTarget.OpenSource => "open source, self-run",
        LockInTarget.Azure => "Microsoft Azure",
        LockInTarget.GoogleCloud => "Google Cloud",
        _ => "another AWS service",
    };

    public static string Of(LockInTermKind kind) => kind switch
    {
        LockInTermKind.TypeOnce => "once for each type",
        LockInTermKind.TypeEach => "each resource",
        LockInTermKind.Coupling => "couplings",
        LockInTermKind.Migration => "data migration",
        LockInTermKind.Volume => "data volume",
        LockInTermKind.Skills => "skills",
        _ => "definitions in another tool",
    };

    public static string Of(LockInGrouping grouping) => grouping switch
    {
        LockInGrouping.Organization => "organization",
        LockInGrouping.OrganizationalUnit => "organizational unit",
        LockInGrouping.Account => "account",
        LockInGrouping.Workload => "workload",
        _ => "resource",
    };

    public static string Of(LockInMoneyKind kind) => kind switch
    {
        LockInMoneyKind.Effort => "Person-days",
        LockInMoneyKind.Egress => "Taking the data out",
        LockInMoneyKind.Retrieval => "Getting data back from archives",
        LockInMoneyKind.Overlap => "Paying both at the same time",
        _ => "Unexpired commitments",
    };

    public static string Of(LockInDecisionKind kind) => kind switch
    {
        LockInDecisionKind.Accept => "Accept",
        LockInDecisionKind.Mitigate => "Mitigate",
        LockInDecisionKind.Avoid => "Avoid",
        _ => "Indeterminate",
    };

    public static string Of(LockInBand? band) => band?.ToString().ToUpperInvariant() ?? "";

    public static string Name(LockInTerm term)
    {
        var subject = term.Kind == LockInTermKind.Migration && Enum.TryParse<DataExport>(term.Subject, out var export) ? $"Data that gets out {Of(export)}" : term.Subject;
        return term.Variant is null ? subject : $"{subject} ({term.Variant})";
    }

    public static string Of(DataExport export) => export switch
    {
        DataExport.NativeBulk => "in bulk",
        DataExport.Transform => "in bulk, to be transformed",
        DataExport.ApiScrape => "item by item",
        _ => "not at all",
    };

    /// <summary>Title, and the name where it says something else.</summary>
    public static string Name(LockInAssessment one) =>
        one.Title == one.Name ? string.IsNullOrWhiteSpace(one.Name) ? "(blank)" : one.Name : $"{one.Title} ({one.Name})";

    /// <summary>Days, without digits that nobody can know. CSV and JSON hold them all.</summary>
    public static string Days(decimal value) => Figure(value, value < 10 ? "#,0.##" : value < 100 ? "#,0.#" : "#,0");

    public static string Range(decimal low, decimal high) => $"{Days(low)} – {Days(high)}";

    public static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>An amount to three digits: nobody knows more of it. CSV and JSON hold it whole.</summary>
    public static string Amount(decimal? value, string currency) => value is { } known ? $"{Rough(known)} {currency}" : "not known";

    public static string Rough(decimal value) => Math.Abs(value) switch
    {
        >= 999_500_000 => Figure(ThreeDigits(value) / 1_000_000_000, "#,0.##") + " billion",
        >= 999_500 => Figure(ThreeDigits(value) / 1_000_000, "0.##") + " million",
        _ => Figure(ThreeDigits(value), "#,0"),
    };

    public static string Percent(decimal? share) => share switch
    {
        null => "not given",
        > 1 => "never",
        > 0 and < 0.001m => "< 0.1 %",
        { } value => Figure(value * 100, value < 0.1m ? "0.#" : "0") + " %",
    };

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) => $"{Whole(count)} {(count == 1 ? one : many)}";

    /// <summary>"at least" where a part of the cost is not known.</summary>
    public static string Cost(LockInMoney money) => $"{(money.IsComplete || money.Mean is null ? "" : "at least ")}{Amount(money.Mean, money.Currency)}";

    private static decimal ThreeDigits(decimal value)
    {
        var unit = 1m;
        while (Math.Abs(value) / unit >= 1000) unit *= 10;
        return Math.Round(value / unit, MidpointRounding.ToEven) * unit;
    }

    private static string Figure(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
