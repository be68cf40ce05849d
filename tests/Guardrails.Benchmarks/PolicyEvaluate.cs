using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Guardrails.Benchmarks;

/// <summary>
/// Decides the calls of real CloudTrail logs against 4 levels with 10 SCPs and 5 RCPs each. Binding of each request is counted, and no
/// decision is kept. The other evaluator parses each policy once and keeps its regular expressions.
/// </summary>
internal sealed class PolicyEvaluate : IBenchmark
{
    private const int Levels = 4;
    private const int ServiceControlsPerLevel = 10;
    private const int ResourceControlsPerLevel = 5;
    private const int Rounds = 9;

    public string Name => "policy-evaluate";

    public string Summary => "decisions of service and resource control policies on recorded calls, against a parse-once evaluator with cached regular expressions";

    public Task RunAsync(Figures figures, string folder)
    {
        var requests = RecordedRequests.Load(figures.Smoke ? 100 : int.MaxValue);
        var scope = ResourcePolicyScope.Of(BenchmarkData.Read("policies/actions.json", data => ActionCatalog.Read(data, [])));
        var facts = Organization(others: 0);
        var crowded = Organization(others: 10);
        var evaluator = new AccessEvaluator(OrganizationCompiler.Compile(Guardrails.Organization.From(facts), scope));
        var crowdedEvaluator = new AccessEvaluator(OrganizationCompiler.Compile(Guardrails.Organization.From(crowded), scope));
        var plain = new RegexEvaluator(facts, scope);

        var outcomes = requests.Select(evaluator.Decide).ToList();
        foreach (var outcome in Enum.GetValues<AccessOutcome>()) figures.Note($"{outcome}", outcomes.Count(one => one == outcome));
        var differences = requests.Count(request => evaluator.Decide(request) != plain.Decide(request));
        figures.Bar("differences-from-the-other", differences, 0);
        figures.Note("requests", requests.Count);
        figures.Note("statements", Statements(facts));
        figures.Note("statements-crowded", Statements(crowded));

        var rounds = figures.Smoke ? 1 : Rounds;
        var (compiled, crowdedTime, regex) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            compiled.Add(Time(evaluator.Decide, requests, figures.Smoke ? 1 : 20));
            crowdedTime.Add(Time(crowdedEvaluator.Decide, requests, figures.Smoke ? 1 : 20));
            regex.Add(Time(plain.Decide, requests, 1));
        }
        var nanoseconds = Figures.Median(compiled);
        figures.Bar("time-per-regular-expression-time", nanoseconds / Figures.Median(regex), 0.2);
        figures.Bar("time-with-ten-times-the-statements", Figures.Median(crowdedTime) / nanoseconds, 1.5);
        figures.Bar("bytes-per-decision", Allocated(evaluator, requests), 0);
        figures.Note("decisions-per-second", 1e9 / nanoseconds);
        figures.Budget("decision", nanoseconds, 1000, "ns");
        figures.Note("regular-expression-decision-ns", Figures.Median(regex));
        return Task.CompletedTask;
    }

    private static double Time(Func<AccessRequest, AccessOutcome> decide, IReadOnlyList<AccessRequest> requests, int times)
    {
        var watch = Stopwatch.StartNew();
        var denied = 0;
        for (var time = 0; time < times; time++)
        {
            for (var i = 0; i < requests.Count; i++) denied += decide(requests[i]) == AccessOutcome.Denied ? 1 : 0;
        }
        GC.KeepAlive(denied);
        return watch.Elapsed.TotalNanoseconds / (times * (double)requests.Count);
    }

    private static double Allocated(AccessEvaluator evaluator, IReadOnlyList<AccessRequest> requests)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < requests.Count; i++) evaluator.Decide(requests[i]);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)requests.Count;
    }

    private static int Statements(OrganizationFacts facts) =>
        facts.Policies.Sum(policy => JsonNode.Parse(policy.Content!)!["Statement"] is JsonArray statements ? statements.Count * policy.Targets.Count : policy.Targets.Count);

    /// <summary>
    /// Root, two units below each other and the account of the records. The policies are the public ones, each once; where they are absent,
    /// generated ones of the same shape. <paramref name="others"/> times as many statements about other actions stand beside each statement.
    /// </summary>
    private static OrganizationFacts Organization(int others)
    {
        string[] targets = ["r-a1b2", "ou-a1b2-00000001", "ou-a1b2-00000002", RecordedRequests.AccountId];
        var serviceControls = BenchmarkPolicies.Load("scp", Levels * (ServiceControlsPerLevel - 1));
        var resourceControls = BenchmarkPolicies.Load("rcp", Levels * (ResourceControlsPerLevel - 1));
        var policies = new List<OrganizationPolicy>();
        void Attach(string type, IReadOnlyList<string> documents, string managed)
        {
            policies.Add(Policy(type, managed, BenchmarkPolicies.FullAccess, targets));
            for (var i = 0; i < documents.Count; i++) policies.Add(Policy(type, $"{type}-{i}", BenchmarkPolicies.Crowd(documents[i], others, i), targets[i % Levels]));
        }
        Attach("SERVICE_CONTROL_POLICY", serviceControls, "FullAWSAccess");
        Attach("RESOURCE_CONTROL_POLICY", resourceControls, "RCPFullAWSAccess");
        return new OrganizationFacts
        {
            Id = "o-a1b2c3d4e5",
            Arn = "arn:aws:organizations::100000000000:organization/o-a1b2c3d4e5",
            ManagementAccountId = "100000000000",
            ManagementAccountEmail = "management@example.com",
            FeatureSet = "ALL",
            Root = new OrganizationalUnitFacts("r-a1b2", "arn", "Root", null),
            PolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
            OrganizationalUnits = [new("ou-a1b2-00000001", "arn", "Workloads", "r-a1b2"), new("ou-a1b2-00000002", "arn", "Prod", "ou-a1b2-00000001")],
            Accounts = [new(RecordedRequests.AccountId, "arn", "shop", "shop@example.com", AccountState.Active, "ou-a1b2-00000002")],
            Policies = policies,
            ReadAt = DateTimeOffset.UnixEpoch,
            Detail = OrganizationCompiler.Needed,
        };
    }

    private static OrganizationPolicy Policy(string type, string name, string content, params string[] targets) =>
        new() { Id = "p-" + name, Arn = "arn", Name = name, Type = type, Targets = targets, Content = content };
}

/// <summary>Files of the repository and of <c>../shared/data</c>.</summary>
internal static class BenchmarkData
{
    private static readonly string Root = typeof(BenchmarkData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "GuardrailsRoot").Value!;

    public static T Read<T>(string name, Func<Stream, T> read)
    {
        using var file = File.OpenRead(Path.Combine(Root, "module", "data", name));
        return read(file);
    }

    /// <summary>The module's files of lock-in data.</summary>
    public static IEnumerable<DocumentTree> LockIn() =>
        Directory.GetFiles(Path.Combine(Root, "module", "data", "lockin"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Formats.TreeFiles.Read);

    /// <summary>The files of a folder of the shared data, sorted; none where it is absent.</summary>
    public static IReadOnlyList<string> Shared(params string[] folder)
    {
        var given = Environment.GetEnvironmentVariable("GUARDRAILS_SHARED");
        for (var at = new DirectoryInfo(Root); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine([given ?? Path.Combine(at.FullName, "shared"), "data", .. folder]);
            if (Directory.Exists(candidate)) return [.. Directory.GetFiles(candidate).Order(StringComparer.Ordinal)];
        }
        return [];
    }
}

/// <summary>The API calls of the shared CloudTrail logs as requests; generated ones of the same shape where they are absent.</summary>
internal static class RecordedRequests
{
    public const string AccountId = "123837392027";
    private const int Calls = 2_855;

    public static IReadOnlyList<AccessRequest> Load(int atMost)
    {
        var reader = new CloudTrailReader(BenchmarkData.Read("policies/cloudtrail-actions.json", CloudTrailActions.Read));
        var recorded = BenchmarkData.Shared("cloudtrail").SelectMany(reader.ReadFile).SelectMany(call => call.Requests).Take(atMost).ToList();
        if (recorded.Count > 0) return recorded;
        Console.WriteLine("policy-evaluate: ../shared/data is absent, the requests are generated");
        return [.. Enumerable.Range(0, Math.Min(Calls, atMost)).Select(Generate)];
    }

    private static AccessRequest Generate(int i)
    {
        string[] actions = ["ec2:DescribeInstances", "iam:GetUser", "ssm:GetParameter", "kms:Decrypt", "s3:GetBucketAcl", "rds:DescribeDBInstances", "sts:AssumeRole", "lambda:GetFunction", "logs:DescribeLogGroups"];
        var role = $"arn:aws:iam::{AccountId}:role/team-{i % 40}";
        return new AccessRequest(actions[i % actions.Length])
        {
            PrincipalArn = role,
            Resource = i % 4 == 0 ? $"arn:aws:kms:us-east-1:{AccountId}:key/{i}" : null,
            Context =
            [
                new("aws:PrincipalType", "AssumedRole"), new("aws:userid", $"AROA{i % 40}:session"), ContextKey.Absent("aws:username"), new("aws:MultiFactorAuthPresent", "false"),
                new("aws:TokenIssueTime", "2023-07-10T11:42:31Z"), new("aws:RequestedRegion", "us-east-1"), new("aws:CurrentTime", "2023-07-10T11:42:44Z"),
                new("aws:EpochTime", "1688989364"), new("aws:UserAgent", "aws-sdk-go/1.44"), new("aws:SecureTransport", "true"), ContextKey.Absent("aws:SourceVpce"),
                new("aws:SourceIp", $"192.0.2.{i % 250}"), ContextKey.Absent("aws:VpcSourceIp"), new("aws:ViaAWSService", "false"), ContextKey.Absent("aws:CalledVia"),
            ],
        };
    }
}
