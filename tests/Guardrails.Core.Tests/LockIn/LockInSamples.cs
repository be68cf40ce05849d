namespace Guardrails.Tests;

/// <summary>Facts made for tests, with constants whose means are round, and resources.</summary>
internal static class LockInSamples
{
    public static readonly Evidence Documented = new(EvidenceGrade.B, "a page", new(2026, 10, 1));
    public static readonly Evidence Judged = new(EvidenceGrade.C, "reasoning", new(2026, 11, 1));
    public static readonly DateOnly Today = new(2026, 11, 25);

    // The likely value is the mean, as the bounds are half as far on both sides.
    private static readonly Dictionary<string, decimal> Means = new()
    {
        ["fixed.same-engine.none"] = 1,
        ["fixed.same-engine.oci-image"] = 1.5m,
        ["fixed.same-engine.virtual-machine"] = 2,
        ["fixed.compatible-implementation.none"] = 4,
        ["fixed.equivalent-other-api.none"] = 6,
        ["fixed.equivalent-other-api.oci-image"] = 7,
        ["fixed.equivalent-other-api.function-package"] = 10,
        ["fixed.redesign.none"] = 15,
        ["fixed.redesign.proprietary-language"] = 30,
        ["each.same-engine"] = 0.2m,
        ["each.compatible-implementation"] = 0.5m,
        ["each.equivalent-other-api"] = 1,
        ["each.redesign"] = 3,
        ["unknown.fixed"] = 20,
        ["unknown.each"] = 4,
        ["edge.identity"] = 0.5m,
        ["edge.eventing"] = 0.8m,
        ["edge.network"] = 0.3m,
        ["edge.observability"] = 0.25m,
        ["edge.data"] = 0.6m,
        ["edge.unclassified"] = 0.5m,
        ["migration.native-bulk"] = 2,
        ["migration.transform"] = 5,
        ["migration.api-scrape"] = 8,
        ["migration.not-exportable"] = 6,
        ["migration.per-terabyte"] = 0.6m,
        ["skills.objects"] = 5,
        ["skills.functions"] = 7,
        ["skills.messaging"] = 4,
        ["skills.workflows"] = 9,
        ["skills.roles"] = 8,
        ["skills.machines"] = 3,
        ["skills.relational"] = 6,
        ["iac.cloudformation"] = 0.12m,
        ["iac.terraform"] = 0.08m,
        ["iac.macro"] = 4,
        ["iac.custom-resource"] = 2.5m,
        ["iac.nested-stack"] = 1,
        ["transfer.gigabytes-per-day"] = 1000,
        ["overlap.months"] = 3,
    };

    public static LockInFacts Facts(IEnumerable<LockInOption>? options = null) => new(Families, Profiles, Means.Select(pair => Constant(pair.Key, pair.Value)), ["AWS::S3::BucketPolicy"])
    {
        Postures = [Posture("careful", 5, 0.5m, 1), Posture("quick", 2, 0.02m, 0)],
        Options = [.. options ?? []],
        Egress = Egress,
        Bands = new Dictionary<string, LockInBands>
        {
            ["effort"] = new() { Name = "effort", Medium = 20, High = 120, Evidence = Judged },
            ["confidence"] = new() { Name = "confidence", Medium = 0.5m, High = 0.8m, Evidence = Judged },
        },
    };

    public static readonly EgressFacts Egress = new()
    {
        Currency = "USD",
        Tiers = [new(100, new(0m, Documented)), new(10_000, new(0.10m, Documented)), new(null, new(0.05m, Documented))],
        EuropeanRegions = new HashSet<string> { "eu-central-1" },
        Rules =
        [
            new(EgressPurpose.Switching, new(2024, 1, 11), EgressCharge.AtCost, Documented),
            new(EgressPurpose.Switching, new(2027, 1, 12), EgressCharge.Nothing, Documented),
            new(EgressPurpose.ParallelUse, new(2025, 9, 12), EgressCharge.AtCost, Documented),
        ],
        AtCost = new(0.2m, 0.6m, Judged),
    };

    public static LockInRequest Request(LockInGrouping groupBy = LockInGrouping.Organization) =>
        new() { Target = LockInTarget.OpenSource, Date = Today, GroupBy = groupBy, Draws = 1_000 };

    public static LockInConstant Constant(string name, decimal mean) =>
        new() { Name = name, Low = mean / 2, Likely = mean, High = mean * 3 / 2, Unit = "person-days", Evidence = Judged };

    public static LockInPosture Posture(string name, decimal years, decimal priceRate, decimal riskAversion) => new()
    {
        Name = name,
        Title = name,
        RatesPerYear = new Dictionary<string, Graded<decimal>> { ["price"] = new(priceRate, Judged), ["merger"] = new(0.1m, Judged) },
        HorizonYears = new(years, Judged),
        RiskAversion = new(riskAversion, Judged),
        ReviewMonths = new(6, Judged),
    };

    public static LockInOption Option(string id, string type, decimal share, decimal price, decimal carrying) => new()
    {
        Id = id,
        Title = "Do " + id,
        Types = [type],
        EffortShare = new(share, Judged),
        PriceDays = new(price, Judged),
        CarryingDaysPerYear = new(carrying, Judged),
    };

    public static InventoryResource Resource(string key, string type, params (string Target, EdgeClass Class)[] uses) => new()
    {
        Key = key,
        Type = type,
        LogicalId = key,
        AccountId = "111122223333",
        Region = "eu-central-1",
        Workload = "shop",
        IsMatched = true,
        References = [.. uses.Select(use => new ResourceReference(use.Target, use.Class))],
    };

    public static InventoryResource With(
        this InventoryResource one, string? workload = "shop", double? gigabytes = null, TemplateTraits traits = TemplateTraits.None, decimal? cost = null, string? currency = "USD", string? region = "eu-central-1",
        string? variant = null, bool isMatched = true, string? stack = null, string? unit = null, IReadOnlyList<ResourceReference>? references = null, string? key = null) => new()
        {
            Key = key ?? one.Key,
            Type = one.Type,
            Variant = variant,
            LogicalId = one.LogicalId,
            AccountId = one.AccountId,
            OrganizationalUnit = unit,
            Region = region,
            Workload = workload,
            Stack = stack,
            IsMatched = isMatched,
            References = references ?? one.References,
            DataGigabytes = gigabytes,
            Traits = traits,
            MonthlyCost = cost,
            Currency = cost is null ? null : currency,
            Sources = one.Sources,
        };

    public static LockInAssessment Measure(IEnumerable<InventoryResource> resources, LockInRequest? request = null, IEnumerable<InventoryGap>? gaps = null, LockInFacts? facts = null) =>
        MeasureAll(resources, gaps ?? [], facts ?? Facts(), request ?? Request())[0];

    public static IReadOnlyList<LockInAssessment> MeasureAll(IEnumerable<InventoryResource> resources, IEnumerable<InventoryGap> gaps, LockInFacts facts, LockInRequest request) =>
        LockInMeasurement.Of(resources, gaps, facts, request, CancellationToken.None);

    private static readonly LockInFamily[] Families =
    [
        Family("objects", EdgeClass.Data, 3, 5, "AWS::S3::*"),
        Family("functions", EdgeClass.Eventing, 2, 7, "AWS::Lambda::*"),
        Family("messaging", EdgeClass.Eventing, 1, 4, "AWS::SQS::*"),
        Family("workflows", EdgeClass.Eventing, 4, 9, "AWS::StepFunctions::*"),
        Family("roles", EdgeClass.Identity, 6, null, "AWS::IAM::*"),
        Family("machines", EdgeClass.Network, 2, 3, "AWS::EC2::*"),
        Family("relational", EdgeClass.Data, 3, 6, "AWS::RDS::*"),
    ];

    private static readonly LockInProfile[] Profiles =
    [
        Profile("AWS::S3::Bucket", "objects", ApiLevel.CompatibleImplementation, export: DataExport.NativeBulk),
        Profile("AWS::Lambda::Function", "functions", ApiLevel.EquivalentOtherApi, RuntimeArtefact.FunctionPackage),
        Profile("AWS::Lambda::Function", "functions", ApiLevel.EquivalentOtherApi, RuntimeArtefact.OciImage, variant: "Image"),
        Profile("AWS::SQS::Queue", "messaging", ApiLevel.EquivalentOtherApi),
        Profile("AWS::StepFunctions::StateMachine", "workflows", ApiLevel.Redesign, RuntimeArtefact.ProprietaryLanguage),
        Profile("AWS::IAM::Role", "roles", ApiLevel.Redesign),
        Profile("AWS::EC2::Instance", "machines", ApiLevel.SameEngine, RuntimeArtefact.VirtualMachine),
        // Without its variant it is the least binding one, as in the module's data.
        Profile("AWS::RDS::DBCluster", "relational", ApiLevel.SameEngine, export: DataExport.NativeBulk),
        Profile("AWS::RDS::DBCluster", "relational", ApiLevel.SameEngine, export: DataExport.NativeBulk, variant: "postgres"),
        Profile("AWS::RDS::DBCluster", "relational", ApiLevel.EquivalentOtherApi, RuntimeArtefact.OciImage, DataExport.NativeBulk, "custom"),
        Profile("AWS::RDS::DBCluster", "relational", ApiLevel.Redesign, export: DataExport.NativeBulk, variant: "oracle"),
    ];

    private static LockInFamily Family(string name, EdgeClass edges, decimal service, decimal? alternative, params string[] types) => new()
    {
        Name = name,
        Title = "The " + name,
        EdgeClass = edges,
        Types = types,
        LearningDays = new(service, Judged),
        Levels = new Dictionary<LockInTarget, LockInFamilyLevels> { [LockInTarget.OpenSource] = new() { LearningDays = alternative is { } days ? new(days, Judged) : null } },
    };

    private static LockInProfile Profile(string type, string family, ApiLevel api, RuntimeArtefact? artefact = null, DataExport? export = null, string? variant = null) => new()
    {
        Type = type,
        Variant = variant,
        Family = family,
        Target = LockInTarget.OpenSource,
        Api = new(api, Documented),
        Artefact = artefact is { } runs ? new(runs, Documented) : null,
        Export = export is { } gets ? new(gets, Documented) : null,
        Alternatives = [new() { Name = "Other", License = "MIT", AsOf = new(2026, 10, 1) }],
    };
}
