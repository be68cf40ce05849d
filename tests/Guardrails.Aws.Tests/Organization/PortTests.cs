using Guardrails.Sandbox;

namespace Guardrails.Aws.Tests;

/// <summary>The ports' single calls, against the sandbox.</summary>
public sealed class PortTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["guardrails:managed-by"] = "test", ["team"] = "a" };

    [Fact]
    public async Task An_account_is_vended_found_placed_and_tagged()
    {
        using var cloud = new SandboxCloud(3, 4, 0);
        var connection = await cloud.ConnectAsync();
        var (organization, accounts, clock) = (connection.Cloud.Organization, connection.Cloud.Accounts, connection.Cloud.Clock);
        var scope = ScriptedAws.Scope();
        var creation = await accounts.StartCreationAsync(new("shop", "shop@example.com", "Vendor", Tags), scope);
        Assert.Equal(AccountCreationState.InProgress, creation.State);
        Assert.Contains((await accounts.ListCreationsAsync([], scope)), c => c.RequestId == creation.RequestId && c.Name == "shop");
        while (creation.State == AccountCreationState.InProgress)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, TestContext.Current.CancellationToken);
            creation = await accounts.GetCreationAsync(creation.RequestId, scope);
        }
        Assert.Equal(AccountCreationState.Succeeded, creation.State);
        Assert.Empty(await accounts.ListCreationsAsync([AccountCreationState.InProgress], scope));
        Assert.Contains(await accounts.ListCreationsAsync([AccountCreationState.Succeeded, AccountCreationState.Failed], scope), c => c.AccountId == creation.AccountId);

        var root = cloud.Sandbox.Read(s => s.Root.Id);
        var found = await accounts.FindAccountByEmailAsync("SHOP@example.com", scope);
        Assert.Equal((creation.AccountId, root), (found!.Id, found.ParentId));
        Assert.Equal(Tags, await organization.ReadTagsAsync(found.Id, scope));

        var unit = await organization.CreateOrganizationalUnitAsync(root, "Shops", Tags, scope);
        Assert.Equal((root, "Shops"), (unit.ParentId, unit.Name));
        Assert.Equal(unit.Id, (await organization.FindOrganizationalUnitAsync(root, "Shops", scope))!.Id);
        Assert.Null(await organization.FindOrganizationalUnitAsync(root, "shops", scope));
        Assert.Equal(Tags, await organization.ReadTagsAsync(unit.Id, scope));

        await organization.MoveAccountAsync(found.Id, root, unit.Id, scope);
        Assert.Equal(unit.Id, (await organization.FindAccountAsync(found.Id, scope))!.ParentId);

        await organization.SetTagsAsync(found.Id, new Dictionary<string, string> { ["team"] = "b", ["new"] = "" }, scope);
        await organization.RemoveTagsAsync(found.Id, ["guardrails:managed-by"], scope);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "b", ["new"] = "" }, await organization.ReadTagsAsync(found.Id, scope));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        using var cloud = new SandboxCloud(25, 0, 0);
        var connection = await cloud.ConnectAsync();
        Assert.Null(await connection.Cloud.Organization.FindAccountAsync("999999999999", ScriptedAws.Scope()));
        Assert.Null(await connection.Cloud.Accounts.FindAccountByEmailAsync("nobody@example.com", ScriptedAws.Scope()));
    }

    [Fact]
    public async Task Nothing_to_tag_is_no_call()
    {
        using var cloud = new SandboxCloud(1, 0, 0);
        var connection = await cloud.ConnectAsync();
        var calls = cloud.Sandbox.Calls.Total;
        await connection.Cloud.Organization.SetTagsAsync("r-aaaa", new Dictionary<string, string>(), ScriptedAws.Scope());
        await connection.Cloud.Organization.RemoveTagsAsync("r-aaaa", [], ScriptedAws.Scope());
        Assert.Equal(calls, cloud.Sandbox.Calls.Total);
    }

    [Fact]
    public async Task AWSs_reason_and_a_next_step_reach_the_caller()
    {
        using var cloud = new SandboxCloud(1, 0, 0);
        var connection = await cloud.ConnectAsync();
        var (organization, scope) = (connection.Cloud.Organization, ScriptedAws.Scope());
        var parent = cloud.Sandbox.Read(s => s.Root.Id);
        for (var level = 1; level <= 5; level++) parent = (await organization.CreateOrganizationalUnitAsync(parent, "L" + level, new Dictionary<string, string>(), scope)).Id;
        var e = await Assert.ThrowsAsync<CloudException>(() => organization.CreateOrganizationalUnitAsync(parent, "L6", new Dictionary<string, string>(), scope));
        Assert.Equal(("ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED", CallOutcome.NotDone), (e.Code, e.Reason, e.Outcome));
        Assert.Contains("five deep", e.NextStep, StringComparison.Ordinal);
        Assert.NotNull(e.RequestId);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_creation_whose_answer_is_lost_is_not_sent_again(bool happened, int creations)
    {
        using var cloud = new SandboxCloud(1, 0, 0);
        var connection = await cloud.ConnectAsync();
        cloud.Sandbox.Faults.Add(new Fault("CreateAccount", new FaultAnswer.Dropped(), 1, happened ? FaultMoment.AfterEffect : FaultMoment.BeforeEffect));
        var e = await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Accounts.StartCreationAsync(new("shop", "shop@example.com", null, Tags), ScriptedAws.Scope()));
        Assert.Equal(CallOutcome.Unknown, e.Outcome);
        Assert.Equal(1, cloud.Sandbox.Calls.Count("CreateAccount"));
        Assert.Equal(creations, (await connection.Cloud.Accounts.ListCreationsAsync([AccountCreationState.InProgress, AccountCreationState.Succeeded], ScriptedAws.Scope())).Count);
    }

    [Fact]
    public async Task Too_many_creations_at_once_are_refused_with_the_reason_that_vending_waits_for()
    {
        using var cloud = new SandboxCloud(1, 0, 0, options: new() { AccountCreationTime = TimeSpan.FromHours(1) });
        var connection = await cloud.ConnectAsync();
        CloudException? refused = null;
        for (var i = 0; i < 12 && refused is null; i++)
        {
            try
            {
                await connection.Cloud.Accounts.StartCreationAsync(new($"a{i}", $"a{i}@example.com", null, Tags), ScriptedAws.Scope());
            }
            catch (CloudException e)
            {
                refused = e;
            }
        }
        Assert.Equal(("ConstraintViolationException", CallOutcome.NotDone), (refused!.Code, refused.Outcome));
        Assert.Equal("ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED", refused.Reason);
    }
}
