namespace Guardrails;

/// <summary>
/// Rows of template B_07.01 (assessment of the ICT services) of the register of information after Article 28(3) of Regulation (EU) 2022/2554:
/// columns and closed lists are those of Annex I of Implementing Regulation (EU) 2024/2956 (https://eur-lex.europa.eu/eli/reg_impl/2024/2956/oj, 2026-11).
/// What an inventory cannot know stays empty and is named in <c>ToComplete</c>.
/// </summary>
/// <remarks>
/// The assessment is by the worst type in use that is not only a joint. Substitutability: nothing does the same → not substitutable; another
/// design, data that gets out item by item or not at all, a proprietary language, or an exit that takes longer than the exit window → highly
/// complex; another API, a transformed export, a package of functions, or a type that nothing is known of → medium; else easily substitutable.
/// The rule is judgement: the regulation defines none and has each entity define its own in template B_99.01.
/// </remarks>
internal static class DoraRegister
{
    public const string NotSubstitutable = "Not substitutable";
    public const string HighlyComplex = "Highly complex substitutability";
    public const string MediumComplexity = "Medium complexity in terms of substitutability";
    public const string EasilySubstitutable = "Easily substitutable";
    public const string NoAlternatives = "Lack of real alternatives";
    public const string HardToMigrate = "Difficulties in migrating or reintegrating";
    public const string Both = "Lack of real alternatives and difficulties in migrating or reintegrating";
    public const string ReintegrationEasy = "Easy";
    public const string ReintegrationDifficult = "Difficult";
    public const string ReintegrationHighlyComplex = "Highly complex";
    public const string Yes = "Yes";
    public const string No = "No";

    private const int NamesShown = 5;
    private const int AlternativesShown = 20;
    private const string AlwaysToComplete =
        "0010 to 0040: your contract, the provider's code and the type of service (Annex III). 0070: your last audit. 0080: whether you have a tested exit plan. 0100: what discontinuing would do to your function.";

    private static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("Group", "Group of the assessment"), new("Target", "Assessed for"),
        new("B_07.01.0010", "Contractual arrangement reference number"),
        new("B_07.01.0020", "Identification code of the ICT third-party service provider"),
        new("B_07.01.0030", "Type of code to identify the ICT third-party service provider"),
        new("B_07.01.0040", "Type of ICT services"),
        new("B_07.01.0050", "Substitutability of the ICT third-party service provider"),
        new("B_07.01.0060", "Reason if the ICT third-party service provider is considered not substitutable or difficult to be substitutable"),
        new("B_07.01.0070", "Date of the last audit on the ICT third-party service provider"),
        new("B_07.01.0080", "Existence of an exit plan"),
        new("B_07.01.0090", "Possibility of reintegration of the contracted ICT service"),
        new("B_07.01.0100", "Impact of discontinuing the ICT services"),
        new("B_07.01.0110", "Are there alternative ICT third-party service providers identified?"),
        new("B_07.01.0120", "Identification of alternative ICT third-party service providers"),
        new("Basis", "What 0050, 0060, 0090 and 0110 rest on"), new("ToComplete", "What you have to complete"), new("AssessedOn", "Assessed on"), new("ReviewOn", "Review on"),
    ];

    /// <param name="assessments">In order.</param>
    public static ReportTable Of(IReadOnlyList<LockInAssessment> assessments) => new()
    {
        Format = "guardrails-dora-register/1",
        Title = "Register of information, template B_07.01",
        Notes =
        [
            "Columns and closed lists: Implementing Regulation (EU) 2024/2956, Annex I, template B_07.01. It covers services that support a critical or important function: keep the rows of those.",
            "Substitutability is by the worst type in use. The rule is judgement; the regulation defines none. Correct it where you know better.",
            "Always to complete: " + AlwaysToComplete,
        ],
        Columns = Columns,
        Rows = [.. LockInReportPart.Of(assessments).SelectMany(part => part.Listed).Select(Row)],
    };

    private static ReportCell[] Row(LockInAssessment one)
    {
        var finding = Judge(one);
        return
        [
            LockInWords.Name(one), one.Settings.Target.ToString(),
            ReportCell.Empty, ReportCell.Empty, ReportCell.Empty, ReportCell.Empty,
            finding.Substitutability, finding.Reason, ReportCell.Empty, ReportCell.Empty, finding.Reintegration, ReportCell.Empty, finding.HasAlternatives, finding.Alternatives,
            finding.Basis, finding.ToComplete, one.Settings.AssessedOn, one.Settings.ReviewOn,
        ];
    }

    private static Finding Judge(LockInAssessment one)
    {
        var types = one.Types.Where(type => !type.IsGlue).ToList();
        if (types.Count == 0)
            return new(null, null, null, null, null, "No type in use was assessed.", AlwaysToComplete + " 0050, 0060, 0090, 0110, 0120: nothing was measured.");
        var without = types.Where(type => type.Api == ApiLevel.None).ToList();
        var hard = types.Where(IsHard).ToList();
        var medium = types.Where(IsMedium).ToList();
        var tooLong = !one.Decision.AcceptIsOffered;
        var level = without.Count > 0 ? NotSubstitutable : hard.Count > 0 || tooLong ? HighlyComplex : medium.Count > 0 ? MediumComplexity : EasilySubstitutable;
        var reason = without.Count > 0 && (hard.Count > 0 || tooLong) ? Both : without.Count > 0 ? NoAlternatives : hard.Count > 0 || tooLong ? HardToMigrate : null;
        var basis = new List<string>();
        Say(basis, without, "Nothing does the same as");
        Say(basis, hard, "Hard to migrate:");
        if (tooLong) basis.Add($"Leaving takes longer than the exit window: {LockInWords.Days(one.Time.P90)} days (P90) against {one.Settings.ExitWindowDays}.");
        if (level is MediumComplexity) Say(basis, medium, "Other interface, format or package:");
        if (level == EasilySubstitutable) basis.Add("Every type in use has the same engine or a compatible implementation elsewhere.");
        var unknown = types.Count(type => type.Api is null);
        if (unknown > 0) basis.Add($"{LockInWords.Count(unknown, "type is", "types are")} not known and may be worse.");
        return new(level, reason, Reintegration(one, level), HasAlternatives(types), Alternatives(types), string.Join(" ", basis), ToComplete(one, types));
    }

    private static bool IsHard(LockInTypeUse type) =>
        type.Api == ApiLevel.Redesign || type.Export is DataExport.ApiScrape or DataExport.NotExportable || type.Artefact == RuntimeArtefact.ProprietaryLanguage;

    private static bool IsMedium(LockInTypeUse type) =>
        type.Api is null or ApiLevel.EquivalentOtherApi || type.Export == DataExport.Transform || type.Artefact == RuntimeArtefact.FunctionPackage;

    /// <summary>Only an assessment for running it oneself says something about taking it back.</summary>
    private static string? Reintegration(LockInAssessment one, string level) => one.Settings.Target != LockInTarget.OpenSource ? null : level switch
    {
        EasilySubstitutable => ReintegrationEasy,
        MediumComplexity => ReintegrationDifficult,
        _ => ReintegrationHighlyComplex,
    };

    /// <summary>No where a known type has none; not said where a type is not known, or where the target is the same provider.</summary>
    private static string? HasAlternatives(List<LockInTypeUse> types)
    {
        var known = types.Where(type => type.Api is not null).ToList();
        if (known.Any(type => type.Alternatives.Count == 0 && !type.IsFamilyProfile)) return No;
        return known.Count == types.Count && known.All(type => type.Alternatives.Count > 0) ? Yes : null;
    }

    private static string? Alternatives(List<LockInTypeUse> types)
    {
        var names = types.SelectMany(type => type.Alternatives).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return null;
        return string.Join("; ", names.Take(AlternativesShown)) + (names.Count > AlternativesShown ? $"; and {names.Count - AlternativesShown} more" : "");
    }

    private static string ToComplete(LockInAssessment one, List<LockInTypeUse> types)
    {
        var text = AlwaysToComplete;
        if (one.Settings.Target != LockInTarget.OpenSource) text += " 0090: measure for OpenSource.";
        if (HasAlternatives(types) is null) text += " 0110: not every type in use is known.";
        return text + " 0120: alternatives are named as products, the register asks for providers.";
    }

    private static void Say(List<string> basis, List<LockInTypeUse> types, string what)
    {
        if (types.Count == 0) return;
        var names = types.Select(type => type.Variant is null ? type.Type : $"{type.Type} ({type.Variant})").Order(StringComparer.Ordinal).ToList();
        basis.Add($"{what} {string.Join(", ", names.Take(NamesShown))}{(names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "")}.");
    }

    private sealed record Finding(string? Substitutability, string? Reason, string? Reintegration, string? HasAlternatives, string? Alternatives, string Basis, string ToComplete);
}
