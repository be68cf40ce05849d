using System.Diagnostics;
using Guardrails.Aws;
using Guardrails.Sandbox;

namespace Guardrails.Benchmarks;

/// <summary>
/// Reads a large organization over a slow wire that takes a limited rate of calls. The reader is not told the rate.
/// <para>calls: calls made ÷ (1 + 1 + ⌈accounts ÷ 20⌉ + OUs + 1 + per policy type ⌈policies ÷ 20⌉ + policies): pages that must be read.</para>
/// <para>time: seconds ÷ ((calls made − burst) ÷ rate): the rate that is there, used.</para>
/// <para>refused: calls that the service refused as too many ÷ calls made.</para>
/// </summary>
internal sealed class OrganizationLoad : IBenchmark
{
    private const int PageSize = 20;

    public string Name => "organization-load";

    public string Summary => "reads 10,000 accounts, 800 OUs, 300 policies at 60 ms latency, 100 calls/s with a burst of 200";

    public async Task RunAsync(Figures figures, string folder)
    {
        var (accounts, units, policies) = figures.Smoke ? (300, 40, 20) : (10_000, 800, 300);
        var (rate, burst, latency) = figures.Smoke ? (200.0, 40.0, 5) : (100.0, 200.0, 60);
        var path = Path.Combine(folder, "organization.json");
        Sandbox.Sandbox.Create(path, NewOrganization.Generate(accounts, units, policies, seed: 1, DateTimeOffset.UtcNow));
        using var sandbox = Sandbox.Sandbox.Open(path, new SandboxOptions
        {
            RealTime = true,
            Rates = new CallRates(rate, burst, rate, burst),
            Latency = TimeSpan.FromMilliseconds(latency),
        });
        var keys = sandbox.ManagementCredentials;
        var connection = await AwsCloud.ConnectAsync(
            new AwsConnectionOptions
            {
                Keys = new(keys.AccessKeyId, keys.SecretAccessKey),
                Region = "us-east-1",
                Handler = sandbox.CreateHandler,
                Clock = sandbox.Clock,
            },
            CallScope.None);
        // The bucket is full again before the measurement.
        await Task.Delay(200);
        sandbox.Calls.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: false, CallScope.None);
        var seconds = watch.Elapsed.TotalSeconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        var calls = (double)sandbox.Calls.Total;
        var refused = sandbox.Calls.CountOutcome("TooManyRequestsException");
        var own = organization.Policies.Where(p => !p.AwsManaged).ToList();
        var needed = 1 + 1 + Pages(accounts) + units + 1 + own.GroupBy(p => p.Type).Sum(type => Pages(type.Count())) + policies;
        if (organization.Accounts.Count != accounts || organization.OrganizationalUnits.Count != units || own.Count != policies)
            throw new InvalidOperationException("The organization was not read as it is.");

        figures.Bar("calls", calls / needed, 1.3);
        figures.Bar("time", seconds / ((calls - burst) / rate), 1.2);
        figures.Bar("refused", refused / calls, 0.02);
        figures.Budget("memory", memory / 1024.0 / 1024.0, 40, "MB");
        figures.Note("seconds", seconds);
        figures.Note("calls-made", calls);
        figures.Note("calls-refused", refused);
        foreach (var operation in new[] { "ListAccounts", "ListAccountsForParent", "ListOrganizationalUnitsForParent", "ListPolicies", "ListTargetsForPolicy" })
            figures.Note("calls-" + operation, sandbox.Calls.Count(operation));
        connection.Cloud.Close();
    }

    private static int Pages(int items) => (items + PageSize - 1) / PageSize;
}
