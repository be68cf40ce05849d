namespace Guardrails.Cmdlets.Tests;

/// <summary>Rollouts as a user drives them: shown, held, undone, and never begun under -WhatIf or on a read-only connection.</summary>
public sealed class RolloutCmdletTests(SandboxedEngine engine) : IClassFixture<SandboxedEngine>
{
    private static readonly string[] Writing = ["Create", "Move", "Tag", "Untag", "Close", "Put", "Enable", "Delete"];

    public static TheoryData<string> Changes => new()
    {
        "New-GuardrailAccount -Name new -Email aws+new@example.com -OrganizationalUnit /New -CreateOrganizationalUnit -NoWait",
        "$a | Set-GuardrailAccount -Name probed -Tags @{ Probe = '1' } -Contacts @{ Billing = @{ Name = 'a'; Title = 'b'; Email = 'c@example.com'; Phone = '1' } } -Regions eu-central-2 -Adopt",
        "$a | Move-GuardrailAccount -OrganizationalUnit /",
        "Close-GuardrailAccount $a -ConfirmName $a.Name -Confirm:$false",
    };

    [Theory, MemberData(nameof(Changes))]
    public void WhatIf_sends_no_writing_call_and_leaves_no_journal(string change)
    {
        foreach (var asked in new[] { $"{change} -WhatIf", $"& {{ $WhatIfPreference = $true; {change} }}" })
        {
            var journal = engine.Folder[$"{Guid.NewGuid():N}.journal"];
            var before = File.ReadAllBytes(engine.Sandbox);
            var result = engine.Run($"$VerbosePreference = 'Continue'; $null = Get-GuardrailOrganization -Refresh; $a = {Account}; {asked.Replace(change, $"{change} -Journal '{journal}'", StringComparison.Ordinal)}");
            Assert.Empty(result.Errors);
            Assert.NotEmpty(result.Verbose);
            Assert.DoesNotContain(result.Verbose, IsWriting);
            Assert.False(File.Exists(journal));
            Assert.Equal(before, File.ReadAllBytes(engine.Sandbox));
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public void A_read_only_connection_sends_no_writing_call_and_says_so(string change)
    {
        var journal = engine.Folder[$"{Guid.NewGuid():N}.journal"];
        var before = File.ReadAllBytes(engine.Sandbox);
        var result = engine.Run(
            $"$VerbosePreference = 'Continue'; $was = Get-GuardrailConnection; $null = Connect-Guardrail -Sandbox $args[0] -ReadOnly; $a = {Account}; {change} -Journal '{journal}'; Disconnect-Guardrail; $null = Connect-Guardrail -Sandbox $args[0]",
            engine.Sandbox);
        Assert.Contains(result.Errors, error => error.ToString().Contains("read-only", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, IsWriting);
        Assert.Equal(before, File.ReadAllBytes(engine.Sandbox));
    }

    [Fact]
    public void An_undo_restores_what_can_be_restored_and_names_what_is_left()
    {
        var journal = engine.Folder["undo.journal"];
        engine.Run($"New-GuardrailAccount -Name undone -Email aws+undone@example.com -OrganizationalUnit /Undone -CreateOrganizationalUnit -NoWait -Journal '{journal}'").ThrowOnError();
        var planned = engine.Run($"Undo-GuardrailRollout -Path '{journal}' -WhatIf | ForEach-Object {{ \"$($_.Outcome) $($_.Change.Action)\" }}");
        Assert.Equal(["Planned move", "Proposed create", "Proposed create"], planned.Output.Select(one => one.ToString()).Order());
        var undone = engine.Run($"$env:XDG_STATE_HOME = '{engine.Folder["state"]}'; Undo-GuardrailRollout -Path '{journal}' -Confirm:$false | ForEach-Object {{ \"$($_.Outcome) $($_.Change.Action)\" }}");
        Assert.Empty(undone.Errors);
        Assert.Equal(["Proposed create", "Proposed create", "Undone move"], undone.Output.Select(one => one.ToString()).Order());
        Assert.Equal("/undone", engine.Run("(Get-GuardrailAccount undone).Path").Single.ToString());
    }

    [Fact]
    public void What_was_undone_is_not_resumed_and_undone_again_shows_what_is_left()
    {
        var journal = engine.Folder["taken-back.journal"];
        engine.Run($"New-GuardrailAccount -Name taken -Email aws+taken@example.com -OrganizationalUnit /Taken -CreateOrganizationalUnit -NoWait -Journal '{journal}'").ThrowOnError();
        engine.Run($"$env:XDG_STATE_HOME = '{engine.Folder["state"]}'; $null = Undo-GuardrailRollout -Path '{journal}' -Confirm:$false").ThrowOnError();
        var before = File.ReadAllBytes(journal);
        Assert.Equal("Undone", engine.Run($"(Get-GuardrailRollout -Path '{journal}').State").Single.ToString());
        engine.Run($"Resume-GuardrailRollout -Path '{journal}'").Error("RolloutUndone");
        Assert.Equal(before, File.ReadAllBytes(journal));
        Assert.Equal("/taken", engine.Run("(Get-GuardrailAccount taken).Path").Single.ToString());
        var again = engine.Run($"Undo-GuardrailRollout -Path '{journal}' -Confirm:$false | ForEach-Object {{ \"$($_.Outcome) $($_.Change.Action)\" }}").ThrowOnError();
        Assert.Equal(["Proposed create", "Proposed create", "Undone move"], again.Output.Select(one => one.ToString()).Order());
    }

    [Fact]
    public void A_tag_that_somebody_else_has_set_since_stays_theirs_when_the_rollout_is_undone()
    {
        var journal = engine.Folder["theirs-now.journal"];
        engine.Run($"$a = {Account}; $null = $a | Set-GuardrailAccount -Adopt -Journal '{engine.Folder["adopted.journal"]}'; $null = $a | Set-GuardrailAccount -Tags @{{ Kept = 'ours'; Taken = 'ours' }} -Journal '{journal}'; $null = $a | Set-GuardrailAccount -Tags @{{ Kept = 'theirs' }}").ThrowOnError();
        var undone = engine.Run($"Undo-GuardrailRollout -Path '{journal}' -Confirm:$false");
        Assert.Equal("Failed", Assert.Single(undone.Output).Properties["Outcome"].Value.ToString());
        Assert.Contains("'theirs'", Assert.Single(undone.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_journal_is_shown_and_says_why()
    {
        var folder = Directory.CreateDirectory(Path.Combine(engine.Folder["damaged"], "guardrails", "rollouts")).FullName;
        File.WriteAllText(Path.Combine(folder, "20261101T000000-abcdef.journal"), "{\"event\":\"unheard-of\"}\n");
        using var host = HostProcess.Start(["-Command", "$r = Get-GuardrailRollout; \"$($r.Id) $($r.State) $($r.Message)\""], new Dictionary<string, string> { ["XDG_STATE_HOME"] = engine.Folder["damaged"], ["LOCALAPPDATA"] = engine.Folder["damaged"] });
        var run = await host.EndAsync();
        Assert.Contains("20261101T000000-abcdef Unreadable Line 1 of ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_runs_on_one_journal_the_second_hears_who_holds_it_and_changes_nothing()
    {
        var journal = engine.Folder["held.journal"];
        engine.Run($"New-GuardrailAccount -Name held -Email aws+held@example.com -NoWait -Journal '{journal}'").ThrowOnError();
        using var holding = new FileStream(journal + ".lock", FileMode.Open, FileAccess.Write, FileShare.None);
        Assert.Equal("Completed", engine.Run($"(Get-GuardrailRollout -Path '{journal}').State").Single.ToString());
        var second = engine.Run($"Resume-GuardrailRollout -Path '{journal}'");
        var error = Assert.Single(second.Errors);
        Assert.StartsWith("RolloutHeld", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("since 20", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_account_twice_through_the_pipeline_is_moved_once_and_fails_nothing()
    {
        var result = engine.Run($"$a = (Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse)[1]; $a, $a | Move-GuardrailAccount -OrganizationalUnit /Suspended -Journal '{engine.Folder["twice.journal"]}'");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Fact]
    public void A_rollout_of_another_organization_is_refused_and_its_journal_stays_as_it_is()
    {
        var journal = engine.Folder["theirs.journal"];
        engine.Run($"New-GuardrailAccount -Name theirs -Email aws+theirs@example.com -NoWait -Journal '{journal}'").ThrowOnError();
        File.WriteAllText(journal, File.ReadAllText(journal).Replace("\"organization\":\"o-", "\"organization\":\"o-x", StringComparison.Ordinal));
        var before = File.ReadAllText(journal);
        Assert.StartsWith("OtherOrganization", Assert.Single(engine.Run($"Resume-GuardrailRollout -Path '{journal}'").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(journal));
    }

    [Fact]
    public void A_rollout_that_died_before_its_plan_is_done_with_when_it_is_resumed()
    {
        var journal = engine.Folder["empty.journal"];
        File.WriteAllText(journal, "{\"event\":\"ope");
        var result = engine.Run($"Get-GuardrailRollout -Path '{journal}' | Resume-GuardrailRollout; (Get-GuardrailRollout -Path '{journal}').State");
        Assert.Empty(result.Errors);
        Assert.Contains("nothing was done", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("Completed", result.Single.ToString());
    }

    [Fact]
    public void The_example_of_an_interrupted_vending_goes_on_to_the_end()
    {
        using var own = new Engine();
        var shown = own.Show("& $args[0]", Path.Combine(Repository.Root, "examples", "resume.ps1"));
        Assert.Contains("Stopped", shown, StringComparison.Ordinal);
        Assert.Equal(24, shown[shown.IndexOf("Nothing is left to do", StringComparison.Ordinal)..].Split("Unchanged").Length - 1);
    }

    private const string Account = "(Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse)[0]";

    private static bool IsWriting(string verbose) => verbose.Contains(':', StringComparison.Ordinal) && Writing.Any(verb => verbose.Split(' ')[0].Contains(":" + verb, StringComparison.Ordinal));
}
