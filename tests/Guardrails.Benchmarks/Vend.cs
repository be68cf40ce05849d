using System.Diagnostics;
using Guardrails.Aws;
using Guardrails.Sandbox;

namespace Guardrails.Benchmarks;

/// <summary>
/// Vends accounts whose creations take seeded times that the executor does not know, five at once, in the sandbox's time.
/// <para>makespan: virtual seconds ÷ those of a list schedule of the same times, in the same order, on five machines.</para>
/// <para>status-calls: ListCreateAccountStatus and DescribeCreateAccountStatus ÷ accounts.</para>
/// <para>planning: median time to plan 10,000 requests ÷ median time to plan 1,000, in turns, the heap collected before each.</para>
/// </summary>
internal sealed class Vend : IBenchmark
{
    private const int AtOnce = 5;
    private const int TimesTheSize = 10;

    public string Name => "vend";

    public string Summary => "500 accounts, five at once, whose creations take 20 to 180 virtual seconds; and the planning of 10,000";

    public async Task RunAsync(Figures figures, string folder)
    {
        var accounts = figures.Smoke ? 20 : 500;
        var path = Path.Combine(folder, "organization.json");
        var state = NewOrganization.Empty(1, DateTimeOffset.UtcNow);
        state.AccountQuota = accounts + 10;
        Sandbox.Sandbox.Create(path, state);
        using var sandbox = Sandbox.Sandbox.Open(path, new SandboxOptions { Throttling = false });
        var creations = new CreationTimes(sandbox, seed: 5);
        var keys = sandbox.ManagementCredentials;
        var connection = await AwsCloud.ConnectAsync(
            new AwsConnectionOptions { Keys = new(keys.AccessKeyId, keys.SecretAccessKey), Region = "us-east-1", Handler = () => creations, Clock = sandbox.Clock }, CallScope.None);
        var limits = new LaneLimits(new Dictionary<string, int> { ["account-creation"] = AtOnce, ["account-move"] = 1, ["organizational-unit"] = 1 });
        var vending = new AccountVending(connection.Cloud, limits);
        var requests = Requests(accounts);
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: false, CallScope.None);
        var rows = await vending.PlanAsync(requests, organization, new AccountPlanOptions(true, false), CallScope.None);
        var store = new RolloutStore(folder);
        sandbox.Calls.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = sandbox.Clock.GetUtcNow();
        var created = 0;
        await foreach (var result in vending.RunAsync(rows, () => store.Create(sandbox.Clock), organization.Id, 16, CallScope.None))
            created += result.Outcome == AccountOutcome.Created ? 1 : throw new InvalidOperationException($"{result.Name}: {result.Message}");
        var makespan = (sandbox.Clock.GetUtcNow() - started).TotalSeconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (created != accounts || creations.Drawn.Count != accounts) throw new InvalidOperationException("Not every account was created once.");

        figures.Bar("makespan", makespan / ListSchedule(creations.Drawn), 1.05);
        figures.Bar("status-calls", (double)(sandbox.Calls.Count("ListCreateAccountStatus") + sandbox.Calls.Count("DescribeCreateAccountStatus")) / accounts, 12);
        figures.Budget("memory", memory / 1024.0 / 1024.0, 100, "MB");
        figures.Note("virtual-seconds", makespan);
        var facts = new AccountPlanFacts(organization, new Dictionary<string, IReadOnlyDictionary<string, string>>(), new Dictionary<string, string>());
        var size = figures.Smoke ? 100 : 1_000;
        var (few, many) = (Requests(size), Requests(size * TimesTheSize));
        // The compiler tiers up with the calls and in the background: both are measured on the same code.
        for (var i = 0; i < 60; i++) _ = Planning(few, facts);
        await Task.Delay(500);
        _ = Planning(many, facts);
        var times = Enumerable.Range(0, figures.Smoke ? 1 : 15).Select(_ => (Few: Planning(few, facts), Many: Planning(many, facts))).ToList();
        var (one, ten) = (Figures.Median(times.Select(time => time.Few)), Figures.Median(times.Select(time => time.Many)));
        figures.Bar("planning", ten / one, 12);
        figures.Note("planning-milliseconds", ten);
        connection.Cloud.Close();
    }

    private static double Planning(AccountRequest[] requests, AccountPlanFacts facts)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        var plan = AccountVending.PlanOf(AccountPlanner.Plan(requests, facts, new AccountPlanOptions(true, false)));
        var elapsed = watch.Elapsed.TotalMilliseconds;
        return plan.Changes.Count >= 2 * requests.Length ? elapsed : throw new InvalidOperationException("Not everything was planned.");
    }

    private static AccountRequest[] Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new AccountRequest { Name = $"team-{i}", Email = $"aws+team-{i}@example.com", OrganizationalUnit = $"/Workloads/Team{i % 20}" })];

    private static double ListSchedule(IReadOnlyList<double> times)
    {
        var free = new PriorityQueue<double, double>(Enumerable.Range(0, AtOnce).Select(_ => (0.0, 0.0)));
        var end = 0.0;
        foreach (var time in times)
        {
            var ready = free.Dequeue() + time;
            free.Enqueue(ready, ready);
            end = Math.Max(end, ready);
        }
        return end;
    }

    /// <summary>Draws how long each creation takes, before its call goes on.</summary>
    private sealed class CreationTimes(Sandbox.Sandbox sandbox, int seed) : DelegatingHandler(sandbox.CreateHandler())
    {
        private readonly SemaphoreSlim _one = new(1, 1);
        private readonly Random _random = new(seed);

        public List<double> Drawn { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Headers.TryGetValues("X-Amz-Target", out var target) || !target.Single().EndsWith(".CreateAccount", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);
            await _one.WaitAsync(cancellationToken);
            try
            {
                var seconds = 20 + (_random.NextDouble() * 160);
                sandbox.SetAccountCreationTime(TimeSpan.FromSeconds(seconds));
                var answer = await base.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode) Drawn.Add(seconds);
                return answer;
            }
            finally
            {
                _one.Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _one.Dispose();
            base.Dispose(disposing);
        }
    }
}
