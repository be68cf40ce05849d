namespace Guardrails.Aws.Tests;

/// <summary>Accounts' settings and people's access, over the wire to a sandbox.</summary>
public sealed class AccountPortsTests
{
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security operations", Email = "soc@example.com", Phone = "+49 30 1234" };

    private static CallScope Scope => ScriptedAws.Scope();

    [Fact]
    public async Task Contact_is_set_read_and_removed()
    {
        using var aws = new SandboxCloud(3, 0, 0);
        var (settings, account) = await SettingsAsync(aws);
        Assert.Null(await settings.FindContactAsync(account, AlternateContactType.Security, Scope));
        await settings.SetContactAsync(account, AlternateContactType.Security, Soc, Scope);
        Assert.Equal(Soc, await settings.FindContactAsync(account, AlternateContactType.Security, Scope));
        Assert.Null(await settings.FindContactAsync(account, AlternateContactType.Billing, Scope));
        await settings.RemoveContactAsync(account, AlternateContactType.Security, Scope);
        await settings.RemoveContactAsync(account, AlternateContactType.Security, Scope);
        Assert.Null(await settings.FindContactAsync(account, AlternateContactType.Security, Scope));
    }

    [Fact]
    public async Task Own_account_is_not_named_in_the_call()
    {
        using var aws = new SandboxCloud(3, 0, 0);
        var (settings, _) = await SettingsAsync(aws);
        await settings.SetContactAsync(aws.Sandbox.ManagementAccountId, AlternateContactType.Billing, Soc, Scope);
        Assert.Equal(Soc, await settings.FindContactAsync(aws.Sandbox.ManagementAccountId, AlternateContactType.Billing, Scope));
        Assert.Null(await settings.WhyNotAssumableAsync(aws.Sandbox.ManagementAccountId, "Any", Scope));
    }

    [Fact]
    public async Task Name_is_changed()
    {
        using var aws = new SandboxCloud(3, 0, 0);
        var (settings, account) = await SettingsAsync(aws);
        await settings.SetNameAsync(account, "renamed", Scope);
        Assert.Equal("renamed", await settings.GetNameAsync(account, Scope));
        Assert.Equal("renamed", aws.Sandbox.Read(state => state.Accounts.Single(one => one.Id == account).Name));
    }

    [Fact]
    public async Task Region_is_enabling_and_then_enabled()
    {
        using var aws = new SandboxCloud(3, 0, 0);
        var (settings, account) = await SettingsAsync(aws);
        Assert.Equal(RegionState.EnabledByDefault, await settings.GetRegionAsync(account, "eu-central-1", Scope));
        Assert.Equal(RegionState.Disabled, await settings.GetRegionAsync(account, "eu-central-2", Scope));
        await settings.EnableRegionAsync(account, "eu-central-2", Scope);
        Assert.Equal(RegionState.Enabling, await settings.GetRegionAsync(account, "eu-central-2", Scope));
        await Task.Delay(TimeSpan.FromMinutes(1), aws.Sandbox.Clock, TestContext.Current.CancellationToken);
        Assert.Equal(RegionState.Enabled, await settings.GetRegionAsync(account, "eu-central-2", Scope));
        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<CloudException>(() => settings.GetRegionAsync(account, "eu-nowhere-1", Scope))).Code);
    }

    [Fact]
    public async Task Without_trusted_access_the_error_says_what_to_enable()
    {
        using var aws = new SandboxCloud(3, 0, 0, arrange: state => state.ServiceAccess.Clear());
        var (settings, account) = await SettingsAsync(aws);
        var error = await Assert.ThrowsAsync<CloudException>(() => settings.FindContactAsync(account, AlternateContactType.Security, Scope));
        Assert.Equal("AccessDeniedException", error.Code);
        Assert.Contains("trusted access", error.Message, StringComparison.Ordinal);
        Assert.Contains("account.amazonaws.com", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_of_an_invited_account_cannot_be_assumed_and_AWS_says_so()
    {
        using var aws = new SandboxCloud(3, 0, 0);
        var (settings, account) = await SettingsAsync(aws);
        Assert.Contains("not authorized to perform: sts:AssumeRole", await settings.WhyNotAssumableAsync(account, "NoSuchRole", Scope), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_is_given_and_taken()
    {
        using var aws = new SandboxCloud(3, 0, 0);
        using var connection = new Connected(await aws.ConnectAsync());
        var access = connection.Cloud.Access;
        var center = (await access.FindIdentityCenterAsync(Scope))!;
        var sets = await access.ListPermissionSetsAsync(center, Scope);
        Assert.Equal(["AdministratorAccess", "Billing", "PowerUserAccess", "ReadOnlyAccess"], sets.Keys.Order(StringComparer.Ordinal));
        var admins = new Principal(PrincipalType.Group, (await access.FindPrincipalAsync(center, PrincipalType.Group, "Admins", Scope))!);
        Assert.NotNull(await access.FindPrincipalAsync(center, PrincipalType.User, "jane@example.com", Scope));
        Assert.Null(await access.FindPrincipalAsync(center, PrincipalType.Group, "Nobody", Scope));
        var place = new AssignmentPlace(center.InstanceArn, sets["ReadOnlyAccess"], Member(aws));

        var given = await UntilEndedAsync(aws, await access.StartAssignmentAsync(place, admins, Scope), id => access.GetAssignmentAsync(center.InstanceArn, id, Scope));
        Assert.Equal(AssignmentState.Succeeded, given.State);
        Assert.Equal([admins], await access.ListAssignmentsAsync(place, Scope));
        var taken = await UntilEndedAsync(aws, await access.StartRemovalAsync(place, admins, Scope), id => access.GetRemovalAsync(center.InstanceArn, id, Scope));
        Assert.Equal(AssignmentState.Succeeded, taken.State);
        Assert.Empty(await access.ListAssignmentsAsync(place, Scope));

        var nobody = new Principal(PrincipalType.Group, "11111111-2222-3333-4444-555555555555");
        var failed = await UntilEndedAsync(aws, await access.StartAssignmentAsync(place, nobody, Scope), id => access.GetAssignmentAsync(center.InstanceArn, id, Scope));
        Assert.Equal(AssignmentState.Failed, failed.State);
        Assert.Contains("was not found in directory", failed.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organization_without_Identity_Center_has_none()
    {
        using var aws = new SandboxCloud(3, 0, 0, arrange: state => state.IdentityCenter = null);
        using var connection = new Connected(await aws.ConnectAsync());
        Assert.Null(await connection.Cloud.Access.FindIdentityCenterAsync(Scope));
    }

    [Fact]
    public async Task Member_account_may_manage_neither_others_settings_nor_access()
    {
        using var aws = new SandboxCloud(4, 0, 0);
        using var connection = new Connected(await aws.ConnectAsync(Member(aws)));
        var other = aws.Sandbox.Read(state => state.Accounts.Last(account => account.Id != state.ManagementAccountId).Id);
        var center = (await connection.Cloud.Access.FindIdentityCenterAsync(Scope))!;
        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Settings.SetNameAsync(other, "x", Scope))).Code);
        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<CloudException>(() => connection.Cloud.Access.ListPermissionSetsAsync(center, Scope))).Code);
    }

    private static async Task<(IAccountSettingsPort Settings, string Account)> SettingsAsync(SandboxCloud aws) => ((await aws.ConnectAsync()).Cloud.Settings, Member(aws));

    private static string Member(SandboxCloud aws) => aws.Sandbox.Read(state => state.Accounts.First(account => account.Id != state.ManagementAccountId).Id);

    private static async Task<AssignmentRun> UntilEndedAsync(SandboxCloud aws, AssignmentRun run, Func<string, Task<AssignmentRun>> look)
    {
        Assert.Equal(AssignmentState.InProgress, run.State);
        await Task.Delay(TimeSpan.FromMinutes(1), aws.Sandbox.Clock, TestContext.Current.CancellationToken);
        return await look(run.RequestId);
    }

    private sealed class Connected(GuardrailConnection connection) : IDisposable
    {
        public CloudPorts Cloud => connection.Cloud;

        public void Dispose() => connection.Cloud.Close();
    }
}
