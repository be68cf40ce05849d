namespace Guardrails.Cmdlets.Tests;

/// <summary>Rollouts as a user drives them: shown, held, undone, and never begun under -WhatIf or on a read-only connection.</summary>
public sealed class RolloutCmdletTests(SandboxedEngine engine) : IClassFixture<SandboxedEngine>
{
    private static readonly string[] Writing = ["Create", "Update", "Move", "Tag", "Untag", "Close", "Put", "Enable", "Delete"];

    public static TheoryData<string> Changes => new()
    {
        "New-GuardrailAccount -Name new -Email aws+new@example.com -OrganizationalUnit /New -CreateOrganizationalUnit -NoWait",
        "$a | Set-GuardrailAccount -Name probed -Tags @{ Probe = '1' } -Contacts @{ Billing = @{ Name = 'a'; Title = 'b'; Email = 'c@example.com'; Phone = '1' } } -Regions eu-central-2 -Adopt",
        "$a | Move-GuardrailAccount -OrganizationalUnit /",
        "Close-GuardrailAccount $a -ConfirmName $a.Name -Confirm:$false",
        "Rename-GuardrailOrganizationalUnit /Suspended -NewName Parked",
        "Move-GuardrailOrganizationalUnit /Suspended -Parent /Workloads -Confirm:$false",
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
    public void A_rehearsal_is_not_gone_on_with_on_the_organization_that_it_is_a_copy_of()
    {
        var journal = engine.Folder["rehearsed.journal"];
        engine.Run($"New-GuardrailAccount -Name rehearsed -Email aws+rehearsed@example.com -NoWait -Journal '{journal}'").ThrowOnError();
        Assert.Equal("True", engine.Run($"(Get-GuardrailRollout -Path '{journal}').Rehearsal").Single.ToString());
        Assert.Matches(@"Rehearsal\s+[- ]+\s.*True\s", engine.Engine.Show($"Get-GuardrailRollout -Path '{journal}'"));
        // As if it had been begun on the organization itself.
        var lines = File.ReadAllLines(journal);
        Assert.Contains(",\"rehearsal\":true", lines[0], StringComparison.Ordinal);
        lines[0] = lines[0].Replace(",\"rehearsal\":true", "", StringComparison.Ordinal);
        File.WriteAllLines(journal, lines);
        foreach (var command in new[] { "Resume", "Undo" })
        {
            var error = engine.Run($"{command}-GuardrailRollout -Path '{journal}' -Confirm:$false").Error("OtherOrganization");
            Assert.Contains("this connection is to a sandbox", error.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(lines, File.ReadAllLines(journal));
    }

    [Fact]
    public void One_rollout_that_cannot_be_gone_on_with_stops_no_other_of_the_pipeline()
    {
        var (theirs, ours) = (engine.Folder["not-ours.journal"], engine.Folder["ours.journal"]);
        foreach (var (name, journal) in new[] { ("not-ours", theirs), ("ours", ours) })
            engine.Run($"New-GuardrailAccount -Name {name} -Email aws+{name}@example.com -NoWait -Journal '{journal}'").ThrowOnError();
        File.WriteAllText(theirs, File.ReadAllText(theirs).Replace("\"organization\":\"o-", "\"organization\":\"o-x", StringComparison.Ordinal));
        File.WriteAllLines(ours, File.ReadAllLines(ours)[..2]);
        var result = engine.Run($"'{theirs}', '{ours}' | ForEach-Object {{ Get-GuardrailRollout -Path $_ }} | Resume-GuardrailRollout -NoWait");
        result.Error("OtherOrganization");
        Assert.Equal("Unchanged", Assert.Single(result.Output).Properties["Status"].Value.ToString());
    }

    [Theory]
    [InlineData("Resume-GuardrailRollout")]
    [InlineData("Resume-GuardrailRollout 20261101T000000-nosuch")]
    [InlineData("Undo-GuardrailRollout -Id 20261101T000000-nosuch")]
    [InlineData("Undo-GuardrailRollout 20261101T000000-nosuch")]
    [InlineData("Wait-GuardrailRollout 20261101T000000-nosuch")]
    [InlineData("Get-GuardrailRollout 20261101T000000-nosuch")]
    public void A_rollout_that_is_not_there_is_an_error_of_the_catalogue(string command) =>
        Assert.Contains("Get-GuardrailRollout", engine.Run(command).Error("RolloutNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public void A_rollout_that_another_process_has_is_waited_for()
    {
        var journal = engine.Folder["awaited.journal"];
        engine.Run($"New-GuardrailAccount -Name awaited -Email aws+awaited@example.com -NoWait -Journal '{journal}'").ThrowOnError();
        var rollout = $"(Get-GuardrailRollout -Path '{journal}').Id";
        Assert.Equal("Completed", engine.Run($"(Wait-GuardrailRollout {rollout} -Path '{journal}').State").Single.ToString());

        // As a process has it that is at its first call.
        File.WriteAllLines(journal, File.ReadAllLines(journal)[..2]);
        using (new FileStream(journal + ".lock", FileMode.Open, FileAccess.Write, FileShare.None))
            Assert.Contains("1 second", engine.Run($"Wait-GuardrailRollout {rollout} -Path '{journal}' -Timeout 1").Error("RolloutStillRunning").ToString(), StringComparison.Ordinal);
        var held = new FileStream(journal + ".lock", FileMode.Open, FileAccess.Write, FileShare.None);
        var letGo = Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken).ContinueWith(_ => held.Dispose(), TaskScheduler.Default);
        Assert.Equal("Interrupted", engine.Run($"(Wait-GuardrailRollout {rollout} -Path '{journal}').State").Single.ToString());
        Assert.True(letGo.IsCompleted);
    }

    [Fact]
    public void A_journal_that_is_there_is_never_overwritten_and_who_holds_it_is_said()
    {
        var journal = engine.Folder["taken.journal"];
        engine.Run($"New-GuardrailAccount -Name first -Email aws+first@example.com -NoWait -Journal '{journal}'").ThrowOnError();
        var before = File.ReadAllBytes(journal);
        foreach (var second in new[] { "New-GuardrailAccount -Name second -Email aws+second@example.com -NoWait", $"$a = {Account}; Move-GuardrailAccount $a -OrganizationalUnit /" })
        {
            Assert.Contains("Resume-GuardrailRollout", engine.Run($"{second} -Journal '{journal}'").Error("JournalTaken").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            using var held = new FileStream(journal + ".lock", FileMode.Open, FileAccess.Write, FileShare.None);
            var error = engine.Run($"{second} -Journal '{journal}'").Error("RolloutHeld");
            Assert.Contains($"process {Environment.ProcessId}", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("since 20", error.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(before, File.ReadAllBytes(journal));
    }

    [Fact]
    public void The_example_of_an_interrupted_vending_goes_on_to_the_end()
    {
        using var own = new Engine();
        var shown = own.Show("& $args[0]", Path.Combine(Repository.Root, "examples", "resume.ps1"));
        Assert.Contains("Stopped", shown[..shown.IndexOf("The rest:", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("Completed", shown[shown.IndexOf("The rest:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(24, shown[shown.IndexOf("Nothing is left to do", StringComparison.Ordinal)..].Split("Unchanged").Length - 1);
    }

    [Fact]
    public void Progress_says_how_many_are_done_and_about_how_long_the_rest_takes()
    {
        using var own = new SandboxedEngine();
        own.Run($"1..12 | ForEach-Object {{ [pscustomobject] @{{ Name = \"p$_\"; Email = \"aws+p$_@example.com\" }} }} | New-GuardrailAccount -NoWait -Journal '{own.Folder["progress.journal"]}'").ThrowOnError();
        Assert.Contains(own.Engine.Progress, record => record.Activity == "New-GuardrailAccount" && record.StatusDescription.Contains(" of 12, 0 in trouble", StringComparison.Ordinal) && record.SecondsRemaining >= 0);
    }

    private const string Account = "(Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse)[0]";

    private static bool IsWriting(string verbose) => verbose.Contains(':', StringComparison.Ordinal) && Writing.Any(verb => verbose.Split(' ')[0].Contains(":" + verb, StringComparison.Ordinal));
}
