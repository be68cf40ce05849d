using CsCheck;
using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

public sealed class EffortModelTests
{
    [Fact]
    public void A_bucket_with_its_policy_recomputed_by_hand()
    {
        // The bucket's type once 4.00, one bucket 0.50 × 1^0.68 = 0.50, the policy's coupling (identity) 0.50, one store (native bulk) 2.00,
        // 0.5 TB × 0.60 = 0.30, skills of objects 5.00, one CloudFormation definition 0.12: the policy only joins, its definition is in its coupling.
        // 4.00 + 0.50 + 0.50 + 2.00 + 0.30 + 5.00 + 0.12 = 12.42
        var measured = Measure(
        [
            Resource("bucket", "AWS::S3::Bucket").With(gigabytes: 500, traits: TemplateTraits.CloudFormation),
            Resource("policy", "AWS::S3::BucketPolicy", ("bucket", EdgeClass.Identity)).With(traits: TemplateTraits.CloudFormation),
        ]);
        Assert.Equal(1242, measured.Effort.MeanHundredths);
        Assert.Equal(
            ["Skills objects 500", "TypeOnce AWS::S3::Bucket 400", "Migration NativeBulk 200", "TypeEach AWS::S3::Bucket 50", "Coupling Identity 50", "Volume Data 30", "Definition CloudFormation 12"],
            measured.Terms.Select(term => $"{term.Kind} {term.Subject} {term.AmountHundredths}"));
        Assert.Equal("Skills objects: 5.00 (5.00 once)", measured.LargestDriver!.ToString());
        Assert.Equal(LockInBand.Low, measured.Band);
    }

    [Fact]
    public void Functions_queues_and_a_role_recomputed_by_hand()
    {
        // 5 functions: 10.00 + 1.00 × 5^0.68 (ln 5 = 1.609438, × 0.68 = 1.094418, e^ = 2.98744) = 10.00 + 2.99 = 12.99
        // 3 queues:     6.00 + 1.00 × 3^0.68 (ln 3 = 1.098612, × 0.68 = 0.747056, e^ = 2.11078) =  6.00 + 2.11 =  8.11
        // 1 role:      15.00 + 3.00 = 18.00
        // couplings: 3 eventing × 0.80 = 2.40, 5 identity × 0.50 = 2.50
        // skills: functions 7.00, messaging 4.00, roles 8.00 = 19.00
        // 12.99 + 8.11 + 18.00 + 2.40 + 2.50 + 19.00 = 63.00
        var functions = Enumerable.Range(1, 5).Select(i => i <= 3
            ? Resource($"f{i}", "AWS::Lambda::Function", ("role", EdgeClass.Identity), ($"q{i}", EdgeClass.Eventing))
            : Resource($"f{i}", "AWS::Lambda::Function", ("role", EdgeClass.Identity)));
        var queues = Enumerable.Range(1, 3).Select(i => Resource($"q{i}", "AWS::SQS::Queue"));
        var measured = Measure([.. functions, .. queues, Resource("role", "AWS::IAM::Role")]);
        Assert.Equal(6300, measured.Effort.MeanHundredths);
        Assert.Contains(measured.Terms, term => term is { Kind: LockInTermKind.TypeEach, Subject: "AWS::Lambda::Function", AmountHundredths: 299, Formula: "1.00 × 5^0.68" });
        Assert.Equal(LockInBand.Medium, measured.Band);
    }

    [Fact]
    public void Unknown_types_and_a_state_machine_recomputed_by_hand()
    {
        // 2 of an unknown type: 20.00 + 4.00 × 2^0.68 (ln 2 = 0.693147, × 0.68 = 0.471340, e^ = 1.60214) = 20.00 + 6.41 = 26.41; no family, no skills
        // their Terraform: 2 × 0.08 = 0.16; their couplings (unclassified): 2 × 0.50 = 1.00
        // 1 state machine: 30.00 + 3.00 = 33.00, skills of workflows 9.00, CloudFormation 0.12 and a macro 4.00
        // 26.41 + 0.16 + 1.00 + 33.00 + 9.00 + 0.12 + 4.00 = 73.69
        var measured = Measure(
        [
            Resource("x1", "Vendor::Thing::One", ("machine", EdgeClass.Unclassified)).With(traits: TemplateTraits.Terraform),
            Resource("x2", "Vendor::Thing::One", ("machine", EdgeClass.Unclassified)).With(traits: TemplateTraits.Terraform),
            Resource("machine", "AWS::StepFunctions::StateMachine").With(traits: TemplateTraits.CloudFormation | TemplateTraits.Macro),
        ]);
        Assert.Equal(7369, measured.Effort.MeanHundredths);
        Assert.Equal(["Vendor::Thing::One"], measured.Counts.UnknownTypes);
        Assert.Contains(measured.Gaps, gap => gap.Kind == LockInGapKind.UnknownType && gap.Message.Contains("Vendor::Thing::One", StringComparison.Ordinal));
    }

    [Fact]
    public void A_type_of_a_family_without_levels_costs_the_unknown_and_the_skills()
    {
        // 20.00 + 4.00 + skills of messaging 4.00
        var measured = Measure([Resource("x", "AWS::SQS::SomethingNew")]);
        Assert.Equal(2800, measured.Effort.MeanHundredths);
        Assert.Equal(["AWS::SQS::SomethingNew"], measured.Counts.UnknownTypes);
    }

    [Fact]
    public void A_variant_with_a_profile_of_its_own_costs_once_for_itself_and_one_without_is_of_its_type()
    {
        var measured = Measure([Resource("a", "AWS::Lambda::Function").With(variant: "Image"), Resource("b", "AWS::Lambda::Function").With(variant: "Zip"), Resource("d", "AWS::Lambda::Function").With(variant: "New")]);
        Assert.Equal([(1, "Image"), (2, null)], measured.Terms.Where(term => term.Kind == LockInTermKind.TypeOnce).OrderBy(term => term.Count).Select(term => ((int)term.Count, term.Variant)));
        Assert.Equal(("1.00 × 3^0.68", 3L, null), Each(measured));
    }

    [Fact]
    public void Variants_of_several_levels_and_one_that_is_not_known_recomputed_by_hand()
    {
        // 2 postgres and 1 oracle: once 1.00 + 15.00; all three 0.20, one of them 3.00: 0.20 × (2.11078 − 1) + 3.00 × 1 = 3.22; 3 stores × 2.00; skills 6.00
        InventoryResource[] known = [Resource("a", Cluster).With(variant: "postgres"), Resource("b", Cluster).With(variant: "postgres"), Resource("c", Cluster).With(variant: "oracle")];
        var measured = Measure(known);
        Assert.Equal(("0.20 × (3^0.68 − 1^0.68) + 3.00 × 1^0.68", 3L, null), Each(measured));
        Assert.Equal(["each.redesign", "each.same-engine"], measured.Terms.Single(term => term.Kind == LockInTermKind.TypeEach).Constants.Order(StringComparer.Ordinal));
        Assert.Equal(3122, measured.Effort.MeanHundredths);
        // One more, of no known variant: 0.20 × (4^0.68 = 2.56685 − 1) + 3.00 = 3.31, one store more, and nothing once: it is one of the others.
        var open = Measure([.. known, Resource("d", Cluster)]);
        Assert.Equal(3331, open.Effort.MeanHundredths);
        Assert.Equal(["oracle", "postgres"], open.Terms.Where(term => term.Kind == LockInTermKind.TypeOnce).Select(term => term.Variant).Order(StringComparer.Ordinal));
        // Alone it costs once what its type does: 1.00 + 0.20 + 2.00 + 6.00.
        Assert.Equal(920, Measure([Resource("d", Cluster)]).Effort.MeanHundredths);
        // In groups: what is of no known variant has no part of its own in what is paid once for the others.
        var groups = MeasureAll([.. known, Resource("d", Cluster).With(workload: "blog")], [], Facts(), Request(LockInGrouping.Workload));
        Assert.Equal([("Organization", 3331L), ("blog", 920L), ("shop", 3122L)], groups.Select(one => (one.Name, one.Effort.MeanHundredths)));
        Assert.Equal(groups[0].Effort.MeanHundredths, groups[0].Effort.SharedHundredths + groups[1].Effort.OwnHundredths + groups[2].Effort.OwnHundredths);
        // Of 331 by what one of each costs: 0.20 of 3.60, which is 18.39; and its store. The type's 1.00 is shared.
        Assert.Equal((218L, 700L), (groups[1].Effort.OwnHundredths, groups[1].Effort.SharedHundredths));
    }

    private const string Cluster = "AWS::RDS::DBCluster";

    private static (string Formula, long Count, string? Variant) Each(LockInAssessment measured) =>
        measured.Terms.Where(term => term.Kind == LockInTermKind.TypeEach).Select(term => (term.Formula, term.Count, term.Variant)).Single();

    [Fact]
    public void A_coupling_counts_once_however_often_it_is_written_and_none_to_itself()
    {
        var one = Resource("f", "AWS::Lambda::Function", ("q", EdgeClass.Eventing), ("q", EdgeClass.Eventing), ("f", EdgeClass.Eventing), ("elsewhere", EdgeClass.Data));
        var measured = Measure([one, Resource("q", "AWS::SQS::Queue")]);
        Assert.Equal(2, measured.Counts.Couplings);
        Assert.Equal(1, measured.Counts.OutwardCouplings);
    }

    [Fact]
    public void A_resource_that_is_given_twice_counts_once()
    {
        var one = Resource("b", "AWS::S3::Bucket");
        Assert.Equal(Measure([one]).Effort, Measure([one, one, Resource("b", "AWS::S3::Bucket")]).Effort);
    }

    [Fact]
    public void Skills_of_a_target_go_before_those_of_all()
    {
        var facts = Facts().With(Constant("skills.messaging.open-source", 1));
        Assert.Contains(Measure([Resource("q", "AWS::SQS::Queue")], facts: facts).Terms, term => term is { Kind: LockInTermKind.Skills, AmountHundredths: 100 });
    }

    [Fact]
    public void A_constant_that_is_missing_is_an_error_and_no_zero()
    {
        var facts = new LockInFacts([], [], [Constant("unknown.fixed", 1), Constant("unknown.each", 1), Constant("migration.per-terabyte", 1)]);
        Assert.Contains("edge.data", Assert.Throws<MissingConstantException>(() => Measure([Resource("a", "x", ("b", EdgeClass.Data))], facts: facts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Percentiles_lie_in_order_and_a_constant_without_width_has_none()
    {
        var measured = Measure([Resource("b", "AWS::S3::Bucket"), Resource("f", "AWS::Lambda::Function", ("b", EdgeClass.Data))]);
        Assert.True(measured.Effort.P10 < measured.Effort.P50 && measured.Effort.P50 < measured.Effort.P90);
        Assert.InRange(measured.Effort.Mean, measured.Effort.P10, measured.Effort.P90);
        var sure = Facts().Constants.Values.Aggregate(Facts(), (facts, constant) => facts.With(constant with { Low = constant.Likely, High = constant.Likely }));
        var certain = Measure([Resource("b", "AWS::S3::Bucket")], facts: sure).Effort;
        // 4.00 + 0.50 + 2.00 + 5.00
        Assert.Equal((11.5m, 11.5m, 11.5m, 1150L), (certain.P10, certain.P50, certain.P90, certain.MeanHundredths));
    }

    [Fact]
    public void Draws_follow_the_triangle_and_depend_on_seed_and_name_only()
    {
        var constant = Constant("edge.data", 2) with { Low = 1, High = 6 };
        var one = new ConstantTable(new Dictionary<string, LockInConstant> { [constant.Name] = constant }, 1, 20_000).Draws(0);
        var other = new ConstantTable(Facts().With(constant).Constants, 1, 20_000);
        Assert.Equal(one, other.Draws(other.Index("edge.data")));
        Assert.NotEqual(one, new ConstantTable(new Dictionary<string, LockInConstant> { [constant.Name] = constant }, 2, 20_000).Draws(0));
        Assert.NotEqual(one, new ConstantTable(new Dictionary<string, LockInConstant> { ["edge.x"] = constant with { Name = "edge.x" } }, 1, 20_000).Draws(0));
        Assert.All(one, value => Assert.InRange(value, 1, 6));
        // The mean of 1, 2, 6 is 3; below the mode 2 lies (2 − 1) ÷ (6 − 1) = a fifth.
        Assert.InRange(one.Average(), 2.97, 3.03);
        Assert.InRange(one.Count(value => value < 2) / 20_000.0, 0.19, 0.21);
    }

    [Fact]
    public void In_every_draw_a_higher_level_of_a_scale_takes_no_less()
    {
        var table = new ConstantTable(Facts().Constants, 7, 2_000);
        double[] Draws(string name) => table.Draws(table.Index(name));
        foreach (var (low, high) in new[] { ("each.same-engine", "each.compatible-implementation"), ("each.compatible-implementation", "each.redesign"), ("fixed.same-engine.none", "fixed.redesign.none") })
            Assert.All(Draws(low).Zip(Draws(high)), pair => Assert.True(pair.First <= pair.Second));
        // Other constants are drawn apart.
        Assert.Contains(Draws("edge.network").Zip(Draws("edge.eventing")), pair => pair.First / 0.3 > pair.Second / 0.8);
    }

    [Fact]
    public void Percentiles_are_those_of_the_sorted_draws() =>
        Gen.Double[0, 100].Select(value => Math.Round(value)).Array[1, 300].Sample(draws =>
        {
            var sorted = draws.Order().ToArray();
            decimal At(double share) => (decimal)sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
            Assert.Equal(new Percentiles(At(0.1), At(0.5), At(0.9)), EffortDraws.OfDraws(draws.ToArray()));
        }, iter: 1_000);
}
