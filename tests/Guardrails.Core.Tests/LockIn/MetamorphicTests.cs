using System.Text;
using CsCheck;
using Xunit;
using static Guardrails.Tests.LockInSamples;

namespace Guardrails.Tests;

/// <summary>What holds between measurements, whatever is measured.</summary>
public sealed class MetamorphicTests
{
    private const int Runs = 300;
    private static readonly LockInFacts Known = Facts([Option("wrap", "AWS::Lambda::*", 0.5m, 1, 0.2m)]);

    private const string Cluster = "AWS::RDS::DBCluster";

    private static readonly string[] Types =
        ["AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::StepFunctions::StateMachine", "AWS::IAM::Role", "AWS::S3::BucketPolicy", "AWS::SQS::New", "Vendor::A::B", "google_thing", Cluster];

    private static readonly Gen<InventoryResource[]> Inventory = Inventories("r", Types, Enum.GetValues<EdgeClass>());

    [Fact]
    public void A_resource_more_never_lowers_the_mean_or_a_percentile() =>
        Gen.Select(Inventory.Where(all => all.Length > 0), Gen.Int[0, 99]).Sample((all, pick) =>
        {
            var without = all.Where((_, i) => i != pick % all.Length).ToArray();
            NotLess(Measure(without, facts: Known), Measure(all, facts: Known));
        }, iter: Runs);

    [Fact]
    public void A_coupling_more_never_lowers_the_mean_or_a_percentile() =>
        Gen.Select(Inventory.Where(all => all.Any(one => one.References.Count > 0)), Gen.Int[0, 99]).Sample((all, pick) =>
        {
            var users = Enumerable.Range(0, all.Length).Where(i => all[i].References.Count > 0).ToArray();
            var user = users[pick % users.Length];
            var without = all.Select((one, i) => i == user ? Copy(one, [.. one.References.Skip(1)]) : one).ToArray();
            NotLess(Measure(without, facts: Known), Measure(all, facts: Known));
        }, iter: Runs);

    [Fact]
    public void To_know_more_variants_never_lowers_the_mean_or_a_percentile() =>
        Gen.Select(Inventories("r", [Cluster, Cluster, Cluster, "AWS::S3::Bucket"], Enum.GetValues<EdgeClass>()), Gen.Int).Sample((all, seed) =>
        {
            var random = new Random(seed);
            var known = all.Select(one => one.Variant is null || random.Next(3) == 0 ? Copy(one, one.References, forgetVariant: true) : one).ToArray();
            NotLess(Measure(known, facts: Known), Measure(all, facts: Known));
        }, iter: Runs);

    [Fact]
    public void The_order_of_input_does_not_matter() =>
        Gen.Select(Inventory, Gen.Int[0, 1000], Gen.Enum<LockInGrouping>()).Sample((all, seed, grouping) =>
        {
            var shuffled = all.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var i in Enumerable.Range(0, shuffled.Length)) shuffled[i] = Copy(shuffled[i], [.. shuffled[i].References.Reverse()]);
            Assert.Equal(Text(all, grouping), Text(shuffled, grouping));
        }, iter: Runs);

    [Fact]
    public void The_terms_add_up_to_the_mean_and_the_groups_to_the_whole() =>
        Gen.Select(Inventory, Gen.Enum<LockInGrouping>()).Sample((all, grouping) =>
        {
            var assessments = MeasureAll(all, [], Known, Request(grouping));
            Assert.All(assessments, one => Assert.Equal(one.Effort.MeanHundredths, one.Terms.Sum(term => term.AmountHundredths)));
            Assert.All(assessments, one => Assert.Equal(one.Terms.Select(term => (term.Kind, term.Subject, term.Variant)).Distinct().Count(), one.Terms.Count));
            var total = assessments[0];
            Assert.Equal(total.Effort.MeanHundredths, total.Effort.OwnHundredths + total.Effort.SharedHundredths);
            if (grouping != LockInGrouping.Organization)
                Assert.Equal(total.Effort.MeanHundredths, assessments.Skip(1).Sum(one => one.Effort.OwnHundredths) + total.Effort.SharedHundredths);
            Assert.All(assessments.Skip(1), one => Assert.True(one.Effort.MeanHundredths <= total.Effort.MeanHundredths));
        }, iter: Runs);

    [Fact]
    public void Inventories_that_share_nothing_add_up_exactly_in_the_mean()
    {
        var first = Inventories("a", ["AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::S3::BucketPolicy"], [EdgeClass.Data, EdgeClass.Identity]);
        var second = Inventories("b", ["AWS::SQS::Queue", "AWS::StepFunctions::StateMachine", "Vendor::A::B"], [EdgeClass.Eventing, EdgeClass.Network]);
        Gen.Select(first, second).Sample((a, b) =>
            Assert.Equal(Measure(a, facts: Known).Effort.MeanHundredths + Measure(b, facts: Known).Effort.MeanHundredths, Measure([.. a, .. b], facts: Known).Effort.MeanHundredths), iter: Runs);
    }

    [Fact]
    public void What_is_saved_by_leaving_one_out_is_what_is_said_of_it() =>
        Gen.Select(Inventory.Where(all => all.Length > 0), Gen.Int[0, 99]).Sample((all, pick) =>
        {
            var gone = all[pick % all.Length];
            var whole = Measure(all, facts: Known);
            // Couplings that lead to it go with it.
            var without = all.Where(one => one != gone).Select(one => Copy(one, [.. one.References.Where(use => use.Target != gone.Key)]));
            var said = whole.Resources.Single(one => one.Identity == gone.Key).MarginalHundredths;
            Assert.Equal(whole.Effort.MeanHundredths - Measure(without, facts: Known).Effort.MeanHundredths, said);
        }, iter: Runs);

    [Fact]
    public void A_posture_never_changes_facts() =>
        Inventory.Sample(all =>
        {
            var quick = Measure(all, Request() with { Posture = Known.Postures[1] }, facts: Known);
            var careful = Measure(all, Request() with { Posture = Known.Postures[0] }, facts: Known);
            Assert.Equal(quick.Effort, careful.Effort);
            Assert.Equal(quick.Terms.Select(term => term.ToString()), careful.Terms.Select(term => term.ToString()));
            Assert.Equal(quick.Time.ToString(), careful.Time.ToString());
            Assert.Equal(quick.Confidence.Value, careful.Confidence.Value);
            Assert.Equal(quick.Money.Parts.Select(part => part.ToString()), careful.Money.Parts.Select(part => part.ToString()));
        }, iter: 100);

    private static Gen<InventoryResource[]> Inventories(string prefix, string[] types, EdgeClass[] classes)
    {
        var traits = One(TemplateTraits.None, TemplateTraits.CloudFormation, TemplateTraits.Terraform, TemplateTraits.CloudFormation | TemplateTraits.Macro, TemplateTraits.Terraform | TemplateTraits.NestedStack);
        // A class of coupling hangs on the target, so that a coupling has one class however often it is written.
        var one = Gen.Select(
            Gen.Int[0, types.Length - 1], Gen.Int[0, 24].Array[0, 4], One<string?>("w1", "w2", "w3", null), One<double?>(null, 0, 12.3456, 7_500), traits, One<decimal?>(null, 0, 12.5m),
            One<string?>(null, null, "postgres", "oracle", "custom", "new"));
        return one.Array[0, 20].Select(all => all.Select((x, i) =>
            Resource($"{prefix}{i:00}", types[x.Item1], [.. x.Item2.Select(target => ($"{prefix}{target:00}", classes[target % classes.Length]))])
                .With(workload: x.Item3, gigabytes: x.Item4, traits: x.Item5, cost: x.Item6, variant: types[x.Item1] == Cluster ? x.Item7 : null)).ToArray());
    }

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static InventoryResource Copy(InventoryResource one, IReadOnlyList<ResourceReference> references, bool forgetVariant = false) =>
        one.With(workload: one.Workload, gigabytes: one.DataGigabytes, traits: one.Traits, cost: one.MonthlyCost, references: references, variant: forgetVariant ? null : one.Variant);

    private static void NotLess(LockInAssessment less, LockInAssessment more)
    {
        Assert.True(less.Effort.MeanHundredths <= more.Effort.MeanHundredths, $"{less.Effort} > {more.Effort}");
        Assert.True(less.Effort.P10 <= more.Effort.P10 && less.Effort.P50 <= more.Effort.P50 && less.Effort.P90 <= more.Effort.P90, $"{less.Effort} > {more.Effort}");
        Assert.True(less.Time.P10 <= more.Time.P10 && less.Time.P50 <= more.Time.P50 && less.Time.P90 <= more.Time.P90, $"{less.Time} > {more.Time}");
    }

    private static string Text(IEnumerable<InventoryResource> resources, LockInGrouping grouping)
    {
        var stream = new MemoryStream();
        var request = Request(grouping) with { DayRate = 800, Benefit = 5, Posture = Known.Postures[0], Scenarios = new Dictionary<string, decimal?> { ["price"] = null } };
        LockInFile.Write(MeasureAll(resources, [], Known, request), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
