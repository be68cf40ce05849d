namespace Guardrails.Cmdlets.Tests;

/// <summary>The README's section "Rehearse first", and changes of accounts as a user asks for them.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public void A_batch_is_rehearsed_on_a_copy_of_the_organization_and_the_organization_stays_as_it_is()
    {
        using var real = new SandboxedEngine();
        var folder = real.Folder;
        var rows = folder.Write("accounts.csv", "Name,Email,OrganizationalUnit\nshop,aws+shop@example.com,/Rehearsed\nbad,nowhere,/Rehearsed\n");
        var result = real.Run("""
            $null = Connect-Guardrail -Sandbox $args[0] -ReadOnly; $null = Export-GuardrailSnapshot -Path $args[1]
            $null = New-GuardrailSandbox -Path $args[2] -FromSnapshot $args[1]; $null = Connect-Guardrail -Sandbox $args[2]
            New-GuardrailAccount -Path $args[3] -CreateOrganizationalUnit -Journal $args[4]
            """, real.Sandbox, folder["real.json"], folder["rehearsal.json"], rows, folder["journal"]);
        Assert.Equal(["Failed", "Created"], result.Output.Select(one => one.Properties["Outcome"].Value.ToString()));
        result.Error("AccountNotVended");
        Assert.Equal(31, real.Run("Get-GuardrailAccount").ThrowOnError().Output.Count);
        Assert.Equal(30, real.Run("$null = Connect-Guardrail -Sandbox $args[0]; Get-GuardrailAccount", real.Sandbox).ThrowOnError().Output.Count);
    }

    [Fact]
    public void An_account_that_is_not_ours_is_a_conflict_until_it_is_adopted_and_then_moved_tagged_and_closed_by_name()
    {
        using var engine = new SandboxedEngine();
        var there = engine.Run("foreach ($one in Get-GuardrailAccount) { if ($one.OrganizationalUnit -ne '/') { $one; break } }").Single;
        var (id, name, email) = (there.Properties["Id"].Value, there.Properties["Name"].Value, there.Properties["Email"].Value);
        Engine.Result Vend(string more) => engine.Run($"New-GuardrailAccount $args[0] $args[1] /Taken -Tags 'Owner=me' -CreateOrganizationalUnit -NoWait -Journal $args[2] {more}", name, email, engine.Folder[Guid.NewGuid().ToString()]);
        var refused = Vend("");
        Assert.Contains(there.Properties["Path"].Value.ToString()!, refused.Error("AccountInConflict").ToString(), StringComparison.Ordinal);
        Assert.Equal("Adopted", Vend("-Adopt").Single.Properties["Outcome"].Value.ToString());
        Assert.Equal("Unchanged", Vend("").Single.Properties["Outcome"].Value.ToString());

        engine.Run("$null = Set-GuardrailAccount $args[0] -Tags @{ Owner = 'you'; Level = 1 } -Journal $args[1]", id, engine.Folder["set"]).ThrowOnError();
        engine.Run("$null = Get-GuardrailAccount $args[0] -Refresh | Move-GuardrailAccount -OrganizationalUnit / -Journal $args[1]", id, engine.Folder["move"]).ThrowOnError();
        var moved = engine.Run("$id = $args[0]; foreach ($one in (Get-GuardrailOrganization -Detail Tags -Refresh).Accounts) { if ($one.Id -eq $id) { $one } }", id).Single;
        Assert.Equal("/", moved.Properties["OrganizationalUnit"].Value);
        Assert.Equal("you", ((IReadOnlyDictionary<string, string>)moved.Properties["Tags"].Value)["Owner"]);

        engine.Run("Close-GuardrailAccount $args[0] -ConfirmName wrong -Confirm:$false", id).Error("ClosureNotConfirmed");
        Assert.Equal("Active", engine.Run("Get-GuardrailAccount $args[0] -Refresh", id).Single.Properties["State"].Value.ToString());
        engine.Run("Close-GuardrailAccount $args[0] -ConfirmName $args[1] -Confirm:$false -Journal $args[2]", id, name, engine.Folder["close"]).ThrowOnError();
        Assert.NotEqual("Active", engine.Run("Get-GuardrailAccount $args[0] -Refresh", id).Single.Properties["State"].Value.ToString());
    }

    [Fact]
    public async Task The_first_command_of_the_README_runs_in_the_host_and_its_output_can_be_read()
    {
        using var home = new TemporaryFolder();
        var run = await HostProcess.RunAsync(new Dictionary<string, string> { ["XDG_STATE_HOME"] = home.Path, ["LOCALAPPDATA"] = home.Path }, Path.Combine(Repository.Root, "examples", "vend-accounts.ps1"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string Part(string from, string to) => run.Output[run.Output.IndexOf(from, StringComparison.Ordinal)..run.Output.IndexOf(to, StringComparison.Ordinal)];
        Assert.Contains("Estimate: 1 accounts are there, closed ones included, and 24 would be made: 25.", Part("Looked at", "Vended:"), StringComparison.Ordinal);
        Assert.Equal(24, Part("Vended:", "Run again").Split("Created").Length - 1);
        // A table, and no list of properties.
        Assert.DoesNotContain("Name     ", Part("Vended:", "Run again").Split("Created", 2)[1], StringComparison.Ordinal);
        Assert.Contains("Unchanged  24", Part("Run again", "A bad row"), StringComparison.Ordinal);
        var bad = Part("A bad row", "The organization:");
        Assert.Equal((2, 1), (bad.Split("Created").Length - 1, bad.Split("Failed").Length - 1));
        Assert.Contains("cake-lab", bad, StringComparison.Ordinal);
        Assert.Contains("27 accounts, 8 organizational units", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Move-GuardrailAccount twin -OrganizationalUnit /A")]
    [InlineData("Set-GuardrailAccount twin -Tags @{ a = 'b' }")]
    [InlineData("Close-GuardrailAccount twin -ConfirmName twin -Confirm:$false")]
    public void A_name_that_two_accounts_have_is_refused_with_their_ids(string script)
    {
        using var engine = new SandboxedEngine();
        var rows = engine.Folder.Write("a.json", """[{"Name":"twin","Email":"a@example.com","OrganizationalUnit":"/A"},{"Name":"twin","Email":"b@example.com","OrganizationalUnit":"/B"}]""");
        var ids = engine.Run("New-GuardrailAccount -Path $args[0] -CreateOrganizationalUnit -NoWait -Journal $args[1]", rows, engine.Folder["journal"]).Texts("AccountId").ToList();
        var error = engine.Run(script).Error("AmbiguousIdentity");
        Assert.All(ids, id => Assert.Contains(id, error.ToString(), StringComparison.Ordinal));
    }
}
