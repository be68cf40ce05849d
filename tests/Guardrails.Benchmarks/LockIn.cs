using System.Diagnostics;
using System.Reflection;
using Guardrails.Formats;

namespace Guardrails.Benchmarks;

/// <summary>
/// Measures 100,000 resources with 200,000 couplings in 200 workloads, 10,000 draws, with a decision for each.
/// <para>time-for-ten-times-the-resources: time for all of them ÷ time for a tenth, in a tenth of the workloads.</para>
/// </summary>
internal sealed class LockIn : IBenchmark
{
    private const int Rounds = 3;

    // As often as in the public templates, roughly.
    private static readonly string[] Types =
    [
        "AWS::Serverless::Function", "AWS::Lambda::Function", "AWS::IAM::Role", "AWS::EC2::SecurityGroup", "AWS::Logs::LogGroup", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::Serverless::Api", "AWS::Events::Rule",
        "AWS::Lambda::Permission", "AWS::DynamoDB::Table", "AWS::EC2::Subnet", "AWS::EC2::VPC", "AWS::SNS::Topic", "AWS::Serverless::StateMachine", "AWS::CloudWatch::Alarm", "AWS::EC2::Instance", "AWS::ECS::Service", "AWS::RDS::DBInstance",
        "AWS::KMS::Key", "Vendor::Something::Unknown",
    ];

    public string Name => "lockin";

    public string Summary => "lock-in of 100,000 resources with 200,000 couplings, 10,000 draws: how the time grows";

    public Task RunAsync(Figures figures, string folder)
    {
        var facts = Facts();
        var (few, many) = figures.Smoke ? (200, 2_000) : (10_000, 100_000);
        var (small, large) = (Inventory(few, facts), Inventory(many, facts));
        for (var warm = 0; warm < 3; warm++) Measure(small, facts);
        var fewTime = Figures.Median(() => Measure(small, facts), figures.Smoke ? 1 : Rounds);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var process = Process.GetCurrentProcess();
        var manyTime = Figures.Median(() => Measure(large, facts), figures.Smoke ? 1 : Rounds);
        process.Refresh();
        var busy = process.TotalProcessorTime;
        var result = Measure(large, facts);
        process.Refresh();
        figures.Note("processor-time-of-one-ms", (process.TotalProcessorTime - busy).TotalMilliseconds);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        figures.Note("resources", result[0].Counts.Resources);
        figures.Note("couplings", result[0].Counts.Couplings);
        figures.Note("groups", result.Count - 1);
        figures.Bar("time-for-ten-times-the-resources", manyTime / fewTime, 12);
        figures.Budget("all", manyTime, 5_000, "ms");
        figures.Budget("peak-of-the-process", process.PeakWorkingSet64 / 1024.0 / 1024.0, 500, "MB");
        figures.Note("result-MB", kept / 1024.0 / 1024.0);
        GC.KeepAlive(result);
        return Task.CompletedTask;
    }

    private static IReadOnlyList<LockInAssessment> Measure(InventoryResource[] inventory, LockInFacts facts) => LockInMeasurement.Of(inventory, [], facts, new()
    {
        Target = LockInTarget.OpenSource,
        Date = new(2026, 11, 25),
        GroupBy = LockInGrouping.Workload,
        Posture = facts.Postures[0],
        Scenarios = new Dictionary<string, decimal?> { ["price"] = null },
        DayRate = 900,
    });

    private static InventoryResource[] Inventory(int count, LockInFacts facts)
    {
        const int InWorkload = 500;
        var random = new Random(7);
        var types = Enumerable.Range(0, count).Select(_ => Types[random.Next(Types.Length)]).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => new InventoryResource
        {
            Key = $"arn:aws:x:eu-central-1:111122223333:thing/{i:000000}",
            Type = types[i],
            LogicalId = $"Thing{i}",
            AccountId = "111122223333",
            Region = "eu-central-1",
            Workload = $"workload-{i / InWorkload:0000}",
            IsMatched = true,
            MonthlyCost = i % 3 == 0 ? i % 100 : null,
            DataGigabytes = i % 5 == 0 ? i % 1000 : null,
            Currency = "USD",
            Traits = TemplateTraits.CloudFormation,
            References = [.. Targets(i).Select(target => new ResourceReference($"arn:aws:x:eu-central-1:111122223333:thing/{target:000000}", facts.ClassOf(types[i], types[target])))],
        })];

        // One, two or three each: mostly in its own workload and forwards, with some circles and some other workloads.
        HashSet<int> Targets(int i)
        {
            var (targets, first) = (new HashSet<int>(), i / InWorkload * InWorkload);
            while (targets.Count < (i % 3) + (i < count - 1 || count % 3 != 1 ? 1 : 2))
            {
                var target = i % 10 == 0 && targets.Count == 2 ? random.Next(count) : Math.Clamp(i + random.Next(-20, 40), first, Math.Min(count, first + InWorkload) - 1);
                if (target != i) targets.Add(target);
            }
            return targets;
        }
    }

    private static LockInFacts Facts()
    {
        var root = typeof(LockIn).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;
        return LockInDataReader.Facts(Directory.GetFiles(Path.Combine(root, "module", "data", "lockin"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(TreeFiles.Read), []);
    }
}
