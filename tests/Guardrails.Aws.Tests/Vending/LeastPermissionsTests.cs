using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Guardrails.Aws.Tests;

/// <summary>examples/iam/executor.json: whoever has it can vend, change and take back.</summary>
public sealed class LeastPermissionsTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5 });

    [Fact]
    public async Task The_executor_may_make_every_call_of_a_vending_of_a_change_and_of_their_undo()
    {
        using var cloud = new SandboxCloud(1, 0, 0, arrange: state => state.AccountQuota = 50);
        var called = new ConcurrentDictionary<string, bool>();
        var scope = new CallScope(TestContext.Current.CancellationToken, call => called[call.Operation] = true);
        var connection = await cloud.ConnectAsync();
        AlternateContact soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "1" };
        var request = new AccountRequest
        {
            Name = "shop",
            Email = "aws+shop@example.com",
            OrganizationalUnit = "/New",
            Contacts = new Dictionary<AlternateContactType, AlternateContact> { [AlternateContactType.Security] = soc },
            Regions = ["eu-central-2"],
            Access = AccountSettingCells.Access("group:Admins=ReadOnlyAccess;user:jane@example.com=Billing"),
        };
        var organization = await ReadAsync(connection, scope);
        var vending = new AccountVending(connection.Cloud, Limits);
        var folder = Directory.CreateTempSubdirectory("guardrails-permissions-").FullName;
        try
        {
            var store = new RolloutStore(folder);
            var rows = await vending.PlanAsync([request], organization, new(true, false), scope);
            await foreach (var result in vending.RunAsync(rows, () => store.Create(cloud.Sandbox.Clock), organization.Id, 16, scope, TimeSpan.FromHours(1))) Assert.Equal(true, result.Ready);
            var account = (await ReadAsync(connection, scope)).AccountByEmail(request.Email)!;
            var edit = await new AccountEditor(connection.Cloud).PlanAsync(account, new AccountEdit { Name = "new", Tags = Facts.Of(("a", "1")) }, adopt: false, scope);
            var unit = (await ReadAsync(connection, scope)).UnitAt("/New")!;
            await RunAsync(connection, store, cloud, Plan.Of([.. edit.Changes, OrganizationalUnitChanges.Rename(unit, "Newer")]), organization.Id, scope);
            foreach (var history in store.Histories(organization.Id, rehearsal: false).ToList())
            {
                var undo = await UndoPlan.MakeAsync(history, RolloutKinds.Of(connection.Cloud), new Dictionary<string, string>(), scope);
                await RunAsync(connection, store, cloud, undo.Plan, organization.Id, scope);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        Assert.Superset(new HashSet<string> { "account:DeleteAlternateContact", "sso:DeleteAccountAssignment", "organizations:UpdateOrganizationalUnit" }, called.Keys.ToHashSet());
        Assert.Empty(called.Keys.Except(Allowed()));
    }

    [Fact]
    public async Task The_executor_may_move_an_organizational_unit_with_its_policies()
    {
        using var cloud = new SandboxCloud(12, 8, 5);
        var called = new ConcurrentDictionary<string, bool>();
        var scope = new CallScope(TestContext.Current.CancellationToken, call => called[call.Operation] = true);
        var connection = await cloud.ConnectAsync();
        var before = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationalUnitMove.Needs, refresh: true, scope);
        var unit = before.OrganizationalUnits.First(one => before.PoliciesOn(one.Id).Any(policy => !policy.AwsManaged));
        var parent = before.OrganizationalUnits.First(one => one.Id != unit.ParentId && OrganizationalUnitMove.Refusal(before, unit, one) is null);
        var folder = Directory.CreateTempSubdirectory("guardrails-permissions-").FullName;
        try
        {
            await RunAsync(connection, new RolloutStore(folder), cloud, Plan.Of(OrganizationalUnitMove.Changes(before, unit, parent)), before.Id, scope);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
        var after = await connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationalUnitMove.Needs, refresh: true, scope);
        string[] Policies(Organization organization, OrganizationalUnit one) => [.. organization.PoliciesOn(one.Id).Select(policy => policy.Name)];
        Assert.Equal(Policies(before, unit), Policies(after, after.UnitAt(OrganizationPath.Join(parent.Path, unit.Name))!));
        Assert.Null(after.UnitById(unit.Id));
        Assert.Equal(before.Accounts.Select(account => account.Id).Order(), after.Accounts.Select(account => account.Id).Order());
        Assert.Superset(new HashSet<string> { "organizations:AttachPolicy", "organizations:DeleteOrganizationalUnit" }, called.Keys.ToHashSet());
        Assert.Empty(called.Keys.Except(Allowed()));
    }

    private static HashSet<string> Allowed()
    {
        using var policy = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "examples", "iam", "executor.json")));
        return policy.RootElement.GetProperty("Statement").EnumerateArray().SelectMany(Actions).ToHashSet(StringComparer.Ordinal);
    }

    private static string Root { get; } = typeof(LeastPermissionsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "GuardrailsRoot").Value!;

    private static IEnumerable<string> Actions(JsonElement statement) =>
        statement.GetProperty("Action") is { ValueKind: JsonValueKind.Array } many ? many.EnumerateArray().Select(action => action.GetString()!) : [statement.GetProperty("Action").GetString()!];

    private static Task<Organization> ReadAsync(GuardrailConnection connection, CallScope scope) =>
        connection.Organization.GetAsync(connection.Cloud.Organization, OrganizationDetail.None, refresh: true, scope);

    private static async Task RunAsync(GuardrailConnection connection, RolloutStore store, SandboxCloud cloud, Plan plan, string organizationId, CallScope scope)
    {
        using var journal = store.Create(cloud.Sandbox.Clock);
        var executor = new RolloutExecutor(RolloutKinds.Of(connection.Cloud), Limits, cloud.Sandbox.Clock);
        await foreach (var result in executor.RunAsync(plan, journal, "test", organizationId, 16, scope)) Assert.True(result.Holds, $"{result.Change.Id}: {result.Message}");
    }
}
