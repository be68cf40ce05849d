namespace Guardrails.Tests;

/// <summary>Assessments as a measurement gives them, of a company that does not exist. The same arguments give the same.</summary>
internal static class SampleAssessments
{
    public static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE groups; --", "=HYPERLINK(\"https://evil.example\")", "@SUM(A1)", "&amp;&lt;",
        "\u202Etxt.exe", "\u05E9\u05DC\u05D5\u05DD \u200F(1)", new string('n', 300), "a\u0000b\u0007c\uD800d\uFFFE", "]]>", "<!-- x -->", "javascript:alert(1)", "line\r\nbreak\ttab", "日本語の作業負荷", "🏦 bank", " ", "-1+1",
    ];

    private static readonly Evidence Judged = new(EvidenceGrade.C, "Reasoning: two people, a sprint, by what such rewrites took in projects that we know of", new(2026, 11, 1));
    private static readonly Evidence Documented = new(EvidenceGrade.B, "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html", new(2026, 10, 12));

    private static readonly (string Type, string Family, ApiLevel Api, DataExport? Export, RuntimeArtefact? Artefact, string[] Alternatives)[] Types =
    [
        ("AWS::Lambda::Function", "functions", ApiLevel.EquivalentOtherApi, null, RuntimeArtefact.FunctionPackage, ["Knative", "OpenFaaS"]),
        ("AWS::DynamoDB::Table", "key-value", ApiLevel.CompatibleImplementation, DataExport.Transform, null, ["ScyllaDB Alternator", "Cassandra"]),
        ("AWS::StepFunctions::StateMachine", "orchestration", ApiLevel.Redesign, null, RuntimeArtefact.ProprietaryLanguage, ["Temporal"]),
        ("AWS::S3::Bucket", "object-storage", ApiLevel.CompatibleImplementation, DataExport.NativeBulk, null, ["Ceph", "SeaweedFS"]),
        ("AWS::SQS::Queue", "messaging", ApiLevel.EquivalentOtherApi, null, null, ["RabbitMQ", "NATS"]),
        ("AWS::RDS::DBInstance", "relational", ApiLevel.SameEngine, DataExport.NativeBulk, null, ["PostgreSQL"]),
        ("AWS::Cognito::UserPool", "identity-users", ApiLevel.Redesign, DataExport.ApiScrape, null, ["Keycloak"]),
        ("AWS::Events::Rule", "eventing", ApiLevel.Redesign, null, null, ["Apache Camel"]),
        ("AWS::KMS::Key", "keys", ApiLevel.EquivalentOtherApi, DataExport.NotExportable, null, ["OpenBao"]),
        ("AWS::ECS::Service", "containers", ApiLevel.EquivalentOtherApi, null, RuntimeArtefact.OciImage, ["Kubernetes", "Nomad"]),
    ];

    private static readonly string[] Workloads =
    [
        "checkout", "payments", "identity", "search", "recommendations", "warehouse", "invoicing", "customer-portal", "fraud-detection", "catalogue", "shipping", "notifications", "data-lake", "ledger",
        "onboarding", "reporting", "pricing", "returns", "loyalty", "content", "partner-api", "archive", "scheduling", "telemetry",
    ];

    /// <param name="names">The groups' names; null for names of workloads.</param>
    public static IReadOnlyList<LockInAssessment> Portfolio(int groups, IReadOnlyList<string>? names = null, LockInTarget target = LockInTarget.OpenSource, bool isPriced = true)
    {
        var all = Enumerable.Range(0, groups).Select(i => Group(names is not null ? names[i % names.Count] : i < Workloads.Length ? Workloads[i] : $"workload-{i:00000}", i, target, isPriced)).ToList();
        return [Whole(all, target, isPriced), .. all];
    }

    public static LockInSettings Settings(LockInTarget target = LockInTarget.OpenSource, bool isPriced = true) => new()
    {
        Target = target,
        AssessedOn = new(2026, 11, 25),
        ReviewOn = new(2027, 5, 25),
        Posture = "regulated",
        HorizonYears = 3,
        RiskAversion = 0.5m,
        DayRate = isPriced ? 950 : null,
        Currency = "EUR",
        ExitWindowDays = 180,
        Seed = 42,
        Draws = 10_000,
        DataAsOf = new(2026, 9, 30),
        DataDigest = "9f2c41d0a7b35e6688cc1f40",
    };

    public static IReadOnlyList<LockInSensitivity> Sensitivities(decimal mean) =>
    [
        Sensitivity("edge.identity", mean, 0.98m, 1.01m, null, []), Sensitivity("skills.functions", mean, 0.95m, 1.04m, 0, []), Sensitivity("each.redesign", mean, 0.7m, 1.4m, 0.25m, ["checkout: Accept to Avoid"]),
    ];

    private static LockInSensitivity Sensitivity(string constant, decimal mean, decimal low, decimal high, decimal? flipped, IReadOnlyList<string> flips) => new()
    {
        Constant = constant,
        Target = LockInTarget.OpenSource,
        Low = 1,
        Likely = 3,
        High = 9,
        Evidence = Judged,
        EffortMean = mean,
        EffortAtLow = mean * low,
        EffortAtHigh = mean * high,
        TauAtHalf = 0.82m,
        TauAtOneAndAHalf = 1,
        FlippedDecisions = flipped,
        Flips = flips,
        Groups = 14,
        Decisions = 9,
    };

    private static LockInAssessment Group(string name, int i, LockInTarget target, bool isPriced)
    {
        var scale = 1 + (i * 7919 % 23) / 4m;
        var kinds = Types.Where((_, t) => (i + t) % 3 != 0).ToList();
        var uses = kinds.Select((one, t) => Use(one, 1 + (i * 31 + t * 17) % 9)).ToList();
        if (i % 5 == 2) uses.Add(new LockInTypeUse { Type = "AWS::Exotic::Thing", Count = 2 });
        uses.Add(new LockInTypeUse { Type = "AWS::IAM::Role", Count = 4, Family = "identity", IsGlue = false, Api = ApiLevel.EquivalentOtherApi, Alternatives = ["SPIFFE"] });
        var terms = Terms(uses, scale).ToList();
        return Assessment(name, false, target, isPriced, uses, terms, Benefit(i), i) with { Graph = FamilyGraph(uses) };
    }

    private static decimal? Benefit(int i) => (i % 6) switch { 4 => null, 0 => 420_000 + i * 9_000, 1 => 90_000, 2 => 610_000 - i * 4_000, 3 => 30_000 + i * 2_500, _ => 240_000 };

    private static LockInAssessment Whole(List<LockInAssessment> groups, LockInTarget target, bool isPriced)
    {
        var uses = groups.SelectMany(one => one.Types).GroupBy(use => use.Type, StringComparer.Ordinal).Select(same => same.First() with { Count = same.Sum(use => use.Count) }).OrderBy(use => use.Type, StringComparer.Ordinal).ToList();
        var terms = groups.SelectMany(one => one.Terms).GroupBy(term => (term.Kind, term.Subject))
            .Select(same => same.First() with { Count = same.Sum(term => term.Count), AmountHundredths = same.First().IsShared ? same.Max(term => term.AmountHundredths) : same.Sum(term => term.AmountHundredths), OwnHundredths = same.First().IsShared ? 0 : same.Sum(term => term.AmountHundredths) }).ToList();
        var graph = new LockInGraph
        {
            Nodes = [.. groups.Select(one => new LockInGraphNode(one.Name, one.Title, one.Counts.Resources)).DistinctBy(node => node.Name)],
            Edges = [.. groups.SelectMany((one, i) => Edges(groups, one, i)).DistinctBy(edge => (edge.Source, edge.Target, edge.Class))],
        };
        return Assessment("Organization", true, target, isPriced, uses, terms, null, 1) with { Title = "Example Bank", Graph = graph };
    }

    private static IEnumerable<LockInGraphEdge> Edges(List<LockInAssessment> groups, LockInAssessment one, int i)
    {
        foreach (var step in new[] { 3, 7 })
            if (i + step < groups.Count) yield return new(one.Name, groups[i + step].Name, EdgeClass.Data, 1 + (i * 13 + step) % 12);
        if (i % 4 == 0 && groups.Count > 2) yield return new(one.Name, groups[2].Name, EdgeClass.Identity, 6);
        // Two circles.
        if (i == 9 && groups.Count > 9) yield return new(one.Name, groups[2].Name, EdgeClass.Eventing, 2);
        if (i == 10 && groups.Count > 11) yield return new(one.Name, groups[11].Name, EdgeClass.Data, 2);
        if (i == 11 && groups.Count > 11) yield return new(one.Name, groups[10].Name, EdgeClass.Data, 4);
    }

    private static LockInTypeUse Use((string Type, string Family, ApiLevel Api, DataExport? Export, RuntimeArtefact? Artefact, string[] Alternatives) one, int count) =>
        new() { Type = one.Type, Count = count, Family = one.Family, Api = one.Api, Export = one.Export, Artefact = one.Artefact, Alternatives = one.Alternatives };

    private static IEnumerable<LockInTerm> Terms(List<LockInTypeUse> uses, decimal scale)
    {
        foreach (var use in uses)
        {
            var hard = use.Api is null ? 3 : 1 + (int)use.Api.Value;
            yield return Term(LockInTermKind.TypeOnce, use.Type, 1, 150 * hard, "fixed", true);
            yield return Term(LockInTermKind.TypeEach, use.Type, use.Count, (long)(80 * hard * scale * use.Count), $"{0.8m * hard:0.00} × {use.Count}^0.68", false);
        }
        foreach (var family in uses.Select(use => use.Family).OfType<string>().Distinct(StringComparer.Ordinal)) yield return Term(LockInTermKind.Skills, family, 1, 600, "skills", true);
        yield return Term(LockInTermKind.Coupling, "identity", 12, (long)(360 * scale), "12 × 0.30", false);
        yield return Term(LockInTermKind.Coupling, "data", 7, (long)(350 * scale), "7 × 0.50", false);
        yield return Term(LockInTermKind.Migration, "transform", 3, 2100, "3 × 7.00", false);
        yield return Term(LockInTermKind.Volume, "terabytes", 2_400_000, 480, "2.4 × 2.00", false);
        yield return Term(LockInTermKind.Definition, "CloudFormation", 40, 800, "40 × 0.20", false);
    }

    private static LockInTerm Term(LockInTermKind kind, string subject, long count, long amount, string formula, bool isShared) => new()
    {
        Kind = kind,
        Subject = subject,
        Count = count,
        AmountHundredths = amount,
        OwnHundredths = isShared ? 0 : amount,
        IsShared = isShared,
        Formula = formula,
        Constants = [$"{kind.ToString().ToLowerInvariant()}.sample"],
        Evidence = kind == LockInTermKind.TypeOnce ? [Documented, Judged] : [Judged],
    };

    private static LockInGraph FamilyGraph(List<LockInTypeUse> uses)
    {
        var families = uses.Select(use => use.Family).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new()
        {
            Nodes = [.. families.Select(family => new LockInGraphNode(family, Title(family), uses.Where(use => use.Family == family).Sum(use => use.Count))), new("(outside)", "Outside", 3)],
            Edges = [.. families.Skip(1).Select((family, i) => new LockInGraphEdge(family, families[i], EdgeClass.Data, 2)), new(families[0], "(outside)", EdgeClass.Network, 3)],
        };
    }

    private static string Title(string family) => char.ToUpperInvariant(family[0]) + family[1..].Replace('-', ' ');

    private static LockInAssessment Assessment(string name, bool isTotal, LockInTarget target, bool isPriced, List<LockInTypeUse> uses, List<LockInTerm> terms, decimal? benefit, int i)
    {
        var sum = terms.Sum(term => term.AmountHundredths);
        var mean = sum / 100m;
        var own = terms.Sum(term => term.OwnHundredths);
        var settings = Settings(target, isPriced);
        decimal? Money(decimal share) => isPriced ? mean * share * 950 + 18_400 : null;
        var time = 40 + mean / 12;
        var probability = 0.259m;
        var breakEven = i % 7 == 5 ? 1.4m : 0.08m + i % 5 * 0.11m;
        return new LockInAssessment
        {
            Name = name,
            Title = name,
            GroupBy = LockInGrouping.Workload,
            IsTotal = isTotal,
            Settings = settings,
            Benefit = benefit,
            Counts = new()
            {
                Resources = uses.Sum(use => use.Count),
                Glue = 0,
                Types = uses.Count,
                FamilyTypes = 1,
                UnknownTypes = uses.Any(use => use.Api is null) ? ["AWS::Exotic::Thing"] : [],
                Couplings = 19,
                OutwardCouplings = 4,
                Stores = 3,
                StoresWithoutVolume = 1,
                DataGigabytes = 2_400,
                MonthlyCost = 3_120.55m,
                ResourcesWithCost = 20,
                Matched = 22,
            },
            Effort = new() { P10 = mean * 0.72m, P50 = mean * 0.98m, P90 = mean * 1.41m, MeanHundredths = sum, OwnHundredths = own, SharedHundredths = sum - own },
            Terms = [.. terms.OrderByDescending(term => term.AmountHundredths).ThenBy(term => term.Kind).ThenBy(term => term.Subject, StringComparer.Ordinal)],
            Learning = new() { Families = [.. uses.Select(use => use.Family).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(family => new LockInFamilyLearning { Family = family, Title = Title(family), ServiceDays = 5, AlternativeDays = 9, Evidence = [Judged] })] },
            Time = new() { P10 = time * 0.8m, P50 = time, P90 = time * 1.5m, LearningDays = 14, ChainDays = time - 20, TransferDays = 3.4m, Circles = 1, LargestCircle = 4, Chain = ["vpc", "orders-table", "checkout-api"], Draws = 500 },
            Money = new()
            {
                Currency = "EUR",
                P10 = Money(0.72m),
                Mean = Money(1),
                P90 = Money(1.41m),
                Parts =
                [
                    new() { Kind = LockInMoneyKind.Effort, Low = isPriced ? mean * 0.72m * 950 : null, Mean = isPriced ? mean * 950 : null, High = isPriced ? mean * 1.41m * 950 : null, Note = isPriced ? $"{mean:0.00} person-days at 950 EUR" : "No day rate was given." },
                    new() { Kind = LockInMoneyKind.Egress, Low = 60, Mean = 150, High = 216, Note = "2,400 GB at cost: Regulation (EU) 2023/2854, Article 29, until 2027-01-12", Evidence = [new(EvidenceGrade.B, "https://eur-lex.europa.eu/eli/reg/2023/2854/oj", new(2026, 11, 2))] },
                    new() { Kind = LockInMoneyKind.Retrieval, Note = "The classes of storage are not known." },
                    new() { Kind = LockInMoneyKind.Overlap, Low = 18_250, Mean = 18_250, High = 18_250, Note = "Six months of known spend." },
                    new() { Kind = LockInMoneyKind.Commitments, Note = "No bill says what is committed." },
                ],
            },
            Risk = new() { Scenarios = [new() { Name = "regulation", RatePerYear = 0.05m, Probability = 0.139m, Evidence = Judged }, new() { Name = "price", RatePerYear = 0.05m, Probability = 0.139m }], Probability = probability },
            Decision = new()
            {
                Kind = (LockInDecisionKind)(i % 4),
                AcceptIsOffered = time * 1.5m <= 180,
                BreakEvenProbability = breakEven,
                BreakEvenOption = "container-variant",
                BreakEvenBenefit = benefit is null ? null : 44_000,
                Reasons = isTotal ? ["Running the functions as containers saves more than it costs, at P10 and at P90."] : [],
                Options =
                [
                    new() { Id = "container-variant", Title = "Run functions as container images", Resources = 12, PriceDays = 14, CarryingDaysPerYear = 3, SavingP10 = 30, SavingMean = 48, SavingP90 = 70, BreakEvenProbability = breakEven, Pays = breakEven < probability, Evidence = [Judged] },
                    new() { Id = "exports", Title = "Export stores every night in an open format", Resources = 3, PriceDays = 6, CarryingDaysPerYear = 2, SavingP10 = 4, SavingMean = 9, SavingP90 = 15, BreakEvenProbability = 1.33m, Pays = false, TimeP90 = time * 1.4m, Evidence = [Judged] },
                ],
            },
            Confidence = new()
            {
                Value = 0.61m - i % 3 * 0.1m,
                Band = LockInBand.Medium,
                Words = "four of five resources are seen in a bill, most types have a profile of their own, most constants are judgement.",
                Components = [new("Spend", 0.82m, 0.25m, "82 % of the bill is of resources that were seen"), new("Types", 0.91m, 0.35m, "91 % of the resources are of known types"), new("Grades", 0.34m, 0.2m, "7 of 41 values are measured or documented"), new("Collectors", 1, 0.1m, "no file failed"), new("Matched", 0.7m, 0.1m, "70 % are certain to be counted once")],
            },
            Band = LockInBand.High,
            Types = uses,
            Gaps = [new(LockInGapKind.UnknownVolume, 1, "The volume of 1 of 3 stores is not known: its transfer is in no figure."), new(LockInGapKind.UnknownType, 1, "2 resources are of a type that nothing is known of: they count with the wide range of the unknown.")],
        };
    }
}
