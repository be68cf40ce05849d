using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>
/// Directions that the module's own data must show: what is known to be held less strongly must come out so. They say nothing about the size.
/// </summary>
public sealed class LockInDirectionTests(ITestOutputHelper output)
{
    public static TheoryData<LockInTarget> Targets => [LockInTarget.OpenSource, LockInTarget.Azure, LockInTarget.GoogleCloud];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_container_variant_is_held_less_than_its_function_variant(LockInTarget target) => Less(Example("container"), Example("functions"), target);

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_function_as_an_image_is_held_less_than_as_a_package(LockInTarget target) =>
        Less([One("f", "AWS::Lambda::Function", "Image"), One("q", "AWS::SQS::Queue")], [One("f", "AWS::Lambda::Function", "Zip"), One("q", "AWS::SQS::Queue")], target);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Machines_are_held_less_than_the_services_of_the_same_workload(LockInTarget target)
    {
        // A web application with a database and a queue: on machines behind a balancer, and of services.
        InventoryResource[] machines =
        [
            One("balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", uses: ["group"]), One("listener", "AWS::ElasticLoadBalancingV2::Listener", uses: ["balancer", "targets"]),
            One("targets", "AWS::ElasticLoadBalancingV2::TargetGroup"), One("web", "AWS::EC2::Instance", uses: ["group", "database", "queue"]), One("database", "AWS::EC2::Instance", uses: ["group"]),
            One("queue", "AWS::EC2::Instance", uses: ["group"]), One("group", "AWS::EC2::SecurityGroup"),
        ];
        InventoryResource[] services =
        [
            One("api", "AWS::ApiGateway::RestApi", uses: ["web"]), One("web", "AWS::Lambda::Function", "Zip", uses: ["role", "database", "queue"]), One("work", "AWS::Lambda::Function", "Zip", uses: ["role", "database"]),
            One("source", "AWS::Lambda::EventSourceMapping", uses: ["work", "queue"]), One("database", "AWS::DynamoDB::Table"), One("queue", "AWS::SQS::Queue"), One("role", "AWS::IAM::Role", uses: ["database", "queue"]),
        ];
        Less(machines, services, target);
    }

    [Fact]
    public void A_change_of_the_example_costs_more_than_before()
    {
        var facts = LockInFiles.Facts();
        Assert.True(Measure(Example("functions"), LockInTarget.OpenSource, facts).Effort.Mean < Measure(Example("change"), LockInTarget.OpenSource, facts).Effort.Mean);
    }

    private void Less(IReadOnlyList<InventoryResource> less, IReadOnlyList<InventoryResource> more, LockInTarget target)
    {
        var facts = LockInFiles.Facts();
        var (one, other) = (Measure(less, target, facts), Measure(more, target, facts));
        output.WriteLine($"{one} < {other}");
        Assert.True(one.Effort.P10 < other.Effort.P10 && one.Effort.Mean < other.Effort.Mean && one.Effort.P90 < other.Effort.P90, $"{one}\n{other}");
    }

    private static LockInAssessment Measure(IReadOnlyList<InventoryResource> resources, LockInTarget target, LockInFacts facts) =>
        LockInMeasurement.Of(resources, [], facts, new() { Target = target, Date = new(2026, 11, 25), Draws = 2_000 }, TestContext.Current.CancellationToken)[0];

    private static IReadOnlyList<InventoryResource> Example(string name)
    {
        var types = LockInFiles.Types();
        var paths = InventoryFiles.Find(Path.Combine(LockInFiles.Root, "examples", "lock-in", name), name);
        var files = InventoryFiles.Read(paths, new(types, "Workload"), 1, _ => { }, TestContext.Current.CancellationToken);
        var resources = InventoryMerge.Merge(files, types, LockInFiles.Facts().ClassOf).Resources;
        Assert.NotEmpty(resources);
        return resources;
    }

    private static InventoryResource One(string key, string type, string? variant = null, string[]? uses = null) => new()
    {
        Key = key,
        Type = type,
        Variant = variant,
        Traits = TemplateTraits.CloudFormation,
        References = [.. (uses ?? []).Select(target => new ResourceReference(target, EdgeClass.Network))],
    };
}
