namespace Guardrails.Cmdlets.Tests;

/// <summary>Set-GuardrailAccount as a user drives it, over the wire to a sandbox.</summary>
public sealed class SetAccountTests(SandboxedEngine engine) : IClassFixture<SandboxedEngine>
{
    private const string Soc = "@{ Security = @{ Name = 'SOC'; Title = 'Security'; Email = 'soc@example.com'; Phone = '+49 30 1234' } }";
    private const string Theirs = "(Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse)";

    [Fact]
    public void Name_tags_contacts_and_Regions_of_an_account_of_ours_are_changed_undone_and_then_left_alone()
    {
        var account = Made("set");
        var journal = engine.Folder["set.journal"];
        var set = $"Set-GuardrailAccount $args[0] -Name renamed -Tags @{{ Owner = 'me'; Level = 1 }} -RemoveTag Old, None -Contacts {Soc} -Regions eu-central-2";
        var result = engine.Run($"{set} -Journal $args[1] -Verbose | ForEach-Object {{ \"$($_.Status) $($_.Change.Action)\" }}", account, journal).ThrowOnError();
        Assert.Equal(["Done enable", "Done rename", "Done set", "Done tag"], result.Output.Select(one => one.ToString()).Order(StringComparer.Ordinal));
        var now = engine.Run("foreach ($one in (Get-GuardrailOrganization -Detail Tags -Refresh).Accounts) { if ($one.Id -eq $args[0]) { $one } }", account).Single;
        Assert.Equal("renamed", now.Properties["Name"].Value);
        var tags = (IReadOnlyDictionary<string, string>)now.Properties["Tags"].Value;
        Assert.Equal(["Keep=x", "Level=1", "Owner=me", "guardrails:managed-by=guardrails"], tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

        var again = engine.Run($"{set} -Verbose", account).ThrowOnError();
        Assert.Empty(again.Output);
        Assert.DoesNotContain(again.Verbose, IsWriting);
        Assert.Contains(again.Verbose, call => call.StartsWith("account:GetAlternateContact", StringComparison.Ordinal));

        var undone = engine.Run($"$env:XDG_STATE_HOME = $args[0]; Undo-GuardrailRollout -Path $args[1] -Confirm:$false | ForEach-Object {{ \"$($_.Outcome) $($_.Change.Action)\" }}", engine.Folder["state"], journal);
        Assert.Equal(["Proposed enable", "Undone rename", "Undone set", "Undone tag"], undone.Output.Select(one => one.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("set", engine.Run("Get-GuardrailAccount $args[0] -Refresh", account).Single.Properties["Name"].Value);
    }

    [Fact]
    public void Contacts_are_taken_away_for_all_accounts_of_a_pipeline_in_one_rollout()
    {
        var (one, two) = (Made("pipe1"), Made("pipe2"));
        engine.Run($"$null = Set-GuardrailAccount $args[0] -Contacts {Soc} -Journal $args[1]", one, engine.Folder["contact.journal"]).ThrowOnError();
        var result = engine.Run("Get-GuardrailAccount $args[0], $args[1] | Set-GuardrailAccount -RemoveContact Security -Tags @{ Both = 'yes' } -Journal $args[2] | ForEach-Object { $_.Change.Action }", one, two, engine.Folder["pipe.journal"]).ThrowOnError();
        Assert.Equal(["remove", "tag", "tag"], result.Output.Select(action => action.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("3", engine.Run("(Get-GuardrailRollout -Path $args[0]).Done", engine.Folder["pipe.journal"]).Single.ToString());
    }

    [Fact]
    public void An_account_that_this_module_did_not_make_is_left_alone_until_it_is_adopted()
    {
        var refused = engine.Run($"$null = Get-GuardrailOrganization -Refresh; {Theirs}[3] | Set-GuardrailAccount -Tags @{{ Owner = 'me' }} -Verbose");
        Assert.Contains("-Adopt", refused.Error("AccountNotOurs").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Verbose, IsWriting);
        var taken = engine.Run($"{Theirs}[3] | Set-GuardrailAccount -Tags @{{ Owner = 'me' }} -Adopt -Journal $args[0]", engine.Folder["adopt.journal"]).ThrowOnError();
        Assert.Equal(["adopt", "tag"], taken.Output.Select(one => ((Change(one)).Properties["Action"].Value.ToString())));
        Assert.Empty(engine.Run($"{Theirs}[3] | Set-GuardrailAccount -Tags @{{ Owner = 'me' }}").ThrowOnError().Output);
    }

    [Theory]
    [InlineData("-Name ('x' * 51)", "51 characters")]
    [InlineData("-Tags @{ 'aws:x' = 1 }", "aws:")]
    [InlineData("-Tags @{ a = 1 } -RemoveTag a", "set and to be removed")]
    [InlineData("-Regions Frankfurt", "not the name of an AWS Region")]
    [InlineData("-Contacts @{ Biling = @{ Name = 'x' } }", "Biling")]
    [InlineData("-Contacts @{ Billing = @{ Name = 'x' } }", "Title")]
    [InlineData("-Contacts @{ Billing = 'x' }", "no hashtable")]
    public void What_AWS_would_not_take_is_refused_before_anything_is_asked(string parameters, string says)
    {
        var result = engine.Run($"Set-GuardrailAccount management {parameters} -Adopt -Verbose");
        Assert.Contains(says, result.Error("InvalidAccountChange").ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void One_name_is_not_given_to_a_whole_pipeline()
    {
        var result = engine.Run($"{Theirs} | Set-GuardrailAccount -Name same -Adopt -Verbose");
        Assert.Contains("for one account", result.Error("InvalidAccountChange").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(result.Verbose, IsWriting);
    }

    private string Made(string name)
    {
        var made = engine.Run("New-GuardrailAccount $args[0] \"aws+$($args[0])@example.com\" -Tags 'Old=1;Keep=x' -NoWait -Journal $args[1]", name, engine.Folder[$"{name}.made"]).ThrowOnError();
        return made.Single.Properties["AccountId"].Value.ToString()!;
    }

    private static System.Management.Automation.PSObject Change(System.Management.Automation.PSObject result) => System.Management.Automation.PSObject.AsPSObject(result.Properties["Change"].Value);

    private static bool IsWriting(string verbose) =>
        new[] { ":Put", ":Tag", ":Untag", ":Enable", ":Delete", ":Create" }.Any(verb => verbose.Split(' ')[0].Contains(verb, StringComparison.Ordinal));
}
