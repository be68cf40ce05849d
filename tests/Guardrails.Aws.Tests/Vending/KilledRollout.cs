namespace Guardrails.Aws.Tests;

/// <summary>The rollout that is killed and resumed: an organizational unit, an account made in it, and one moved into it and tagged.</summary>
internal static class KilledRollout
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5, ["account-move"] = 1, ["organizational-unit"] = 1 });

    public static string EmailOf(string name, string account) => $"aws+{account}@{name}.example.com";

    /// <summary>In the process that is killed.</summary>
    public static async Task RunAsync(Uri endpoint, string journalPath, string name, string moment, int nth)
    {
        var connection = await ConnectAsync(endpoint, handler => new DyingWire(handler, moment, nth));
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: true, CallScope.None);
        AccountRequest[] requests =
        [
            new() { Name = "shop", Email = EmailOf(name, "shop"), OrganizationalUnit = "/" + name },
            new() { Name = "old", Email = EmailOf(name, "old"), OrganizationalUnit = "/" + name, Tags = Facts.Of(("a", "1")) },
        ];
        var vending = new AccountVending(connection.Cloud, Limits);
        var rows = await vending.PlanAsync(requests, organization, new(CreateOrganizationalUnits: true, Adopt: false), CallScope.None);
        using var journal = new RolloutJournal(new DyingFile(journalPath, moment, nth));
        journal.Write(new RolloutOpened(DateTimeOffset.UtcNow, name, RolloutJournal.Self(), "0.0.0"));
        await foreach (var result in vending.RunAsync(rows, () => journal, organization.Id, 4, CallScope.None))
            if (result.IsTrouble) throw new InvalidOperationException(result.Message);
    }

    /// <summary>In the process that goes on, as Resume-GuardrailRollout does.</summary>
    public static async Task<IReadOnlyList<ChangeResult>> ResumeAsync(Uri endpoint, string journalPath, CallScope scope)
    {
        var connection = await ConnectAsync(endpoint, handler => handler);
        var (journal, history) = RolloutJournal.Resume(journalPath, TimeProvider.System);
        using var held = journal;
        if (history.Planned is null) return [];
        var organization = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: true, scope);
        var results = new List<ChangeResult>();
        var executor = new RolloutExecutor(RolloutKinds.Of(connection.Cloud), Limits, TimeProvider.System);
        await foreach (var result in executor.ResumeAsync(history, journal, scope, PlanCheck.Refusals(history.Planned.Plan, organization, history))) results.Add(result);
        return results;
    }

    private static Task<GuardrailConnection> ConnectAsync(Uri endpoint, Func<HttpMessageHandler, HttpMessageHandler> wrap) => AwsCloud.ConnectAsync(
        new() { Keys = new("AKIAIOSFODNN7EXAMPLE", "any", null), Region = "us-east-1", EndpointUrl = endpoint, Handler = () => wrap(new SocketsHttpHandler()) }, CallScope.None);
}
