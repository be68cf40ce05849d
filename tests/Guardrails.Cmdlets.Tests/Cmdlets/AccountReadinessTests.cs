namespace Guardrails.Cmdlets.Tests;

/// <summary>New accounts with contacts, Regions and people's access, end to end on a sandbox.</summary>
public sealed class AccountReadinessTests : IDisposable
{
    private readonly SandboxedEngine _engine = new();

    [Fact]
    public void New_account_is_ready_with_contact_region_and_access_and_a_second_run_changes_nothing()
    {
        var sheet = _engine.Folder.Write("accounts.csv", """
            Name,Email,OrganizationalUnit,Regions,Access,Contact:Security:Name,Contact:Security:Title,Contact:Security:Email,Contact:Security:Phone
            shop,aws+shop@example.com,/Shops,eu-central-2,group:Admins=AdministratorAccess,SOC,Security,soc@example.com,+49 30 1234
            """);
        var first = _engine.Run("New-GuardrailAccount -Path $args[0] -CreateOrganizationalUnit | ForEach-Object { \"$($_.Outcome) $($_.Ready) $($_.Actions -join ',')\" }", sheet);
        first.ThrowOnError();
        Assert.Equal("Created True create,move,set SECURITY contact,enable eu-central-2,assign group:Admins=AdministratorAccess", first.Single.ToString());
        var second = _engine.Run("""
            [pscustomobject]@{ Name = 'shop'; Email = 'aws+shop@example.com'; OrganizationalUnit = '/Shops'; Regions = 'eu-central-2;eu-central-1'; Access = 'group:Admins=AdministratorAccess'
                'Contact:Security:Name' = 'SOC'; 'Contact:Security:Title' = 'Security'; 'Contact:Security:Email' = 'soc@example.com'; 'Contact:Security:Phone' = '+49 30 1234' } |
                New-GuardrailAccount | ForEach-Object { "$($_.Outcome) $($_.Ready)" }
            """);
        second.ThrowOnError();
        Assert.Equal("Unchanged True", second.Single.ToString());
    }

    [Fact]
    public void Without_waiting_nothing_is_said_of_readiness_and_an_account_that_is_not_ready_in_time_says_why()
    {
        var quick = _engine.Run("New-GuardrailAccount one aws+one@example.com -NoWait | ForEach-Object { \"$($_.Outcome) [$($_.Ready)]\" }");
        Assert.Equal("Created []", quick.Single.ToString());
        var late = _engine.Run("New-GuardrailAccount two aws+two@example.com -ReadyTimeout 0:0:0 -WarningAction Ignore | ForEach-Object { \"$($_.Outcome) $($_.Ready) $($_.Message)\" }");
        Assert.StartsWith("Created False", late.Single.ToString(), StringComparison.Ordinal);
        Assert.Contains("OrganizationAccountAccessRole cannot be assumed", late.Single.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _engine.Dispose();
}
