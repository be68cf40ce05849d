namespace Guardrails;

/// <summary>Every additive term with its formula and where its constants come from, down to the page.</summary>
internal static class LockInExplanation
{
    private const int MostTerms = 500;
    private const int MostGroups = 20;
    private const int MostTermsOfGroup = 15;
    private const int MostTypes = 200;

    public static IReadOnlyList<ReportBlock> Blocks(LockInReportPart part)
    {
        var blocks = new List<ReportBlock>();
        var subjects = part.Whole is { } whole ? [whole, .. part.Groups] : part.Groups;
        if (part.Whole is { Terms.Count: > 0 } one)
        {
            blocks.Add(new ReportParagraph(Grades(one)));
            blocks.Add(new ReportDetails($"All {LockInWords.Count(one.Terms.Count, "term", "terms")} of the effort, with formula and evidence", [Terms(one, MostTerms)]));
        }
        if (part.Whole is { Types.Count: > 0 } typed) blocks.Add(new ReportDetails("The types in use, how they hold, and what could take their place", [Types(typed)]));
        var groups = part.Groups.Where(group => group.Terms.Count > 0).OrderByDescending(group => group.Effort.MeanHundredths).ThenBy(group => group.Name, StringComparer.Ordinal).ToList();
        blocks.AddRange(groups.Take(MostGroups).Select(group => new ReportDetails($"{LockInWords.Name(group)}: {LockInWords.Days(group.Effort.Mean)} person-days", [Terms(group, MostTermsOfGroup)])));
        if (groups.Count > MostGroups) blocks.Add(new ReportParagraph($"The terms of {LockInWords.Whole(groups.Count - MostGroups)} more groups are in the JSON.", ReportTone.Note));
        var evidence = subjects.SelectMany(Evidence).ToList();
        if (evidence.Count > 0) blocks.Add(new ReportDetails("All sources", [Sources(evidence, "Sources: A measured, B documented, C judgement")]));
        return blocks;
    }

    public static ReportGrid Sources(IReadOnlyList<Evidence> evidence, string caption)
    {
        var distinct = evidence.Distinct().OrderBy(one => one.Grade).ThenBy(one => one.Source, StringComparer.Ordinal).ThenBy(one => one.AsOf).ToList();
        return new ReportGrid
        {
            Caption = caption,
            Columns = [new("Grade", ReportGridKind.Short), new("Looked up", ReportGridKind.Short), new("Source", ReportGridKind.Source)],
            Rows = [.. distinct.Take(ReportGrid.MostRows).Select(one => new[] { Grade(one.Grade), LockInWords.Date(one.AsOf), one.Source })],
            Rest = distinct.Count > ReportGrid.MostRows ? $"and {LockInWords.Whole(distinct.Count - ReportGrid.MostRows)} more sources." : null,
        };
    }

    private static ReportGrid Terms(LockInAssessment one, int most)
    {
        var rest = one.Terms.Skip(most).ToList();
        return new ReportGrid
        {
            Caption = $"Terms of {LockInWords.Name(one)}; together {Exact(one.Terms.Sum(term => term.AmountHundredths))} person-days",
            Columns = [new("Term", ReportGridKind.Name), new("For"), new("Person-days", ReportGridKind.Number), new("Formula"), new("Constants"), new("Evidence", ReportGridKind.Source)],
            Rows =
            [
                .. one.Terms.Take(most).Select(term => new[]
                {
                    LockInWords.Name(term), LockInWords.Of(term.Kind) + (term.IsShared ? ", shared: due once" : ""), Exact(term.AmountHundredths), term.Formula, string.Join(", ", term.Constants), string.Join("; ", term.Evidence.Distinct().Select(Words)),
                }),
            ],
            Rest = rest.Count > 0 ? $"and {LockInWords.Whole(rest.Count)} more terms with {Exact(rest.Sum(term => term.AmountHundredths))} person-days together." : null,
        };
    }

    private static ReportGrid Types(LockInAssessment one)
    {
        var types = one.Types.OrderByDescending(type => type.Api).ThenByDescending(type => type.Count).ThenBy(type => type.Type, StringComparer.Ordinal).ThenBy(type => type.Variant, StringComparer.Ordinal).ToList();
        var rest = types.Skip(MostTypes).ToList();
        return new ReportGrid
        {
            Caption = "Types in use",
            Columns = [new("Type", ReportGridKind.Name), new("Count", ReportGridKind.Number), new("Interface elsewhere"), new("Data gets out"), new("What runs in it"), new("Alternatives")],
            Rows =
            [
                .. types.Take(MostTypes).Select(type => new[]
                {
                    type.Variant is null ? type.Type : $"{type.Type} ({type.Variant})", LockInWords.Whole(type.Count), type.IsGlue ? "only joins others" : Api(type.Api) + (type.IsFamilyProfile ? " (by its family)" : ""), type.Export is { } export ? LockInWords.Of(export) : "", Artefact(type.Artefact), string.Join(", ", type.Alternatives),
                }),
            ],
            Rest = rest.Count > 0 ? $"and {LockInWords.Whole(rest.Count)} more types with {LockInWords.Whole(rest.Sum(type => (long)type.Count))} resources." : null,
        };
    }

    private static string Grades(LockInAssessment one)
    {
        var grades = one.Terms.SelectMany(term => term.Evidence).Distinct().GroupBy(evidence => evidence.Grade).OrderBy(grade => grade.Key).Select(grade => $"{LockInWords.Whole(grade.Count())} of grade {Grade(grade.Key)}");
        return $"The mean is the exact sum of its terms. Their evidence: {string.Join("; ", grades)}.";
    }

    private static IEnumerable<Evidence> Evidence(LockInAssessment one) =>
        one.Terms.SelectMany(term => term.Evidence).Concat(one.Money.Parts.SelectMany(part => part.Evidence)).Concat(one.Learning.Families.SelectMany(family => family.Evidence))
            .Concat(one.Risk.Scenarios.Select(scenario => scenario.Evidence).OfType<Evidence>()).Concat(one.Decision.Options.SelectMany(option => option.Evidence));

    private static string Words(Evidence evidence) => $"{evidence.Grade}, {LockInWords.Date(evidence.AsOf)}: {evidence.Source}";

    private static string Grade(EvidenceGrade grade) => grade switch
    {
        EvidenceGrade.A => "A, measured",
        EvidenceGrade.B => "B, documented",
        _ => "C, judgement",
    };

    private static string Exact(long hundredths) => (hundredths / 100m).ToString("#,0.00", System.Globalization.CultureInfo.InvariantCulture);

    private static string Api(ApiLevel? level) => level switch
    {
        ApiLevel.SameEngine => "the same engine",
        ApiLevel.CompatibleImplementation => "a compatible implementation",
        ApiLevel.EquivalentOtherApi => "an equivalent with another interface",
        ApiLevel.Redesign => "only with another design",
        ApiLevel.None => "nothing does the same",
        _ => "not known",
    };

    private static string Artefact(RuntimeArtefact? artefact) => artefact switch
    {
        RuntimeArtefact.OciImage => "an OCI image",
        RuntimeArtefact.VirtualMachine => "a virtual machine",
        RuntimeArtefact.FunctionPackage => "a package of functions",
        RuntimeArtefact.ProprietaryLanguage => "a proprietary language",
        _ => "",
    };
}
